/// Levels on one side of the price that wait to be reached, each with a payload. Finding those
/// that a bar reaches costs no more than taking them out, so a long series stays linear.
struct LevelLadder<Payload: Sendable>: Sendable {
  /// Which way price moves to reach the levels.
  let direction: MarketDirection

  /// Prices times the direction's sign, the farthest first, so that the next to be reached is last.
  private var keys: [Double] = []
  private var payloads: [Payload] = []

  init(reachedBy direction: MarketDirection) {
    self.direction = direction
  }

  /// Adds a level. Of equal ones the earlier is reached first.
  mutating func insert(_ payload: Payload, at price: Double) {
    let key = price * direction.sign
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      // Equal ones are reached later the farther in front they stand.
      if keys[middle] <= key { high = middle } else { low = middle + 1 }
    }
    keys.insert(key, at: low)
    payloads.insert(payload, at: low)
  }

  /// Takes out the levels that a bar reaches, the nearest first.
  ///
  /// - Parameter beyond: whether a price must trade beyond a level rather than at it.
  mutating func takeReached(by price: Double, beyond: Bool) -> [Payload] {
    let reach = price * direction.sign
    var taken: [Payload] = []
    while let key = keys.last, beyond ? key < reach : key <= reach {
      keys.removeLast()
      taken.append(payloads.removeLast())
    }
    return taken
  }

  /// The waiting payloads from the nearest outwards while their levels are within a price.
  func payloads(within price: Double) -> [Payload] {
    let limit = price * direction.sign
    var found: [Payload] = []
    var place = keys.count - 1
    while place >= 0, keys[place] <= limit {
      found.append(payloads[place])
      place -= 1
    }
    return found
  }
}

extension PriceBar {
  /// The price of the bar that lies farthest in a direction: the high upwards, the low downwards.
  func extreme(_ direction: MarketDirection) -> Double {
    direction == .bullish ? high : low
  }
}
