import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct KeymapTests {
  @Test func `no key is bound twice and every action has a key`() {
    for prefix in [nil, Action.goTo] {
      let keys = Keymap.standard.bindings.filter { $0.prefix == prefix }.flatMap(\.keys)
      #expect(Set(keys).count == keys.count && keys.count > 4)
    }
    #expect(Set(Keymap.standard.bindings.compactMap(\.action)) == Set(Action.allCases))
    for binding in Keymap.standard.bindings {
      #expect((binding.action == nil) == binding.keys.isEmpty)
      for key in binding.keys {
        let found =
          binding.prefix.map { Keymap.standard.action(for: key, after: $0) }
          ?? Keymap.standard.action(for: key)
        #expect(found == binding.action)
      }
    }
    #expect(Keymap.standard.action(for: .function(12)) == nil)
  }

  @Test func `every line of the help fits its box`() {
    for binding in Keymap.standard.bindings {
      #expect(binding.keyText.unicodeScalars.count <= 9, "\(binding.keyText)")
      #expect(binding.help.unicodeScalars.count <= 34, "\(binding.help)")
    }
  }

  @Test func `the footer's hints have ranks of their own`() {
    let ranks = Keymap.standard.bindings.compactMap { $0.hint?.rank }
    #expect(Set(ranks).count == ranks.count)
    #expect(ranks.min() == 0)
  }

  @Test func `the table for the README has a row for each binding`() {
    let rows = Keymap.standard.markdown.split(separator: "\n")
    #expect(rows.count == 2 + Keymap.Section.allCases.count + Keymap.standard.bindings.count)
    #expect(rows.allSatisfy { $0.hasPrefix("|") && $0.hasSuffix("|") })
    #expect(Keymap.standard.markdown.contains("| `m` | To the magnet, the densest cluster |"))
    #expect(Keymap.standard.markdown.contains("| `q` `^C` | Quit |"))
  }

  /// What each action must do to a state, said once for each of its keys.
  @Test(
    arguments: Keymap.standard.bindings.flatMap { binding in
      binding.keys.compactMap { key in binding.action.map { (key, $0) } }
    })
  func `each key does what the help says`(_ key: Key, _ action: Action) throws {
    let start = start(for: action)
    var state = start
    let prefix = Keymap.standard.bindings.first { $0.action == action }?.prefix
    for key in prefix.map(Keymap.standard.keys(of:)) ?? [] {
      _ = update(&state, .input(.key(key)))
    }
    let effects = update(&state, .input(.key(key)))
    let before = try #require(Scene(start, width: start.width, height: start.height))
    let shown = state.snapshot == nil ? start : state
    let after = try #require(Scene(shown, width: shown.width, height: shown.height))
    func column(_ state: AppState, _ scene: Scene) -> Int? {
      state.crosshair.flatMap { scene.scale.column(ofDistance: $0.distance) }
    }
    let old = column(start, before)
    let new = column(state, after)
    switch action {
    case .crosshairLeft: #expect(new == old.map { $0 - 1 })
    case .crosshairRight: #expect(new == old.map { $0 + 1 })
    case .crosshairUp: #expect(try level(state) > (try level(start)))
    case .crosshairDown: #expect(try level(state) < (try level(start)))
    case .crosshairFirst: #expect(new == 0)
    case .crosshairLast: #expect(new == after.scale.width - 1)
    case .zoomIn: #expect(after.scale.span < before.scale.span)
    case .zoomOut: #expect(after.scale.span > before.scale.span)
    case .zoomReset: #expect(after.scale.isWhole && !before.scale.isWhole)
    case .zoomPricesIn, .zoomPricesOut: #expect(state.message != nil)
    case .panLeft: #expect(after.scale.first < before.scale.first)
    case .panRight: #expect(after.scale.first > before.scale.first)
    case .centrePrice:
      let middle = after.scale.width / 2
      #expect(after.scale.priceColumn.map { abs($0 - middle) <= 1 } == true)
    case .goToMagnet:
      let magnet = try #require(state.snapshot?.reading.magnet)
      #expect(after.scale.span < before.scale.span)
      #expect(new == after.scale.column(ofPrice: magnet.price))
    case .goTo: #expect(state.mode == .goTo)
    case .goBelow, .goAbove:
      let reading = try #require(state.snapshot?.reading)
      let cluster = try #require(
        action == .goBelow ? reading.nearestLong : reading.nearestShort)
      #expect(new == after.scale.column(ofPrice: cluster.price) && state.mode == nil)
    case .goHigh, .goLow:
      let structure = try #require(state.currentStudy?.insight.structure)
      if let swing = action == .goHigh ? structure.standingHigh : structure.standingLow {
        #expect(new == after.scale.column(ofPrice: swing.price))
      } else {
        #expect(state.message?.text == "Swing low that stands: none stands" && new == old)
      }
    case .goPosition:
      let level = try #require(state.positionCheck?.liquidation.liquidationPrice)
      #expect(new == after.scale.column(ofPrice: level))
    case .nextMagnet:
      let magnets = try #require(state.snapshot?.reading.magnets)
      #expect(state.magnetRank == 2)
      #expect(new == after.scale.column(ofPrice: magnets[2].price))
    case .previousMagnet: #expect(state.magnetRank == 0)
    case .nextSymbol:
      #expect(state.symbol.base == "ETH")
      #expect(effects.contains(.request(symbol: state.symbol, timeframe: .days7)))
    case .previousSymbol: #expect(state.symbol.base == "SOL")
    case .previousTimeframe:
      #expect(effects.contains(.request(symbol: state.symbol, timeframe: .days3)))
    case .nextTimeframe:
      #expect(effects.contains(.request(symbol: state.symbol, timeframe: .days14)))
    case .cycleLayer: #expect(state.isolatedLayer == 0)
    case .cycleTheme: #expect(state.theme.name == "light")
    case .chooseTheme: #expect(state.themePreview?.original == 0)
    case .commands: #expect(state.commandPalette != nil)
    case .saveScreen: #expect(effects.contains(.saveScreen))
    case .togglePause: #expect(state.isPaused && effects.contains(.pause))
    case .search: #expect(state.search != nil)
    case .setAlert: #expect(state.alertPrompt?.rule != nil)
    case .listAlerts: #expect(state.alertList != nil)
    case .openWatchlist: #expect(state.watchTable != nil && effects.contains(.list([])))
    case .toggleSidePanel: #expect(after.layout.side != nil && before.layout.side == nil)
    case .toggleStrip: #expect(after.layout.strip != nil && before.layout.strip == nil)
    case .toggleStructure: #expect(after.layout.structure != nil && state.panels.structure)
    case .toggleBands: #expect(state.panels.bands)
    case .askPosition: #expect(state.positionPrompt != nil)
    case .openWhatIf: #expect(state.sliders?.layer == 4)
    case .toggleMeaning:
      #expect(effects.contains(.weigh(MapWeights(meaning: .nominal))))
    case .toggleLearning:
      let moment = try #require(start.snapshot?.asOf)
      #expect(effects.contains(.learn(.frozen(at: moment))))
    case .toggleVenueList: #expect(state.isVenueListOpen)
    case .nextPane: #expect(state.ledgerLook.focus == .hunts)
    case .open: #expect(state.message != nil)
    case .cycleSort: #expect(state.tapeLook.leastUSD == 10_000)
    case .cycleSide: #expect(state.tapeLook.side == .long)
    case .viewMap: expectView(.map, state, effects)
    case .viewHeatmap: expectView(.heatmap, state, effects)
    case .viewVenues: expectView(.venues, state, effects)
    case .viewTape: expectView(.tape, state, effects)
    case .viewLedger: expectView(.ledger, state, effects)
    case .viewAccuracy: expectView(.accuracy, state, effects)
    case .retry: #expect(effects.contains(.retry))
    case .changeSource:
      #expect(effects.contains(.simulate) && state.source.isSimulated && state.snapshot == nil)
      #expect(state.frame != start.frame)
      return
    case .toggleHelp: #expect(state.help != nil)
    case .leave: #expect(state.crosshair == nil && start.crosshair != nil)
    case .redraw: #expect(effects == [.redraw])
    case .suspend: #expect(effects == [.suspend])
    case .quit: #expect(effects == [.quit])
    }
    let isQuiet = [.redraw, .suspend, .quit].contains(action)
    #expect(effects.contains(.draw) == !isQuiet)
    #expect((state.frame != start.frame) == !isQuiet)
  }

  private func expectView(_ view: ViewKind, _ state: AppState, _ effects: [Effect]) {
    #expect(state.view == view)
    #expect(effects.contains(.look(view)))
  }

  private func level(_ state: AppState) throws -> Double {
    let crosshair = try #require(state.crosshair)
    let scene = try #require(Scene(state, width: state.width, height: state.height))
    let column = try #require(scene.scale.column(ofDistance: crosshair.distance))
    return crosshair.level ?? scene.stacks.totals[column]
  }

  /// A state in which the action has something to do.
  private func start(for action: Action) -> AppState {
    let plain = UIState.make()
    switch action {
    case .crosshairLeft, .crosshairRight, .leave, .crosshairFirst, .crosshairLast:
      return UIState.after(.character("c"), .right, .left, .left, .left, in: plain)
    case .crosshairUp, .crosshairDown:
      var state = UIState.after(.right, in: plain)
      state.crosshair = Crosshair(distance: -0.03, level: state.ceilings.map { $0.bars / 2 })
      return state
    case .zoomOut, .zoomReset, .panLeft, .panRight:
      return UIState.after(.character("+"), .character("+"), .character("+"), in: plain)
    case .centrePrice:
      return UIState.after(
        .character("+"), .character("+"), .character("+"), .pageUp, .pageUp, in: plain)
    case .nextMagnet, .previousMagnet:
      return UIState.after(.character("n"), .character("n"), in: plain)
    case .toggleVenueList, .retry, .changeSource: return UIState.live()
    case .goHigh, .goLow: return ViewFixture.studied(.map)
    case .goPosition:
      var state = plain
      state.position = try? PositionWish(argument: "long:97000:20x:1")
      return state
    case .viewMap: return UIState.after(.character("2"), in: plain)
    case .cycleSort, .cycleSide: return UIState.after(.character("4"), in: plain)
    case .nextPane: return ViewFixture.studied(.ledger)
    default: return plain
    }
  }
}
