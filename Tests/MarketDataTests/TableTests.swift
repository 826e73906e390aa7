import Market
import MarketData
import Testing

@Suite struct TableTests {
  static let start: Int64 = 1_700_000_040_000

  @Test func `rows become closed candles in coins`() throws {
    let table = try read(
      """
      open_time,open,high,low,close,volume,taker_buy_volume,mark_high,mark_low
      1700000040000,100,110,90,105,7.5,3.25,109,91
      1700000100000,105,106,104,105,1,,,
      """)
    #expect(table.candleCount == 2)
    #expect(table.interval == .minutes(1))
    #expect(table.first == Timestamp(milliseconds: Self.start))
    #expect(table.last == Timestamp(milliseconds: Self.start + 120_000))
    let expected = try Candle(
      openTime: Timestamp(milliseconds: Self.start), interval: .minutes(1), open: 100, high: 110,
      low: 90, close: 105, volume: 7.5, takerBuyVolume: 3.25, markHigh: 109, markLow: 91)
    #expect(table.events.first?.fact == .candle(expected, isClosed: true))
    #expect(table.candles[1].takerBuyVolume == nil)
    #expect(table.candles[1].markHigh == nil)
    #expect(table.events.allSatisfy { $0.venue == .binance && $0.instrument == btc })
    #expect(table.report.notes.isEmpty)
  }

