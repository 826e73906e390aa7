import Foundation
import Market
import TestSupport
import Testing

@testable import MarketData

/// What is known of a recorded file.
struct RecordedFile: CustomTestStringConvertible, Sendable {
  let path: String
  let symbol: String
  let rows: Int
  let interval: Market.Span
  let first: Int64
  let last: Int64
  let openInterest: Int
  let liquidated: Int
  let missing: Int
  /// Open, high, low, close, volume of the first candle.
  let opening: [Double]
  /// The same of the last candle.
  let closing: [Double]

  var testDescription: String { path }

  static let all: [RecordedFile] = [
    summer(
      "W0_BTCUSDT_1h_20240619_20240819", rows: 1_465, openInterest: 1_466,
      opening: [64850.4, 65060.4, 64809.5, 64973.0, 3107.466999999993],
      closing: [59048.1, 59217.5, 58923.0, 58936.1, 4025.5810000000024]),
    summer(
      "W0_ETHUSDT_1h_20240619_20240819", rows: 1_465, openInterest: 1_466,
      opening: [3551.94, 3575.0, 3548.43, 3568.65, 51097.42200000008],
      closing: [2614.19, 2624.0, 2611.47, 2613.94, 32864.857000000105]),
    // One hole of two hours: the open interest at the open behind it is told as well.
    summer(
      "W0_SOLUSDT_1h_20240619_20240819", rows: 1_463, openInterest: 1_465, missing: 2,
      opening: [135.33, 135.937, 134.58, 135.676, 353_454],
      closing: [143.301, 144.008, 143.08, 143.519, 241_032]),
    autumn(
      "W0b_BTCUSDT_5m_20240913_20240918",
      opening: [59795.0, 59906.9, 59777.3, 59902.9, 388.6230000000001],
      closing: [60200.1, 60300.0, 60200.1, 60249.8, 577.9769999999999]),
    autumn(
      "W0b_DOGEUSDT_5m_20240913_20240918",
      opening: [0.10716, 0.10733, 0.1071, 0.10718, 7_277_459],
      closing: [0.10127, 0.10147, 0.10126, 0.10136, 4_761_597]),
    autumn(
      "W0b_XRPUSDT_5m_20240913_20240918",
      opening: [0.5701, 0.5709, 0.57, 0.5708, 1073438.9000000004],
      closing: [0.5777, 0.5781, 0.5776, 0.5777, 1174753.5000000007]),
    RecordedFile(
      path: "binance-2025-winter/W1_BTCUSDT_1h_20251204_20260315.csv", symbol: "BTC", rows: 2_418,
      interval: .hours(1), first: 1_764_828_000_000, last: 1_773_529_200_000, openInterest: 2_418,
      liquidated: 2_418, missing: 0, opening: [92932.4, 93333.0, 92800.1, 93103.1, 5104.689],
      closing: [70678.5, 71221.9, 70678.5, 71174.4, 6274.924]),
    winter(
      "BTC", opening: [89771.3, 89783.6, 88900.0, 89101.0, 5855.894],
      closing: [66392.0, 66417.0, 66242.8, 66267.6, 238.594]),
    winter(
      "ETH", opening: [2985.85, 2986.34, 2910.51, 2935.84, 223626.318],
      closing: [1925.57, 1926.28, 1918.96, 1920.95, 9443.862]),
    winter(
      "SOL", opening: [133.16, 133.19, 130.56, 131.42, 988795.24],
      closing: [80.7, 80.85, 80.42, 80.76, 108139.22]),
    RecordedFile(
      path: "one-minute/BTCUSDT-1m-20250525_20250624.csv.gz", symbol: "BTC", rows: 43_199,
      interval: .minutes(1), first: 1_748_169_180_000, last: 1_750_761_060_000, openInterest: 0,
      liquidated: 0, missing: 0, opening: [107187.4, 107194.2, 107165.0, 107194.2, 22.67],
      closing: [105090.3, 105108.8, 105074.9, 105086.5, 62.055]),
    RecordedFile(
      path: "one-minute/AVAXUSDT-1m-taker-2026-02.csv.gz", symbol: "AVAX", rows: 40_320,
      interval: .minutes(1), first: 1_769_904_000_000, last: 1_772_323_140_000, openInterest: 0,
      liquidated: 0, missing: 0, opening: [10.113, 10.13, 10.109, 10.128, 38_521],
      closing: [9.166, 9.167, 9.157, 9.162, 5_486]),
  ]

  private static func summer(
    _ name: String, rows: Int, openInterest: Int, missing: Int = 0, opening: [Double],
    closing: [Double]
  ) -> RecordedFile {
    RecordedFile(
      path: "binance-2024-summer/\(name).csv", symbol: String(name.dropFirst(3).prefix(7)),
      rows: rows, interval: .hours(1), first: 1_718_830_800_000, last: 1_724_101_200_000,
      openInterest: openInterest, liquidated: rows, missing: missing, opening: opening,
      closing: closing)
  }

