import Foundation
import Market
import Testing

@testable import MapEngine

extension DistanceBins {
  /// Bins with those dollars in them, by index.
  init(mark: Double = 100, long: [Int: Double] = [:], short: [Int: Double] = [:]) {
    self.init(mark: mark)
    for (bin, usd) in long {
      add(usd, side: .long, price: mark * (1 - (Double(bin) + 0.5) * Self.width))
    }
    for (bin, usd) in short {
      add(usd, side: .short, price: mark * (1 + (Double(bin) + 0.5) * Self.width))
    }
  }
}

@Suite("Scores on known positions")
struct AccuracyScoreTests {
  @Test("A level falls into the quarter percent of its distance, an edge into the farther one")
  func binning() {
    var bins = DistanceBins(mark: 200)
    bins.add(1, side: .long, price: 199.9)
    bins.add(2, side: .long, price: 199.5)
    bins.add(4, side: .long, price: 180)
    bins.add(8, side: .short, price: 220)
    bins.add(16, side: .short, price: 239.99)
    // Crossed, and too far: not held.
    bins.add(32, side: .long, price: 200.1)
    bins.add(32, side: .short, price: 199.9)
    bins.add(32, side: .short, price: 240)
    bins.add(32, side: .long, price: 160)
    #expect(bins.long[0] == 1 && bins.long[1] == 2 && bins.long[40] == 4)
    #expect(bins.short[40] == 8 && bins.short[79] == 16)
    #expect(bins.total(.long) == 7 && bins.total(.short) == 24)
    #expect(bins.total(.long, bins: 40) == 3)
  }

  @Test("Spreading dollars over prices conserves what lies within the bins")
  func spreading() {
    var bins = DistanceBins(mark: 100)
    bins.spread(10, side: .short, low: 100.125, high: 100.625)
    #expect(abs(bins.short[0] - 2.5) < 1e-9)
    #expect(abs(bins.short[1] - 5) < 1e-9)
    #expect(abs(bins.short[2] - 2.5) < 1e-9)
    bins.spread(10, side: .long, low: 79, high: 81)
    #expect(abs(bins.total(.long) - 5) < 1e-9)
    bins.spread(4, side: .long, low: 99.5, high: 100.5)
    #expect(abs(bins.total(.long) - 7) < 1e-9)
    bins.spread(3, side: .short, low: 130, high: 140)
    #expect(abs(bins.total(.short) - 10) < 1e-9)
    bins.spread(1, side: .short, low: 110.01, high: 110.01)
    #expect(bins.short[40] == 1)
  }

  @Test("A map is re-binned by distance with its dollars conserved")
  func mapRebinning() {
    let grid = PriceGrid(price: 100, rangePercent: 15, count: 300)
    let cells = (0..<grid.count).map { Double($0 % 7) }
    let map = LiquidationMap(
      grid: grid, layers: [LeverageLayer(label: "all", minLeverage: 1, maxLeverage: .infinity)],
      venues: [.binance], cells: cells)
    let bins = DistanceBins(mark: 100, map: map)
    for side in Side.allCases {
      #expect(abs(bins.total(side) - map.total(side)) < 1e-6)
    }
  }

  @Test("Known positions are dollars at their liquidation prices")
  func truth() {
    let positions = [
      StandingPosition(
        venue: .simulatedA, side: .long, quantity: 2, liquidationPrice: 99.9,
        effectiveLeverage: 100),
      StandingPosition(
        venue: .simulatedB, side: .short, quantity: 3, liquidationPrice: 101,
        effectiveLeverage: 50),
    ]
    let bins = DistanceBins(mark: 100, positions: positions)
    #expect(bins.long[0] == 199.8 && bins.short[4] == 303)
  }

