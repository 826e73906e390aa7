import MapEngine
import Market

/// Magnets and stop hunts in words.
enum LedgerText {
  /// `95,100–95,800`: a digit less than a price has, since edges are no exact numbers.
  static func zone(_ zone: ClosedRange<Double>) -> String {
    let places = max(NumberText.pricePlaces(zone.upperBound) - 1, 0)
    func text(_ price: Double) -> String {
      NumberText.decimal(price, places: places, grouped: true)
    }
    return "\(text(zone.lowerBound))–\(text(zone.upperBound))"
  }

  /// `62%`.
  static func share(_ share: Double) -> String {
    NumberText.decimal(share * 100, places: 0) + "%"
  }

  /// `25–58%`.
  static func shares(_ interval: WilsonInterval) -> String {
    NumberText.decimal(interval.low * 100, places: 0) + "–" + share(interval.high)
  }

  /// The life of a magnet.
  static func detail(_ magnet: Magnet, wave: SweepWave?) -> String {
    var parts = [
      "Magnet \(magnet.number): \(magnet.side.rawValue)s \(zone(magnet.low...magnet.high)), "
        + "peak \(NumberText.usd(magnet.peakUSD)) at \(ClockText.dayAndTime(magnet.peakAt))"
    ]
    if magnet.isAlive { parts[0] += ", now \(NumberText.usd(magnet.usd))" }
    if let touched = magnet.touchedAt {
      parts.append(
        "Touched \(ClockText.dayAndTime(touched)), eaten \(NumberText.usd(magnet.eatenUSD)) "
          + "(\(share(magnet.eatenShare)))"
          + (magnet.printedUSD.map { ", published \(NumberText.usd($0))" } ?? ""))
    }
    if let ended = magnet.endedAt {
      let how = magnet.state == .swept ? "Swept" : "Faded: its positions closed"
      parts.append("\(how) \(ClockText.dayAndTime(ended))")
    }
    if let wave {
      parts.append(
        "Its wave swept \(wave.magnets.count), \(NumberText.price(wave.from)) to "
          + "\(NumberText.price(wave.extreme)), and left \(NumberText.usd(wave.leftUSD)) within 10%"
      )
    }
    // The map's magnet is a whole cluster; here it is its core where the cluster is wide.
    parts.append(
      "Born \(ClockText.dayAndTime(magnet.bornAt)); dollars are modelled, of this zone alone")
    return parts.joined(separator: ". ") + "."
  }

  /// The story of a stop hunt.
  static func detail(_ hunt: StopHunt) -> String {
    let pool = "\(NumberText.usd(hunt.pool.usd)) of \(hunt.side.rawValue)s at "
    var parts = [
      "Swing \(hunt.kind.rawValue) \(NumberText.price(hunt.level)), behind it \(pool)"
        + zone(hunt.pool.low...hunt.pool.high)
    ]
    if let grabbed = hunt.grabbedAt {
      parts.append(
        "Grabbed \(ClockText.dayAndTime(grabbed)): \(share(hunt.eatenShare)) eaten"
          + (hunt.extreme.map { ", as far as \(NumberText.price($0))" } ?? ""))
    } else {
      parts.append("The pool builds since \(ClockText.dayAndTime(hunt.since))")
    }
    if let decided = hunt.decidedAt {
      let interest = hunt.openInterestDrop.map {
        "open interest \($0 > 0 ? "fell" : "rose") by "
          + NumberText.decimal(abs($0), places: 0, grouped: true) + " coins"
      }
      let printed = hunt.printedUSD.map { "\(NumberText.usd($0)) published" }
      let proof = [interest, printed].compactMap { $0 }.joined(separator: ", ")
      parts.append(
        "\(hunt.phase == .reversed ? "Reversed" : "Continued") \(ClockText.dayAndTime(decided))"
          + (proof.isEmpty ? "" : ": \(proof)"))
    }
    if let failed = hunt.failedAt {
      parts.append("The reversal failed \(ClockText.dayAndTime(failed))")
    }
    if let next = hunt.opposite {
      parts.append(
        "Next pool opposite: \(NumberText.usd(next.usd)) of \(next.side.rawValue)s at "
          + "\(NumberText.price(next.price))")
    }
    return parts.joined(separator: ". ") + "."
  }
}

