import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct TargetTests {
  static let sizes = [(60, 20), (80, 24), (120, 35), (200, 50)]

  private func click(_ state: inout AppState, x: Int, y: Int) -> [Effect] {
    update(&state, .input(.mouse(MouseEvent(action: .press, button: .left, x: x, y: y))))
  }

  /// The words that stand in some columns of a row.
  private func words(_ state: AppState, _ region: TargetRegion) -> String {
    let grid = state.frame
    var text = String.UnicodeScalarView()
    for x in region.x { text.append(grid[x, region.y.lowerBound].scalar) }
    return String(text)
  }

  /// What must be read on a target.
  private func name(_ target: Target, _ state: AppState) -> String? {
    switch target {
    case .choice(.symbol(let symbol)): symbol.base
    case .choice(.timeframe(let choice)): choice.timeframe.rawValue
    case .choice(.view(let view)): "\(view.rawValue)"
    case .venue(let number): state.source.feeds[number - 1].venue.displayName
    case .match(let index): state.searchMatches[index].symbol.base
    case .command(let index): String(state.paletteMatches[index].words.prefix(20))
    case .theme(let index): state.themes[index].name
    case .layer(let index): state.snapshot?.map.layers[index].label
    case .slider(let index, step: nil): state.snapshot?.map.layers[index].label
    case .field(let index?):
      (state.positionPrompt?.fields[index]).map {
        String(Array(state.positionPrompt?.text ?? "")[$0])
      }
    case .key, .box, .action, .pane, .position, .slider, .field(nil): nil
    }
  }

  @Test(arguments: Mode.allCases.map(Optional.some) + [nil], sizes)
  func `each drawn target is hit by clicks on all of its cells`(
    _ mode: Mode?, _ size: (Int, Int)
  ) throws {
    var state = UIState.live(width: size.0, height: size.1)
    if let mode { state = UIState.opened(mode, width: size.0, height: size.1) }
    let regions = HitTest.regions(state)
    #expect(!regions.isEmpty)
    var seen: Set<Target> = []
    for (index, region) in regions.enumerated() {
      #expect(region.x.lowerBound >= 0 && region.x.upperBound <= size.0, "\(region)")
      #expect(region.y.lowerBound >= 0 && region.y.upperBound <= size.1, "\(region)")
      for y in region.y {
        for x in region.x {
          // What lies over it answers in its place.
          let above = regions[(index + 1)...].last { $0.contains(x: x, y: y) }
          #expect(HitTest.target(state, x: x, y: y) == above?.target ?? region.target)
        }
      }
      if let name = name(region.target, state), !seen.contains(region.target) {
        #expect(words(state, region).contains(name), "\(region.target) on \(words(state, region))")
      }
      seen.insert(region.target)
    }
  }

  @Test(arguments: sizes)
  func `every hint of the footer names its key where it is clicked`(_ size: (Int, Int)) {
    let state = UIState.live(width: size.0, height: size.1)
    for region in HitTest.regions(state) {
      guard case .key(let key) = region.target else { continue }
      #expect(state.keymap.action(for: key) != nil)
      if region.x.count == 1 { #expect(words(state, region) == key.shown) }
    }
  }

  @Test func `a click on a hint does what its key does`() throws {
    let start = UIState.live(width: 200, height: 50)
    for region in HitTest.regions(start) {
      guard case .key(let key) = region.target else { continue }
      var clicked = start
      var pressed = start
      let effects = click(&clicked, x: region.x.lowerBound, y: region.y.lowerBound)
      #expect(effects == update(&pressed, .input(.key(key))))
      #expect(clicked == pressed, "\(key)")
    }
  }

  @Test func `both keys of a hint can be clicked`() throws {
    let state = UIState.live(width: 200, height: 50)
    let keys = HitTest.regions(state).compactMap { region in
      if case .key(let key) = region.target { key } else { nil }
    }
    for key: Key in [.character("+"), .character("-"), .character("["), .character("]")] {
      #expect(keys.contains(key))
    }
  }

  @Test func `venues, matches and commands can be clicked`() throws {
    func region(_ state: AppState, _ target: Target) throws -> TargetRegion {
      try #require(HitTest.regions(state).last { $0.target == target })
    }
    var venues = UIState.opened(.venueList)
    let okx = try region(venues, .venue(3))
    #expect(click(&venues, x: okx.x.lowerBound, y: okx.y.lowerBound).contains(.enable(.okx, false)))
    #expect(venues.mode == .venueList, "the list stays open")

    var search = UIState.opened(.search)
    let sol = try region(search, .match(2))
    _ = click(&search, x: sol.x.lowerBound, y: sol.y.lowerBound)
    #expect(search.symbol.base == "SOL" && search.mode == nil)

    var commands = UIState.opened(.commands)
    let place = try #require(
      commands.paletteMatches.firstIndex { $0.command == .action(.viewTape) })
    let tape = try region(commands, .command(place))
    _ = click(&commands, x: tape.x.lowerBound, y: tape.y.lowerBound)
    #expect(commands.view == .tape && commands.mode == nil)

    var themes = UIState.opened(.themes)
    let third = try region(themes, .theme(2))
    _ = click(&themes, x: third.x.lowerBound, y: third.y.lowerBound)
    #expect(themes.themeIndex == 2 && themes.mode == .themes, "the first click previews")
    _ = click(&themes, x: third.x.lowerBound, y: third.y.lowerBound)
    #expect(themes.themeIndex == 2 && themes.mode == nil, "the second one keeps")
  }

  @Test(arguments: Mode.allCases)
  func `a click inside of a box leaves it open, one beside it closes it`(_ mode: Mode) throws {
    var state = UIState.opened(mode)
    let box = try #require(
      HitTest.regions(state).first { [.box, .field(nil)].contains($0.target) })
    _ = click(&state, x: box.x.lowerBound, y: box.y.lowerBound)
    #expect(state.mode == mode)
    let theme = UIState.live().themeIndex
    _ = click(&state, x: box.x.lowerBound - 1, y: box.y.lowerBound)
    #expect(state.mode == nil && state.crosshair == nil && state.themeIndex == theme)
  }

  @Test func `the wheel scrolls what is open and not the map under it`() {
    for mode in Mode.allCases {
      let start = UIState.opened(mode, width: 60, height: 20)
      var state = start
      _ = update(
        &state, .input(.mouse(MouseEvent(action: .scrollDown, button: .none, x: 30, y: 10))))
      #expect(state.viewport == start.viewport)
      switch mode {
      case .help: #expect(state.help?.scroll == 3)
      case .themes: #expect(state.themeIndex == 1)
      case .commands:
        let before = start.commandPalette?.scroll.selected ?? 0
        #expect(state.commandPalette?.scroll.selected == before + 1)
      case .search: #expect(state.search?.index == 1)
      case .alertPrompt: #expect(state.alertPrompt?.offer == 1)
      case .watchlist: #expect(state.watchTable?.scroll.selected == 2)
      case .sliders: #expect(state.weights.layerFactor(4) == 0.75)
      case .venueList, .alerts, .positionPrompt, .goTo: #expect(state == start)
      }
    }
  }

  @Test func `a line of the help does what it tells, and the help closes`() throws {
    var state = UIState.opened(.help, width: 200, height: 50)
    let line = try #require(
      HitTest.regions(state).last { $0.target == .action(.openWatchlist) })
    #expect(words(state, line).contains("Watchlist"))
    _ = click(&state, x: line.x.lowerBound, y: line.y.lowerBound)
    #expect(state.mode == .watchlist)
  }

  @Test func `a layer of the legend is shown alone, and again with the others`() throws {
    var state = UIState.make(width: 160, height: 40)
    let region = try #require(HitTest.regions(state).last { $0.target == .layer(2) })
    #expect(words(state, region).contains("25x"))
    _ = click(&state, x: region.x.lowerBound, y: region.y.lowerBound)
    #expect(state.isolatedLayer == 2 && state.message?.text.contains("Only 25x") == true)
    _ = click(&state, x: region.x.upperBound - 1, y: region.y.lowerBound)
    #expect(state.isolatedLayer == nil)
  }

  @Test func `the parts of the side panel lead to what they tell of`() throws {
    let start = ViewFixture.studied(.map, width: 200, height: 50)
    let grid = start.frame
    for (title, action) in [
      ("MAGNET", Action.nextMagnet), ("PLAN", .viewLedger), ("STRUCTURE", .toggleStructure),
      ("NEXT", .viewLedger),
    ] {
      let x = try #require(Layout(start, width: 200, height: 50).side).lowerBound + 2
      let y = try #require(
        grid.lines.indices.first { String(grid.lines[$0].dropFirst(x)).hasPrefix(title) })
      #expect(HitTest.target(start, x: x, y: y) == .action(action), "\(title)")
      var clicked = start
      var pressed = start
      _ = click(&clicked, x: x, y: y)
      let key = try #require(start.keymap.keys(of: action).first)
      _ = update(&pressed, .input(.key(key)))
      #expect(clicked == pressed, "\(title)")
    }
  }

  @Test func `the panes of the ledger and of the accuracy, and what the tape shows, are clicked`()
    throws
  {
    func region(_ state: AppState, _ target: Target) throws -> TargetRegion {
      try #require(HitTest.regions(state).last { $0.target == target })
    }
    for view in [ViewKind.ledger, .accuracy] {
      var state = ViewFixture.studied(view, width: 100, height: 30)
      for pane in [2, 1, 0] {
        let tab = try region(state, .pane(pane))
        _ = click(&state, x: tab.x.lowerBound, y: tab.y.lowerBound)
        let focus =
          view == .ledger ? state.ledgerLook.focus.rawValue : state.accuracyLook.focus.rawValue
        #expect(focus == pane)
        #expect(words(state, try region(state, .pane(pane))).hasPrefix("["))
      }
    }
    var tape = ViewFixture.studied(.tape, width: 100, height: 30)
    for (action, words) in [(Action.cycleSort, "from $10K"), (.cycleSide, "longs alone")] {
      let place = try region(tape, .action(action))
      _ = click(&tape, x: place.x.lowerBound, y: place.y.lowerBound)
      #expect(self.words(tape, try region(tape, .action(action))).contains(words))
    }
    // Nothing of the map is meant where no map is drawn.
    for y in ViewArea(layout: Layout(width: 100, height: 30)).y { _ = click(&tape, x: 40, y: y) }
    #expect(tape.crosshair == nil && tape.view == .tape)
  }

  @Test func `the hints on the edge of a box can be clicked`() throws {
    var state = UIState.opened(.watchlist, width: 120, height: 35)
    let box = WatchLayout(state)
    let edge = HitTest.regions(state).filter { $0.y.contains(box.y.upperBound - 1) }
    let sort = try #require(edge.last { $0.target == .key(.character("s")) })
    #expect(words(state, sort) == " s sorts ")
    _ = click(&state, x: sort.x.lowerBound, y: sort.y.lowerBound)
    #expect(state.watchOrder == .change)
  }
}
