import Market

// The conditions of the map. Their prices are measured; their dollars are the map's, which is an
// estimate, and every sentence says so.
extension AlertJudge {
  /// A cluster of a side within a distance.
  func near(_ side: Side, distance: Double, usd: Double) -> AlertFinding {
    guard let snapshot = observation.snapshot, let price = observation.price,
      !observation.isFillingIn
    else { return .nothing }
    let margin = AlertCondition.Margin.self
    let own = snapshot.reading.magnets.filter { $0.side == side }
    let nearest = own.filter { $0.usd >= usd && $0.distance <= distance }
      .min { $0.distance < $1.distance }
    var finding = AlertFinding(basis: .modelled)
    finding.isClear = !own.contains {
      $0.usd >= usd * margin.clusterUSD && $0.distance <= distance * margin.distance
    }
    guard let nearest else { return finding }
    finding.isTrue = true
    finding.level = nearest.price
    finding.usd = nearest.usd
    finding.venues = snapshot.map.venues
    finding.sentence =
      "\(subjectPrice(price)) is \(EngineText.decimal(nearest.distance, places: 2))% "
      + "\(side == .long ? "above" : "below") \(words(nearest))"
    return finding
  }

  /// Clusters of a side that price went through.
  func swept(_ side: Side, usd: Double) -> AlertFinding {
    let swept = memory.sweeps.filter { $0.side == side && $0.peakUSD >= usd }
    // Each sweep is an event of its own, so the rule is always ready for the next.
    var finding = AlertFinding(isClear: true, basis: .modelled)
    guard let largest = swept.max(by: { $0.peakUSD < $1.peakUSD }), let price = observation.price
    else { return finding }
    finding.isTrue = true
    finding.level = largest.price
    finding.usd = largest.peakUSD
    finding.venues = observation.snapshot?.map.venues ?? []
    let printed =
      largest.printedUSD.map { ", \(EngineText.usd($0)) of it published as liquidated" } ?? ""
    let others = swept.count > 1 ? ", and \(swept.count - 1) more" : ""
    finding.sentence =
      "\(subjectPrice(price)) has swept the \(side.rawValue) cluster at "
      + "\(EngineText.price(largest.price)) (\(range(largest.low, largest.high))): "
      + "\(EngineText.usd(largest.peakUSD)) modelled at its peak, "
      + "\(EngineText.usd(largest.eatenUSD)) modelled as eaten\(printed)\(others)"
    return finding
  }

  /// The densest cluster against what it was when it was told last.
  func magnet(
    _ test: AlertCondition.MagnetTest, percent: Double, _ state: inout AlertState
  ) -> AlertFinding {
    guard let snapshot = observation.snapshot, let price = observation.price,
      let now = current(snapshot.reading, followed: state.magnet)
    else { return .nothing }
    guard memory.isComparable, let before = state.magnet else {
      state.magnet = .init(now)
      return .nothing
    }
    var finding = AlertFinding(
      isClear: true, basis: .modelled, level: now.price, usd: now.usd,
      venues: snapshot.map.venues)
    var told = state
    told.magnet = .init(now)
    finding.told = told
    let isSame = before.range.sharing(with: now.low...now.high) >= Self.sameness
    switch test {
    case .moved:
      let change = (now.price / before.price - 1) * 100
      finding.isTrue = now.side != before.side || abs(change) >= percent
      finding.sentence =
        "\(subjectPrice(price)): the magnet moved \(EngineText.percent(change)), from "
        + "\(EngineText.price(before.price)) to \(words(now))"
      // The range follows a magnet that wanders, so that it is known again; the price doesn't.
      if isSame, !finding.isTrue { follow(now, &state) }
    case .grown:
      guard isSame, now.side == before.side else {
        state.magnet = .init(now)
        return .nothing
      }
      let change = (now.usd / before.usd - 1) * 100
      finding.isTrue = change >= percent
      finding.sentence =
        "\(subjectPrice(price)): the magnet grew \(EngineText.decimal(change, places: 0))%, from "
        + "\(EngineText.usd(before.usd)) to \(words(now))"
      if !finding.isTrue { follow(now, &state) }
    }
    return finding
  }

  /// Where the map leans against where it was said to lean last.
  func bias(_ state: inout AlertState) -> AlertFinding {
    guard let snapshot = observation.snapshot, let price = observation.price else {
      return .nothing
    }
    let now = snapshot.reading.bias
    guard memory.isComparable, let before = state.bias else {
      state.bias = .init(label: now.label, since: observation.time - AlertCondition.Margin.bias)
      return .nothing
    }
    var finding = AlertFinding(isClear: true, basis: .modelled, venues: snapshot.map.venues)
    finding.isTrue =
      now.label != before.label
      && observation.time >= before.since + AlertCondition.Margin.bias
    finding.sentence =
      "\(subjectPrice(price)): the modelled bias changed from \(before.label.inWords) to "
      + "\(now.label.inWords) (\(now.reason))"
    var told = state
    told.bias = .init(label: now.label, since: observation.time)
    finding.told = told
    return finding
  }

  /// What two ranges must share to be of the same cluster, as in the ledger.
  private static let sameness = 0.35

  /// The cluster that counts as the magnet: the followed one while it is nearly as dense as the
  /// densest, so that two of a size don't take turns.
  private func current(_ reading: MapReading, followed: AlertState.Followed?) -> Cluster? {
    guard let densest = reading.magnet else { return nil }
    guard let followed else { return densest }
    let same = reading.magnets.filter {
      $0.side == followed.side && followed.range.sharing(with: $0.low...$0.high) >= Self.sameness
    }.max { $0.density < $1.density }
    guard let same, same.density >= densest.density * AlertCondition.Margin.density else {
      return densest
    }
    return same
  }

  private func follow(_ cluster: Cluster, _ state: inout AlertState) {
    state.magnet?.low = cluster.low
    state.magnet?.high = cluster.high
    if let least = state.magnet?.usd { state.magnet?.usd = min(least, cluster.usd) }
  }

  /// `the short cluster at 64,560 (64,390 to 64,800), $34M modelled`.
  private func words(_ cluster: Cluster) -> String {
    "the \(cluster.side.rawValue) cluster at \(EngineText.price(cluster.price)) "
      + "(\(range(cluster.low, cluster.high))), \(EngineText.usd(cluster.usd)) modelled"
  }

  private func range(_ low: Double, _ high: Double) -> String {
    "\(EngineText.price(low)) to \(EngineText.price(high))"
  }
}

extension AlertState.Followed {
  /// A cluster as it stands.
  init(_ cluster: Cluster) {
    self.init(
      side: cluster.side, low: cluster.low, high: cluster.high, price: cluster.price,
      usd: cluster.usd)
  }

  var range: ClosedRange<Double> { low...high }
}

extension Bias.Label {
  /// The label in words.
  var inWords: String {
    switch self {
    case .squeezeUp: "squeeze up"
    case .flushDown: "flush down"
    case .pinned: "pinned"
    case .balanced: "balanced"
    }
  }
}
