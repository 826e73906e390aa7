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
    case .key, .box: nil
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

  @Test(arguments: Mode.allCases.filter { !$0.hasOwnMouse })
  func `a click inside of a box leaves it open, one beside it closes it`(_ mode: Mode) throws {
    var state = UIState.opened(mode)
    let box = try #require(HitTest.regions(state).first { $0.target == .box })
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
      case .commands: #expect(state.commandPalette?.scroll.selected == 1)
      case .search: #expect(state.search?.index == 1)
      case .alertPrompt: #expect(state.alertPrompt?.offer == 1)
      case .watchlist: #expect(state.watchTable?.scroll.selected == 2)
      case .venueList, .alerts, .positionPrompt, .sliders: #expect(state == start)
      }
    }
  }
}
