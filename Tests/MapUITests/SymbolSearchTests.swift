import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct SymbolSearchTests {
  private func open(_ typed: String = "") -> AppState {
    var state = UIState.live()
    let coins = [("BTC", 5), ("PEPE", 5), ("PENDLE", 3), ("OPEN", 1), ("PE", 1)]
    _ = update(
      &state, .listed(coins.map { SymbolChoice(Instrument(base: $0.0), venueCount: $0.1) }))
    _ = update(&state, .input(.key(.character("/"))))
    for character in typed { _ = update(&state, .input(.key(.character(character)))) }
    return state
  }

  @Test func `names that begin as typed come before names that hold it`() {
    #expect(open("pe").searchMatches.map(\.symbol.base) == ["PE", "PEPE", "PENDLE", "OPEN"])
    #expect(open().searchMatches.map(\.symbol.base).first == "BTC")
    #expect(open("xyz").searchMatches.isEmpty)
    // Letters in their order are enough; a symbol may be typed in full.
    #expect(open("pdl").searchMatches.map(\.symbol.base) == ["PENDLE"])
    #expect(open("pepe-usdt").searchMatches.map(\.symbol.base) == ["PEPE"])
  }

  @Test func `Enter asks for the match that is pointed at`() {
    var state = open("pe")
    _ = update(&state, .input(.key(.down)))
    let effects = update(&state, .input(.key(.enter)))
    let pepe = Instrument(base: "PEPE")
    #expect(effects == [.request(symbol: pepe, timeframe: .days7), .draw])
    #expect(state.search == nil && state.symbol == pepe && state.symbols.contains(pepe))
  }

  @Test func `keys that are typed do nothing else, and Escape leaves`() {
    var state = open("q")
    #expect(state.search?.text == "Q")
    _ = update(&state, .input(.key(.backspace)))
    #expect(state.search?.text == "")
    _ = update(&state, .input(.paste("sol usdt\u{1b}")))
    #expect(state.search?.text == "SOLUSDT")
    #expect(update(&state, .input(.key(.control("c")))).contains(.quit))
    _ = update(&state, .input(.key(.escape)))
    #expect(state.search == nil && state.symbol.base == "BTC")
  }

  @Test func `venues may know what they haven't listed yet, a simulator doesn't`() {
    var live = open("new")
    let effects = update(&live, .input(.key(.enter)))
    #expect(effects.contains(.request(symbol: Instrument(base: "NEW"), timeframe: .days7)))
    var demo = UIState.after(.character("/"), .character("n"), in: UIState.make())
    #expect(demo.searchMatches.isEmpty)
    #expect(update(&demo, .input(.key(.enter))) == [.draw])
    #expect(demo.message?.text.contains("has no N") == true)
    var empty = open("")
    empty.listed = []
    empty.symbols = []
    #expect(update(&empty, .input(.key(.enter))) == [.draw])
  }

  @Test(arguments: [(60, 20), (80, 24), (200, 50)])
  func `the box shows what was typed and how many venues list each match`(
    _ width: Int, _ height: Int
  ) {
    var state = open("pe")
    _ = update(&state, .input(.resize(width: width, height: height)))
    let text = state.frame.lines.joined(separator: "\n")
    for words in ["Symbol", "PE_", "PENDLE", "3 venues", "1 venue", "Enter chooses"] {
      #expect(text.contains(words), "\(text)")
    }
  }

  @Test func `a list that grows is no reason to draw while nobody searches`() {
    var state = UIState.live()
    #expect(update(&state, .listed([SymbolChoice(Instrument(base: "X"))])).isEmpty)
  }
}
