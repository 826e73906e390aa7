/// Round numbers for axes.
enum AxisScale {
  /// Ceilings that axes may end at, as mantissas, each with the numbers of equal steps that
  /// divide it into round numbers, finest first.
  private static let ceilings: [(mantissa: Double, divisions: [Int])] = [
    (1, [10, 5, 4, 2]), (1.2, [6, 4, 3, 2]), (1.5, [6, 5, 3]), (1.8, [9, 6, 3]),
    (2, [10, 8, 5, 4, 2]), (2.5, [10, 5]), (3, [10, 6, 5, 3]), (3.5, [7]), (4, [8, 5, 4, 2]),
    (4.5, [9, 3]), (5, [10, 5, 2]), (6, [6, 5, 4, 3, 2]), (7, [7]), (8, [8, 5, 4, 2]),
    (9, [9, 6, 3]), (10, [10, 5, 4, 2]),
  ]

  /// The lowest round number that `value` fits under; 1 where there is nothing to show.
  static func ceiling(_ value: Double) -> Double {
    guard value.isFinite, value > 0 else { return 1 }
    let scale = powerOfTen(below: value)
    for (mantissa, _) in ceilings where value <= mantissa * scale { return mantissa * scale }
    return 10 * scale
  }

  /// A ceiling that stays where it is until `value` outgrows it or falls under 70% of it, so
  /// that the bars don't jump when the largest one trembles about a round number.
  static func ceiling(_ value: Double, keeping previous: Double?) -> Double {
    guard let previous, value <= previous, value >= previous * 0.7 else { return ceiling(value) }
    return previous
  }

  /// Round numbers from 0 to a ceiling made by `ceiling`, at most `limit` steps apart.
  static func ticks(ceiling: Double, limit: Int) -> [Double] {
    let mantissa = ceiling / powerOfTen(below: ceiling)
    let divisions = ceilings.min { abs($0.mantissa - mantissa) < abs($1.mantissa - mantissa) }
    let steps = divisions?.divisions.first { $0 <= max(limit, 1) } ?? 1
    return (0...steps).map { ceiling * Double($0) / Double(steps) }
  }

  /// The largest power of ten that is not above `value`.
  static func powerOfTen(below value: Double) -> Double {
    var scale = 1.0
    while scale * 10 <= value { scale *= 10 }
    while scale > value && scale > 1e-300 { scale /= 10 }
    return scale
  }

  /// Round prices between `low` and `high`, at most about `count` of them: multiples of 1, 2, 2.5
  /// or 5 times a power of ten.
  static func prices(low: Double, high: Double, count: Int) -> [Double] {
    guard low.isFinite, high.isFinite, high > low, low > 0, count > 0 else { return [] }
    let least = (high - low) / Double(count)
    let scale = powerOfTen(below: least)
    let step = [1, 2, 2.5, 5].first { $0 * scale >= least }.map { $0 * scale } ?? 10 * scale
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    guard last >= first, last - first < 10_000 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// Decimal places that tell multiples of the step between those prices apart.
  static func places(of prices: [Double]) -> Int {
    guard prices.count > 1 else { return NumberText.pricePlaces(prices.first ?? 0) }
    let step = prices[1] - prices[0]
    var places = 0
    var scale = 1.0
    while places < 8, abs((step * scale).rounded() - step * scale) > 1e-6 * step * scale {
      places += 1
      scale *= 10
    }
    return places
  }
}
