import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct VenuesTests {
  private func text(_ state: AppState) -> String { state.frame.lines.joined(separator: "\n") }

  @Test(arguments: [(60, 20), (80, 24), (120, 35), (200, 50)])
  func `the title tells of every venue, or how many are live`(_ width: Int, _ height: Int) {
    let title = UIState.live(width: width, height: height).frame.lines[0]
    let signs = "Bin● Byb◐ OKX◍ Hyp○ Gat×"
    #expect(title.contains(signs) || title.contains("1 of 5 live") || title.contains("1/5"))
    #expect(width < 80 || title.contains(signs), "\(title)")
    #expect(!title.contains("SIMULATED"))
  }

  @Test func `a high window tells each venue's state in words`() {
    let row = UIState.live(width: 200, height: 50).frame.lines[2]
    for words in [
      "● Binance", "◐ Bybit", "43%", "◍ OKX partial", "○ Hyperliquid STALE since 14:30:02 UTC",
      "× Gate refused",
    ] {
      #expect(row.contains(words), "\(row)")
    }
  }

  @Test func `each state has a sign of its own, in ASCII as well`() {
    let off = FeedState(venue: .okx, isEnabled: false, status: FeedStatus(health: .live))
    let signs = (UIState.feeds + [off]).map(FeedText.sign)
    #expect(Set(signs).count == signs.count)
    let glyphs = Glyphs(set: .ascii)
    let lowered = signs.compactMap { $0.unicodeScalars.first.map(glyphs.lower) }
    #expect(Set(lowered).count == signs.count && !lowered.contains("?"))
  }

  @Test func `a venue that has all but its last percent isn't called done`() {
    let feed = FeedState(
      venue: .okx, isEnabled: true, status: FeedStatus(health: .catchingUp, progress: 0.9999))
    #expect(FeedText.words(feed)[0].hasSuffix("99%"))
    #expect(FeedText.bar(0.5, width: 8) == "████░░░░")
    #expect(FeedText.bar(-1, width: 2) == "░░" && FeedText.bar(7, width: 2) == "██")
  }

  @Test(arguments: [(60, 20), (80, 24), (120, 35)])
  func `the list tells what each venue says, and switches it by its number`(
    _ width: Int, _ height: Int
  ) {
    var state = UIState.after(.character("e"), in: UIState.live(width: width, height: height))
    for words in [
      "1 ● Binance      live", "2 ◐ Bybit        catching up", "43%",
      "3 ◍ OKX          partial: ask",
      "4 ○ Hyperliquid  STALE since 14:30:02 UTC", "5 × Gate         refused: Service",
      "1,234 messages dropped",
    ] {
      #expect(text(state).contains(words), "\(words)\n\(text(state))")
    }
    #expect(update(&state, .input(.key(.character("3")))) == [.enable(.okx, false), .draw])
    #expect(text(state).contains("3 – OKX          off"))
    #expect(update(&state, .input(.key(.character("3")))) == [.enable(.okx, true), .draw])
    #expect(update(&state, .input(.key(.character("9")))) == [.draw])
    #expect(state.message?.text == "There is no venue 9: 1 to 5 are listed")
    #expect(update(&state, .input(.key(.character("m")))) == [.draw], "the map's keys rest")
    #expect(state.message?.text == "The list of venues is open: Esc closes it")
    #expect(update(&state, .input(.key(.character("r")))) == [.retry, .draw])
    _ = update(&state, .input(.key(.escape)))
    #expect(!state.isVenueListOpen && state.snapshot != nil)
  }

  @Test func `numbers do nothing while the list is closed`() {
    var state = UIState.live()
    #expect(update(&state, .input(.key(.character("1")))) == [.draw])
    #expect(state.message?.text == "Map is shown already")
  }

  @Test func `help and the list don't lie over each other`() {
    var state = UIState.after(.character("e"), .character("?"), in: UIState.live())
    #expect(state.help != nil && !state.isVenueListOpen)
    _ = update(&state, .input(.key(.escape)))
    #expect(state.help == nil && !state.isVenueListOpen)
  }

  @Test(arguments: [(60, 20), (80, 24), (120, 35), (200, 50)])
  func `when no venue answers the screen says why and what to do`(_ width: Int, _ height: Int) {
    let reason = "fapi.venue.example has no address"
    let state = UIState.live(
      UIState.feeds(.partial(reason: reason)), health: .partial(reason: reason), hasMap: false,
      width: width, height: height)
    let shown = text(state)
    #expect(shown.contains("No venue answers for BTCUSDT 7d"))
    for venue in ["Binance", "Bybit", "OKX", "Hyperliquid"] { #expect(shown.contains(venue)) }
    #expect(shown.contains("has no address") || width < 80)
    for words in ["r ask again", "e venues", "d "] { #expect(shown.contains(words), "\(shown)") }
    #expect(!shown.contains("SIMULATED"))
    for effect in ["r": Effect.retry, "d": .simulate] {
      var copy = state
      let key = Character(effect.key)
      #expect(update(&copy, .input(.key(.character(key)))).contains(effect.value))
    }
  }

  @Test func `while venues are still asked nobody is accused`() {
    let waiting = UIState.live(UIState.feeds(.catchingUp), health: .catchingUp, hasMap: false)
    #expect(text(waiting).contains("Waiting for BTCUSDT 7d from the venues"))
    let feeds = UIState.feeds(.catchingUp).map {
      FeedState(venue: $0.venue, isEnabled: false, status: $0.status)
    }
    let off = UIState.live(feeds, health: .refused(reason: "off"), hasMap: false)
    #expect(text(off).contains("Every venue is switched off: press e"))
  }

  @Test func `silence of all venues is told after two seconds, and no longer than it lasts`() {
    let feeds = UIState.feeds(.catchingUp).map { feed in
      var feed = feed
      feed.status.progress = 0
      return feed
    }
    var state = UIState.live(feeds, health: .catchingUp, hasMap: false)
    #expect(state.isAging && text(state).contains("connecting"))
    #expect(update(&state, .tick).isEmpty)
    #expect(update(&state, .tick) == [.draw] && !state.isAging)
    #expect(text(state).contains("No venue has answered yet for BTCUSDT 7d"))
    var source = state.source
    source.feeds[1].status.progress = 0.01
    _ = update(&state, .source(source))
    #expect(text(state).contains("Waiting for BTCUSDT 7d from the venues"))
  }

  @Test func `a map that no venue keeps fresh is called the last known`() {
    let since = Timestamp(milliseconds: 1_771_511_402_000)
    let title = UIState.live(
      UIState.feeds(.stale(since: since)), health: .stale(since: since), width: 160, height: 40
    ).frame.lines[0]
    #expect(title.contains("LAST KNOWN MAP: no venue answers"))
  }

  @Test func `a symbol that no venue has doesn't stay behind the map of another`() {
    var state = UIState.after(.tab, in: UIState.live())
    #expect(text(state).contains("BTCUSDT 7d  → ETHUSDT 7d"))
    var source = state.source
    source.feeds = UIState.feeds(.refused(reason: "lists no perpetual of ETH"))
    _ = update(&state, .source(source))
    #expect(text(state).contains("No venue answers for ETHUSDT 7d"))
    #expect(text(state).contains("lists no perpetual of ETH"))
    // The last known map of what was asked for stays.
    var known = UIState.live()
    _ = update(&known, .source(source))
    #expect(known.snapshot != nil)
  }

  @Test func `the simulator leaves nothing of the venues on the screen, and back again`() {
    var state = UIState.live()
    state.symbols = [Instrument(base: "BTC"), Instrument(base: "HYPE")]
    state.symbol = Instrument(base: "HYPE")
    let there = update(&state, .input(.key(.character("d"))))
    #expect(
      there == [
        .simulate, .request(symbol: Instrument(base: "BTC"), timeframe: .days7),
        .list(state.watchlist), .draw,
      ])
    #expect(state.snapshot == nil && state.symbols.count == 3)
    #expect(state.frame.lines[0].contains("SIMULATED"))
    #expect(!text(state).contains("Binance"))
    _ = update(&state, .input(.key(.character("e"))))
    #expect(!state.isVenueListOpen && state.message?.text.contains("no venues") == true)
    let back = update(&state, .input(.key(.character("d"))))
    #expect(back.contains(.leaveSimulator))
    #expect(state.symbols.count == 2 && !state.source.isSimulated)
    #expect(!state.frame.lines[0].contains("SIMULATED"))
  }

  @Test func `going to the simulator and back loses no symbol, unless another one was chosen`() {
    var state = UIState.live()
    state.symbols = ["BTC", "SOL", "PEPE"].map { Instrument(base: $0) }
    state.symbol = Instrument(base: "PEPE")
    _ = update(&state, .input(.key(.character("d"))))
    #expect(state.symbol.base == "BTC")
    let back = update(&state, .input(.key(.character("d"))))
    #expect(state.symbol.base == "PEPE")
    #expect(back.contains(.request(symbol: Instrument(base: "PEPE"), timeframe: .days7)))
    // There and back a second time, with a choice in between.
    state = UIState.after(.character("d"), .tab, .tab, in: state)
    #expect(state.symbol.base == "SOL")
    state = UIState.after(.character("d"), in: state)
    #expect(state.symbol.base == "SOL")
    // What is left for the simulator again stands in for nothing.
    state = UIState.after(.character("d"), in: state)
    #expect(state.symbol.base == "SOL")
  }

  @Test func `a screen that was opened on a simulation stays with it`() {
    var state = UIState.make()
    let effects = update(&state, .input(.key(.character("d"))))
    #expect(effects == [.draw] && state.message?.text.contains("lodestone BTC") == true)
    #expect(update(&state, .input(.key(.character("r")))) == [.draw])
  }

  @Test func `what venues say can't break the grid`() {
    let reason = "\u{1b}[31m漢字\u{7} " + String(repeating: "long", count: 200)
    let feeds = UIState.feeds(.refused(reason: reason))
    for (width, height) in [(60, 20), (80, 24), (200, 50)] {
      for hasMap in [true, false] {
        let state = UIState.live(
          feeds, health: .refused(reason: reason), hasMap: hasMap, width: width, height: height)
        let list = UIState.after(.character("e"), in: state)
        for line in state.frame.lines + list.frame.lines {
          #expect(line.unicodeScalars.count == width)
          #expect(line.unicodeScalars.last == " " || line.unicodeScalars.last == "│")
        }
      }
    }
  }
}
