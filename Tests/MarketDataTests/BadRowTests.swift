import Market
import MarketData
import Testing

@Suite struct BadRowTests {
  static let header = "open_time,open,high,low,close,volume,taker_buy_volume,open_interest"
  static let good = "\(header)\n1700000040000,100,110,90,105,7,3,50\n"

  @Test(
    "a bad row is named by file, line, field and value in one sentence",
    arguments: [
      ("1700000100000,100,abc,90,105,7,3,50", "high: \"abc\" is not a number"),
      ("1700000100000,100,,90,105,7,3,50", "high: \"\" is not a number"),
      ("1700000100000,nan,110,90,105,7,3,50", "open: \"nan\" is not a number"),
      ("1700000100000,100,inf,90,105,7,3,50", "high: \"inf\" is not a number"),
      (
        "1700000100000,100,1e999,90,105,7,3,50",
        "high: \"1e999\" must be a finite number above zero"
      ),
      (
        "1700000100000,100,1e300,90,105,7,3,50",
        "high: \"1e300\" is no price: it must lie between 1e-15 and 1e15"
      ),
      (
        "1700000100000,100,110,1e-300,105,7,3,50",
        "low: \"1e-300\" is no price: it must lie between 1e-15 and 1e15"
      ),
      ("1700000100000,0,110,90,105,7,3,50", "open: \"0\" must be a finite number above zero"),
      ("1700000100000,100,110,-90,105,7,3,50", "low: \"-90\" must be a finite number above zero"),
      ("1700000100000,100,80,90,85,7,3,50", "high: \"80\" must not be below the low of 90.0"),
      (
        "1700000100000,100,110,90,120,7,3,50",
        "close: \"120\" must lie between the low of 90.0 and the high of 110.0"
      ),
      (
        "1700000100000,100,110,90,105,-7,3,50",
        "volume: \"-7\" must be a finite number of at least zero"
      ),
      (
        "1700000100000,100,110,90,105,7,-3,50",
        "taker_buy_volume: \"-3\" must be a finite number of at least zero"
      ),
      (
        "1700000100000,100,110,90,105,7,3,-50",
        "open_interest: \"-50\" must be a finite number of at least zero"
      ),
      ("1700000100000,100,110,90,105,7,3,n/a", "open_interest: \"n/a\" is not a number"),
      (
        "yesterday,100,110,90,105,7,3,50",
        "open_time: \"yesterday\" is not a time in seconds, milliseconds or microseconds since "
          + "1970 or ISO 8601"
      ),
      (
        "1700000100000,100,110,90",
        "row: \"1700000100000,100,110,90\" has 4 fields where the header has 8"
      ),
      (
        "1700000100000,100,110,90,105,7,3,50,60",
        "row: \"1700000100000,100,110,90,105,7,3,50,60\" has 9 fields where the header has 8"
      ),
      (
        "1700000100000,\"100,110,90,105,7,3,50",
        "row: \"1700000100000,\"100,110,90,105,7,3,50\" opens a quote that never closes"
      ),
    ])
  func sentences(_ row: String, _ finding: String) throws {
    let text = Self.good + row + "\n1700000160000,100,110,90,105,7,3,50\n"
    #expect(
      sentence { () throws(FileError) in try read(text, name: "W.csv.gz") }
        == "W.csv.gz, line 3, \(finding); fix the row or pass --skip-bad-rows")

    let table = try read(text, name: "W.csv.gz", skipBadRows: true)
    #expect(table.candles.map(\.openTime.milliseconds) == [1_700_000_040_000, 1_700_000_160_000])
    #expect(table.report.badRows == 1)
    #expect(table.report.rows == 2)
    #expect(
      table.report.files[0].firstBadRows.map(\.description) == ["W.csv.gz, line 3, \(finding)"])
    #expect(table.report.notes[0] == "1 bad row skipped; the first: W.csv.gz, line 3, \(finding)")
  }

  @Test func `the field is called what the file calls it`() {
    let text = "time,fut_open,fut_high,fut_low,fut_close,fut_volume\n1700000040000,1,x,1,1,1\n"
    #expect(
      sentence { () throws(FileError) in try read(text) }
        == "W.csv, line 2, fut_high: \"x\" is not a number; fix the row or pass --skip-bad-rows")
  }

  @Test func `a bad row is an error of its own kind`() {
    let row = BadRow(file: "W.csv", line: 2, field: "open", value: "x", fault: "is not a number")
    #expect(throws: FileError.badRow(row)) {
      try read("open_time,open,high,low,close,volume\n1700000040000,x,1,1,1,1\n")
    }
    #expect(!FileError.badRow(row).isSystemFailure)
  }

  @Test func `lines are counted past blank ones and quoted line ends`() {
    let text =
      "open_time,open,high,low,close,volume,note\n\n1700000040000,1,1,1,1,1,\"a\nb\"\n"
      + "1700000100000,1,1,1,1,x,\n"
    #expect(
      sentence { () throws(FileError) in try read(text) }
        == "W.csv, line 5, volume: \"x\" is not a number; fix the row or pass --skip-bad-rows")
  }

  @Test func `many bad rows are counted, the first few shown`() throws {
    let bad = String(repeating: "1700000100000,1,x,1,1,1\n", count: 100)
    let table = try read(minutes(2) + bad, skipBadRows: true)
    #expect(table.report.badRows == 100)
    #expect(table.report.files[0].firstBadRows.map(\.line) == [4, 5, 6, 7, 8])
  }

  @Test func `where every row is bad the first one is told`() {
    #expect(
      sentence { () throws(FileError) in
        try read(
          "open_time,open,high,low,close,volume\n1700000100000,1,x,1,1,1\n", skipBadRows: true)
      } == "W.csv has no good row; the first bad one: line 2, high: \"x\" is not a number")
  }

  @Test func `columns that aren't read may hold anything`() throws {
    let text =
      "note,open_time,open,high,low,close,volume\n???,1700000040000,1,1,1,1,1\n,1700000100,1,1,1,1,1\n"
    #expect(try read(text).candleCount == 2)
  }

  @Test func `what a file holds can't move a terminal's cursor`() throws {
    let text = "open_time,open,high,low,close,volume\n1700000040000,1,\u{1B}[2J\u{202E},1,1,1\n"
    let sentence = try #require(sentence { () throws(FileError) in try read(text) })
    #expect(!sentence.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    #expect(sentence.contains("[2J"))
    #expect(sentence.count < 200)
  }
}
