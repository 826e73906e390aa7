import Market

/// Judges a rule by an observation. Every judgement follows from its arguments alone.
struct AlertJudge {
  let observation: AlertObservation
  let memory: AlertMemory

  /// What a rule is judged about.
  func subjects(of condition: AlertCondition) -> [AlertSubject] {
    let whole = AlertSubject(instrument: observation.instrument)
    func sides(_ side: Side?) -> [AlertSubject] {
      (side.map { [$0] } ?? Side.allCases).map {
        AlertSubject(instrument: observation.instrument, side: $0)
      }
    }
    switch condition {
    case .near(let side, _, _), .swept(let side, _): return sides(side)
    case .cascade: return sides(nil)
    case .liquidations(_, _, let side):
      return [AlertSubject(instrument: observation.instrument, side: side)]
    case .price, .magnet, .bias: return [whole]
    case .feed(let venue):
      return Venue.allCases.filter { observation.healths[$0] != nil && (venue ?? $0) == $0 }
        .map { AlertSubject(instrument: observation.instrument, venue: $0) }
    }
  }

  /// What is found; the state is brought up to date, but not for having been told.
  func judge(
    _ condition: AlertCondition, _ subject: AlertSubject, _ state: inout AlertState
  ) -> AlertFinding {
    switch condition {
    case .near(_, let distance, let usd):
      return near(subject.side ?? .long, distance: distance, usd: usd)
    case .price(let test, let level): return price(test, level: level, &state)
    case .swept(_, let usd): return swept(subject.side ?? .long, usd: usd)
    case .magnet(let test, let percent): return magnet(test, percent: percent, &state)
    case .bias: return bias(&state)
    case .liquidations(let usd, let within, let side):
      return liquidations(usd: usd, within: within, side: side)
    case .cascade(let usd): return cascade(subject.side ?? .long, usd: usd)
    case .feed: return feed(subject.venue, &state)
    }
  }

  // MARK: - Of the price

  private func price(
    _ test: AlertCondition.PriceTest, level: Double, _ state: inout AlertState
  ) -> AlertFinding {
    guard let now = observation.price, let traded = memory.traded else { return .nothing }
    let margin = level * AlertCondition.Margin.price
    var finding = AlertFinding(level: level)
    let at = EngineText.price(level)
    switch test {
    case .above:
      finding.isTrue = traded.upperBound >= level
      finding.isClear = now < level - margin
      finding.sentence = "\(subjectPrice(now)) is above \(at)"
      if now < level {
        finding.sentence =
          "\(subjectPrice(now)) traded above \(at), as high as "
          + EngineText.price(traded.upperBound)
      }
    case .below:
      finding.isTrue = traded.lowerBound <= level
      finding.isClear = now > level + margin
      finding.sentence = "\(subjectPrice(now)) is below \(at)"
      if now > level {
        finding.sentence =
          "\(subjectPrice(now)) traded below \(at), as low as "
          + EngineText.price(traded.lowerBound)
      }
    case .cross:
      if let before = state.isAbove {
        finding.isTrue = before ? traded.lowerBound <= level : traded.upperBound >= level
        finding.sentence =
          "\(subjectPrice(now)) crossed \(at) " + (before ? "downwards" : "upwards")
      }
      finding.isClear = abs(now - level) > margin
      // A crossing is an event: one that isn't told now is never told.
      if finding.isClear { state.isAbove = now > level }
    }
    return finding
  }

  /// `BTCUSDT at 64,120`.
  func subjectPrice(_ price: Double) -> String {
    "\(observation.instrument) at \(EngineText.price(price))"
  }

  // MARK: - Of published liquidations

  private func liquidations(usd: Double, within: Span, side: Side?) -> AlertFinding {
    let prints = memory.liquidations(of: side, since: observation.time - within)
    let sum = prints.reduce(0) { $0 + $1.usd }
    let venues = self.venues(of: prints)
    let whose = side.map { "\($0.rawValue) " } ?? ""
    var finding = AlertFinding(usd: sum, venues: venues)
    finding.isTrue = sum >= usd
    finding.isClear = sum < usd * AlertCondition.Margin.flowUSD
    if finding.isTrue {
      finding.sentence =
        "\(observation.instrument): \(EngineText.usd(sum)) of \(whose)liquidations published "
        + "within \(within.lengthText)\(names(venues)), at least \(EngineText.usd(usd))"
    }
    return finding
  }

  private func cascade(_ side: Side, usd: Double) -> AlertFinding {
    let prints = memory.liquidations(
      of: side, since: observation.time - AlertCondition.cascadeSpan)
    let sum = prints.reduce(0) { $0 + $1.usd }
    let venues = self.venues(of: prints)
    let steps = self.steps(of: prints, side: side)
    var finding = AlertFinding(usd: sum, venues: venues)
    finding.isTrue = sum >= usd && (venues.count > 1 || steps >= AlertCondition.cascadeSteps)
    finding.isClear = sum < usd * AlertCondition.Margin.flowUSD
    if finding.isTrue {
      let way = steps > 1 ? ", in \(steps) steps \(side == .long ? "downwards" : "upwards")" : ""
      finding.sentence =
        "\(observation.instrument): cascade of \(side.rawValue) liquidations, "
        + "\(EngineText.usd(sum)) published within \(AlertCondition.cascadeSpan.lengthText)"
        + "\(names(venues))\(way)"
    }
    return finding
  }

  /// How many prints, in order of time, each lie farther out than all before them.
  private func steps(of prints: [LiquidationPrint], side: Side) -> Int {
    var farthest: Double?
    var count = 0
    for print in prints.sorted(by: { $0.time < $1.time }) {
      guard let price = print.price else { continue }
      if let last = farthest {
        let out = (last - price) * side.sign
        guard out >= last * AlertCondition.cascadeStep else { continue }
      }
      farthest = price
      count += 1
    }
    return count
  }

  private func venues(of prints: [LiquidationPrint]) -> [Venue] {
    let found = Set(prints.map(\.venue))
    return Venue.allCases.filter(found.contains)
  }

  /// ` on Binance and OKX`.
  private func names(_ venues: [Venue]) -> String {
    guard let last = venues.last else { return "" }
    let first = venues.dropLast().map(\.displayName).joined(separator: ", ")
    return " on " + (first.isEmpty ? "" : first + " and ") + last.displayName
  }

  // MARK: - Of a feed

  private func feed(_ venue: Venue?, _ state: inout AlertState) -> AlertFinding {
    guard let venue, let health = observation.healths[venue] else { return .nothing }
    var finding = AlertFinding(venues: [venue])
    let name = venue.displayName
    switch health {
    case .live, .complete:
      let since = state.wellSince ?? observation.time
      state.wellSince = since
      finding.isClear = observation.time >= since + AlertCondition.Margin.feed
      return finding
    case .catchingUp:
      state.wellSince = nil
      return finding
    case .stale(let since): finding.sentence = "\(name)'s feed is silent since \(since)"
    case .partial(let reason): finding.sentence = "\(name)'s feed lacks facts: \(reason)"
    case .refused(let reason): finding.sentence = "\(name) refuses: \(reason)"
    }
    state.wellSince = nil
    finding.isTrue = true
    finding.sentence = "\(observation.instrument): " + finding.sentence
    return finding
  }
}
