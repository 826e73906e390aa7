/// When traders mean to close: a wheel of minutes with a list of slots each.
struct ClosingWheel: Sendable {
  /// Minutes of one turn (22 days); who means to close later is asked again after one turn.
  static let turn: Int64 = 1 << 15
  private static let none: Int32 = -1

  private var heads = [Int32](repeating: ClosingWheel.none, count: Int(ClosingWheel.turn))
  private var next: [Int32] = []
  private var previous: [Int32] = []
  private var spokes: [Int32] = []

  /// Makes room for one more slot, not scheduled.
  mutating func addSlot() {
    next.append(ClosingWheel.none)
    previous.append(ClosingWheel.none)
    spokes.append(ClosingWheel.none)
  }

  /// Schedules the slot for a minute at most one turn ahead. It must not be scheduled yet.
  mutating func insert(_ slot: Int, minute: Int64) {
    let spoke = Int(minute & (ClosingWheel.turn - 1))
    let head = heads[spoke]
    next[slot] = head
    previous[slot] = ClosingWheel.none
    spokes[slot] = Int32(truncatingIfNeeded: spoke)
    if head >= 0 { previous[Int(head)] = Int32(truncatingIfNeeded: slot) }
    heads[spoke] = Int32(truncatingIfNeeded: slot)
  }

  /// Takes the slot off the wheel, if it is on it.
  mutating func remove(_ slot: Int) {
    let spoke = spokes[slot]
    guard spoke >= 0 else { return }
    let after = next[slot]
    let before = previous[slot]
    if before >= 0 { next[Int(before)] = after } else { heads[Int(spoke)] = after }
    if after >= 0 { previous[Int(after)] = before }
    spokes[slot] = ClosingWheel.none
  }

  /// How many slots are scheduled for the minute.
  func count(minute: Int64) -> Int {
    var total = 0
    var slot = heads[Int(minute & (ClosingWheel.turn - 1))]
    while slot >= 0 {
      total += 1
      slot = next[Int(slot)]
    }
    return total
  }

  /// Takes one slot of the minute off the wheel; nil when none is left.
  mutating func pop(minute: Int64) -> Int? {
    let slot = Int(heads[Int(minute & (ClosingWheel.turn - 1))])
    guard slot >= 0 else { return nil }
    remove(slot)
    return slot
  }
}
