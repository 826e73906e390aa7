import Testing

@testable import Terminal

@Suite struct ColorRepetitionTests {
  private func removed(_ text: String) -> String {
    let output = text.replacing("^", with: "\u{1b}[")
    let result = ColorRepetition.removed(from: Array(output.utf8))
    return String(decoding: result, as: UTF8.self).replacing("\u{1b}[", with: "^")
  }

  @Test func `A colour that is set already is not named again`() {
    #expect(
      removed("^38;2;1;2;3m^48;2;4;5;6ma^38;2;9;2;3m^48;2;4;5;6mb")
        == "^38;2;1;2;3m^48;2;4;5;6ma^38;2;9;2;3mb")
    #expect(
      removed("^31m^44ma^32m^44mb^91m^44mc^91m^104md^91m^104me")
        == "^31m^44ma^32mb^91mc^104mde")
  }

  @Test func `Whatever else changes the look makes both colours unknown`() {
    #expect(removed("^31ma^0;1m^31mb") == "^31ma^0;1m^31mb")
    #expect(removed("^31ma^39;49m^31mb") == "^31ma^39;49m^31mb")
    #expect(removed("^31ma^39m^31mb") == "^31ma^39m^31mb")
    #expect(removed("^31ma^m^31mb^7m^31mc") == "^31ma^m^31mb^7m^31mc")
  }

  @Test func `Moves and text pass as they are, and change no colour`() {
    #expect(removed("^31ma^5;7H^31m▄^K^?7l^31m") == "^31ma^5;7H▄^K^?7l")
    #expect(removed("^") == "^")
    #expect(removed("^38;2") == "^38;2")
    #expect(removed("\u{1b}(B^31m\u{1b}") == "\u{1b}(B^31m\u{1b}")
  }
}
