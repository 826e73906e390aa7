import Market
import Testing

@testable import MarketSimulator

struct ContractCountTests {
  @Test func `each side's openings less its closings are the open interest, to the lot`() {
    var random = RandomStream(seed: 5, name: "contracts")
    var count = ContractCount()
    for _ in 0..<2_000 {
      let isLong = random.uniform() < 0.5
      let lots = Int64(random.uniform() * 1_000)
      let held = isLong ? count.longs : count.shorts
      if held < lots || random.uniform() < 0.6 {
        count.book(.opened, isLong: isLong, lots: lots)
      } else {
        count.book(random.uniform() < 0.5 ? .closed : .liquidated, isLong: isLong, lots: lots)
      }
      #expect(count.longFlow.net == count.openInterest)
      #expect(count.shortFlow.net == count.openInterest)
      #expect(count.longs + max(count.provider, 0) == count.openInterest)
      #expect(count.shorts + max(-count.provider, 0) == count.openInterest)
    }
  }
}
