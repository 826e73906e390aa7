import MapEngine
import Market

/// What the ledger lists, in the orders in which it is looked at.
struct LedgerRows: Sendable {
  /// A line of the reading.
  enum Reading: Hashable, Sendable {
    /// Where the map leans.
    case bias(Bias)
    /// The nearest large cluster of a side; nil where there is none.
    case nearest(Side, MapInsight.Nearest?)
    /// What a rule says to a side now.
    case plan(PlanItem)
    /// A label that nothing above speaks of.
    case label(RecordLabel)

    /// Whose record says how much it is worth; nil where nothing is claimed.
    var label: RecordLabel? {
      switch self {
      case .bias(let bias): bias.label.recorded
      case .nearest: .magnet
      case .plan(let item): item.label
      case .label(let label): label
      }
    }
  }

  /// The study that they come from.
  let study: MapStudy
  /// Magnets, those that live first.
  let magnets: [Magnet]
  /// Stop hunts, those that build first.
  let hunts: [StopHunt]
  /// The reading, what it says now first.
  let reading: [Reading]

  init(_ study: MapStudy, look: LedgerLook, price: Double) {
    self.study = study
    let insight = study.insight
    magnets = look.magnetOrder.sorted(insight.ledger, price: price)
    hunts = look.huntOrder.sorted(insight.hunts, price: price)
    let now: [Reading] =
      [
        .bias(study.snapshot.reading.bias), .nearest(.short, insight.nearestShort),
        .nearest(.long, insight.nearestLong),
      ] + insight.plan.map { .plan($0) }
    let spoken = Set(now.compactMap(\.label))
    reading =
      now + RecordLabel.allCases.filter { !spoken.contains($0) }.map { .label($0) }
  }

  /// How many rows a pane has.
  func count(_ pane: LedgerLook.Pane) -> Int {
    switch pane {
    case .magnets: magnets.count
    case .hunts: hunts.count
    case .reading: reading.count
    }
  }

  /// The wave that swept a magnet.
  func wave(of magnet: Magnet) -> SweepWave? {
    study.insight.waves.first { $0.side == magnet.side && $0.magnets.contains(magnet.number) }
  }
}

extension AppState {
  /// What the ledger lists; nil while there is no study.
  var ledgerRows: LedgerRows? {
    currentStudy.map {
      LedgerRows($0, look: ledgerLook, price: currentPrice ?? $0.snapshot.price)
    }
  }
}
