import MapEngine
import Market
import Terminal

extension SidePanelText {
  /// What may come next: stop hunts under way, funding, feeds in trouble.
  var events: SidePanelBlock? {
    var lines = hunts + funding + trouble
    if lines.isEmpty {
      lines = [
        SidePanelLine(
          [insight == nil ? "being worked out" : "nothing is known to come"], palette.dim, rank: 4)
      ]
    }
    return SidePanelBlock("NEXT", ["dollars modelled"], palette, lines: lines)
  }

  /// Hunts that were grabbed and aren't decided, then the nearest that builds on either side.
  private var hunts: [SidePanelLine] {
    guard let insight else { return [] }
    let grabbed = insight.hunts.filter { $0.phase == .grabbed }.suffix(2)
    let building = [Swing.Kind.high, .low].compactMap { kind in
      insight.hunts.first { $0.phase == .building && $0.kind == kind }
    }
    return grabbed.map { hunt in
      let age = hunt.grabbedAt.map { ", \(Self.age(snapshot.asOf - $0)) ago" } ?? ""
      return line(hunt, ["grabbed\(age)", "grabbed"], rank: 2)
    } + building.map { line($0, ["hunt builds at", "hunt at"], rank: 3) }
  }

  private func line(_ hunt: StopHunt, _ words: [String], rank: Int) -> SidePanelLine {
    let arrow = hunt.kind == .high ? "▲" : "▼"
    let percent = NumberText.percent((hunt.level / snapshot.price - 1) * 100)
    return SidePanelLine(
      [
        LineItem(arrow, palette.side(hunt.side == .long), rank: 0),
        LineItem(words, palette.text, rank: 2, gap: 1),
        LineItem(
          "\(hunt.kind.rawValue) \(NumberText.price(hunt.level))", palette.text, rank: 0, gap: 1),
        LineItem(percent, palette.dim, rank: 1, gap: 1),
        LineItem(NumberText.usd(hunt.pool.usd), palette.strong, rank: 0, gap: 1),
      ], rank: rank)
  }

  /// The next payments of funding, venues that pay at the same time on one line.
  private var funding: [SidePanelLine] {
    var payments: [(time: Timestamp, venues: [(venue: Venue, rate: Double)])] = []
    for figures in state.figures {
      guard let funding = figures.funding, let time = Self.next(funding, after: snapshot.asOf)
      else { continue }
      let part = (figures.venue, funding.rate)
      if let place = payments.firstIndex(where: { $0.time == time }) {
        payments[place].venues.append(part)
      } else {
        payments.append((time, [part]))
      }
    }
    return payments.sorted { $0.time < $1.time }.prefix(2).map { payment in
      let span = Self.age(payment.time - snapshot.asOf)
      let clock = ClockText.time(payment.time).prefix(5)
      let rates = payment.venues.map { "\(FeedText.code($0.venue)) \(Self.rate($0.rate))" }
      let highest = payment.venues.map(\.rate).max().map(Self.rate) ?? ""
      return SidePanelLine(
        [
          "funding in \(span): \(rates.joined(separator: " "))",
          "funding \(span): \(rates.joined(separator: " "))",
          "funding \(clock) UTC: \(rates.joined(separator: " "))",
          "funding \(clock) UTC, highest \(highest)", "funding \(clock) UTC",
        ], palette.text, rank: 4)
    }
  }

  /// The first payment after a moment: the one that is told, or later ones by its interval; nil
  /// where that isn't known.
  static func next(_ funding: Funding, after moment: Timestamp) -> Timestamp? {
    guard funding.time <= moment else { return funding.time }
    guard let interval = funding.interval, interval.milliseconds > 0 else { return nil }
    let passed = (moment - funding.time).milliseconds / interval.milliseconds + 1
    return funding.time + Span(milliseconds: passed * interval.milliseconds)
  }

  /// A funding rate in percent of the notional.
  static func rate(_ rate: Double) -> String {
    (rate < 0 ? "−" : "+") + NumberText.decimal(abs(rate) * 100, places: 3) + "%"
  }

  private var trouble: [SidePanelLine] {
    let failing = state.source.feeds.filter(\.isFailing)
    return failing.map { feed in
      let name = "\(FeedText.sign(feed)) \(feed.venue.displayName)"
      return SidePanelLine(
        FeedText.words(feed).map { "\(name) \($0)" } + [name], palette.warning, rank: 2)
    }
  }
}
