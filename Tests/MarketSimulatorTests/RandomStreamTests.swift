import Testing

@testable import MarketSimulator

struct RandomStreamTests {
  @Test func `a seed and a name give the same numbers, another seed or name others`() {
    var first = RandomStream(seed: 7, name: "price")
    var same = RandomStream(seed: 7, name: "price")
    var otherName = RandomStream(seed: 7, name: "crowd")
    var otherSeed = RandomStream(seed: 8, name: "price")
    let numbers = (0..<50).map { _ in first.next() }
    #expect(numbers == (0..<50).map { _ in same.next() })
    #expect(numbers != (0..<50).map { _ in otherName.next() })
    #expect(numbers != (0..<50).map { _ in otherSeed.next() })
  }

  @Test func `normal numbers have mean 0, deviation 1 and no absurd tail`() {
    var random = RandomStream(seed: 3, name: "normal")
    let numbers = (0..<20_000).map { _ in random.normal() }
    let mean = numbers.reduce(0, +) / 20_000
    let square = numbers.reduce(0) { $0 + $1 * $1 } / 20_000
    #expect(abs(mean) < 0.03)
    #expect(abs(square - 1) < 0.03)
    #expect(numbers.allSatisfy { abs($0) < 3.5 })
  }

  @Test func `uniform numbers fill the unit interval evenly`() {
    var random = RandomStream(seed: 4, name: "uniform")
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<20_000 { counts[Int(random.uniform() * 10)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 2_000) < 200 })
  }
}
