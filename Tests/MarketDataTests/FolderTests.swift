import Foundation
import Market
import MarketData
import Testing

@Suite struct FolderTests {
  static let start: Int64 = 1_700_000_000_000 / 3_600_000 * 3_600_000

  /// Candles that start `from` and step by `step`, so many of them.
  static func candles(_ count: Int, step: Int64, from: Int64 = start, close: Double = 100) -> String
  {
    var text = "open_time,open,high,low,close,volume\n"
    for index in 0..<Int64(count) { text += "\(from + index * step),100,200,50,\(close),1\n" }
    return text
  }

  static func load(
    _ folder: URL, _ instrument: Instrument = btc, skipBadRows: Bool = false
  ) throws(FileError) -> MarketTable {
    try MarketFiles.load(
      path: folder.path, instrument: instrument, venue: .binance,
      options: FileOptions(skipBadRows: skipBadRows))
  }

  static let metricsHeader =
    "create_time,symbol,sum_open_interest,sum_open_interest_value,"
    + "count_toptrader_long_short_ratio,sum_toptrader_long_short_ratio,count_long_short_ratio,"
    + "sum_taker_long_short_vol_ratio\n"

  @Test func `candles of months and open interest of days are joined as the archive ships them`()
    throws
  {
    try withTemporaryFolder { folder in
      // Two days at midnight UTC: 2024-08-04 and 2024-08-05.
      let midnight: Int64 = 1_722_729_600_000
      for day in 0..<2 as Range<Int64> {
        var klines = ""
        var metrics = Self.metricsHeader
        for index in 0..<288 as Range<Int64> {
          let time = midnight + day * 86_400_000 + index * 300_000
          klines += "\(time),100,101,99,100,5,\(time + 299_999),500,10,2,200,0\n"
          let stamp = Date(timeIntervalSince1970: Double(time) / 1_000)
            .formatted(.iso8601.dateTimeSeparator(.space)).dropLast()
          metrics += "\(stamp),BTCUSDT,\(1_000 + index).5,100000,1.2,1.3,1.4,0.9\n"
        }
        let date = "2024-08-0\(4 + day)"
        try folder.write(
          "klines/BTCUSDT/5m/BTCUSDT-5m-\(date).zip",
          try zip([("BTCUSDT-5m-\(date).csv", [UInt8](klines.utf8))]))
        try folder.write(
          "metrics/BTCUSDT/BTCUSDT-metrics-\(date).zip",
          try zip([("BTCUSDT-metrics-\(date).csv", [UInt8](metrics.utf8))]))
        try folder.write("klines/BTCUSDT/5m/BTCUSDT-5m-\(date).zip.CHECKSUM", "abc")
      }
      let table = try Self.load(folder)
      #expect(table.candleCount == 576)
      #expect(table.openInterestCount == 576)
      #expect(table.interval == .minutes(5))
      #expect(table.first.milliseconds == midnight)
      #expect(table.last.milliseconds == midnight + 2 * 86_400_000)
      #expect(table.openInterest.first?.time.milliseconds == midnight)
      #expect(table.openInterest[287].quantity == 1_287.5)
      #expect(table.isOrdered)
      #expect(
        table.report.files.map(\.path) == [
          "klines/BTCUSDT/5m/BTCUSDT-5m-2024-08-04.zip",
          "klines/BTCUSDT/5m/BTCUSDT-5m-2024-08-05.zip",
          "metrics/BTCUSDT/BTCUSDT-metrics-2024-08-04.zip",
          "metrics/BTCUSDT/BTCUSDT-metrics-2024-08-05.zip",
        ])
      #expect(
        table.report.files.map(\.content) == [
          .candles, .candles, .openInterest, .openInterest,
        ])
      #expect(table.report.files[2].columns.map(\.name) == ["time", "symbol", "open_interest"])
      #expect(table.report.notes.isEmpty)
    }
  }

  @Test func `of several series the finest is read, and the others are named`() throws {
    try withTemporaryFolder { folder in
      try folder.write("BTCUSDT_1h.csv", Self.candles(20, step: 3_600_000))
      try folder.write("BTCUSDT_5m.csv", Self.candles(20, step: 300_000))
      try folder.write("btc_15m.csv.gz", try gzip([UInt8](Self.candles(20, step: 900_000).utf8)))
      let table = try Self.load(folder)
      #expect(table.interval == .minutes(5))
      #expect(table.candleCount == 20)
      #expect(table.report.files.map(\.path) == ["BTCUSDT_5m.csv"])
      #expect(table.report.leftOut.map(\.path) == ["BTCUSDT_1h.csv", "btc_15m.csv.gz"])
      #expect(table.report.leftOut[0].reason == "1h candles; the 5m series is used")
      #expect(table.report.notes[0] == "BTCUSDT_1h.csv left out: 1h candles; the 5m series is used")
    }
  }

  @Test func `a bad row in a series that isn't read is no error`() throws {
    try withTemporaryFolder { folder in
      try folder.write("BTCUSDT_1h.csv", Self.candles(20, step: 3_600_000) + "x,x\n")
      try folder.write("BTCUSDT_5m.csv", Self.candles(20, step: 300_000))
      #expect(try Self.load(folder).candleCount == 20)
    }
  }

  @Test func `overlapping copies of a series are read once`() throws {
    try withTemporaryFolder { folder in
      let text = Self.candles(20, step: 300_000)
      try folder.write("a/BTCUSDT_5m.csv", text)
      try folder.write("b/BTCUSDT_5m.csv.gz", try gzip([UInt8](text.utf8)))
      try folder.write(
        "c/BTCUSDT_5m.csv",
        Self.candles(20, step: 300_000, from: Self.start + 3_000_000, close: 120))
      let table = try Self.load(folder)
      #expect(table.candleCount == 30)
      #expect(table.report.identicalDuplicates == 20)
      #expect(table.report.conflictingDuplicates == 10)
      #expect(table.candles.map(\.close).filter { $0 == 120 }.count == 20)
    }
  }

  @Test func `other instruments, single liquidations and deliveries are left aside`() throws {
    try withTemporaryFolder { folder in
      let other = Self.candles(20, step: 60_000, close: 77)
      for name in [
        "ETHBTC-1m.csv", "1000BTCUSDT-1m.csv", "BTCUSDC-1m.csv", "ETHUSDT-1m.csv",
        "allsymbols-forceOrder-20240817.csv", "BTCUSDT_240927-1m.csv",
        "markPriceKlines/BTCUSDT-1m.csv", ".BTCUSDT-1m.csv", ".hidden/BTCUSDT-1m.csv",
        "BTCUSDT-1m.txt",
      ] {
        try folder.write(name, other)
      }
      try folder.write("BTCUSDT-5m.csv", Self.candles(20, step: 300_000))
      try folder.write("BTCUSDT-notes.csv", "just words\n")
      try folder.write("BTC-positions.csv", "account,coin\na,BTC\n")
      try folder.write("BTCUSDT-prices.csv", "open_time,open,close\n1,2,3\n")
      let table = try Self.load(folder)
      #expect(table.interval == .minutes(5))
      #expect(table.candles.allSatisfy { $0.close == 100 })
      #expect(table.report.otherInstrumentFiles == 4)
      #expect(
        table.report.leftOut.map { "\($0.path): \($0.reason)" } == [
          "BTC-positions.csv: neither candles nor open interest",
          "BTCUSDT-notes.csv: its first line, \"just words\", holds no comma",
          "BTCUSDT-prices.csv: no column for high, low, volume",
          "BTCUSDT_240927-1m.csv: a future with a date of delivery",
          "allsymbols-forceOrder-20240817.csv: by its name it holds single liquidations, not candles",
          "markPriceKlines/BTCUSDT-1m.csv: it lies in markPriceKlines, which aren't trades",
        ])
    }
  }

  @Test func `a folder without the instrument lists those that it has`() throws {
    try withTemporaryFolder { folder in
      for name in ["ETHUSDT-1m.csv", "a/SOLUSDT-1m.zip", "doge_5m.csv", "ETHUSDT-5m.csv"] {
        try folder.write(name, "x")
      }
      #expect(
        sentence { () throws(FileError) in try Self.load(folder) }
          == "\"\(folder.path)\" has no file for BTCUSDT; it has DOGEUSDT, ETHUSDT, SOLUSDT")
    }
    try withTemporaryFolder { folder in
      #expect(
        sentence { () throws(FileError) in try Self.load(folder) }
          == "\"\(folder.path)\" has no file for BTCUSDT; no name of a .csv, .csv.gz or .zip file "
          + "in it names an instrument")
    }
  }

  @Test func `a folder's instruments are listed once each, a file's aren't`() throws {
    try withTemporaryFolder { folder in
      for name in [
        "ETHUSDT-1m.csv", "a/ETHUSDT-5m.zip", "sol_5m.csv", "BTCUSDC-1m.csv.gz", "notes.csv",
        "BTCUSDT_240927-1m.csv", "XRPUSDT-aggTrades-2024-08.zip", "DOGEUSDT.txt",
        "markPriceKlines/XRPUSDT-1m.csv",
      ] {
        try folder.write(name, "x")
      }
      let found = try MarketFiles.instruments(path: folder.path)
      #expect(found.map(\.symbol) == ["BTCUSDC", "ETHUSDT", "SOLUSDT"])
      let file = folder.appending(path: "ETHUSDT-1m.csv").path
      #expect(try MarketFiles.instruments(path: file).isEmpty)
    }
  }

  @Test func `open interest in USD is priced by the candles beside it`() throws {
    try withTemporaryFolder { folder in
      let step: Int64 = 300_000
      try folder.write(
        "BTCUSDT-5m.csv",
        "open_time,open,high,low,close,volume\n\(Self.start),100,100,100,100,1\n"
          + "\(Self.start + step),200,200,200,200,1\n\(Self.start + 4 * step),400,400,400,400,1\n"
          + "\(Self.start + 5 * step),400,400,400,400,1\n")
      try folder.write(
        "BTCUSDT-oi.csv",
        "timestamp,oi_usd\n\(Self.start - 1),1\n\(Self.start),1000\n\(Self.start + step),1000\n"
          + "\(Self.start + step + 1),1000\n\(Self.start + 3 * step),1000\n"
          + "\(Self.start + 6 * step),1000\n\(Self.start + 6 * step + 1),1000\n")
      let table = try Self.load(folder)
      #expect(table.openInterest.map(\.quantity) == [10, 10, 5, 2.5])
      #expect(table.report.openInterestOutside == 2)
      #expect(table.report.openInterestUnpriced == 1)
    }
  }

  @Test func `a file of open interest overrules the candles' own, and repeats are counted`() throws
  {
    try withTemporaryFolder { folder in
      try folder.write(
        "BTCUSDT-5m.csv",
        "open_time,open,high,low,close,volume,open_interest\n\(Self.start),1,1,1,1,1,10\n"
          + "\(Self.start + 300_000),1,1,1,1,1,20\n")
      try folder.write(
        "BTCUSDT-oi.csv",
        "t,oi\n\(Self.start + 300_000),10\n\(Self.start + 600_000),21\n\(Self.start + 600_000),22\n"
          + "\(Self.start + 600_000),22\n")
      let table = try Self.load(folder)
      #expect(table.openInterest.map(\.quantity) == [10, 22])
      #expect(table.report.identicalDuplicates == 2)
      #expect(table.report.conflictingDuplicates == 2)
    }
  }

  @Test func `open interest beside an opening time is as of the interval's close`() throws {
    try withTemporaryFolder { folder in
      try folder.write("BTCUSDT-5m.csv", Self.candles(4, step: 300_000))
      try folder.write(
        "BTCUSDT-oi.csv",
        "open_time,oi_open,open_interest\n\(Self.start),9,10\n\(Self.start + 300_000),11,12\n")
      let table = try Self.load(folder)
      #expect(
        table.openInterest.map { ($0.time.milliseconds - Self.start) / 300_000 } == [0, 1, 2])
      #expect(table.openInterest.first?.quantity == 9)
      #expect(table.openInterest.last?.quantity == 12)
    }
  }

  @Test func `open interest without candles is an error`() throws {
    try withTemporaryFolder { folder in
      try folder.write("BTCUSDT-oi.csv", "t,oi\n\(Self.start),10\n\(Self.start + 1_000),10\n")
      #expect(
        sentence { () throws(FileError) in try Self.load(folder) }
          == "\"\(folder.path)\" has no candles for BTCUSDT: its files hold open interest alone")
    }
    try withTemporaryFolder { folder in
      try folder.write("BTCUSDT.csv", "just words\n")
      #expect(
        sentence { () throws(FileError) in try Self.load(folder) }
          == "\"\(folder.path)\" has no candles for BTCUSDT: BTCUSDT.csv: its first line, "
          + "\"just words\", holds no comma")
    }
  }

  @Test func `a damaged file of the instrument is an error that names it`() throws {
    try withTemporaryFolder { folder in
      try folder.write("BTCUSDT-5m.csv", Self.candles(4, step: 300_000))
      let packed = try gzip([UInt8](Self.candles(400, step: 300_000).utf8))
      try folder.write("old/BTCUSDT-5m.csv.gz", Array(packed.dropLast(9)))
      #expect(
        sentence { () throws(FileError) in try Self.load(folder) }
          == "old/BTCUSDT-5m.csv.gz is damaged: the gzip stream ends early")
      try folder.write("old/BTCUSDT-5m.csv.gz", [])
      #expect(
        sentence { () throws(FileError) in try Self.load(folder) }
          == "old/BTCUSDT-5m.csv.gz is empty")
    }
  }

  @Test func `a bad row in a folder's file names the file within the folder`() throws {
    try withTemporaryFolder { folder in
      try folder.write("a/BTCUSDT-5m.csv", Self.candles(4, step: 300_000) + "x,1,1,1,1,1\n")
      let found = sentence { () throws(FileError) in try Self.load(folder) }
      #expect(found?.hasPrefix("a/BTCUSDT-5m.csv, line 6, open_time: \"x\" is not a time") == true)
      #expect(try Self.load(folder, skipBadRows: true).report.badRows == 1)
    }
  }

  @Test func `links in a circle end`() throws {
    try withTemporaryFolder { folder in
      try folder.write("a/BTCUSDT-5m.csv", Self.candles(4, step: 300_000))
      let link = folder.appending(path: "a/again")
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder)
      #expect(try Self.load(folder).report.files.count == 1)
    }
  }
}