/// The reading in words.
enum ReadingText {
  /// What a line is about.
  static func name(_ row: LedgerRows.Reading) -> String {
    switch row {
    case .bias: "Bias"
    case .nearest(let side, _): side == .short ? "Nearest above" : "Nearest below"
    case .plan(let item): "\(item.side == .long ? "Long" : "Short"): \(rule(item.rule))"
    case .label(let label): name(label)
    }
  }

  /// A rule of the plan.
  private static func rule(_ rule: PlanItem.Rule) -> String {
    switch rule {
    case .takeProfit: "take profit"
    case .wall: "the wall"
    case .sweep: "the sweep"
    case .confirm: "structure"
    }
  }

  /// A label, in at most 18 characters.
  static func name(_ label: RecordLabel) -> String {
    switch label {
    case .squeezeUp: "Squeeze up"
    case .flushDown: "Flush down"
    case .pinned: "Pinned"
    case .magnet: "Magnet in 24 h"
    case .takeProfit: "Take profit"
    case .wall: "Wall"
    case .sweep: "Sweep"
    case .sweepConfirmed: "Confirmed sweep"
    case .trend: "Trend by structure"
    case .gap: "Gap filled in 24 h"
    }
  }

  /// What a line says now, from the longest wording to the shortest.
  static func now(_ row: LedgerRows.Reading) -> [String] {
    switch row {
    case .bias(let bias): [BiasText.heading(bias.label), BiasText.words(bias.label), "see below"]
    case .nearest(_, nil): ["none"]
    case .nearest(_, let nearest?):
      [touch(nearest, .hours24).map { ["\(usd(nearest)), \($0) in 24 h"] } ?? [], [usd(nearest)]]
        .flatMap { $0 }
    case .plan(let item):
      switch item.state {
      case .met: ["applies"]
      case .wait: ["wait"]
      case .against: ["against"]
      case .none: ["–"]
      }
    case .label: ["–"]
    }
  }

  /// The price that a line names.
  static func price(_ row: LedgerRows.Reading) -> Double? {
    switch row {
    case .bias, .label: nil
    case .nearest(_, let nearest): nearest?.cluster.price
    case .plan(let item): item.price
    }
  }

  /// A line told in full.
  static func detail(_ row: LedgerRows.Reading, _ insight: MapInsight) -> String {
    let record = row.label.map { label in
      " Record of \(name(label).lowercased()): \(insight.record(of: label).summary)."
    }
    switch row {
    case .bias(let bias): return "\(bias.reason)." + (record ?? " Balanced claims nothing.")
    case .nearest(let side, nil):
      return "No cluster of \(side.rawValue)s is large." + (record ?? "")
    case .nearest(_, let nearest?):
      let cluster = nearest.cluster
      let touches = TouchHorizon.allCases.compactMap { horizon in
        touch(nearest, horizon).map { "\($0) within \(horizon.rawValue)" }
      }
      let probable = touches.isEmpty ? "unknown yet" : touches.joined(separator: ", ")
      return "\(usd(nearest)) of \(cluster.side.rawValue)s at "
        + "\(LedgerText.zone(cluster.low...cluster.high)), "
        + "\(NumberText.atr(cluster.distanceATR)) away. Touch: \(probable)." + (record ?? "")
    case .plan(let item): return "\(item.reason)." + (record ?? "")
    case .label(let label): return meaning(label) + (record ?? "")
    }
  }

  private static func usd(_ nearest: MapInsight.Nearest) -> String {
    NumberText.usd(nearest.cluster.usd)
  }

  private static func touch(_ nearest: MapInsight.Nearest, _ horizon: TouchHorizon) -> String? {
    nearest.touch[horizon].map { LedgerText.share($0) }
  }

  /// What counts as a hit of a label.
  static func meaning(_ label: RecordLabel) -> String {
    switch label {
    case .squeezeUp: "A hit: the cluster above trades first, within 24 h."
    case .flushDown: "A hit: the cluster below trades first, within 24 h."
    case .pinned: "A hit: 24 h later price closes between the two clusters."
    case .magnet: "A hit: the densest cluster trades within 24 h."
    case .takeProfit: "A hit: from the take profit price turns one ATR before it goes on one."
    case .wall: "A hit: price turns one ATR from a near cluster before it goes on one."
    case .sweep: "A hit: after the reversal price goes one ATR its way first, within 48 h."
    case .sweepConfirmed:
      "A hit: the same, where open interest fell and liquidations were published."
    case .trend: "A hit: after a break price goes one ATR its way first, within 48 h."
    case .gap: "A hit: the gap's far edge trades within 24 h."
    }
  }
}
