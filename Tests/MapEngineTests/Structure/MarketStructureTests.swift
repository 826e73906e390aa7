import MapEngine
import Market
import TestSupport
import Testing

@Suite struct MarketStructureTests {
  /// Structure as it was said when so many bars were known.
  private struct Words: Equatable {
    var swings: [Swing]
    var breaks: [StructureBreak]
    var gaps: [[Int?]]
    var pools: [[Int]]
    var poolEnds: [Int?]
    var sweeps: [LiquiditySweep]

    /// What a structure says, reduced to what the first `count` bars can have told.
    init(_ structure: MarketStructure, asOf count: Int) {
      func known(_ index: Int?) -> Int? { index.flatMap { $0 < count ? $0 : nil } }
      swings = structure.swings.filter { $0.knownAt < count }
      breaks = structure.breaks.filter { $0.brokenAt < count }
      gaps = structure.gaps.filter { $0.knownAt < count }.map {
        [$0.index, known($0.touchedAt), known($0.halfFilledAt), known($0.filledAt)]
      }
      let pools = structure.pools.filter { ($0.knownAt ?? count) < count }
      self.pools = pools.map { $0.swings.filter { $0.knownAt < count }.map(\.index) }
      poolEnds = pools.map { known($0.sweptAt) }
      sweeps = structure.sweeps.filter { $0.returnedAt < count }
    }
  }

  @Test(arguments: [StructureBreak.Rule.close, .wick], SwingTracker.Ties.allCases)
  func `The structure of a prefix is a prefix of the structure`(
    rule: StructureBreak.Rule, ties: SwingTracker.Ties
  ) throws {
    var settings = StructureSettings()
    settings.swingLength = 3
    settings.breakRule = rule
    settings.ties = ties
    settings.poolATRShare = 0.4
    for seed in 1...3 as ClosedRange<UInt64> {
      let bars = try StructureBars.randomWalk(seed: seed, count: 900)
      let whole = MarketStructure(of: bars, settings: settings)
      #expect(!whole.swings.isEmpty && !whole.breaks.isEmpty && !whole.gaps.isEmpty)
      #expect(!whole.pools.isEmpty && !whole.sweeps.isEmpty)
      var growing = MarketStructure(settings: settings)
      for (index, bar) in bars.enumerated() {
        growing.append(bar)
        guard index % 7 == 0 else { continue }
        let now = Words(growing, asOf: .max)
        #expect(now == Words(whole, asOf: index + 1))
      }
    }
  }

  @Test func `What comes later changes nothing of what was said`() throws {
    let bars = try StructureBars.randomWalk(seed: 21, count: 1_200)
    let other = try StructureBars.randomWalk(seed: 22, count: 1_200)
    let one = MarketStructure(of: bars)
    let two = MarketStructure(of: Array(bars[..<600] + other[600...]))
    #expect(Words(one, asOf: 600) == Words(two, asOf: 600))
    #expect(Words(one, asOf: .max) != Words(two, asOf: .max))
  }

  @Test func `Changes add up to the lists`() throws {
    let bars = try StructureBars.randomWalk(seed: 4, count: 1_500)
    var structure = MarketStructure()
    let changes = bars.map { structure.append($0) }
    #expect(structure.count == bars.count)
    #expect(changes.flatMap(\.swings) == structure.swings)
    #expect(changes.flatMap(\.breaks) == structure.breaks)
    #expect(changes.flatMap(\.sweeps) == structure.sweeps)
    #expect(changes.flatMap(\.pools.born) == Array(structure.pools.indices))
    #expect(Set(changes.flatMap(\.gaps)) == Set(structure.gaps.indices))
    let swept = structure.pools.indices.filter { structure.pools[$0].sweptAt != nil }
    #expect(changes.flatMap(\.pools.swept).sorted() == swept)
  }

  @Test func `Structure of the mirrored market is the mirrored structure`() throws {
    let bars = try StructureBars.randomWalk(seed: 9, count: 1_500)
    let mirrored = bars.map {
      PriceBar(
        openTime: $0.openTime, span: $0.span, open: 100_000 - $0.open, high: 100_000 - $0.low,
        low: 100_000 - $0.high, close: 100_000 - $0.close)
    }
    let one = MarketStructure(of: bars)
    let two = MarketStructure(of: mirrored)
    #expect(Set(one.swings.map(\.index)) == Set(two.swings.map(\.index)))
    #expect(one.breaks.map(\.brokenAt) == two.breaks.map(\.brokenAt))
    #expect(one.breaks.map(\.kind) == two.breaks.map(\.kind))
    #expect(one.breaks.map(\.direction) == two.breaks.map(\.direction.opposite))
    #expect(one.gaps.map(\.direction) == two.gaps.map(\.direction.opposite))
    #expect(one.trend == two.trend?.opposite)
    #expect(one.sweeps.map(\.returnedAt).sorted() == two.sweeps.map(\.returnedAt).sorted())
  }

  @Test func `Open gaps are those on the way that are not filled`() {
    let bars = StructureBars.bars([
      (100, 101, 99, 100.5), (100.5, 104, 100.5, 103.8), (103.8, 105, 103, 104.5),
    ])
    let structure = MarketStructure(of: bars)
    #expect(structure.openGaps(from: 90, to: 104).map(\.index) == [1])
    #expect(structure.openGaps(from: 102, to: 102.5).map(\.index) == [1])
    #expect(structure.openGaps(from: 103, to: 104).isEmpty)
  }

  @Test(
    "On real candles the gaps are the published ones and nothing is said too early",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func realCandles() throws {
    let bars = try StructureOracle.bars()
    let structure = MarketStructure(of: bars)
    #expect(structure.gaps == PublishedGaps.gaps(in: bars))
    #expect(structure.swings.allSatisfy { $0.knownAt == $0.index + 5 })
    #expect(structure.breaks.count > 500)
    #expect(structure.pools.count > 50)
    #expect(structure.sweeps.count > 500)
    let half = bars.count / 2
    let prefix = MarketStructure(of: Array(bars[..<half]))
    #expect(Words(prefix, asOf: .max) == Words(structure, asOf: half))
  }
}
