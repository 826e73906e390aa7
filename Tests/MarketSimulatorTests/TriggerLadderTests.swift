import Testing

@testable import MarketSimulator

struct TriggerLadderTests {
  @Test func `a ladder fires what a plain search would, and nothing else`() {
    var random = RandomStream(seed: 11, name: "ladder")
    var ladder = TriggerLadder(around: 0)
    var levels = [Double](repeating: .infinity, count: 300)
    for _ in 0..<300 { ladder.addSlot() }
    var price = 0.0
    var total = 0
    for _ in 0..<2_000 {
      let slot = Int(random.uniform() * 300)
      if levels[slot] == .infinity {
        // Some levels lie far outside the buckets.
        levels[slot] = price + (random.uniform() < 0.05 ? 5 : random.uniform() * 0.02)
        ladder.insert(slot, at: levels[slot])
      } else if random.uniform() < 0.3 {
        levels[slot] = .infinity
        ladder.remove(slot)
      }
      price += random.normal() * 0.002
      var fired: [Int] = []
      ladder.fire(upTo: price, into: &fired)
      let expected = levels.indices.filter { levels[$0] <= price }
      #expect(fired.sorted() == expected)
      total += fired.count
      for slot in fired { levels[slot] = .infinity }
      #expect(ladder.nearest <= (levels.min() ?? .infinity))
    }
    #expect(total > 100)
  }

  @Test func `a wheel gives every slot back in its own minute`() {
    var wheel = ClosingWheel()
    for _ in 0..<6 { wheel.addSlot() }
    for slot in 0..<6 { wheel.insert(slot, minute: Int64(100 + slot / 3)) }
    wheel.remove(1)
    wheel.remove(1)
    #expect(wheel.count(minute: 100) == 2)
    #expect(Set([wheel.pop(minute: 100), wheel.pop(minute: 100)]) == [0, 2])
    #expect(wheel.pop(minute: 100) == nil)
    #expect(wheel.count(minute: 101) == 3)
    #expect(wheel.count(minute: 101 + ClosingWheel.turn) == 3)
  }
}