  @Test(
    "kline files of the archive are read with and without their header, in ms and in us",
    arguments: [true, false], [1, 1_000] as [Int64])
  func klines(hasHeader: Bool, unit: Int64) throws {
    var text =
      hasHeader
      ? "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,"
        + "taker_buy_quote_volume,ignore\n" : ""
    for index in 0..<3 as Range<Int64> {
      let open = Self.start + index * 300_000
      text +=
        "\(open * unit),10.1130,10.1300,10.1090,10.1280,38521,\((open + 300_000) * unit - 1),"
        + "389800.3310,1077,28754,290983.0070,0\n"
    }
    let table = try read(text)
    #expect(table.candleCount == 3)
    #expect(table.interval == .minutes(5))
    #expect(table.first.milliseconds == Self.start)
    #expect(table.candles[2].takerBuyVolume == 28_754)
    #expect(table.candles[2].close == 10.128)
    #expect(table.report.files[0].columns.map(\.name).contains("taker_buy_volume"))
    #expect(
      table.report.files[0].ignored.map(\.header) == [
        "quote_volume", "count", "taker_buy_quote_volume", "ignore",
      ])
  }

  @Test func `a lone candle of the archive takes its length from its close time`() throws {
    let text = "1722816000000,100,101,99,100,5,1722902399999,500,10,2,200,0\n"
    #expect(try read(text).interval == .days(1))
    #expect(try read(minutes(1), name: "BTCUSDT-1h-2024-08-05.csv").interval == .hours(1))
    #expect(
      sentence { () throws(FileError) in try read(minutes(1)) }
        == "W.csv has a single candle, so the length of a candle is unknown; "
        + "add a second row or a close_time column")
  }

  @Test(
    "times are read in every unit",
    arguments: [
      ["1700000040", "1700000100"], ["1700000040000", "1700000100000"],
      ["1700000040000000", "1700000100000000"], ["2023-11-14 22:14:00", "2023-11-14 22:15:00"],
      ["2023-11-14T22:14:00Z", "2023-11-14T22:15:00.000Z"],
      ["\"2023-11-14 22:14:00\"", "\"2023-11-14 22:15:00\""],
    ])
  func times(_ times: [String]) throws {
    let rows = times.map { "\($0),1,1,1,1,1" }.joined(separator: "\n")
    let table = try read("time,o,h,l,c,v\n" + rows)
    #expect(table.candles.map(\.openTime.milliseconds) == [Self.start, Self.start + 60_000])
  }

  @Test func `quotes, CRLF, a byte order mark, blanks and blank lines make no difference`() throws {
    let plain = try read(minutes(5))
    let lines = minutes(5).split(separator: "\n").map { line in
      line.split(separator: ",").map { "\"\($0)\"" }.joined(separator: " , ")
    }
    let decorated = try read(
      "\u{FEFF}" + lines.joined(separator: "\r\n") + "\r\n\r\n  \r\n,,,,,\r\n")
    #expect(decorated.events == plain.events)
  }

  @Test func `fields beyond the header are tolerated where they are empty`() throws {
    let text = minutes(3).replacing(".5,1\n", with: ".5,1, ,\n")
    #expect(try read(text).candleCount == 3)
  }

  // MARK: Open interest and liquidations

  @Test func `open interest stands before the candle that closes with it`() throws {
    let table = try read(
      """
      open_time,open,high,low,close,volume,open_interest
      1700000040000,1,1,1,1,1,500
      1700000100000,1,1,1,1,1,
      1700000160000,1,1,1,1,1,510.5
      """)
    #expect(
      table.openInterest.map(\.time.milliseconds) == [Self.start + 60_000, Self.start + 180_000])
    #expect(table.openInterest.map(\.quantity) == [500, 510.5])
    let kinds = table.events.map { event in
      if case .candle = event.fact { "candle" } else { "oi" }
    }
    #expect(kinds == ["oi", "candle", "candle", "oi", "candle"])
    #expect(table.isOrdered)
  }

  @Test
  func `open interest at the open and at the close are both told, the close's where they meet`()
    throws
  {
    let table = try read(
      """
      open_time,open,high,low,close,volume,oi_open,oi_close
      1700000040000,1,1,1,1,1,500,501
      1700000100000,1,1,1,1,1,502,503
      1700000280000,1,1,1,1,1,504,505
      """)
    let times = table.openInterest.map { ($0.time.milliseconds - Self.start) / 60_000 }
    #expect(times == [0, 1, 2, 4, 5])
    #expect(table.openInterest.map(\.quantity) == [500, 501, 503, 504, 505])
    #expect(table.report.conflictingDuplicates == 0)
    #expect(table.isOrdered)
  }

  @Test
  func `open interest in USD becomes coins at its moment's price, liquidations at the typical one`()
    throws
  {
    let table = try read(
      """
      open_time,open,high,low,close,volume,open_interest_usd,liq_long_usd,liq_short_usd
      1700000040000,100,110,90,103,1,1010000,1010,0
      1700000100000,100,100,100,100,1,1000,,
      """)
    #expect(table.openInterest.map(\.quantity) == [1_010_000 / 103, 10])
    let liquidated = try #require(table.liquidated.first)
    #expect(table.liquidated.count == 1)
    #expect(liquidated.long == 10)
    #expect(liquidated.short == 0)
    #expect(liquidated.interval == .minutes(1))
    #expect(liquidated.time.milliseconds == Self.start + 60_000)
  }

  @Test func `liquidated sizes keep the side of the position`() throws {
    let table = try read(
      """
      open_time,open,high,low,close,volume,liquidated_short,liquidated_long
      1700000040000,1,1,1,1,1,2,3
      1700000100000,1,1,1,1,1,0,0
      """)
    #expect(table.liquidated.map(\.long) == [3, 0])
    #expect(table.liquidated.map(\.short) == [2, 0])
  }

  @Test func `open interest alone is no map, and says so`() {
    #expect(
      sentence { () throws(FileError) in try read("t,oi\n1700000040000,5\n1700000100000,6\n") }
        == "\"W.csv\" has no candles for BTCUSDT: it holds open interest alone; name a folder that "
        + "holds candles beside it")
  }

  // MARK: Several instruments in one table

  @Test func `of several symbols in a table only the instrument's rows are read`() throws {
    let text = """
      symbol,open_time,open,high,low,close,volume
      ETHUSDT,1700000040000,10,10,10,10,1
      BTCUSDT,1700000040000,100,100,100,100,1
      BTC/USDT,1700000100000,101,101,101,101,1
      1000BTCUSDT,1700000100000,5,5,5,5,1
      """
    let table = try read(text)
    #expect(table.candles.map(\.open) == [100, 101])
    #expect(table.report.files[0].otherInstruments == 2)
    #expect(
      sentence { () throws(FileError) in try read(text, of: Instrument(base: "SOL")) }
        == "W.csv has no row for SOLUSDT; its symbols are ETHUSDT, BTCUSDT, BTC/USDT, 1000BTCUSDT")
  }

  @Test func `a table of one symbol is the instrument whatever it is called`() throws {
    let text = """
      symbol,open_time,open,high,low,close,volume
      XBTUSD,1700000040000,10,10,10,10,1
      XBTUSD,1700000100000,10,10,10,10,1
      """
    #expect(try read(text).candleCount == 2)
  }
}
