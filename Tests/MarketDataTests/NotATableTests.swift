import Market
import MarketData
import Testing

@Suite struct NotATableTests {
  @Test(
    "what holds no candles says why",
    arguments: [
      ("", "W.csv is empty"),
      ("\n\n", "W.csv is empty"),
      ("\u{FEFF}", "W.csv is empty"),
      ("open_time,open,high,low,close,volume\n", "W.csv has a header but no rows"),
      (
        "open_time,open,high,close\n1,2,3,4\n",
        "W.csv has no column for low, volume; its first line has open_time, open, high, close"
      ),
      (
        "account,coin,side\na,BTC,long\n",
        "W.csv has no column for open_time, open, high, low, close, volume; its first line has "
          + "account, coin, side"
      ),
      (
        "hello world\n",
        "W.csv isn't a table of candles: its first line, \"hello world\", holds no comma"
      ),
      (
        "\"hello\nworld",
        "W.csv isn't a table of candles: its first line opens a quote that never closes"
      ),
      (
        "1700000040000,1,1,1,1,1\n",
        "W.csv isn't a table of candles: it has no header line, and 6 columns rather than the 12 "
          + "of a kline file of data.binance.vision"
      ),
      ("a,b\u{0}c,d\n1,2,3\n", "W.csv isn't a table of candles: it holds binary data, not text"),
    ])
  func reasons(_ text: String, _ expected: String) {
    #expect(sentence { () throws(FileError) in try read(text) } == expected)
  }

  @Test func `UTF-16 text is named`() {
    let bytes: [UInt8] = [0xFF, 0xFE] + "open_time,open".utf16.flatMap { [UInt8($0), 0] }
    let found = sentence { () throws(FileError) in
      try MarketFiles.table(bytes, name: "W.csv", instrument: btc, venue: .okx)
    }
    #expect(found == "W.csv isn't a table of candles: it is UTF-16 text; save it as UTF-8")
  }

  @Test func `a long header is cut in its error`() throws {
    let names = (0..<500).map { "column\($0)" }.joined(separator: ",")
    let found = try #require(sentence { () throws(FileError) in try read(names + "\n") })
    #expect(found.hasSuffix("column19 and 480 more"))
  }
}
