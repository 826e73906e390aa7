import MapEngine
import Market
import Terminal

/// How the tape is looked at.
struct TapeLook: Hashable, Sendable {
  /// The least sizes that a key walks through, in US dollars.
  static let leastSizes: [Double] = [0, 10_000, 100_000, 1_000_000]

  /// The place of the least size among those.
  var leastIndex = 0
  /// The side that is shown alone; nil for both.
  var side: Side?
  /// Prints from this number on are out of sight: the tape is held while it is read. Nil while the
  /// newest are shown.
  var heldAt: Int?
  /// Where it is scrolled to.
  var scroll = TableScroll()
  /// The cascades whose liquidations are shown one by one, by the number of their first.
  var opened: Set<Int> = []

  /// The least size of an event in US dollars.
  var leastUSD: Double { Self.leastSizes[leastIndex % Self.leastSizes.count] }
}

/// A row of the tape: an event, or a liquidation of the cascade above it.
enum TapeRow: Hashable, Sendable {
  case event(TapeEvent, isOpen: Bool)
  case print(LiquidationTape.Print, isLast: Bool)

  /// Dollars.
  var usd: Double {
    switch self {
    case .event(let event, _): event.usd
    case .print(let print, _): print.usd
    }
  }
}

/// The tape as it is shown: filtered, grouped, held.
struct TapeRows: Sendable {
  /// The rows, newest on top.
  let rows: [TapeRow]
  /// The prints that they come from, filtered ones included, in order of time.
  let prints: [LiquidationTape.Print]
  /// How many have come since the tape was held.
  let newCount: Int
  /// Dollars of the largest event among the rows.
  let largest: Double

  init(_ tape: LiquidationTape, look: TapeLook) {
    if let bound = look.heldAt {
      prints = tape.prints.filter { $0.id < bound }
      newCount = tape.prints.count - prints.count
    } else {
      prints = tape.prints
      newCount = 0
    }
    let events = TapeEvent.events(prints).filter {
      $0.usd >= look.leastUSD && (look.side == nil || $0.side == look.side)
    }
    var rows: [TapeRow] = []
    for event in events {
      let isOpen = event.isCascade && look.opened.contains(event.id)
      rows.append(.event(event, isOpen: isOpen))
      guard isOpen else { continue }
      for (index, print) in event.prints.reversed().enumerated() {
        rows.append(.print(print, isLast: index == event.prints.count - 1))
      }
    }
    self.rows = rows
    largest = events.reduce(0) { max($0, $1.usd) }
  }
}

extension AppState {
  /// The price that distances are counted from; nil where none is known.
  var currentPrice: Double? {
    if let snapshot, snapshot.instrument == symbol { return snapshot.price }
    return figures.lazy.compactMap { $0.price ?? $0.markPrice?.mark }.first
  }

  /// The newest moment that anything on the screen speaks of; nil where there is nothing.
  var newestMoment: Timestamp? {
    let shown = snapshot.flatMap { $0.instrument == symbol ? $0.asOf : nil }
    return [shown, tape.prints.last?.liquidation.time].compactMap { $0 }.max()
  }

  /// Takes the tape and what the venues say. While the picture is held, the tape is, too.
  mutating func receive(tape new: LiquidationTape, figures: [VenueFigures]) {
    if isPaused, tapeLook.heldAt == nil { tapeLook.heldAt = tape.count }
    tape = new
    self.figures = figures
  }

  /// Forgets what belongs to one instrument.
  mutating func forgetMarket() {
    tape = LiquidationTape()
    figures = []
    tapeLook.heldAt = nil
    tapeLook.scroll = TableScroll()
    tapeLook.opened = []
    ledgerLook.scrolls = [:]
  }

  /// What a key does to the tape; nil where it does what it always does.
  mutating func handleInTape(_ action: Action) -> [Effect]? {
    switch action {
    case .cycleSort:
      tapeLook.leastIndex = (tapeLook.leastIndex + 1) % TapeLook.leastSizes.count
      releaseTape()
    case .cycleSide:
      tapeLook.side = tapeLook.side == nil ? .long : tapeLook.side == .long ? .short : nil
      releaseTape()
    case .open: openTapeRow()
    case .leave where tapeLook.scroll.selected > 0 || tapeLook.side != nil:
      if tapeLook.scroll.selected > 0 { releaseTape() } else { tapeLook.side = nil }
    default:
      guard let step = action.tableStep else { return explainMapKey(action) }
      scrollTape(step)
    }
    return []
  }

  /// Back to the newest.
  private mutating func releaseTape() {
    tapeLook.scroll = TableScroll()
    if !isPaused { tapeLook.heldAt = nil }
  }

  /// Takes a step; away from the top the tape is held, at the top it runs again.
  mutating func scrollTape(_ step: TableScroll.Step) {
    let count = TapeRows(tape, look: tapeLook).rows.count
    let visible = TapeLayout(area: ViewArea(layout: Layout(width: width, height: height)))
    tapeLook.scroll.take(step, count: count, visible: Table.visibleRows(visible.table.count))
    if tapeLook.scroll.selected == 0 {
      releaseTape()
    } else if tapeLook.heldAt == nil {
      tapeLook.heldAt = tape.count
    }
  }

  /// Shows the liquidations of the selected cascade one by one, or as one again.
  private mutating func openTapeRow() {
    let rows = TapeRows(tape, look: tapeLook).rows
    var row = min(max(tapeLook.scroll.selected, 0), rows.count - 1)
    // On a liquidation of a cascade: the cascade above it.
    while rows.indices.contains(row), case .print = rows[row] { row -= 1 }
    guard rows.indices.contains(row), case .event(let event, let isOpen) = rows[row] else { return }
    guard event.isCascade else {
      message = Message("A single liquidation: only rows of several open")
      return
    }
    if isOpen {
      tapeLook.opened.remove(event.id)
      tapeLook.scroll.selected = row
    } else {
      tapeLook.opened.insert(event.id)
    }
  }

  /// What the mouse does on the tape; nil where it does what it always does.
  mutating func handleInTape(_ mouse: MouseEvent) -> [Effect]? {
    let layout = TapeLayout(area: ViewArea(layout: Layout(width: width, height: height)))
    switch mouse.action {
    case .scrollUp: scrollTape(.rows(-3))
    case .scrollDown: scrollTape(.rows(3))
    case .press where mouse.button == .left && layout.table.dropFirst().contains(mouse.y):
      let rows = TapeRows(tape, look: tapeLook).rows
      let visible = Table.visibleRows(layout.table.count)
      let settled = tapeLook.scroll.settled(count: rows.count, visible: visible)
      let row = settled.top + mouse.y - layout.table.lowerBound - 1
      guard rows.indices.contains(row) else { return [] }
      guard row != settled.selected else {
        openTapeRow()
        return []
      }
      scrollTape(.rows(row - settled.selected))
    case .press, .release, .drag: break
    }
    return []
  }
}
