import Market
import Terminal

/// What a place on the screen stands for, so that a click on it does it.
enum Target: Hashable {
  /// A key, told by a hint.
  case key(Key)
  /// What something on the screen stands for, whatever its key.
  case action(Action)
  /// A pane of the view, by its number.
  case pane(Int)
  /// A layer of the legend, by its index.
  case layer(Int)
  /// The position that is drawn on the map.
  case position
  /// A layer of the what-if by its index, and the step of its slider where that was hit.
  case slider(Int, step: Int?)
  /// The line of a position: the field that was hit, by its number.
  case field(Int?)
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
      return regions + view(state)
    }
    return regions + overlay(mode, state, layout)
  }

  private static func row(_ y: Int) -> Range<Int> { y..<y + 1 }

  /// What stands in the view.
  private static func view(_ state: AppState) -> [TargetRegion] {
    let layout = Layout(state, width: state.width, height: state.height)
    let area = ViewArea(layout: layout)
    let palette = Palette(
      state.theme, depth: state.depth, layerCount: state.snapshot?.map.layers.count ?? 0)
    switch state.view {
    case .map:
      return Scene(state, width: state.width, height: state.height).map {
        map($0, state, palette)
      } ?? []
    case .tape:
      return LineItem.regions(
        TapeView.status(state, rows: TapeRows(state.tape, look: state.tapeLook), palette: palette),
        x: area.x, y: TapeLayout(area: area).status)
    case .ledger:
      guard let rows = state.ledgerRows else { return [] }
      let layout = LedgerLayout(area: area, focus: state.ledgerLook.focus)
      return LineItem.regions(
        LedgerView.status(state, rows: rows, layout: layout, palette: palette), x: layout.x,
        y: layout.status)
    case .accuracy:
      let layout = AccuracyLayout(area: area, focus: state.accuracyLook.focus)
      return layout.tabs.map {
        LineItem.regions(AccuracyView.tabs(state, palette: palette), x: layout.x, y: $0)
      } ?? []
    case .heatmap, .venues: return []
    }
  }

  private static func map(
    _ scene: Scene, _ state: AppState, _ palette: Palette
  ) -> [TargetRegion] {
    let layout = scene.layout
    let line = 1..<layout.width - 1
    var regions = SidePanelView.regions(scene, state: state, palette: palette)
    if let y = layout.feeds, state.source.isLive {
      regions.append(TargetRegion(x: line, y: row(y), target: .action(.toggleVenueList)))
    }
    if let y = layout.strip {
      regions.append(TargetRegion(x: line, y: row(y), target: .action(.viewTape)))
    }
    // In a small window what the crosshair is at stands in the legend's place.
    if state.crosshair == nil {
      regions += LineItem.regions(
        LegendView.items(
          scene, state: state, palette: palette, glyphs: Glyphs(set: state.glyphs)),
        x: line, y: layout.legend)
    }
    if let place = PositionView.place(scene, state: state) {
      regions.append(
        TargetRegion(x: place.columns, y: row(layout.plotY.lowerBound), target: .position))
      if let x = place.column {
        regions.append(TargetRegion(x: row(x), y: row(layout.baseline), target: .position))
      }
    }
    return regions
  }

  /// The box of a mode, and what stands in it.
  private static func overlay(
    _ mode: Mode, _ state: AppState, _ layout: Layout
  ) -> [TargetRegion] {
    switch mode {
    case .help:
      let place = HelpView.place(state.keymap, layout)
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
        + HelpView.regions(state.help ?? HelpOverlay(), keymap: state.keymap, layout: layout)
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
        + BoxHints.regions(
          state.alertPrompt.map(AlertPromptView.hints) ?? [], x: area.x,
          y: area.y.upperBound - 1)
    case .alerts:
      guard let list = state.alertList else { return [] }
      let place = AlertListLayout(state, list)
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
        + BoxHints.regions(
          AlertListView.hints(state, list), x: place.x, y: place.y.upperBound - 1)
    case .watchlist:
      let place = WatchLayout(state)
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
        + BoxHints.regions(WatchView.hints(state), x: place.x, y: place.y.upperBound - 1)
    case .positionPrompt:
      guard let prompt = state.positionPrompt else { return [] }
      let place = PositionPromptView.Place(prompt, layout)
      return [TargetRegion(x: place.x, y: place.y, target: .field(nil))]
        + fields(prompt, place)
    case .sliders:
      guard let sliders = state.sliders, let count = state.snapshot?.map.layers.count, count > 0
      else { return [] }
      let place = WhatIfView.Place(layers: count, sliders: sliders, layout)
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
        + place.rows.flatMap { slider($0, place) }
    case .goTo: return GoToView.regions(state, layout: layout)
    case .venueList:
      let place = VenueListView.Place(state, layout)
      return [TargetRegion(x: place.x, y: place.y, target: .box)]
        + place.venues.enumerated().map {
          TargetRegion(
            x: inner(place.x), y: row(place.y.lowerBound + 1 + $0), target: .venue($1))
        }
    }
  }

  /// The fields of a position's line, as far as they are in sight.
  private static func fields(
    _ prompt: PositionPrompt, _ place: PositionPromptView.Place
  ) -> [TargetRegion] {
    prompt.fields.enumerated().compactMap { index, field in
      let start = max(field.lowerBound - place.hidden, 0)
      let end = field.upperBound - place.hidden
      guard start < end else { return nil }
      return TargetRegion(
        x: place.textX + start..<place.textX + end, y: row(place.line), target: .field(index))
    }
  }

  /// A layer of the what-if, and each step of its slider.
  private static func slider(
    _ layer: WhatIfView.Place.Row, _ place: WhatIfView.Place
  ) -> [TargetRegion] {
    [TargetRegion(x: inner(place.x), y: row(layer.y), target: .slider(layer.layer, step: nil))]
      + place.steps.enumerated().map {
        TargetRegion(
          x: row($0.element), y: row(layer.y), target: .slider(layer.layer, step: $0.offset))
      }
  }

  /// The columns of a box within its frame and its margin.
  private static func inner(_ x: Range<Int>) -> Range<Int> { x.lowerBound + 2..<x.upperBound - 2 }
}

