import MapEngine
import Market
import Terminal

extension AppState {
  private var ledgerLayout: LedgerLayout {
    LedgerLayout(
      area: ViewArea(layout: Layout(width: width, height: height)), focus: ledgerLook.focus)
  }

  /// What a key does to the ledger; nil where it does what it always does.
  mutating func handleInLedger(_ action: Action) -> [Effect]? {
    switch action {
    case .nextPane, .crosshairRight: ledgerLook.focus = ledgerLook.focus.next
    case .crosshairLeft: ledgerLook.focus = ledgerLook.focus.previous
    case .cycleSort: sortLedger()
    case .open: return openLedgerRow()
    default:
      guard let step = action.tableStep else { return explainMapKey(action) }
      scrollLedger(step, in: ledgerLook.focus)
    }
    return []
  }

  private mutating func sortLedger() {
    switch ledgerLook.focus {
    case .magnets: ledgerLook.magnetOrder = ledgerLook.magnetOrder.next
    case .hunts: ledgerLook.huntOrder = ledgerLook.huntOrder.next
    case .reading:
      message = Message("The reading stands in its own order: what it says now first")
      return
    }
    ledgerLook.scrolls[ledgerLook.focus] = nil
  }

  private mutating func scrollLedger(_ step: TableScroll.Step, in pane: LedgerLook.Pane) {
    guard let rows = ledgerRows else { return }
    let visible = ledgerLayout.visible(pane)
    ledgerLook.scrolls[pane, default: TableScroll()].take(
      step, count: rows.count(pane), visible: visible)
  }

  /// Shows on the map what is selected.
  private mutating func openLedgerRow() -> [Effect] {
    guard let rows = ledgerRows else { return [] }
    let pane = ledgerLook.focus
    let selected = (ledgerLook.scrolls[pane] ?? TableScroll()).settled(
      count: rows.count(pane), visible: ledgerLayout.visible(pane)
    ).selected
    guard selected < rows.count(pane) else { return [] }
    switch pane {
    case .magnets:
      let magnet = rows.magnets[selected]
      return showOnMap(
        "Magnet \(magnet.number) (\(magnet.state.rawValue))", price: magnet.price,
        zone: magnet.low...magnet.high)
    case .hunts:
      let hunt = rows.hunts[selected]
      return showOnMap(
        "Swing \(hunt.kind.rawValue) (\(hunt.phase.rawValue))", price: hunt.level,
        zone: min(hunt.pool.low, hunt.level)...max(hunt.pool.high, hunt.level))
    case .reading:
      return openReading(rows.reading[selected])
    }
  }

  private mutating func openReading(_ row: LedgerRows.Reading) -> [Effect] {
    switch row {
    case .nearest(let side, let nearest?):
      return showOnMap(
        "Nearest large cluster of \(side.rawValue)s", price: nearest.cluster.price,
        zone: nearest.cluster.low...nearest.cluster.high)
    case .plan(let item):
      if let price = item.price {
        let zone = item.zone ?? price...price
        return showOnMap(
          ReadingText.name(row), price: price,
          zone: min(zone.lowerBound, price)...max(zone.upperBound, price))
      }
    case .bias, .nearest, .label: break
    }
    message = Message("\(ReadingText.name(row)) names no price to go to")
    return []
  }

  /// Changes to the map, centred on a price.
  private mutating func showOnMap(
    _ name: String, price: Double, zone: ClosedRange<Double>
  ) -> [Effect] {
    let words = "\(name) at \(NumberText.price(price))"
    guard goTo(price: price, zone: zone) else {
      let reach = snapshot.map { NumberText.decimal($0.rangePercent, places: 0) } ?? "–"
      let way = keymap.offer(.nextTimeframe, "takes a longer timeframe")
      message = Message(
        [
          "\(words) lies outside of this map's \(reach)%" + (way.isEmpty ? "" : ": \(way)"),
          "\(NumberText.price(price)) lies outside of this map's \(reach)%",
        ], isWarning: true)
      return []
    }
    magnetRank = nil
    let way = keymap.offer(.viewLedger, "goes back to the ledger")
    message = Message([words + (way.isEmpty ? "" : ": \(way)"), words])
    return show(.map)
  }

  /// What the mouse does on the ledger; nil where it does what it always does.
  mutating func handleInLedger(_ mouse: MouseEvent) -> [Effect]? {
    let layout = ledgerLayout
    guard let pane = layout.pane(x: mouse.x, y: mouse.y), let place = layout.place(pane)
    else { return [] }
    switch mouse.action {
    case .scrollUp: scrollLedger(.rows(-3), in: pane)
    case .scrollDown: scrollLedger(.rows(3), in: pane)
    case .press where mouse.button == .left:
      let isHere = ledgerLook.focus == pane
      ledgerLook.focus = pane
      guard let rows = ledgerRows, mouse.y > place.body.lowerBound else { return [] }
      let settled = (ledgerLook.scrolls[pane] ?? TableScroll()).settled(
        count: rows.count(pane), visible: layout.visible(pane))
      let row = settled.top + mouse.y - place.body.lowerBound - 1
      guard row < rows.count(pane) else { return [] }
      if isHere, row == settled.selected { return openLedgerRow() }
      scrollLedger(.rows(row - settled.selected), in: pane)
    case .press, .release, .drag: break
    }
    return []
  }
}

extension CaseIterable where Self: Equatable {
  /// The one before, around the end.
  var previous: Self {
    let all = Array(Self.allCases)
    guard let index = all.firstIndex(of: self) else { return self }
    return all[(index + all.count - 1) % all.count]
  }
}
