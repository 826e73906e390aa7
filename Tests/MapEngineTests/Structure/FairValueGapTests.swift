import MapEngine
import Testing

@Suite struct FairValueGapTests {
  /// A bullish gap from 101 to 103 in the middle of bar 1.
  private let bullish: [(Double, Double, Double, Double)] = [
    (100, 101, 99, 100.5), (100.5, 104, 100.5, 103.8), (103.8, 105, 103, 104.5),
  ]

  @Test func `A gap is known at the close of its third bar`() throws {
    var tracker = FairValueGapTracker()
    let bars = StructureBars.bars(bullish)
    #expect(tracker.append(bars[0]).isEmpty)
    #expect(tracker.append(bars[1]).isEmpty)
    #expect(tracker.gaps.isEmpty)
    #expect(tracker.append(bars[2]) == [0])
    let gap = try #require(tracker.gaps.first)
    #expect(gap.direction == .bullish)
    #expect(gap.index == 1)
    #expect(gap.knownAt == 2)
    #expect(gap.bottom == 101)
    #expect(gap.top == 103)
    #expect(gap.mitigation == .open)
  }

  @Test func `A gap is touched, half filled and filled one after another`() throws {
    let bars = StructureBars.bars(
      bullish + [
        (104.5, 105, 103.1, 104), (104, 104, 103, 103.5), (103.5, 104, 102.1, 103),
        (103, 103, 102, 102.5), (102.5, 103, 101.1, 102), (102, 102, 101, 101.5),
      ])
    let gap = try #require(FairValueGapTracker.gaps(in: bars).first)
    #expect(gap.touchedAt == 4)
    #expect(gap.halfFilledAt == 6)
    #expect(gap.filledAt == 8)
    #expect(gap.mitigation == .filled)
  }

  @Test func `One bar can fill a whole gap`() throws {
    let bars = StructureBars.bars(bullish + [(104.5, 104.5, 100, 100.2)])
    let gap = try #require(FairValueGapTracker.gaps(in: bars).first)
    #expect([gap.touchedAt, gap.halfFilledAt, gap.filledAt] == [3, 3, 3])
  }

  @Test func `A gap upside down is bearish and is mitigated from below`() throws {
    let mirrored = (bullish + [(104.5, 105, 101.9, 103)]).map {
      (200 - $0.0, 200 - $0.2, 200 - $0.1, 200 - $0.3)
    }
    let gaps = FairValueGapTracker.gaps(in: StructureBars.bars(mirrored))
    let gap = try #require(gaps.first)
    #expect(gap.direction == .bearish)
    #expect(gap.nearEdge == 97)
    #expect(gap.farEdge == 99)
    #expect(gap.mitigation == .halfFilled)
  }

  @Test func `Bars that share one price leave no gap, nor does a middle bar of no direction`() {
    var touching = bullish
    touching[2].2 = 101
    #expect(FairValueGapTracker.gaps(in: StructureBars.bars(touching)).isEmpty)
    var flat = bullish
    flat[1].3 = flat[1].0
    #expect(FairValueGapTracker.gaps(in: StructureBars.bars(flat)).isEmpty)
  }

  @Test func `Consecutive gaps of one direction join into the last`() throws {
    let bars = StructureBars.bars(
      bullish + [(104.5, 108, 104.2, 107.5), (107.5, 109, 106, 108.5), (108.5, 109, 105.5, 106)])
    #expect(PublishedGaps.gaps(in: bars).map(\.index) == [1, 2, 3])
    let joined = PublishedGaps.joinedGaps(in: bars)
    #expect(joined.count == 1)
    let gap = try #require(joined.first)
    #expect(gap.index == 3)
    #expect(gap.bottom == 101)
    #expect(gap.top == 106)
    #expect(gap.touchedAt == 5)
    #expect(gap.mitigation == .touched)
  }
}
