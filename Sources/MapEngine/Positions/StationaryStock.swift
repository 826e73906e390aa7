import RealModule

/// Where positions of unknown entry stand: the stationary stock of a market that has gone on
/// forever.
///
/// The log distance y from price to level is a random walk of daily volatility v that opens at
/// distance x, is absorbed at 0 (liquidated) and closes at rate l a day. Its stationary density
/// solves v^2/2 u'' - l u + d(y - x) = 0 with u(0) = 0: up to scale
/// sinh(k min(y, x)) e^(-k max(y, x)), k = sqrt(2 l) / v.
enum StationaryStock {
  /// The daily volatility and turnover that the stock is thought to have aged in. They shape only
  /// the stock at a source's start, which the first days of facts wear away.
  private static let volatility = 0.03
  private static let turnover = 1.5

  /// Beyond this log distance nothing stands that a map reaches.
  private static let bound = 1.5

  /// The share of the stock in each bin, counted outwards from the price; the shares add up to 1.
  /// `distances` are the log distances from entry to level with their weights, `hazard` the
  /// closing hazard per unit of turnover.
  static func shares(
    distances: [(distance: Double, weight: Double)], hazard: Double, binWidth: Double
  ) -> [Double] {
    let k = (2 * hazard * turnover).squareRoot() / volatility
    let points = distances.map { (distance: min($0.distance, bound), weight: $0.weight) }
      .sorted { $0.distance < $1.distance }
    // At y, the points nearer than y add w sinh(kx) e^(-ky), those beyond w sinh(ky) e^(-kx).
    var beyond = points.reduce(0) { $0 + $1.weight * Double.exp(-k * $1.distance) }
    var nearer = 0.0
    var next = 0
    var shares: [Double] = []
    var sum = 0.0
    for bin in 0..<Int(bound / binWidth) {
      let y = (Double(bin) + 0.5) * binWidth
      while next < points.count, points[next].distance <= y {
        beyond -= points[next].weight * Double.exp(-k * points[next].distance)
        nearer += points[next].weight * Double.sinh(k * points[next].distance)
        next += 1
      }
      let density =
        next < points.count
        ? max(beyond, 0) * Double.sinh(k * y) + nearer * Double.exp(-k * y)
        : nearer * Double.exp(-k * y)
      shares.append(density)
      sum += density
      if next == points.count, density < 1e-9 * sum { break }
    }
    return sum > 0 ? shares.map { $0 / sum } : [1]
  }
}
