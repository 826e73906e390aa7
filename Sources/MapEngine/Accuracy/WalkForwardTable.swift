import Market
import RealModule

/// How well each method forecasts the real liquidations of one instrument on one venue.
public struct WalkForwardTable: Hashable, Codable, Sendable {
  /// A number with the interval that 90 of 100 samples of the same days would fall in.
  public struct Interval: Hashable, Codable, Sendable {
    /// The number.
    public let value: Double
    /// The 5th percentile over samples of days.
    public let low: Double
    /// The 95th percentile.
    public let high: Double
  }

  /// One method.
  public struct Row: Hashable, Codable, Sendable {
    /// The method's name.
    public let method: String
    /// What it stands for.
    public let kind: AccuracyMethodKind
    /// Negative-binomial deviance explained over a constant rate.
    public let overConstant: Interval
    /// The same over the best method that knows nothing of positions.
    public let overBestNull: Interval
    /// Nats a window by which its likelihood exceeds that null's.
    public let natsPerWindow: Interval
    /// Coins said over coins published.
    public let ratio: Interval

    private enum CodingKeys: String, CodingKey {
      case method, kind, ratio
      case overConstant = "over_constant"
      case overBestNull = "over_best_null"
      case natsPerWindow = "nats_per_window"
    }
  }

  /// What the table is of, in words.
  public let source: String
  /// The first and the last scored moment.
  public let from: Timestamp
  /// See `from`.
  public let to: Timestamp
  /// Scored days and windows.
  public let days: Int
  /// See `days`.
  public let windows: Int
  /// Events published within them.
  public let events: Double
  /// The best method that knows nothing of positions.
  public let bestNull: String
  /// One row a method.
  public let rows: [Row]

  private enum CodingKeys: String, CodingKey {
    case source, from, to, days, windows, events, rows
    case bestNull = "best_null"
  }

  /// Samples of days that the intervals come from.
  private static let samples = 1_000
  /// The part of a forecast that is spread evenly, so that a window which it rules out costs much
  /// but not everything.
  private static let spread = 0.02

  /// The table of forecasts; nil where nothing could be scored. `seed` draws the samples of days.
  public init?(_ forward: WalkForward, source: String, seed: UInt64 = 1) {
    let seen = forward.seen
    guard let span = forward.span, let lastDay = forward.days.max(), lastDay >= 1 else {
      return nil
    }
    let events = seen.map { $0.map { $0 / forward.unit } }
    let mean = events.reduce(0) { $0 + $1.reduce(0, +) } / Double(2 * events.count)
    guard mean > 0 else { return nil }
    // By day: deviance, nats and coins of each method.
    struct Day {
      var deviance = 0.0
      var nats = 0.0
      var said = 0.0
    }
    let floor = Self.spread * mean
    let scored = forward.methods.map { method -> [Day] in
      var days = [Day](repeating: Day(), count: lastDay + 1)
      for (window, day) in forward.days.enumerated() {
        for side in 0..<2 {
          let said = method.said[window][side] / forward.unit
          let expected = (1 - Self.spread) * said + floor
          days[day].deviance += Self.deviance(events[window][side], expected)
          days[day].nats -= Self.loss(events[window][side], expected)
          days[day].said += said
        }
      }
      return days
    }
    var observed = [Double](repeating: 0, count: lastDay + 1)
    for (window, day) in forward.days.enumerated() { observed[day] += events[window].reduce(0, +) }
    let nulls = forward.methods.indices.filter { forward.methods[$0].kind == .null }
    func total(_ method: Int) -> Double { scored[method].reduce(0) { $0 + $1.deviance } }
    guard let best = nulls.min(by: { total($0) < total($1) }),
      let constant = nulls.first(where: { forward.methods[$0].name == "constant rate" })
    else { return nil }
    var draws = DayDraws(seed: seed, days: lastDay + 1)
    let samples = (0..<Self.samples).map { _ in draws.next() }
    let all = [Int](0...lastDay)
    func interval(_ statistic: ([Int]) -> Double) -> Interval {
      let drawn = samples.map(statistic).sorted()
      return Interval(
        value: statistic(all), low: drawn[Self.samples / 20],
        high: drawn[Self.samples - 1 - Self.samples / 20])
    }
    func explained(_ method: Int, over null: Int) -> Interval {
      interval { days in
        let own = days.reduce(0) { $0 + scored[method][$1].deviance }
        let other = days.reduce(0) { $0 + scored[null][$1].deviance }
        return other > 0 ? 1 - own / other : 0
      }
    }
    self.source = source
    from = span.lowerBound
    to = span.upperBound
    days = Set(forward.days).count
    windows = events.count
    self.events = observed.reduce(0, +)
    bestNull = forward.methods[best].name
    rows = forward.methods.indices.map { method in
      Row(
        method: forward.methods[method].name, kind: forward.methods[method].kind,
        overConstant: explained(method, over: constant),
        overBestNull: explained(method, over: best),
        natsPerWindow: interval { days in
          let gain = days.reduce(0) { $0 + scored[method][$1].nats - scored[best][$1].nats }
          return gain * Double(lastDay + 1) / Double(days.count) / Double(events.count)
        },
        ratio: interval { days in
          let sum = days.reduce(0) { $0 + observed[$1] }
          return sum > 0 ? days.reduce(0) { $0 + scored[method][$1].said } / sum : 0
        })
    }
  }

  /// Twice the log-likelihood that `expected` loses to a perfect forecast of `value`, both in
  /// events: negative binomial of shape 1.
  static func deviance(_ value: Double, _ expected: Double) -> Double {
    2 * (loss(value, expected) - (value > 0 ? loss(value, value) : 0))
  }

  /// The negative log-likelihood, but for what doesn't depend on the forecast.
  private static func loss(_ value: Double, _ expected: Double) -> Double {
    (value + 1) * Double.log(expected + 1) - (value > 0 ? value * Double.log(expected) : 0)
  }
}

/// Samples of days, with repetition.
private struct DayDraws {
  private var state: UInt64
  private let days: Int

  init(seed: UInt64, days: Int) {
    state = seed
    self.days = days
  }

  /// As many days as there are (splitmix64: Steele, Lea, Flood 2014).
  mutating func next() -> [Int] {
    (0..<days).map { _ in
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(days))
    }
  }
}

extension WalkForwardTable {
  /// The table for a terminal: one line a method, each number with its 90 % interval over days.
  public func text() -> String {
    func cell(_ interval: Interval, _ digits: Int) -> String {
      let numbers = [interval.value, interval.low, interval.high].map {
        AccuracyTable.decimals($0, digits)
      }
      return "\(numbers[0]) (\(numbers[1]) to \(numbers[2]))"
    }
    let head = ["method", "over constant", "over best null", "nats a window", "said / published"]
    let lines =
      [head]
      + rows.map { row in
        [
          row.method, cell(row.overConstant, 3), cell(row.overBestNull, 3),
          cell(row.natsPerWindow, 3), cell(row.ratio, 2),
        ]
      }
    return
      "\(source): \(days) days, \(from) to \(to), \(windows) windows, best null: \(bestNull)\n"
      + AccuracyTable.aligned(lines)
  }
}
