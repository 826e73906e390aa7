import Terminal
import Testing

@testable import MapUI

@Suite struct LineItemTests {
  private func line(_ items: [LineItem], _ width: Int) -> String {
    LineItem.fit(items, width: width).map { $0.wordings[0] }.joined(separator: "  ")
  }

  private let items = [
    LineItem("BTC", .plain, rank: 0), LineItem(["long words", "short"], .plain, rank: 1),
    LineItem(["more words", "few"], .plain, rank: 1), LineItem("last", .plain, rank: 2),
  ]

  @Test func `what matters least is shortened or dropped first`() {
    #expect(line(items, 40) == "BTC  long words  more words  last")
    #expect(line(items, 32) == "BTC  long words  more words")
    #expect(
      line(items, 26) == "BTC  long words  few" || line(items, 26) == "BTC  short  more words")
    #expect(line(items, 15) == "BTC  short  few")
    #expect(line(items, 14) == "BTC  short")
    #expect(line(items, 5) == "BTC")
    #expect(line(items, 2).isEmpty)
  }

  @Test func `no line is ever wider than its room`() {
    for width in 0...40 {
      #expect(LineItem.total(LineItem.fit(items, width: width)) <= width)
    }
  }

  @Test func `sentences break at spaces and end in an ellipsis where they are cut`() {
    let text = "the nearest large cluster above is 1.4 ATR away"
    #expect(Wrap.lines(text, width: 80, limit: 1) == [text])
    #expect(
      Wrap.lines(text, width: 26, limit: 2)
        == ["the nearest large cluster", "above is 1.4 ATR away"])
    #expect(Wrap.lines(text, width: 26, limit: 1) == ["the nearest large cluster…"])
    #expect(Wrap.lines(text, width: 25, limit: 1) == ["the nearest large…"])
    #expect(Wrap.lines("", width: 10, limit: 2).isEmpty)
    for width in 1...60 {
      for line in Wrap.lines(text, width: width, limit: 3) {
        #expect(line.unicodeScalars.count <= width)
      }
    }
  }
}
