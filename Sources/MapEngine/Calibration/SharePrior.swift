import RealModule

/// What is believed of a venue's shares before any liquidation is seen: each share lognormal around
/// the prior's, and how doubt about one goes with doubt about another.
///
/// What all shares have in common is doubted most: stops, added margin and hedges decide what part
/// of a market would be force-closed, from a hundredth to nearly all. Tiers of like leverage share
/// a further part of their doubt, so what the tiers that print teach is passed on to their
/// neighbours and fades with distance. The rest is each component's own.
///
/// Two further shares stand for what no standing position explains. Positions that open and are
/// liquidated within one interval print in proportion to how far the price went against their side
/// times what was traded; hourly candles hide most of the flow so, one-minute candles hardly any.
/// The other is a constant rate. Both are doubted much, and neither is part of a map.
struct SharePrior: Hashable, Sendable {
  /// The natural logarithm of each component's share, then of the share of way x volume and of the
  /// constant rate, in events per half hour.
  let mean: [Double]
  /// The covariance of those logarithms.
  let covariance: SymmetricMatrix
  /// Its inverse.
  let precision: SymmetricMatrix

  /// Standard deviation of what all shares have in common, in nats.
  static let commonDoubt = 1.2
  /// Standard deviation of what tiers of like leverage share.
  static let tierDoubt = 0.8
  /// The ratio of leverages over which that likeness falls to 1/e, in nats.
  static let likeness = 1.0
  /// Standard deviation of what is each component's own.
  static let ownDoubt = 0.5

  /// The share of way x volume, the constant rate, and the doubt about either.
  static let freshShare = 0.03
  static let background = 0.02
  static let freshDoubt = 2.0

  /// The prior of components.
  init(_ components: [LeverageComponent]) {
    mean =
      Shares.prior(components, .realisable).long.map { Double.log($0) }
      + [Double.log(Self.freshShare), Double.log(Self.background)]
    var covariance = SymmetricMatrix(count: components.count + 2)
    for extra in components.count..<components.count + 2 {
      covariance[extra, extra] = Self.freshDoubt * Self.freshDoubt
    }
    for (row, first) in components.enumerated() {
      for (column, second) in components.enumerated() {
        let apart = abs(Double.log(first.leverage / second.leverage))
        covariance[row, column] =
          Self.commonDoubt * Self.commonDoubt
          + Self.tierDoubt * Self.tierDoubt * Double.exp(-apart / Self.likeness)
          + (row == column ? Self.ownDoubt * Self.ownDoubt : 0)
      }
    }
    guard let precision = covariance.inverse() else {
      preconditionFailure("a sum of covariances with variance of its own is positive definite")
    }
    self.covariance = covariance
    self.precision = precision
  }
}
