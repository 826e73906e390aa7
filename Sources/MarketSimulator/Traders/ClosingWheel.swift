/// When traders mean to close: a wheel of minutes with a list of slots each.
struct ClosingWheel: Sendable {
  /// Minutes of one turn (22 days); who means to close later is asked again after one turn.
  static let turn: Int64 = 1 << 15
  private static let none: Int32 = -1

  private var heads = [Int32](repeating: ClosingWheel.none, count: Int(ClosingWheel.turn))
  private var nodes: [Node] = []

  /// A slot's place in the list of its minute, and the minute; below zero where it has none.
  private struct Node: Sendable {
    var next: Int32
    var previous: Int32
    var spoke: Int32
  }

  /// Makes room for one more slot, not scheduled.
  mutating func addSlot() {
    nodes.append(
      Node(next: ClosingWheel.none, previous: ClosingWheel.none, spoke: ClosingWheel.none))
  }

  /// Schedules the slot for a minute at most one turn ahead. It must not be scheduled yet.
  mutating func insert(_ slot: Int, minute: Int64) {
    let spoke = Int(minute & (ClosingWheel.turn - 1))
    let head = heads[spoke]
    nodes[slot] = Node(
      next: head, previous: ClosingWheel.none, spoke: Int32(truncatingIfNeeded: spoke))
    if head >= 0 { nodes[Int(head)].previous = Int32(truncatingIfNeeded: slot) }
    heads[spoke] = Int32(truncatingIfNeeded: slot)
  }

  /// Takes the slot off the wheel, if it is on it.
  mutating func remove(_ slot: Int) {
    let node = nodes[slot]
    guard node.spoke >= 0 else { return }
    if node.previous >= 0 {
      nodes[Int(node.previous)].next = node.next
    } else {
      heads[Int(node.spoke)] = node.next
    }
    if node.next >= 0 { nodes[Int(node.next)].previous = node.previous }
    nodes[slot].spoke = ClosingWheel.none
  }

  /// How many slots are scheduled for the minute.
  func count(minute: Int64) -> Int {
    var total = 0
    var slot = heads[Int(minute & (ClosingWheel.turn - 1))]
    while slot >= 0 {
      total += 1
      slot = nodes[Int(slot)].next
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
