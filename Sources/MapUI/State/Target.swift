import Market
import Terminal

/// What a place on the screen stands for, so that a click on it does it.
enum Target: Hashable {
  /// A key, told by a hint.
  case key(Key)
  /// A symbol, a timeframe or the like on the row of choices.
  case choice(ChoicesView.Target)
  /// A venue of the list, by its number.
  case venue(Int)
  /// A match of the search, by its place.
  case match(Int)
  /// An entry of the command palette, by its place among the matches.
  case command(Int)
  /// A theme of the list, by its index.
  case theme(Int)
  /// A box that lies over the view, where nothing else stands in it.
  case box
}

/// Some cells that stand for one thing.
struct TargetRegion: Hashable {
  let x: Range<Int>
  let y: Range<Int>
  let target: Target

  func contains(x column: Int, y row: Int) -> Bool { x.contains(column) && y.contains(row) }
}

/// What stands where, by the same layouts that draw it.
enum HitTest {
  /// The target at a cell; nil where nothing stands.
  static func target(_ state: AppState, x: Int, y: Int) -> Target? {
    regions(state).last { $0.contains(x: x, y: y) }?.target
  }

  /// All targets in sight, later ones over earlier ones. While something is open, what lies under
  /// it can't be pointed at.
  static func regions(_ state: AppState) -> [TargetRegion] {
    let layout = Layout(width: state.width, height: state.height)
    guard !layout.isTooSmall else { return [] }
    var regions = FooterView.places(state, layout: layout).flatMap(\.presses).map {
      TargetRegion(x: $0.x, y: row(layout.footer), target: .key($0.key))
    }
    guard let mode = state.mode else {
      if let y = layout.choices {
        regions += ChoicesView.places(state, layout: layout).map {
          TargetRegion(x: $0.columns, y: row(y), target: .choice($0.target))
        }
      }
      return regions
    }
    return regions + overlay(mode, state, layout)
  }

  private static func row(_ y: Int) -> Range<Int> { y..<y + 1 }

  /// The box of a mode, and what stands in it.
  private static func overlay(
    _ mode: Mode, _ state: AppState, _ layout: Layout
  ) -> [TargetRegion] {
    switch mode {
    case .help:
      let place = HelpView.place(state.keymap, layout)
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
    case .themes:
      guard let preview = state.themePreview else { return [] }
      let place = ThemePreviewView.Place(state, layout)
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
        + ThemePreviewView.rows(state, preview, place).map {
          TargetRegion(x: inner(place.x), y: row($0.y), target: .theme($0.index))
        }
    case .commands:
      guard let palette = state.commandPalette else { return [] }
      let place = CommandPaletteView.Place(layout)
      let count = state.paletteMatches.count
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
        + CommandPaletteView.rows(count, palette, place).map {
          TargetRegion(x: inner(place.x), y: row($0.y), target: .command($0.index))
        }
    case .search:
      let place = SearchView.Place(layout)
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
        + zip(state.searchMatches.indices, place.list).map {
          TargetRegion(x: inner(place.x), y: row($1), target: .match($0))
        }
    case .alertPrompt:
      guard let area = AlertPromptView.area(state) else { return [] }
      return [TargetRegion(x: area.x, y: area.y, target: .box)]
    case .alerts:
      guard let list = state.alertList else { return [] }
      let place = AlertListLayout(state, list)
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
    case .watchlist:
      let place = WatchLayout(state)
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
    case .positionPrompt, .sliders: return []
    case .venueList:
      let place = VenueListView.Place(state, layout)
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
        + place.venues.enumerated().map {
          TargetRegion(
            x: inner(place.x), y: row(place.y.lowerBound + 1 + $0), target: .venue($1))
        }
    }
  }

  /// The columns of a box within its frame and its margin.
  private static func inner(_ x: Range<Int>) -> Range<Int> { x.lowerBound + 2..<x.upperBound - 2 }
}

extension AppState {
  /// What the mouse does to what is open, and to hints; nil where neither is concerned.
  mutating func handleTarget(_ mouse: MouseEvent) -> [Effect]? {
    switch mouse.action {
    case .scrollUp, .scrollDown:
      guard let mode, !mode.hasOwnMouse else { return nil }
      return scroll(mode, by: mouse.action == .scrollUp ? -1 : 1)
    case .press where mouse.button == .left:
      let target = HitTest.target(self, x: mouse.x, y: mouse.y)
      if case .key(let key) = target { return press(key) }
      guard let mode, !mode.hasOwnMouse else { return nil }
      return click(target, in: mode)
    case .press, .release, .drag:
      return mode.map { $0.hasOwnMouse ? nil : [] } ?? nil
    }
  }

  private mutating func scroll(_ mode: Mode, by step: Int) -> [Effect] {
    switch mode {
    case .help: scrollHelp(by: 3 * step)
    case .themes: previewTheme(themeIndex + step)
    case .commands: return handleInPalette(step < 0 ? .up : .down) ?? []
    case .search: return handleInSearch(step < 0 ? .up : .down) ?? []
    case .alertPrompt: alertPrompt?.walkOffers(by: step)
    case .alerts: scrollAlerts(.rows(3 * step))
    case .watchlist: scrollWatched(.rows(3 * step))
    case .venueList, .positionPrompt, .sliders: break
    }
    return []
  }

  /// A click while something is open: on what stands in it, or beside it, which closes it.
  private mutating func click(_ target: Target?, in mode: Mode) -> [Effect] {
    switch target {
    case .venue(let number): return toggleVenue(number: number)
    case .match(let index):
      search?.index = index
      return handleInSearch(.enter) ?? []
    case .command(let index):
      commandPalette?.scroll.selected = index
      return runChosen()
    case .theme(let index):
      // The first click shows it, the second one takes it.
      if index == themeIndex { keepTheme() } else { previewTheme(index) }
    case .box: break
    case .key, .choice, nil: close(mode)
    }
    return []
  }
}
