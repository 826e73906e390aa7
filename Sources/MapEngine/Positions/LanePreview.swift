import Market

/// What one more interval would make of the lanes of a side, without a copy of them: what it would
/// cross, how far each lane would close, and what would be opened where.
struct LanePreview: Sendable {
  /// The absolute bin that is crossed with everything beyond it.
  private let barrier: Int
  /// What each lane's coins would be divided by, on top of its inflation.
  private let growth: [Double]
  /// Coins that would be opened, at `point * lanes + lane`.
  private let opened: [Double]
  /// The absolute bins that they would stand in.
  private let bins: [Int]

  /// What the one interval of `input` would make of `lanes`. The order of events and every formula
  /// are those of `LaneKernel`.
  init(_ lanes: LaneBook, input: LaneInput) {
    precondition(input.count == 1, "one interval")
    let side = lanes.side
    let barrier = Int(side == .long ? input.lowBins[0] : input.highBins[0])
    var crossed = (0..<lanes.lanes).map { lanes.crossed(lane: $0, barrier: barrier) }
    // Nothing has grown yet, so that nothing is ever divided down.
    var growth = [Double](repeating: 1, count: lanes.lanes)
    var wanted = [Double](repeating: 0, count: lanes.lanes)
    Self.close(lanes, crossed: &crossed, growth: &growth, wanted: &wanted, input: input)
    let points = input.entriesPerInterval * lanes.smears
    var opened = [Double](repeating: 0, count: points * lanes.lanes)
    var bins = [Int](repeating: 0, count: opened.count)
    let limit = side == .long ? barrier - 1 : barrier + 1
    let share = 1 / Double(input.entriesPerInterval)
    for entry in 0..<input.entriesPerInterval {
      let price = input.entries[entry] - 0.5
      for smear in 0..<lanes.smears {
        let start = (entry * lanes.smears + smear) * lanes.lanes
        for lane in 0..<lanes.lanes {
          let rounded =
            (lanes.offsets[lane * lanes.smears + smear] + price) + LaneKernel.integerMagic
          let bin = Int(Int32(truncatingIfNeeded: rounded.bitPattern))
          bins[start + lane] = side == .long ? min(bin, limit) : max(bin, limit)
          opened[start + lane] =
            wanted[lane] / growth[lane] * share * lanes.smearWeights[smear]
        }
      }
    }
    self.barrier = barrier
    self.growth = growth
    self.opened = opened
    self.bins = bins
  }

  /// Closes lanes of which nothing but the amounts is known.
  private static func close(
    _ lanes: LaneBook, crossed: inout [Double], growth: inout [Double], wanted: inout [Double],
    input: LaneInput
  ) {
    var nothing = 0.0
    var edge: Int32 = 0
    lanes.hazards.withUnsafeBufferPointer { hazards in
      crossed.withUnsafeMutableBufferPointer { crossed in
        growth.withUnsafeMutableBufferPointer { growth in
          wanted.withUnsafeMutableBufferPointer { wanted in
            guard let hazards = hazards.baseAddress, let crossed = crossed.baseAddress,
              let growth = growth.baseAddress, let wanted = wanted.baseAddress
            else { return }
            withUnsafeMutablePointer(to: &nothing) { levels in
              withUnsafeMutablePointer(to: &edge) { edges in
                let kernel = LaneKernel(
                  side: lanes.side, lanes: lanes.lanes, smears: lanes.smears,
                  nearestSmear: lanes.nearestSmear, bins: 0, firstBin: 0,
                  steepest: lanes.steepest, levels: levels, older: nil, inflation: growth,
                  edges: edges, liquidated: crossed, lastLiquidated: crossed,
                  carried: lanes.carried, intervals: lanes.intervals)
                kernel.closeAndOpen(
                  wanted, hazards: hazards, turnover: input.turnover[0],
                  interest: input.openInterest[0])
              }
            }
          }
        }
      }
    }
  }

  /// Adds `weight` times what a lane would hold within `range` of absolute bins to `sum`, whose
  /// first element stands for the range's first bin.
  func add(
    _ lanes: LaneBook, lane: Int, weight: Double, range: Range<Int>, to sum: inout [Double]
  ) {
    let left =
      lanes.side == .long
      ? Int.min..<barrier : barrier + 1..<Int.max
    lanes.add(
      lane: lane, weight: weight, range: range, within: left, growth: growth[lane], to: &sum)
    for index in stride(from: lane, to: bins.count, by: lanes.lanes)
    where range.contains(bins[index]) {
      sum[bins[index] - range.lowerBound] += weight * opened[index]
    }
  }
}

extension LaneBook {
  /// Coins of a lane at or beyond an absolute bin: what an interval crosses that reaches there.
  fileprivate func crossed(lane: Int, barrier: Int) -> Double {
    let nearest = firstBin + Int(edges[lane])
    let range =
      side == .long ? barrier..<max(barrier, nearest + 1) : nearest..<max(nearest, barrier + 1)
    let held = range.clamped(to: firstBin..<firstBin + bins)
    guard !held.isEmpty else { return 0 }
    let start = lane * bins - firstBin
    var sum = 0.0
    for bin in held { sum += levels[start + bin] }
    if !older.isEmpty { for bin in held { sum += older[start + bin] } }
    return sum / inflation[lane]
  }
}

/// A venue's positions as one more interval would leave them.
struct BookPreview: Sendable {
  /// The interval.
  let interval: MarketInterval
  private let long: LanePreview
  private let short: LanePreview

  /// What an interval would make of a book that has taken at least one.
  init(_ book: PositionBook, interval: MarketInterval) {
    precondition(book.last != nil, "a book that stands")
    let input = LaneInput([interval], binWidth: book.binWidth)
    self.interval = interval
    long = LanePreview(book.book(.long), input: input)
    short = LanePreview(book.book(.short), input: input)
  }

  /// The sum over `components` of share x coins by level within `range` of absolute bins.
  func stock(
    of book: PositionBook, _ side: Side, components: [Int], shares: [Double], range: Range<Int>
  ) -> [Double] {
    var sum = [Double](repeating: 0, count: range.count)
    let lanes = book.book(side)
    let preview = side == .long ? long : short
    for index in components {
      preview.add(lanes, lane: index, weight: shares[index], range: range, to: &sum)
    }
    return sum
  }
}
