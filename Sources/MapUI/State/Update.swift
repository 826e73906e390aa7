import MapEngine
import Market
import Terminal

/// What an event does to the state, and what the shell has to do about it. Pure: the same state
/// and event give the same answer. `Effect.draw` comes back exactly when something in sight has
/// changed.
public func update(_ state: inout AppState, _ event: AppEvent) -> [Effect] {
  Formatting.$current.withValue(state.writing) { advance(&state, event) }
}

private func advance(_ state: inout AppState, _ event: AppEvent) -> [Effect] {
  let before = state
  var effects: [Effect] = []
  switch event {
  case .input(.key(let key)): effects = state.press(key)
  case .input(let input): effects = state.handle(input)
  case .snapshot(let snapshot): state.receive(snapshot)
  case .study(let study): state.receive(study)
  case .market(let tape, let figures):
    state.receive(tape: tape, figures: figures)
  case .watched(let rows): state.watched = rows
  case .alerts(let fired, let resting): state.alertStory.take(fired, resting: resting)
  case .source(let source): state.receive(source)
  case .timeframes(let choices): state.timeframes = choices
  case .listed(let choices): state.listed = choices
  case .notice(let message): state.message = message
  case .preferences(let preferences): effects = state.apply(preferences)
  case .tick: state.age()
  }
  state.settle()
  if before.differsInSight(from: state) { effects.append(.draw) }
  return effects
}

extension AppState {
  /// Whether a frame of the other state could look different.
  func differsInSight(from other: AppState) -> Bool {
    var mine = self
    if search == nil, other.search == nil, commandPalette == nil, other.commandPalette == nil {
      mine.listed = other.listed
    }
    let isListed = watchTable != nil || other.watchTable != nil
    if !isListed { mine.watched = other.watched }
    mine.alertStory.forgetUnseen(
      other.alertStory, isListed: alertList != nil || other.alertList != nil,
      isCounted: isListed)
    if !showsTape, !other.showsTape { mine.tape = other.tape }
    mine.heldSnapshot = other.heldSnapshot
    mine.drag = other.drag
    mine.positionDrag = other.positionDrag
    if mine.sliders != nil, let isHeld = other.sliders?.isHeld { mine.sliders?.isHeld = isHeld }
    mine.heatmap.drag = other.heatmap.drag
    if silentTicks < Self.patience, other.silentTicks < Self.patience {
      mine.silentTicks = other.silentTicks
    }
    mine.message?.ticksLeft = other.message?.ticksLeft ?? 0
    return mine != other
  }

  /// Whether single liquidations are in sight.
  private var showsTape: Bool {
    view == .tape || Layout(self, width: width, height: height).strip != nil
  }

  /// Keeps the ends of the axes for the next frame, and forgets a silence that has ended.
  mutating func settle() {
    if !isUnanswered { silentTicks = 0 }
    if !awaitsHeatmap { heatmap.waitedTicks = 0 }
    ceilings = Scene(self, width: width, height: height)?.ceilings
    if view == .venues {
      venueMapsLook.ends = VenueMaps(self, width: width, height: height)?.ends
    }
  }

  /// Takes news of the source. When no venue has the instrument that was asked for, the map of
  /// another one goes: nothing would ever replace it.
  mutating func receive(_ new: SourceState) {
    source = new
    if new.isLive, let shown = snapshot, shown.instrument != symbol,
      new.chosen.allSatisfy(\.isFailing)
    {
      snapshot = nil
      heldSnapshot = nil
    }
  }

  /// Takes a new map, or keeps it for later while the picture is held. A map that nobody asked
  /// for any more is dropped.
  mutating func receive(_ new: MapSnapshot) {
    guard matches(new) else { return }
    // A what-if is somebody's wish: it shows in a held picture, too.
    if isPaused && !isLoading && snapshot?.weights == new.weights {
      heldSnapshot = new
      return
    }
    snapshot = new
    if let rank = magnetRank, rank >= new.reading.magnets.count { magnetRank = nil }
    if let layer = isolatedLayer, layer >= new.map.layers.count { isolatedLayer = nil }
  }

