import Market
import RealModule

/// The unit maps of one side on one venue: each lane (component) carries the whole open interest,
/// spread over the liquidation levels at which its positions would stand.
///
/// Every interval, in this order: levels that the price crossed leave; the rest closes on the
/// volume clock, or in proportion to a fall of open interest; what open interest then asks for is
/// opened at the interval's price, on the uncrossed side. Nothing opened earlier is re-priced.
///
/// Closing never touches a level: amounts are stored multiplied by the lane's `inflation`, which
/// grows as the lane closes. So an interval costs O(lanes), and each level is inserted and removed
/// once (the method and its measure: lanes of structure-of-arrays, about 2 ns an update).
struct LaneBook: Hashable, Sendable {
  /// The side whose levels stand here.
  let side: Side
  /// The width of a bin in log price.
  let binWidth: Double
  /// The number of lanes.
  let lanes: Int
  /// The number of levels over which an opening is smeared.
  let smears: Int

  /// The log distance from entry to level, in bins, at `lane * smears + smear`.
  let offsets: [Double]
  /// The share of an opening of each smear point.
  let smearWeights: [Double]
  /// Closing hazard of each lane per unit of turnover.
  let hazards: [Double]
  /// The steepest hazard: it decides whether the short series for exp will do.
  let steepest: Double
  /// The smear point whose levels stand nearest to the price, the same one in every lane.
  let nearestSmear: Int
  /// The reach of the offsets, in whole bins beyond an entry.
  private let reach: ClosedRange<Int>

  /// The absolute bin of index zero, and the number of bins that the arrays hold.
  private(set) var firstBin = 0
  private(set) var bins = 0
  /// Inflated coins at `lane * bins + index`, opened since the mark (or ever).
  private(set) var levels: [Double] = []
  /// Inflated coins opened before the mark; empty while none is set.
  private(set) var older: [Double] = []
  /// What stored coins must be divided by, for each lane.
  private(set) var inflation: [Double]
  /// The index of the level nearest to the price, for each lane.
  private(set) var edges: [Int32]
  /// Coins that left by being crossed, in all, for each lane.
  private(set) var liquidated: [Double]
  /// Coins that left by being crossed in the last interval, for each lane.
  private(set) var lastLiquidated: [Double]
  /// Coins that each lane carries: the open interest of the last interval.
  private(set) var carried = 0.0
  /// Intervals seen.
  private(set) var intervals = 0

  /// Empty lanes. `offsets` are log distances from entry to level (negative for longs), one per
  /// lane and smear point; the hazards are per unit of turnover.
  init(
    side: Side, binWidth: Double, offsets: [[Double]], smearWeights: [Double], hazards: [Double]
  ) {
    precondition(offsets.count == hazards.count, "a hazard for each lane")
    precondition(offsets.allSatisfy { $0.count == smearWeights.count }, "a weight for each smear")
    self.side = side
    self.binWidth = binWidth
    lanes = hazards.count
    smears = smearWeights.count
    self.offsets = offsets.flatMap { $0.map { $0 / binWidth } }
    self.smearWeights = smearWeights
    self.hazards = hazards
    steepest = hazards.max() ?? 0
    let nearest = offsets.map { points in
      points.indices.min { abs(points[$0]) < abs(points[$1]) } ?? 0
    }
    nearestSmear = nearest.first ?? 0
    precondition(nearest.allSatisfy { $0 == nearest.first }, "one order of the smear points")
    let low = Int((self.offsets.min() ?? 0).rounded(.down)) - 2
    let high = Int((self.offsets.max() ?? 0).rounded(.up)) + 2
    reach = low...max(high, low)
    inflation = [Double](repeating: 1, count: lanes)
    edges = [Int32](repeating: 0, count: lanes)
    liquidated = [Double](repeating: 0, count: lanes)
    lastLiquidated = [Double](repeating: 0, count: lanes)
  }

  /// From now on openings are told apart from everything that stands already.
  mutating func markOlder() {
    if older.isEmpty {
      older = levels
    } else {
      for index in levels.indices { older[index] += levels[index] }
    }
    for index in levels.indices { levels[index] = 0 }
  }

  /// Fills the empty lanes with a stock of `coins` each. `shares[lane]` is the part of it in each
  /// bin, counted outwards from the price, which stands at absolute bin `bin`.
  mutating func seed(coins: Double, bin: Int, shares: [[Double]]) {
    let away = side == .long ? -1 : 1
    let bound = shares.map(\.count).max() ?? 0
    makeRoom(for: min(bin, bin + away * bound)...max(bin, bin + away * bound))
    for lane in 0..<lanes {
      for (step, share) in shares[lane].enumerated() {
        levels[lane * bins + bin + away * (step + 1) - firstBin] += coins * share
      }
      edges[lane] = Int32(bin + away - firstBin)
    }
    carried = coins
  }

  /// Coins of a lane by absolute bin, opened since the mark (all where none is set).
  func coins(lane: Int) -> [Double] {
    let scale = 1 / inflation[lane]
    return levels[lane * bins..<(lane + 1) * bins].map { $0 * scale }
  }

