import RealModule

/// The open positions of one venue's crowd, found by trigger price and by closing time.
struct TraderBook: Sendable {
  private(set) var positions: [TraderPosition] = []
  private(set) var isOpen: [Bool] = []
  private var free: [Int] = []
  /// Triggers that fire when the mark falls; coordinates are negated log prices.
  private var below: TriggerLadder
  /// Triggers that fire when the mark rises.
  private var above: TriggerLadder
  private var wheel = ClosingWheel()
  private var fired: [Int] = []

  /// An empty book around a log price.
  init(around price: Double) {
    below = TriggerLadder(around: -price)
    above = TriggerLadder(around: price)
  }

  /// Adds a position; `minute` is the present one.
  mutating func add(_ position: TraderPosition, minute: Int64) {
    let slot: Int
    if let reused = free.popLast() {
      slot = reused
      positions[slot] = position
      isOpen[slot] = true
    } else {
      slot = positions.count
      positions.append(position)
      isOpen.append(true)
      below.addSlot()
      above.addSlot()
      wheel.addSlot()
    }
    placeAdverse(slot)
    if position.isLong {
      above.insert(slot, at: position.entry + position.profitDistance)
    } else {
      below.insert(slot, at: position.profitDistance - position.entry)
    }
    schedule(slot, after: minute)
  }

  /// Takes a position out of the book.
  mutating func remove(_ slot: Int) {
    below.remove(slot)
    above.remove(slot)
    wheel.remove(slot)
    isOpen[slot] = false
    free.append(slot)
  }

  /// The slots whose triggers the mark has crossed, those below the price first. Each has lost
  /// that trigger: it must be removed or placed anew.
  mutating func crossed(by mark: Double) -> [Int] {
    guard -mark >= below.nearest || mark >= above.nearest else { return [] }
    fired.removeAll(keepingCapacity: true)
    below.fire(upTo: -mark, into: &fired)
    above.fire(upTo: mark, into: &fired)
    return fired
  }

  /// Adds margin to a position and sets what comes next on its adverse side.
  mutating func topUp(_ slot: Int, margin: Double, rule: MarginRule, triggerAt fraction: Double) {
    positions[slot].margin = margin
    positions[slot].topUpsLeft -= 1
    let position = positions[slot]
    let distance = rule.liquidation(sign: position.sign, margin: margin)
    positions[slot].liquidation = position.entry + distance
    if position.topUpsLeft > 0, distance > -.infinity {
      positions[slot].adversePrice = position.entry + fraction * distance
    } else {
      positions[slot].adverse = .liquidation
      positions[slot].adversePrice = positions[slot].liquidation
    }
    placeAdverse(slot)
  }

  /// Keeps a position on until a later minute.
  mutating func postpone(_ slot: Int, to due: Int64, minute: Int64) {
    positions[slot].dueMinute = Int32(clamping: due)
    schedule(slot, after: minute)
  }

  /// How many positions come up for closing in the minute.
  func dueCount(minute: Int64) -> Int { wheel.count(minute: minute) }

  /// Takes the next one that comes up in the minute off the wheel.
  mutating func popDue(minute: Int64) -> Int? { wheel.pop(minute: minute) }

  private mutating func placeAdverse(_ slot: Int) {
    let price = positions[slot].adversePrice
    guard price > -.infinity else { return }
    if positions[slot].isLong {
      below.insert(slot, at: -price)
    } else {
      above.insert(slot, at: price)
    }
  }

  private mutating func schedule(_ slot: Int, after minute: Int64) {
    let latest = minute + ClosingWheel.turn - 1
    wheel.insert(slot, minute: min(max(Int64(positions[slot].dueMinute), minute + 1), latest))
  }
}