  /// Takes a new study, if it is of what was asked for.
  mutating func receive(_ new: MapStudy) {
    guard matches(new.snapshot) else { return }
    study = new
  }

  /// Lets the message, and the silence of venues, grow older.
  mutating func age() {
    if isUnanswered { silentTicks = min(silentTicks + 1, Self.patience) }
    if awaitsHeatmap { heatmap.waitedTicks += 1 }
    alertStory.age()
    guard var aging = message else { return }
    aging.ticksLeft -= 1
    message = aging.ticksLeft > 0 ? aging : nil
  }

  mutating func handle(_ input: InputEvent) -> [Effect] {
    switch input {
    case .key(let key):
      // What was said of an earlier key hides the hints; what fired has a place of its own.
      message = nil
      if commandPalette != nil, let effects = handleInPalette(key) { return effects }
      if search != nil, let effects = handleInSearch(key) { return effects }
      if let effects = handleInOverlay(key) { return effects }
      if positionPrompt != nil, let effects = handleInPositionPrompt(key) { return effects }
      if mode == .goTo, let effects = handleInGoTo(key) { return effects }
      if mode == .venueList, let number = key.digit { return toggleVenue(number: number) }
      guard let action = keymap.action(for: key) else { return [] }
      if themePreview != nil, let effects = handleInThemes(action, key) { return effects }
      if help != nil, let effects = handleInHelp(action) { return effects }
      if isVenueListOpen, let effects = handleInVenueList(action) { return effects }
      if sliders != nil, let effects = handleInSliders(action) { return effects }
      if let effects = handleInView(action) { return effects }
      return perform(action)
    case .mouse(let mouse):
      return handle(mouse)
    case .resize(let width, let height):
      self.width = width
      self.height = height
      drag = nil
      positionDrag = nil
      sliders?.isHeld = false
      heatmap.drag = nil
      return []
    case .paste(let text):
      if commandPalette != nil {
        commandPalette?.type(text)
      } else if search != nil {
        search?.type(text)
      } else if positionPrompt != nil {
        positionPrompt?.type(text)
      } else {
        alertPrompt?.paste(text)
      }
      return []
    case .focus:
      return []
    }
  }

  /// What a key does while a box of alerts or the watchlist is open; nil where it does what it
  /// always does.
  private mutating func handleInOverlay(_ key: Key) -> [Effect]? {
    if alertPrompt != nil, let effects = handleInAlertPrompt(key) { return effects }
    guard help == nil else { return nil }
    let effects = handleInAlertList(key) ?? handleInWatchlist(key)
    return effects
  }

  /// What a key does while the help is open; nil where it does what it always does.
  private mutating func handleInHelp(_ action: Action) -> [Effect]? {
    switch action {
    case .toggleHelp, .leave: help = nil
    case .crosshairUp: scrollHelp(by: -1)
    case .crosshairDown: scrollHelp(by: 1)
    case .panLeft: scrollHelp(by: -10)
    case .panRight: scrollHelp(by: 10)
    case .crosshairFirst: help?.scroll = 0
    case .crosshairLast: scrollHelp(by: 1_000)
    case .quit, .suspend, .redraw, .cycleTheme, .togglePause, .commands, .saveScreen: return nil
    default: break
    }
    return []
  }

  mutating func scrollHelp(by lines: Int) {
    guard let scroll = help?.scroll else { return }
    let limit = HelpView.scrollLimit(keymap, width: width, height: height)
    help?.scroll = min(max(scroll + lines, 0), limit)
  }

