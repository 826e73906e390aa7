import Testing

@testable import MarketData

@Suite struct RecordScannerTests {
  /// All records as `line: field|field`, a quote that never closes as `line: !`.
  static func records(_ text: String) -> [String] {
    var scanner = RecordScanner(bytes: [UInt8](text.utf8))
    var fields: [RecordScanner.Field] = []
    var found: [String] = []
    while true {
      switch scanner.next(&fields) {
      case .end: return found
      case .unclosedQuote(let line, _): found.append("\(line): !")
      case .record(let line, _):
        found.append("\(line): " + fields.map(scanner.text).joined(separator: "|"))
      }
    }
  }

  @Test(
    "line ends of every kind part records, and lines are counted",
    arguments: ["\n", "\r\n", "\r"])
  func lineEnds(_ end: String) {
    let text = ["a,b", "1,2", "", "  ", "3,4", ",,", "5,", ""].joined(separator: end)
    #expect(Self.records(text) == ["1: a|b", "2: 1|2", "5: 3|4", "7: 5|"])
  }

  @Test func `blanks and a byte order mark are dropped`() {
    #expect(Self.records("\u{FEFF} a , b\t\n 1 ,\t2 \n") == ["1: a|b", "2: 1|2"])
  }

  @Test func `quotes hold separators, line ends and doubled quotes`() {
    let text = "\"a\", \"b,c\" ,\"say \"\"hi\"\"\"\n\"x\ny\",\"\",z\n1,2,3\n"
    #expect(Self.records(text) == ["1: a|b,c|say \"hi\"", "2: x\ny||z", "4: 1|2|3"])
  }

  @Test func `a quote that never closes spoils its own line alone`() {
    #expect(Self.records("a,b\n1,\"2\n3,4\n5,6") == ["1: a|b", "2: !", "3: 3|4", "4: 5|6"])
  }

  @Test func `text after a closing quote is plain text`() {
    #expect(Self.records("a,b\n\"1\"x,2\n3\",4\n") == ["1: a|b", "2: \"1\"x|2", "3: 3\"|4"])
  }

  @Test func `semicolons and tabs part fields where the first line has most of them`() {
    #expect(Self.records("a;b;c\n1,5;2;3\n") == ["1: a|b|c", "2: 1,5|2|3"])
    #expect(Self.records("a\tb\tc\n1\t\t3\n") == ["1: a|b|c", "2: 1||3"])
  }

  @Test func `nothing at all has no records`() {
    #expect(Self.records("").isEmpty)
    #expect(Self.records("\u{FEFF}").isEmpty)
    #expect(Self.records("\n\r\n , ,\n\"\"\n").isEmpty)
  }
}
