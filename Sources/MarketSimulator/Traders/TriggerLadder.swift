/// Trigger prices of open positions in buckets of equal log width, so that a step of the price
/// touches only what it crosses. Every trigger fires when the coordinate rises to its level: the
/// ladder above the price uses the log price, the one below the negated log price.
struct TriggerLadder: Sendable {
  /// Log width of a bucket.
  private static let width = 0.000_5
  private static let reach = 3.0
  private static let count = 12_000
  private static let none: Int32 = -1

  private let origin: Double
  private var heads: [Int32]
  private var next: [Int32] = []
  private var previous: [Int32] = []
  private var levels: [Double] = []
  /// No level lies below this coordinate.
  private(set) var nearest = Double.infinity

  /// A ladder around a coordinate; levels more than a factor of 20 away share the end buckets.
  init(around coordinate: Double) {
    origin = coordinate - TriggerLadder.reach
    heads = [Int32](repeating: TriggerLadder.none, count: TriggerLadder.count)
  }

  /// Makes room for one more slot, without a trigger.
  mutating func addSlot() {
    next.append(TriggerLadder.none)
    previous.append(TriggerLadder.none)
    levels.append(.infinity)
  }

  private func bucket(_ level: Double) -> Int {
    let position = (level - origin) / TriggerLadder.width
    if position <= 0 { return 0 }
    if position >= Double(TriggerLadder.count - 1) { return TriggerLadder.count - 1 }
    return Int(position)
  }

  /// The level at which the slot's trigger stands; infinite where it has none.
  func level(_ slot: Int) -> Double { levels[slot] }

  /// Sets the slot's trigger; an infinite level means none. It must have none before.
  mutating func insert(_ slot: Int, at level: Double) {
    levels[slot] = level
    guard level < .infinity else { return }
    let bucket = bucket(level)
    let head = heads[bucket]
    next[slot] = head
    previous[slot] = TriggerLadder.none
    if head >= 0 { previous[Int(head)] = Int32(truncatingIfNeeded: slot) }
    heads[bucket] = Int32(truncatingIfNeeded: slot)
    if level < nearest { nearest = level }
  }

  /// Removes the slot's trigger, if it has one.
  mutating func remove(_ slot: Int) {
    let level = levels[slot]
    guard level < .infinity else { return }
    let after = next[slot]
    let before = previous[slot]
    if before >= 0 {
      next[Int(before)] = after
    } else {
      heads[bucket(level)] = after
    }
    if after >= 0 { previous[Int(after)] = before }
    levels[slot] = .infinity
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
        let after = Int(next[slot])
        if levels[slot] <= coordinate {
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
      nearest = min(nearest, levels[slot])
      slot = Int(next[slot])
    }
  }
}