  mutating func perform(_ action: Action) -> [Effect] {
    switch action {
    case .crosshairLeft: moveCrosshair(by: -1)
    case .crosshairRight: moveCrosshair(by: 1)
    case .crosshairUp: moveLevel(by: 1)
    case .crosshairDown: moveLevel(by: -1)
    case .crosshairFirst: moveCrosshair(to: .first)
    case .crosshairLast: moveCrosshair(to: .last)
    case .zoomIn: zoom(by: 1 / 1.5, atColumn: nil)
    case .zoomOut: zoom(by: 1.5, atColumn: nil)
    case .zoomReset: viewport = .whole
    case .zoomPricesIn, .zoomPricesOut:
      message = Message("That is for the heatmap: key 2")
    case .panLeft: pan(byQuarters: -1)
    case .panRight: pan(byQuarters: 1)
    case .centrePrice: centre(on: 0)
    case .goToMagnet: goToMagnet()
    case .goTo: openGoTo()
    case .goBelow, .goAbove, .goHigh, .goLow, .goPosition: return go(to: action)
    case .nextMagnet: walkMagnets(by: 1)
    case .previousMagnet: walkMagnets(by: -1)
    case .nextSymbol: return walkSymbols(by: 1)
    case .previousSymbol: return walkSymbols(by: -1)
    case .previousTimeframe: return walkTimeframes(by: -1)
    case .nextTimeframe: return walkTimeframes(by: 1)
    case .cycleLayer: cycleLayer()
    case .chooseTheme: openThemes()
    case .cycleTheme: cycleTheme()
    case .togglePause: return togglePause()
    case .search: search = SymbolSearch()
    case .setAlert: openAlertPrompt()
    case .listAlerts: toggleAlertList()
    case .openWatchlist: return openWatchlist()
    case .nextPane, .open, .cycleSort, .cycleSide:
      message = Message("\(view.title) has nothing for this key")
    case .viewMap: return show(.map)
    case .viewHeatmap: return show(.heatmap)
    case .viewVenues: return show(.venues)
    case .viewTape: return show(.tape)
    case .viewLedger: return show(.ledger)
    case .viewAccuracy: return show(.accuracy)
    case .toggleSidePanel, .toggleStrip, .toggleStructure, .toggleBands: togglePanel(action)
    case .askPosition: positionPrompt = PositionPrompt(position)
    case .openWhatIf: openSliders()
    case .toggleMeaning: return toggleMeaning()
    case .toggleLearning: return toggleLearning()
    case .toggleVenueList: toggleVenueList()
    case .retry: return retry()
    case .changeSource: return changeSource()
    case .commands: openCommands()
    case .saveScreen:
      message = Message("Saving the screen")
      return [.saveScreen]
    case .toggleHelp:
      isVenueListOpen = false
      help = HelpOverlay()
    case .leave: return leave()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .quit: return [.quit]
    }
    return []
  }

  private mutating func togglePause() -> [Effect] {
    isPaused.toggle()
    guard !isPaused else { return [.pause] }
    if tapeLook.scroll.selected == 0 { tapeLook.heldAt = nil }
    if let held = heldSnapshot {
      heldSnapshot = nil
      receive(held)
    }
    return [.resume]
  }

  /// Leaves the last transient thing: alerts that are told, the crosshair, the isolated layer, a
  /// what-if, a position.
  private mutating func leave() -> [Effect] {
    if !alertStory.toasts.isEmpty {
      alertStory.dismissToasts()
    } else if crosshair != nil {
      crosshair = nil
    } else if isolatedLayer != nil {
      isolatedLayer = nil
    } else if weights.isWhatIf {
      return weigh(MapWeights(meaning: weights.meaning))
    } else if position != nil {
      position = nil
    }
    return []
  }

  private mutating func cycleLayer() {
    guard let layers = snapshot?.map.layers, !layers.isEmpty else { return }
    let next = isolatedLayer.map { $0 + 1 } ?? 0
    isolate(next < layers.count ? next : nil)
  }

  /// Shows a layer alone, or all of them for nil.
  mutating func isolate(_ layer: Int?) {
    guard let layers = snapshot?.map.layers else { return }
    isolatedLayer = layer.flatMap { layers.indices.contains($0) ? $0 : nil }
    message = Message(
      isolatedLayer.map { index in
        let ways = [
          keymap.offer(.cycleLayer, "for the next layer"), keymap.offer(.leave, "for all"),
        ]
        let offers = ways.filter { !$0.isEmpty }.joined(separator: ", ")
        let words = "Only \(layers[index].label)"
        return [words + (offers.isEmpty ? "" : ": " + offers), words]
      } ?? ["All layers"])
  }
}