  private static func autumn(
    _ name: String, opening: [Double], closing: [Double]
  ) -> RecordedFile {
    RecordedFile(
      path: "binance-2024-summer/\(name).csv",
      symbol: String(name.dropFirst(4).prefix { $0 != "_" }), rows: 1_441, interval: .minutes(5),
      first: 1_726_261_200_000, last: 1_726_693_200_000, openInterest: 1_442, liquidated: 0,
      missing: 0, opening: opening, closing: closing)
  }

  private static func winter(
    _ coin: String, opening: [Double], closing: [Double]
  ) -> RecordedFile {
    RecordedFile(
      path: "binance-2025-winter/W1_\(coin)USDT_5m_kline_oi_20251201_20260219.csv", symbol: coin,
      rows: 23_243, interval: .minutes(5), first: 1_764_547_500_000, last: 1_771_520_100_000,
      openInterest: 23_243, liquidated: 0, missing: 0, opening: opening, closing: closing)
  }
}

@Suite(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct RecordedFilesTests {
  static func load(_ path: String, _ symbol: String) throws -> MarketTable {
    try MarketFiles.load(
      path: try SharedData.file("data/\(path)").path,
      instrument: try #require(Instrument(named: symbol)), venue: .binance)
  }

  static func content(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: try SharedData.file("data/\(path)")))
  }

  @Test("every recorded file of candles loads whole", arguments: RecordedFile.all)
  func loads(_ file: RecordedFile) throws {
    let table = try Self.load(file.path, file.symbol)
    #expect(table.candleCount == file.rows)
    #expect(table.interval == file.interval)
    #expect(table.first.milliseconds == file.first)
    #expect(table.last.milliseconds == file.last + file.interval.milliseconds)
    #expect(table.openInterestCount == file.openInterest)
    #expect(table.liquidated.count == file.liquidated)
    #expect(table.events.count == file.rows + file.openInterest + file.liquidated)
    #expect(table.report.missingIntervals == file.missing)
    #expect(table.report.badRows == 0)
    #expect(table.report.identicalDuplicates + table.report.conflictingDuplicates == 0)
    #expect(table.report.outOfOrder == 0)
    #expect(table.isOrdered)
    let candles = table.candles
    for (candle, values) in [(candles.first, file.opening), (candles.last, file.closing)] {
      let candle = try #require(candle)
      #expect([candle.open, candle.high, candle.low, candle.close, candle.volume] == values)
    }
  }

  @Test(
    "a recorded file packed in gzip or as the archive ships it holds the same market",
    arguments: RecordedFile.all)
  func packed(_ file: RecordedFile) throws {
    let text = try TableBytes.unpack(try Self.content(file.path), file: file.path)
    try withTemporaryFolder { folder in
      try folder.write("W.csv.gz", try gzip(text))
      try folder.write("W.zip", try zip([("W.csv", text)]))
      for name in ["W.csv.gz", "W.zip"] {
        let path = folder.appending(path: name).path
        #expect(try TableBytes.unpack(try FileSystem.read(path), file: name) == text)
        // The same text is the same market; that is shown on files that load quickly unoptimised.
        guard file.rows < 3_000 else { continue }
        let instrument = try #require(Instrument(named: file.symbol))
        let table = try MarketFiles.load(path: path, instrument: instrument, venue: .binance)
        #expect(table.events == (try Self.load(file.path, file.symbol)).events, "\(name)")
      }
    }
  }

  @Test func `the summer's files give open interest and liquidations in coins`() throws {
    let table = try Self.load("binance-2024-summer/W0_BTCUSDT_1h_20240619_20240819.csv", "BTC")
    #expect(table.openInterest.prefix(3).map(\.quantity) == [75707.535, 75286.992, 75464.702])
    #expect(table.openInterest.last?.quantity == 80011.442)
    #expect(table.liquidated[0].long == 0.013)
    #expect(table.liquidated[0].short == 0.9740000000000001)
    #expect(table.candles[0].takerBuyVolume == 1824.2789999999895)
    #expect(
      table.report.files[0].ignored.map(\.header) == [
        "trades", "buy_trades", "oi_high", "oi_low", "ls_ratio", "long_pct", "short_pct",
      ])
  }

  @Test func `the crash of August 2024 is in the summer's file`() throws {
    let table = try Self.load("binance-2024-summer/W0_BTCUSDT_1h_20240619_20240819.csv", "BTC")
    let low = try #require(table.candles.min { $0.low < $1.low })
    #expect(low.low == 48_888)
    #expect(low.openTime >= Timestamp(milliseconds: 1_722_816_000_000))
    #expect(low.openTime < Timestamp(milliseconds: 1_722_902_400_000))
  }

  @Test func `the hole in the summer's SOL is where the file has it`() throws {
    let table = try Self.load("binance-2024-summer/W0_SOLUSDT_1h_20240619_20240819.csv", "SOL")
    #expect(table.report.gaps.map(\.from.milliseconds) == [1_721_379_600_000])
    #expect(table.report.gaps.map(\.to.milliseconds) == [1_721_386_800_000])
  }

  @Test func `the winter's hours give the venue's own open interest, not the aggregator's`() throws
  {
    let table = try Self.load("binance-2025-winter/W1_BTCUSDT_1h_20251204_20260315.csv", "BTC")
    #expect(table.openInterest.first?.quantity == 88312.849)
    #expect(table.openInterest.first?.time.milliseconds == 1_764_828_000_000)
    #expect(table.openInterest.last?.quantity == 83885.436)
    let typical = (93333.0 + 92800.1 + 93103.1) / 3
    #expect(table.liquidated[0].long == 42620.5427 / typical)
    #expect(table.liquidated[0].short == 1499665.49438 / typical)
    #expect(table.report.files[0].liquidationsMayCoverOtherVenues)
    let columns = table.report.files[0].columns.map { "\($0.name) <- \($0.header)" }
    #expect(
      columns == [
        "open_time <- open_time", "open <- fut_open", "high <- fut_high", "low <- fut_low",
        "close <- fut_close", "volume <- fut_volume", "open_interest_at_open <- oi_btc_open",
        "liquidated_long_usd <- liq_long_usd", "liquidated_short_usd <- liq_short_usd",
      ])
  }

  @Test func `the winter's five minutes give open interest at each open`() throws {
    let table = try Self.load(
      "binance-2025-winter/W1_ETHUSDT_5m_kline_oi_20251201_20260219.csv", "ETH")
    #expect(table.openInterest.prefix(2).map(\.quantity) == [1878751.904, 1858325.134])
    #expect(
      table.openInterest.prefix(2).map(\.time.milliseconds) == [
        1_764_547_500_000, 1_764_547_800_000,
      ])
    #expect(table.openInterest.last?.quantity == 1853172.455)
  }

  @Test func `AVAX's minutes and its open interest in a file of its own are joined`() throws {
    let table = try Self.load("one-minute", "AVAX")
    #expect(table.candleCount == 40_320)
    #expect(table.interval == .minutes(1))
    // Every five minutes of 28 days, both ends included.
    #expect(table.openInterestCount == 28 * 288 + 1)
    #expect(table.openInterest.first?.time == table.first)
    #expect(table.openInterest.first?.quantity == 7_999_164)
    #expect(table.openInterest[1].quantity == 8_009_121)
    #expect(table.openInterest.last?.time == table.last)
    #expect(table.openInterest.last?.quantity == 7_956_163)
    #expect(table.report.openInterestOutside == 56_160 - 8_065)
    #expect(table.report.otherInstrumentFiles == 1)
    #expect(table.candles[0].takerBuyVolume == 28_754)
    #expect(table.isOrdered)
  }

  @Test func `a folder of hours and five minutes reads the five minutes`() throws {
    let table = try Self.load("binance-2025-winter", "BTC")
    #expect(table.candleCount == 23_243)
    #expect(table.report.leftOut.map(\.path) == ["W1_BTCUSDT_1h_20251204_20260315.csv"])
    #expect(table.report.otherInstrumentFiles == 2)
  }

  @Test func `a folder without the instrument lists those that it has`() throws {
    let path = try SharedData.file("data/binance-2024-summer").path
    #expect(
      throws: FileError.noInstrument(
        folder: path, instrument: Instrument(base: "AVAX"),
        found: ["BTCUSDT", "DOGEUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"])
    ) { try MarketFiles.load(path: path, instrument: Instrument(base: "AVAX"), venue: .binance) }
  }

  @Test func `the whole folder of data reads bitcoin's minutes and names what it leaves`() throws {
    let table = try Self.load("", "BTC")
    #expect(table.candleCount == 43_199)
    #expect(table.report.leftOut.count == 8)
    #expect(table.report.leftOut.allSatisfy { !$0.reason.isEmpty })
  }

  @Test(
    "recorded files that aren't candles say so",
    arguments: [
      "positions/hyperliquid_BTC_ETH_SOL_20260204_20260214.csv.gz",
      "prints/liquidation_prints_hl_okx.csv", "prints/allsymbols-forceOrder-20240817.csv",
      "prints/allsymbols-forceOrder-20250718.csv", "structure/fvg_result_data.csv",
    ])
  func notCandles(_ path: String) throws {
    let path = try SharedData.file("data/\(path)").path
    #expect {
      try MarketFiles.load(path: path, instrument: btc, venue: .binance)
    } throws: { error in
      if case .missingColumns = error as? FileError { true } else { false }
    }
  }

  @Test func `dates with points and names with capitals are read`() throws {
    let table = try Self.load("structure/EURUSD_15M.csv", "EURUSD")
    #expect(table.candleCount == 24_424)
    #expect(table.interval == .minutes(15))
    #expect(table.candles[0].openTime.milliseconds == 1_665_360_000_000)
    #expect(table.candles[0].close == 0.97357)
  }
}