  @Test("Earth mover's distance of a shifted spike is the shift, in percent of the mark")
  func shiftedSpike() throws {
    let scores = try #require(
      PositionScores(
        truth: DistanceBins(long: [3: 5]), estimate: DistanceBins(long: [11: 70])))
    #expect(abs(try #require(scores.emd10) - 2) < 1e-12)
    #expect(abs(try #require(scores.emd20) - 2) < 1e-12)
    // One place is the wrong spike's; the other seven are shared by the 79 empty bins.
    #expect(abs(try #require(scores.top8) - 7.0 / 79) < 1e-12)
  }

  @Test("Half of the dollars moved by one percent cost half a percent; sides are averaged")
  func movedHalf() throws {
    let scores = try #require(
      PositionScores(
        truth: DistanceBins(long: [0: 1, 4: 1], short: [9: 4]),
        estimate: DistanceBins(long: [0: 8], short: [9: 1])))
    #expect(abs(try #require(scores.emd10) - 0.25) < 1e-12)
  }

  @Test("The nearer range normalises within itself; a side that is empty there is left out")
  func ranges() throws {
    let scores = try #require(
      PositionScores(
        truth: DistanceBins(long: [0: 1, 60: 1], short: [70: 1]),
        estimate: DistanceBins(long: [0: 1], short: [70: 1])))
    #expect(scores.emd10 == 0)
    // Half of the longs by 60 bins of 0.25 %, shorts exact.
    #expect(abs(try #require(scores.emd20) - 3.75) < 1e-12)
    let far = try #require(
      PositionScores(
        truth: DistanceBins(short: [70: 1]), estimate: DistanceBins(short: [70: 1])))
    #expect(far.emd10 == nil && far.logFactor5 == nil && far.emd20 == 0)
    #expect(
      PositionScores(truth: DistanceBins(mark: 100), estimate: DistanceBins(long: [1: 1])) == nil)
  }

  @Test("Ranks share their mean where values tie, and the correlation follows by hand")
  func ranks() {
    #expect(PositionScores.ranks([1, 2, 2, 5]) == [1, 2.5, 2.5, 4])
    #expect(PositionScores.ranks([7, 7, 7]) == [2, 2, 2])
    let rho = PositionScores.rankCorrelation([1, 2, 2, 5], [1, 3, 2, 4])
    #expect(abs(rho - 4.5 / 22.5.squareRoot()) < 1e-12)
    #expect(PositionScores.rankCorrelation([1, 2, 3], [9, 5, 1]) == -1)
    #expect(PositionScores.rankCorrelation([1, 2, 3], [4, 4, 4]) == 0)
  }

  @Test("A map that is right but for its scale is right in place and off by its factor")
  func scaledMap() throws {
    var long: [Int: Double] = [:]
    var short: [Int: Double] = [:]
    for bin in 0..<80 {
      long[bin] = Double((bin * 37) % 81) + 1
      short[bin] = Double((bin * 53) % 83) + 1
    }
    let scores = try #require(
      PositionScores(
        truth: DistanceBins(long: long, short: short),
        estimate: DistanceBins(
          long: long.mapValues { $0 * 3 }, short: short.mapValues { $0 / 3 })))
    #expect(abs(try #require(scores.emd10)) < 1e-9)
    #expect(abs(try #require(scores.emd20)) < 1e-9)
    #expect(abs(try #require(scores.rho) - 1) < 1e-12)
    #expect(abs(try #require(scores.top8) - 1) < 1e-12 && scores.hit8 == 1)
    #expect(abs(try #require(scores.logFactor5) - log(3)) < 1e-9)
    #expect(abs(try #require(scores.logFactor20) - log(3)) < 1e-9)
  }

  @Test("The densest eight: by hand, and shared evenly among bins that tie for the last places")
  func densest() throws {
    var falling: [Int: Double] = [:]
    var rising: [Int: Double] = [:]
    var flat: [Int: Double] = [:]
    for bin in 0..<80 {
      falling[bin] = Double(80 - bin)
      rising[bin] = Double(bin + 1)
      flat[bin] = 1
    }
    let truth = DistanceBins(short: falling)
    let reversed = try #require(PositionScores(truth: truth, estimate: DistanceBins(short: rising)))
    #expect(abs(try #require(reversed.top8) - 36.0 / 612) < 1e-12)
    #expect(reversed.hit8 == 0 && reversed.rho == -1)
    let level = try #require(PositionScores(truth: truth, estimate: DistanceBins(short: flat)))
    #expect(abs(try #require(level.top8) - 324.0 / 612) < 1e-12)
    #expect(abs(try #require(level.hit8) - 0.1) < 1e-12 && level.rho == 0)
  }

  @Test("An empty estimate scores as a flat one in place, and a millionth in dollars")
  func emptyEstimate() throws {
    let truth = DistanceBins(long: [2: 5, 17: 3, 44: 2])
    let flat = DistanceBins(long: Dictionary(uniqueKeysWithValues: (0..<80).map { ($0, 1) }))
    let empty = try #require(
      PositionScores(truth: truth, estimate: DistanceBins(mark: 100)))
    let level = try #require(PositionScores(truth: truth, estimate: flat))
    #expect(empty.emd10 == level.emd10 && empty.emd20 == level.emd20)
    #expect(try #require(level.emd10) > 1)
    #expect(empty.rho == 0 && empty.det == 0 && empty.hit8 == level.hit8)
    #expect(abs(try #require(empty.logFactor5) - log(1e6)) < 1e-9)
  }

  @Test("What is left beside the mean profile tells dense bins from thin ones")
  func detail() throws {
    // Twice as much in bin 0 as in bin 1 on the mean, and at each moment one of them is above it.
    let truths = [DistanceBins(long: [0: 7, 1: 1]), DistanceBins(long: [0: 4, 1: 4])]
    let right = [DistanceBins(long: [0: 70, 1: 30]), DistanceBins(long: [0: 50, 1: 50])]
    let wrong = [DistanceBins(long: [0: 50, 1: 50]), DistanceBins(long: [0: 70, 1: 30])]
    for scores in PositionScores.series(truths: truths, estimates: right) {
      #expect(abs(try #require(scores?.det) - 1) < 1e-12)
    }
    for scores in PositionScores.series(truths: truths, estimates: wrong) {
      #expect(abs(try #require(scores?.det) + 1) < 1e-12)
      #expect(try #require(scores?.rho) > 0.8)
    }
    #expect(PositionScores.meanProfile(truths)[0] == 0.6875)
  }
}
