import MapEngine
import Market
import Testing

@Suite struct SwingTrackerTests {
  @Test func `A swing is known only after its right-hand bars`() throws {
    var tracker = SwingTracker(length: 2)
    let bars = StructureBars.bars(closes: [10, 11, 12, 11, 10, 9])
    for bar in bars { tracker.append(bar) }
    // Bars open at the close before, so that the bar after the summit shares its high.
    #expect(tracker.swings.isEmpty)
    var earliest = SwingTracker(length: 2, ties: .earliest)
    var known: [Int: [Swing]] = [:]
    for (index, bar) in bars.enumerated() { known[index] = earliest.append(bar) }
    let swing = try #require(known[4]?.first)
    #expect(swing.kind == .high)
    #expect(swing.index == 2)
    #expect(swing.price == 12.1)
    #expect(swing.knownAt == 4)
    #expect(earliest.swings == [swing])
  }

  @Test func `An outside bar is a high and a low at once`() {
    let bars = StructureBars.bars([
      (10, 11, 9, 10), (10, 15, 5, 10), (10, 11, 9, 10),
    ])
    let swings = SwingTracker.swings(in: bars, length: 1)
    #expect(swings.map(\.kind) == [.high, .low])
    #expect(swings.map(\.price) == [15, 5])
    #expect(swings.map(\.index) == [1, 1])
  }

  @Test func `Equal highs make no strict swing, or the earliest one`() {
    let bars = StructureBars.bars([
      (10, 11, 9, 10), (10, 12, 9.5, 10), (10, 12, 9.5, 10), (10, 11, 9, 10), (10, 11, 9.2, 10),
    ])
    #expect(SwingTracker.swings(in: bars, length: 1).filter { $0.kind == .high }.isEmpty)
    let earliest = SwingTracker.swings(in: bars, length: 1, ties: .earliest)
    #expect(earliest.filter { $0.kind == .high }.map(\.index) == [1])
  }

  @Test func `Shorts stand above a high, longs below a low`() {
    #expect(Swing.Kind.high.backing == .short)
    #expect(Swing.Kind.low.backing == .long)
  }

  @Test func `Every swing is the extreme of its neighbours on both sides`() throws {
    let bars = try StructureBars.randomWalk(seed: 3, count: 2_000)
    let swings = SwingTracker.swings(in: bars, length: 4)
    #expect(swings.count > 100)
    for swing in swings {
      let others = (swing.index - 4...swing.index + 4).filter { $0 != swing.index }
      if swing.kind == .high {
        #expect(others.allSatisfy { bars[$0].high < swing.price })
      } else {
        #expect(others.allSatisfy { bars[$0].low > swing.price })
      }
    }
  }
}
