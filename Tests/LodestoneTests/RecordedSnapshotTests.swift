import Foundation
import TestSupport
import Testing

@Suite(
  "lodestone snapshot: recorded markets",
  .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct RecordedSnapshotTests {
  static let winter = "data/binance-2025-winter"
  static let summer = "data/binance-2024-summer"
  static let bitcoin = "\(winter)/W1_BTCUSDT_5m_kline_oi_20251201_20260219.csv"
  static let bitcoinByHour = "\(summer)/W0_BTCUSDT_1h_20240619_20240819.csv"

  private func json(_ symbol: String, _ path: String, _ options: [String]) throws -> String {
    let run = try ProgramRun(
      "lodestone", ["snapshot", symbol, "--source", path] + options)
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.complaint.isEmpty)
    return run.output
  }

  /// A copy of a recorded file in a folder of the test's own, which goes with the test.
  private func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  @Test(
    "Every recorded market gives a map that agrees with itself",
    arguments: [
      ("BTC", bitcoin, "30d", "complete"),
      ("ETH", "\(winter)/W1_ETHUSDT_5m_kline_oi_20251201_20260219.csv", "30d", "complete"),
      ("SOL", "\(winter)/W1_SOLUSDT_5m_kline_oi_20251201_20260219.csv", "30d", "complete"),
      ("BTC", "\(winter)/W1_BTCUSDT_1h_20251204_20260315.csv", "90d", "complete"),
      ("BTC", bitcoinByHour, "30d", "complete"),
      ("ETH", "\(summer)/W0_ETHUSDT_1h_20240619_20240819.csv", "14d", "complete"),
      ("SOL", "\(summer)/W0_SOLUSDT_1h_20240619_20240819.csv", "30d", nil),
      ("BTC", "\(summer)/W0b_BTCUSDT_5m_20240913_20240918.csv", "3d", "complete"),
      ("DOGE", "\(summer)/W0b_DOGEUSDT_5m_20240913_20240918.csv", "3d", "complete"),
      ("XRP", "\(summer)/W0b_XRPUSDT_5m_20240913_20240918.csv", "7d", "short"),
      ("AVAX", "data/one-minute", "7d", nil),
      ("BTC", "data/one-minute/BTCUSDT-1m-20250525_20250624.csv.gz", "3d", "oi_assumed"),
      ("BTC", bitcoinByHour, "all", nil),
    ] as [(String, String, String, String?)])
  func market(symbol: String, path: String, timeframe: String, quality: String?) throws {
    let file = try SharedData.file(path)
    let map = try MapDocument(try json(symbol, file.path, ["--timeframe", timeframe]))
    #expect(map.contradictions() == [])
    #expect(map.instrument == symbol + "USDT")
    #expect(map.timeframe == timeframe)
    #expect(map.venues == ["binance"])
    #expect(!map.simulated)
    #expect(map.source == file.lastPathComponent)
    #expect(map.total_long_usd > 0 && map.total_short_usd > 0)
    #expect(!map.data.columns_found.isEmpty)
    if let quality { #expect(map.data.quality == quality) }
    #expect(map.data.quality != "oi_assumed" || quality == "oi_assumed")
  }

  @Test("A packed copy gives the same bytes, but for the name")
  func packed() throws {
    let plain = try SharedData.file(Self.bitcoinByHour)
    let options = ["--timeframe", "7d"]
    let expected = try json("BTC", plain.path, options)
    try withFolder { folder in
      let copy = folder.appending(path: "BTC-1h.csv")
      try FileManager.default.copyItem(at: plain, to: copy)
      let pack = try ProgramRun(path: "/bin/gzip", [copy.path], environment: [:])
      #expect(pack.status == 0, "\(pack.complaint)")
      let packed = try json("BTC", copy.path + ".gz", options)
      #expect(
        packed.replacing("BTC-1h.csv.gz", with: plain.lastPathComponent) == expected)
    }
  }

  @Test("--at draws what a file that ends there would give, to the last bit")
  func moment() throws {
    // Open interest as of the close: a file with that of the open knows more at the same moment.
    let whole = try SharedData.file(Self.bitcoinByHour)
    // In the midst of the crash of 5 August 2024.
    let moment: Int64 = 1_722_816_000_000
    let lines = try String(contentsOf: whole, encoding: .utf8).split(whereSeparator: \.isNewline)
    let header = lines[0].split(separator: ",").map(String.init)
    let column = try #require(header.firstIndex { $0.contains("time") })
    let known = lines.dropFirst().filter { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      return Int64(fields[column]).map { $0 + 3_600_000 <= moment } ?? false
    }
    try #require(known.count > 1_000 && known.count < lines.count - 101)
    try withFolder { folder in
      let short = folder.appending(path: whole.lastPathComponent)
      let text = ([lines[0]] + known).joined(separator: "\n") + "\n"
      try text.write(to: short, atomically: true, encoding: .utf8)
      let options = ["--timeframe", "14d", "--at", "\(moment)"]
      let full = try json("BTC", whole.path, options)
      #expect(try json("BTC", short.path, options) == full)
      #expect(try json("BTC", short.path, ["--timeframe", "14d"]) == full)
      #expect(try MapDocument(full).as_of == moment)
    }
  }

  @Test("--venue says whose rules a file follows")
  func venue() throws {
    let path = try SharedData.file(Self.bitcoinByHour).path
    let hyperliquid = try MapDocument(
      try json("BTC", path, ["--venue", "hyperliquid", "--timeframe", "7d"]))
    let binance = try MapDocument(try json("BTC", path, ["--timeframe", "7d"]))
    #expect(hyperliquid.contradictions() == [])
    #expect(hyperliquid.venues == ["hyperliquid"])
    func dollars(_ map: MapDocument, _ layer: String) -> Double {
      map.bins.reduce(0) { $0 + ($1.layers[layer] ?? 0) }
    }
    // Hyperliquid offers 40x on BTC at most.
    #expect(dollars(hyperliquid, "100x") == 0 && dollars(hyperliquid, "50x") == 0)
    #expect(dollars(hyperliquid, "25x") > 0)
    #expect(dollars(binance, "100x") > 0 && dollars(binance, "50x") > 0)
  }

  @Test("A frame of recorded facts doesn't speak of a simulation")
  func frame() throws {
    let path = try SharedData.file(Self.bitcoinByHour).path
    let text = try json("BTC", path, ["--format", "text", "--width", "160"])
    #expect(!text.contains("SIMULATED"))
    #expect(text.contains("calibrated on 45 days") && text.contains("Binance"))
  }
}
