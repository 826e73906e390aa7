import Market
import RealModule

/// The arrays that a run of intervals only reads.
struct StepArguments {
  let offsets: [Double]
  let smearWeights: [Double]
  let hazards: [Double]
  let input: LaneInput

  /// The same as pointers, valid during `body`.
  func withPointers(_ body: (StepPointers) -> Void) {
    offsets.withUnsafeBufferPointer { offsets in
      smearWeights.withUnsafeBufferPointer { weights in
        hazards.withUnsafeBufferPointer { hazards in
          input.entries.withUnsafeBufferPointer { entries in
            input.lowBins.withUnsafeBufferPointer { lows in
              input.highBins.withUnsafeBufferPointer { highs in
                input.turnover.withUnsafeBufferPointer { turnover in
                  input.openInterest.withUnsafeBufferPointer { interest in
                    guard let offsets = offsets.baseAddress, let weights = weights.baseAddress,
                      let hazards = hazards.baseAddress, let entries = entries.baseAddress,
                      let lows = lows.baseAddress, let highs = highs.baseAddress,
                      let turnover = turnover.baseAddress, let interest = interest.baseAddress
                    else { return }
                    body(
                      StepPointers(
                        offsets: offsets, smearWeights: weights, hazards: hazards,
                        entries: entries, entriesPerInterval: input.entriesPerInterval,
                        lowBins: lows, highBins: highs, turnover: turnover,
                        openInterest: interest))
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

/// What `StepArguments` hands to the kernel.
struct StepPointers {
  let offsets: UnsafePointer<Double>
  let smearWeights: UnsafePointer<Double>
  let hazards: UnsafePointer<Double>
  let entries: UnsafePointer<Double>
  let entriesPerInterval: Int
  let lowBins: UnsafePointer<Int32>
  let highBins: UnsafePointer<Int32>
  let turnover: UnsafePointer<Double>
  let openInterest: UnsafePointer<Double>
}

/// The inner loops of a `LaneBook`, over its borrowed arrays.
struct LaneKernel {
  let side: Side
  let lanes: Int
  let smears: Int
  /// The smear point whose levels stand nearest to the price.
  let nearestSmear: Int
  let bins: Int
  let firstBin: Int
  let steepest: Double
  let levels: UnsafeMutablePointer<Double>
  let older: UnsafeMutablePointer<Double>?
  let inflation: UnsafeMutablePointer<Double>
  let edges: UnsafeMutablePointer<Int32>
  let liquidated: UnsafeMutablePointer<Double>
  let lastLiquidated: UnsafeMutablePointer<Double>
  var carried: Double
  var intervals: Int
  /// Whether the last interval's liquidation flow still stands in `lastLiquidated`.
  var hasFlow = true

  /// Above this the stored amounts are divided down, long before a double overflows.
  private static let inflationLimit = 1e100
  /// Below this exponent six terms give exp to 1e-13.
  private static let seriesLimit = 0.03
  /// 1.5 x 2^52: adding it leaves a double's integer part in its low bits.
  static let integerMagic = 6_755_399_441_055_744.0

  /// Takes `count` intervals, in order.
  mutating func run(_ step: StepPointers, count: Int) {
    let origin = Int32(firstBin)
    let opened = UnsafeMutablePointer<Double>.allocate(capacity: lanes)
    let targets = UnsafeMutablePointer<Int32>.allocate(capacity: lanes * smears)
    defer {
      opened.deallocate()
      targets.deallocate()
    }
    for interval in 0..<count {
      let barrier =
        (side == .long ? step.lowBins[interval] : step.highBins[interval]) &- origin
      cross(barrier)
      closeAndOpen(
        opened, hazards: step.hazards, turnover: step.turnover[interval],
        interest: step.openInterest[interval])
      place(opened, targets, step: step, interval: interval, barrier: barrier)
      carried = step.openInterest[interval]
      intervals += 1
      if intervals & 1023 == 0 { deflate() }
    }
  }

  /// Removes every level at or beyond the crossed bin; the amounts are the liquidation flow.
  private mutating func cross(_ barrier: Int32) {
    // Almost always nothing is crossed: one number tells.
    var nearest = edges[0]
    if side == .long {
      for lane in 0..<lanes { nearest = max(nearest, edges[lane]) }
    } else {
      for lane in 0..<lanes { nearest = min(nearest, edges[lane]) }
    }
    if hasFlow {
      for lane in 0..<lanes { lastLiquidated[lane] = 0 }
      hasFlow = false
    }
    guard side == .long ? nearest >= barrier : nearest <= barrier else { return }
    hasFlow = true
    for lane in 0..<lanes {
      let base = levels + lane * bins
      let olderBase = older.map { $0 + lane * bins }
      var edge = edges[lane]
      var sum = 0.0
      if side == .long {
        while edge >= barrier, edge >= 0 {
          sum += base[Int(edge)]
          base[Int(edge)] = 0
          if let olderBase {
            sum += olderBase[Int(edge)]
            olderBase[Int(edge)] = 0
          }
          edge &-= 1
        }
      } else {
        while edge <= barrier, edge < Int32(bins) {
          sum += base[Int(edge)]
          base[Int(edge)] = 0
          if let olderBase {
            sum += olderBase[Int(edge)]
            olderBase[Int(edge)] = 0
          }
          edge &+= 1
        }
      }
      edges[lane] = edge
      let coins = sum / inflation[lane]
      lastLiquidated[lane] = coins
      liquidated[lane] += coins
    }
  }

  /// Closes each lane by hazard x turnover, scales it down to the open interest where it still
  /// carries more, and says in `opened` what has to be opened, inflated.
  func closeAndOpen(
    _ opened: UnsafeMutablePointer<Double>, hazards: UnsafePointer<Double>, turnover: Double,
    interest: Double
  ) {
    let inverse = 1 / interest
    let carried = carried
    if steepest * turnover < Self.seriesLimit {
      for lane in 0..<lanes {
        let y = hazards[lane] * turnover
        let y2 = y * y * (1.0 / 2)
        let y3 = y2 * y * (1.0 / 3)
        let y4 = y3 * y * (1.0 / 4)
        let y5 = y4 * y * (1.0 / 5)
        let y6 = y5 * y * (1.0 / 6)
        let even = 1 + y2 + y4 + y6
        let odd = y + y3 + y5
        let left = (carried - lastLiquidated[lane]) * (even - odd)
        let wanted = interest - left
        let excess = left * inverse
        let grown = inflation[lane] * (even + odd) * (excess > 1 ? excess : 1)
        inflation[lane] = grown
        opened[lane] = (wanted > 0 ? wanted : 0) * grown
      }
    } else {
      deflate()
      for lane in 0..<lanes {
        // Beyond e^50 nothing is left that a double could still see beside the rest.
        let y = min(hazards[lane] * turnover, 50)
        let left = (carried - lastLiquidated[lane]) * Double.exp(-y)
        let wanted = interest - left
        let excess = left * inverse
        let grown = inflation[lane] * Double.exp(y) * (excess > 1 ? excess : 1)
        inflation[lane] = grown
        opened[lane] = (wanted > 0 ? wanted : 0) * grown
      }
    }
  }

  /// Puts the openings at their levels, never on the crossed side.
  private func place(
    _ opened: UnsafeMutablePointer<Double>, _ targets: UnsafeMutablePointer<Int32>,
    step: StepPointers, interval: Int, barrier: Int32
  ) {
    let origin = Int32(firstBin)
    let share = 1 / Double(step.entriesPerInterval)
    let points = lanes * smears
    for entry in 0..<step.entriesPerInterval {
      // Rounded as absolute bins, so that where the arrays begin can't move a level.
      let price = step.entries[interval * step.entriesPerInterval + entry] - 0.5
      for point in 0..<points {
        let rounded = (step.offsets[point] + price) + Self.integerMagic
        targets[point] = Int32(truncatingIfNeeded: rounded.bitPattern) &- origin
      }
      if side == .long {
        let limit = barrier &- 1
        for point in 0..<points { targets[point] = min(targets[point], limit) }
      } else {
        let limit = barrier &+ 1
        for point in 0..<points { targets[point] = max(targets[point], limit) }
      }
      if smears == 1 {
        for lane in 0..<lanes {
          levels[lane &* bins &+ Int(targets[lane])] += opened[lane] * share
        }
        // A stride that the compiler knows makes vector code.
        updateEdges(targets, stride: 1)
      } else {
        for lane in 0..<lanes {
          let amount = opened[lane] * share
          let base = levels + lane &* bins
          for smear in 0..<smears {
            base[Int(targets[lane &* smears &+ smear])] += amount * step.smearWeights[smear]
          }
        }
        updateEdges(targets + nearestSmear, stride: smears)
      }
    }
  }

  /// Moves each lane's edge to the nearest of its new levels.
  private func updateEdges(_ targets: UnsafeMutablePointer<Int32>, stride: Int) {
    if side == .long {
      for lane in 0..<lanes { edges[lane] = max(edges[lane], targets[lane &* stride]) }
    } else {
      for lane in 0..<lanes { edges[lane] = min(edges[lane], targets[lane &* stride]) }
    }
  }

  /// Divides down the stored amounts of lanes whose inflation has grown large.
  private func deflate() {
    for lane in 0..<lanes where inflation[lane] > Self.inflationLimit {
      let scale = 1 / inflation[lane]
      let base = levels + lane * bins
      for index in 0..<bins { base[index] *= scale }
      if let older {
        let olderBase = older + lane * bins
        for index in 0..<bins { olderBase[index] *= scale }
      }
      inflation[lane] = 1
    }
  }
}
