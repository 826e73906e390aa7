/// Everything that happened to one side of a venue's open interest since the simulation began,
/// in lots, the liquidity provider's own contracts included: opened - closed - liquidated is the
/// change of open interest, exactly.
struct SideFlow: Hashable, Sendable {
  var opened: Int64 = 0
  var closed: Int64 = 0
  var liquidated: Int64 = 0

  var net: Int64 { opened - closed - liquidated }
}

/// The contracts of one venue, in lots. The liquidity provider takes the other side of whatever
/// the traders' longs and shorts don't share, so that every contract has a long and a short.
struct ContractCount: Hashable, Sendable {
  /// Lots that traders are long.
  private(set) var longs: Int64 = 0
  /// Lots that traders are short.
  private(set) var shorts: Int64 = 0
  private(set) var longFlow = SideFlow()
  private(set) var shortFlow = SideFlow()

  /// What becomes of a trader's contracts.
  enum Change: Sendable { case opened, closed, liquidated }

  /// Lots that the liquidity provider is long; below zero where it is short.
  var provider: Int64 { shorts - longs }
  /// Contracts that stand, in lots: longs with the provider's, and as many shorts.
  var openInterest: Int64 { max(longs, shorts) }
  /// The part of the open interest by which traders' longs exceed their shorts.
  var imbalance: Double { Double(longs - shorts) / Double(max(openInterest, 1)) }

  /// Books a change of a trader's position, and what the provider does to meet it.
  mutating func book(_ change: Change, isLong: Bool, lots: Int64) {
    let before = provider
    let sign: Int64 = change == .opened ? 1 : -1
    if isLong {
      longs += sign * lots
      ContractCount.count(change, lots, in: &longFlow)
    } else {
      shorts += sign * lots
      ContractCount.count(change, lots, in: &shortFlow)
    }
    let after = provider
    ContractCount.move(from: max(before, 0), to: max(after, 0), in: &longFlow)
    ContractCount.move(from: max(-before, 0), to: max(-after, 0), in: &shortFlow)
  }

  private static func count(_ change: Change, _ lots: Int64, in flow: inout SideFlow) {
    switch change {
    case .opened: flow.opened += lots
    case .closed: flow.closed += lots
    case .liquidated: flow.liquidated += lots
    }
  }

  private static func move(from before: Int64, to after: Int64, in flow: inout SideFlow) {
    if after > before {
      flow.opened += after - before
    } else {
      flow.closed += before - after
    }
  }
}
