/// The length of a candle, which tables don't state.
enum IntervalLength {
  /// The most frequent step between ascending times, the shortest where several are as frequent,
  /// repeats not counted; nil without a step.
  static func mostFrequent(in times: [Int64]) -> Int64? {
    var counts: [Int64: Int] = [:]
    var run: (step: Int64, count: Int) = (0, 0)
    for (earlier, later) in zip(times, times.dropFirst()) where later > earlier {
      // Steps mostly repeat; counting whole runs keeps the dictionary out of the loop.
      if later - earlier == run.step {
        run.count += 1
      } else {
        if run.count > 0 { counts[run.step, default: 0] += run.count }
        run = (later - earlier, 1)
      }
    }
    if run.count > 0 { counts[run.step, default: 0] += run.count }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }

  /// The length in the trade's short form: `5m`, `1h`, `90s`.
  static func text(_ milliseconds: Int64) -> String {
    for (unit, name) in [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s")]
    where milliseconds % Int64(unit) == 0 {
      return "\(milliseconds / Int64(unit))\(name)"
    }
    return "\(milliseconds)ms"
  }
}
