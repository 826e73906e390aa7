import Foundation

/// A seeded market in a table of five-minute candles, with open interest and liquidations, in a
/// folder that goes with it.
final class RecordedWalk {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  /// Where the table is.
  var path: String { folder.path }

  init(days: Int) throws {
    var state: UInt64 = 20_260_219
    func unit() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    var rows = [
      "open_time,open,high,low,close,volume,open_interest,liquidated_long,liquidated_short"
    ]
    var price = 97_000.0
    var interest = 80_000.0
    for index in 0..<days * 288 {
      let open = price
      let shock = unit() < 0.02 ? (unit() - 0.5) * 0.03 : 0
      price *= 1 + (unit() - 0.5) * 0.003 + shock
      let (high, low) = (max(open, price) * 1.0006, min(open, price) * 0.9994)
      interest *= 1 + (unit() - 0.49) * 0.004 - abs(shock)
      let (longs, shorts) = (max(1 - low / open - 0.001, 0), max(high / open - 1 - 0.001, 0))
      let numbers = [open, high, low, price, 900, interest, longs * 6_000, shorts * 6_000]
      let time = 1_771_000_000_000 / 300_000 * 300_000 + index * 300_000
      rows.append("\(time)," + numbers.map { "\($0)" }.joined(separator: ","))
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try (rows.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "BTCUSDT-5m.csv"), atomically: true, encoding: .utf8)
  }

  deinit { _ = try? FileManager.default.removeItem(at: folder) }
}