extension AppState {
  /// What the mouse does to what is open, and to what words and marks stand for; nil where neither
  /// is concerned.
  mutating func handleTarget(_ mouse: MouseEvent) -> [Effect]? {
    switch mouse.action {
    case .scrollUp, .scrollDown:
      let step = mouse.action == .scrollUp ? -1 : 1
      if let mode { return scroll(mode, by: step, at: mouse) }
      guard position != nil, HitTest.target(self, x: mouse.x, y: mouse.y) == .position else {
        return nil
      }
      turnLeverage(by: -step)
      return []
    case .press where mouse.button == .left:
      let target = HitTest.target(self, x: mouse.x, y: mouse.y)
      if case .key(let key) = target { return press(key) }
      return mode.map { click(target, in: $0) } ?? click(target, at: mouse.x)
    case .drag where positionDrag != nil:
      dragPosition(to: mouse.x)
      return []
    case .release where positionDrag != nil:
      releasePosition()
      return []
    case .drag where mode == .sliders: return dragSlider(to: mouse.x)
    case .press, .release, .drag:
      sliders?.isHeld = false
      return mode.map { _ in [] }
    }
  }

  /// A click on something that the view shows; nil where it stands for nothing.
  private mutating func click(_ target: Target?, at x: Int) -> [Effect]? {
    switch target {
    case .action(let action): return run(action, since: self)
    case .layer(let layer): isolate(layer == isolatedLayer ? nil : layer)
    case .pane(let pane): show(pane: pane)
    case .position: holdPosition(at: x)
    default: return nil
    }
    return []
  }

  /// Does what an action's key does; says why where that is nothing.
  private mutating func run(_ action: Action, since before: AppState) -> [Effect] {
    message = nil
    let effects = handleInView(action) ?? perform(action)
    if effects.isEmpty { explainSilence(of: action, since: before) }
    return effects
  }

  private mutating func scroll(_ mode: Mode, by step: Int, at mouse: MouseEvent) -> [Effect] {
    switch mode {
    case .help: scrollHelp(by: 3 * step)
    case .themes: previewTheme(themeIndex + step)
    case .commands: return handleInPalette(step < 0 ? .up : .down) ?? []
    case .search: return handleInSearch(step < 0 ? .up : .down) ?? []
    case .alertPrompt: alertPrompt?.walkOffers(by: step)
    case .alerts: scrollAlerts(.rows(3 * step))
    case .watchlist: scrollWatched(.rows(3 * step))
    case .positionPrompt:
      if case .field(let field) = HitTest.target(self, x: mouse.x, y: mouse.y) {
        turnPosition(field: field, by: -step)
      }
    case .sliders:
      guard case .slider(let layer, _) = HitTest.target(self, x: mouse.x, y: mouse.y) else {
        return turnSlider(of: nil, by: -step)
      }
      return turnSlider(of: layer, by: -step)
    case .venueList, .goTo: break
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
    case .slider(let layer, let step): return clickSlider(of: layer, at: step)
    case .field(0): turnPosition(field: 0, by: 1)
    case .action(let action):
      close(mode)
      return action == .toggleHelp ? [] : run(action, since: self)
    case .box, .field: break
    case .key, .choice, .pane, .layer, .position, nil: close(mode)
    }
    return []
  }
}
