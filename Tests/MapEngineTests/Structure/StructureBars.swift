import MapEngine
import Market

/// Hand-made bars of one minute.
enum StructureBars {
  /// Bars of open, high, low and close.
  static func bars(_ prices: [(Double, Double, Double, Double)]) -> [PriceBar] {
    prices.enumerated().map { index, price in
      PriceBar(
        openTime: Timestamp(milliseconds: Int64(index) * 60_000), span: .minutes(1),
        open: price.0, high: price.1, low: price.2, close: price.3)
    }
  }

  /// Bars around closing prices that open at the close before and whose wicks reach 0.1 beyond.
  static func bars(closes: [Double]) -> [PriceBar] {
    bars(
      closes.indices.map { index in
        let open = index > 0 ? closes[index - 1] : closes[index]
        let close = closes[index]
        return (open, max(open, close) + 0.1, min(open, close) - 0.1, close)
      })
  }

  /// Bars whose closes walk straight from turning point to turning point, four bars each way.
  static func zigzag(_ turns: [Double]) -> [PriceBar] {
    var closes = turns.first.map { [$0] } ?? []
    for (from, to) in zip(turns, turns.dropFirst()) {
      closes += (1...4).map { from + (to - from) * Double($0) / 4 }
    }
    return bars(closes: closes)
  }

  /// Bars of a seeded random walk.
  static func randomWalk(seed: UInt64, count: Int) throws -> [PriceBar] {
    var series = SeededSeries(seed: seed)
    return try series.intervals(count: count).map(PriceBar.init)
  }
}