  /// Adds `weight` times the coins of a lane within `range` of absolute bins to `sum`, whose
  /// first element stands for the range's first bin. Levels outside of `bounds` are left out; with
  /// `growth` the lane has closed by so much more since.
  func add(
    lane: Int, weight: Double, range: Range<Int>, within bounds: Range<Int> = .min..<(.max),
    growth: Double = 1, to sum: inout [Double]
  ) {
    var held = range.clamped(to: bounds).clamped(to: firstBin..<firstBin + bins)
    // Beyond the level nearest to the price a lane is empty.
    let nearest = firstBin + Int(edges[lane])
    held = held.clamped(to: side == .long ? Int.min..<nearest + 1 : nearest..<Int.max)
    guard !held.isEmpty else { return }
    let scale = weight / (inflation[lane] * growth)
    let start = lane * bins + held.lowerBound - firstBin
    let offset = held.lowerBound - range.lowerBound
    // Plain loops over buffers, which the optimiser turns into vector code.
    levels.withUnsafeBufferPointer { levels in
      sum.withUnsafeMutableBufferPointer { sum in
        for index in 0..<held.count { sum[offset &+ index] += levels[start &+ index] * scale }
      }
    }
  }

  /// Coins of a lane, older than the mark and since.
  func total(lane: Int) -> Double {
    let range = lane * bins..<(lane + 1) * bins
    let since = levels[range].reduce(0, +)
    let before = older.isEmpty ? 0 : older[range].reduce(0, +)
    return (since + before) / inflation[lane]
  }

  /// Takes the intervals of `input`, in order.
  mutating func append(_ input: LaneInput) {
    guard input.count > 0 else { return }
    makeRoom(for: extent(of: input))
    let arguments = StepArguments(
      offsets: offsets, smearWeights: smearWeights, hazards: hazards, input: input)
    let hasOlder = !older.isEmpty
    // One exclusive borrow a batch; inside, plain loops over pointers, which the optimiser
    // turns into vector code. Swift's SIMD types were measured six times slower here.
    levels.withUnsafeMutableBufferPointer { levels in
      older.withUnsafeMutableBufferPointer { older in
        inflation.withUnsafeMutableBufferPointer { inflation in
          edges.withUnsafeMutableBufferPointer { edges in
            liquidated.withUnsafeMutableBufferPointer { liquidated in
              lastLiquidated.withUnsafeMutableBufferPointer { last in
                guard let levelBase = levels.baseAddress,
                  let inflationBase = inflation.baseAddress, let edgeBase = edges.baseAddress,
                  let liquidatedBase = liquidated.baseAddress, let lastBase = last.baseAddress
                else { return }
                var kernel = LaneKernel(
                  side: side, lanes: lanes, smears: smears, nearestSmear: nearestSmear, bins: bins,
                  firstBin: firstBin,
                  steepest: steepest, levels: levelBase,
                  older: hasOlder ? older.baseAddress : nil, inflation: inflationBase,
                  edges: edgeBase, liquidated: liquidatedBase, lastLiquidated: lastBase,
                  carried: carried, intervals: intervals)
                arguments.withPointers { kernel.run($0, count: input.count) }
                carried = kernel.carried
                intervals = kernel.intervals
              }
            }
          }
        }
      }
    }
  }

  /// The absolute bins that the openings of `input` can touch.
  private func extent(of input: LaneInput) -> ClosedRange<Int> {
    let low = Int(input.lowest.rounded(.down))
    let high = Int(input.highest.rounded(.up))
    return min(low + reach.lowerBound, low - 2)...max(high + reach.upperBound, high + 2)
  }

  /// Grows the arrays so that they hold `wanted` bins, with room to spare so that a drifting
  /// price seldom asks again.
  private mutating func makeRoom(for wanted: ClosedRange<Int>) {
    if bins > 0, wanted.lowerBound >= firstBin, wanted.upperBound < firstBin + bins { return }
    let spare = 256
    let low = bins == 0 ? wanted.lowerBound - spare : min(firstBin, wanted.lowerBound - spare)
    let high =
      bins == 0
      ? wanted.upperBound + spare : max(firstBin + bins - 1, wanted.upperBound + spare)
    let count = high - low + 1
    func moved(_ old: [Double]) -> [Double] {
      var new = [Double](repeating: 0, count: lanes * count)
      for lane in 0..<lanes {
        for index in 0..<bins {
          new[lane * count + index + firstBin - low] = old[lane * bins + index]
        }
      }
      return new
    }
    let shift = Int32(bins == 0 ? 0 : firstBin - low)
    levels = moved(levels)
    if !older.isEmpty { older = moved(older) }
    for lane in 0..<lanes {
      // An empty lane's nearest level is as far away as it can be.
      edges[lane] = bins == 0 ? (side == .long ? 0 : Int32(count - 1)) : edges[lane] + shift
    }
    firstBin = low
    bins = count
  }
}
