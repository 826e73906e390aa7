import TestSupport
import Testing

@testable import Terminal

@Suite struct PenStreamTests {
  private func shortened(_ text: String, fromUnknown isUnknown: Bool = false) -> String {
    let output = text.replacing("^", with: "\u{1b}[")
    let result = PenStream.shortened(Array(output.utf8), fromUnknown: isUnknown)
    return String(decoding: result, as: UTF8.self).replacing("\u{1b}[", with: "^")
  }

  @Test func `A colour that is set already is not named again`() {
    #expect(
      shortened("^38;2;1;2;3m^48;2;4;5;6ma^38;2;9;2;3m^48;2;4;5;6mb^m")
        == "^38;2;1;2;3;48;2;4;5;6ma^38;2;9;2;3mb^m")
    #expect(
      shortened("^31m^44ma^32m^44mb^91m^44mc^91m^104md^38;5;9me^39;49m")
        == "^31;44ma^32mb^91mc^104md^38;5;9me^m")
  }

  @Test func `An attribute ends alone, without the colours being set anew`() {
    #expect(shortened("^31;1ma^m^31mb^m") == "^1;31ma^22mb^m")
    #expect(shortened("^1;2ma^m^2mb^m") == "^1;2ma^22;2mb^m")
    #expect(shortened("^3;4;7;31ma^m^31mb^m") == "^3;4;7;31ma^23;24;27mb^m")
    #expect(shortened("^5;31ma^6mb^0;5;31mc^m") == "^5;31ma^6mb^25;5mc^m")
  }

  @Test func `A blank is given the colour behind it and nothing else`() {
    #expect(shortened("^31;44ma^m^1;44m ^31;44mb^m") == "^31;44ma ^1mb^m")
    #expect(shortened("^31ma^m^1;32;44m  ^31mb^m") == "^31ma^44m  ^1mb^m")
    #expect(shortened("^31ma^m^K^44m^J^X^m") == "^31ma^K^44m^J^X^m")
    // A reversed or underlined blank shows the colour of its character.
    #expect(shortened("^7;31m ^32m ^m ") == "^7;31m ^32m ^m ")
    #expect(shortened("^4m ^m ") == "^4m ^m ")
  }

  @Test func `Moves and repetitions pass at once, what scrolls is painted as wanted before`() {
    #expect(shortened("^31m^5;7H\r^2C▄^m") == "^5;7H\r^2C^31m▄^m")
    #expect(shortened("^31ma^44m ^5b^m") == "^31ma^44m ^5b^m")
    #expect(shortened("^44m\n^mx") == "^44m\n^mx")
    #expect(shortened("^44m^2L^m") == "^44m^2L^m")
  }

  @Test func `From an unknown pen the first character starts anew`() {
    #expect(shortened("^mx", fromUnknown: true) == "^mx")
    #expect(shortened("^31m ", fromUnknown: true) == "^0;31m ")
    #expect(
      shortened("\u{1b}(B^mx\u{1b}(B^my", fromUnknown: true) == "\u{1b}(B^mxy")
    #expect(shortened("\u{1b}8^31mx^m") == "\u{1b}8^0;31mx^m")
  }

  @Test func `What isn't known or is cut passes as it is`() {
    #expect(shortened("^58;5;3mx") == "^58;5;3mx")
    #expect(shortened("^38:2::1:2:3mx") == "^38:2::1:2:3mx")
    #expect(shortened("^38;2;1;2;999mx") == "^38;2;1;2;999mx")
    #expect(shortened("^") == "^")
    #expect(shortened("^38;2") == "^38;2")
    #expect(shortened("a\u{1b}") == "a\u{1b}")
    #expect(shortened("\u{1b}(0qx\u{1b}(Bx\u{1b}(By") == "\u{1b}(0qx\u{1b}(Bxy")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `A terminal shows the same with fewer bytes, whatever is written`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pieces = [
      "a", "▄", " ", " ", "  ", "\u{1b}[31m", "\u{1b}[38;2;1;2;3m", "\u{1b}[38;5;200m",
      "\u{1b}[44m", "\u{1b}[48;2;9;8;7m", "\u{1b}[104m", "\u{1b}[39;49m", "\u{1b}[m",
      "\u{1b}(B\u{1b}[0;1m", "\u{1b}[7m", "\u{1b}[4m", "\u{1b}[27m", "\u{1b}[3m", "\u{1b}[K",
      "\u{1b}[1K", "\u{1b}[3X", "\u{1b}[5;5H", "\u{1b}[2;9H", "\u{1b}[A", "\r", "\n", "\u{8}",
      "\u{1b}[2L", "\u{1b}[M", "\u{1b}[3@", "\u{1b}[2P", "\u{1b}[22m",
    ]
    let (plain, short) = (
      try VirtualTerminal(width: 20, height: 6), try VirtualTerminal(width: 20, height: 6)
    )
    for _ in 0..<20 {
      var text = ""
      for _ in 0..<60 { text += pieces[Int.random(in: 0..<pieces.count, using: &random)] }
      // As ncurses leaves it between frames.
      text += "\u{1b}[m"
      let bytes = Array(text.utf8)
      let shortened = PenStream.shortened(bytes)
      plain.write(bytes)
      short.write(shortened)
      for y in 0..<6 {
        for x in 0..<20 {
          try #require(
            short[x, y] == plain[x, y], "\(x), \(y) after \(text.debugDescription)")
        }
      }
    }
  }
}
