import MapEngine
import Testing

@Suite struct BreakTrackerTests {
  private func tracker(
    _ turns: [Double], rule: StructureBreak.Rule = .close
  ) -> BreakTracker {
    var swings = SwingTracker(length: 2, ties: .earliest)
    var tracker = BreakTracker(rule: rule)
    for bar in StructureBars.zigzag(turns) {
      tracker.append(bar, confirming: swings.append(bar))
    }
    return tracker
  }

  @Test func `With the trend structure breaks, against it character changes`() {
    let tracker = tracker([10, 14, 12, 16, 14, 18, 13])
    let breaks = tracker.breaks
    #expect(breaks.map(\.kind) == [.breakOfStructure, .breakOfStructure, .changeOfCharacter])
    #expect(breaks.map(\.direction) == [.bullish, .bullish, .bearish])
    #expect(breaks.map(\.brokenAt) == [11, 19, 24])
    #expect(breaks.map(\.swingIndex) == [4, 12, 16])
    #expect(breaks.map(\.level) == [14.1, 16.1, 13.9])
    #expect(tracker.trend == .bearish)
  }

  @Test func `A level breaks once and its side then waits for a new swing`() {
    let tracker = tracker([10, 14, 12, 20])
    #expect(tracker.breaks.map(\.brokenAt) == [10])
    #expect(tracker.high == nil)
    #expect(tracker.low?.index == 8)
  }

  @Test func `A wick beyond a level is no break of the close`() {
    let turns = [10, 14, 12, 14.05, 12.5]
    #expect(tracker(turns).breaks.isEmpty)
    #expect(tracker(turns, rule: .wick).breaks.map(\.brokenAt) == [12])
  }

  @Test func `A break needs a swing that was confirmed before it`() throws {
    let bars = try StructureBars.randomWalk(seed: 11, count: 3_000)
    var swings = SwingTracker(length: 3)
    var tracker = BreakTracker()
    for bar in bars { tracker.append(bar, confirming: swings.append(bar)) }
    #expect(tracker.breaks.count > 50)
    var trend: MarketDirection?
    for found in tracker.breaks {
      let swing = try #require(
        swings.swings.first {
          $0.index == found.swingIndex && $0.kind.outwards == found.direction
        })
      #expect(swing.knownAt < found.brokenAt)
      #expect(
        swing.kind == .high
          ? bars[found.brokenAt].close > found.level : bars[found.brokenAt].close < found.level)
      let isAgainst = trend != nil && trend != found.direction
      #expect(found.kind == (isAgainst ? .changeOfCharacter : .breakOfStructure))
      trend = found.direction
    }
  }
}
