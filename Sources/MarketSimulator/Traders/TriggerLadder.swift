/// Trigger prices of open positions in buckets of equal log width, so that a step of the price
/// touches only what it crosses. Every trigger fires when the coordinate rises to its level: the
/// ladder above the price uses the log price, the one below the negated log price.
struct TriggerLadder: Sendable {
  /// Log width of a bucket.
  private static let width = 0.000_5
  private static let reach = 3.0
  private static let count = 12_000
  private static let none: Int32 = -1

  /// A slot's place in the list of its bucket, and its level; infinite where it has none.
  private struct Node: Sendable {
    var next: Int32
    var previous: Int32
    var level: Double
  }

  private let origin: Double
  private var heads: [Int32]
  private var nodes: [Node] = []
  /// No level lies below this coordinate.
  private(set) var nearest = Double.infinity

  /// A ladder around a coordinate; levels more than a factor of 20 away share the end buckets.
  init(around coordinate: Double) {
    origin = coordinate - TriggerLadder.reach
    heads = [Int32](repeating: TriggerLadder.none, count: TriggerLadder.count)
  }

  /// Makes room for one more slot, without a trigger.
  mutating func addSlot() {
    nodes.append(
      Node(next: TriggerLadder.none, previous: TriggerLadder.none, level: .infinity))
  }

  private func bucket(_ level: Double) -> Int {
    let position = (level - origin) / TriggerLadder.width
    if position <= 0 { return 0 }
    if position >= Double(TriggerLadder.count - 1) { return TriggerLadder.count - 1 }
    return Int(position)
  }

  /// Sets the slot's trigger; an infinite level means none. It must have none before.
  mutating func insert(_ slot: Int, at level: Double) {
    guard level < .infinity else { return }
    let bucket = bucket(level)
    let head = heads[bucket]
    nodes[slot] = Node(next: head, previous: TriggerLadder.none, level: level)
    if head >= 0 { nodes[Int(head)].previous = Int32(truncatingIfNeeded: slot) }
    heads[bucket] = Int32(truncatingIfNeeded: slot)
    if level < nearest { nearest = level }
  }

  /// Removes the slot's trigger, if it has one.
  mutating func remove(_ slot: Int) {
    let node = nodes[slot]
    guard node.level < .infinity else { return }
    if node.previous >= 0 {
      nodes[Int(node.previous)].next = node.next
    } else {
      heads[bucket(node.level)] = node.next
    }
    if node.next >= 0 { nodes[Int(node.next)].previous = node.previous }
    nodes[slot].level = .infinity
  }

  /// Removes every trigger at or below `coordinate` and appends its slot to `fired`, bucket by
  /// bucket from the lowest.
  mutating func fire(upTo coordinate: Double, into fired: inout [Int]) {
    guard coordinate >= nearest else { return }
    var index = bucket(nearest)
    let last = bucket(coordinate)
    while index <= last {
      var slot = Int(heads[index])
      while slot >= 0 {
        let after = Int(nodes[slot].next)
        if nodes[slot].level <= coordinate {
          remove(slot)
          fired.append(slot)
        }
        slot = after
      }
      index += 1
    }
    index = last
    while index < TriggerLadder.count, heads[index] < 0 { index += 1 }
    nearest = .infinity
    guard index < TriggerLadder.count else { return }
    var slot = Int(heads[index])
    while slot >= 0 {
      nearest = min(nearest, nodes[slot].level)
      slot = Int(nodes[slot].next)
    }
  }
}
