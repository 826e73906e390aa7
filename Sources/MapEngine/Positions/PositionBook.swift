import Market
import RealModule

/// The standing positions of one venue, inferred: unit maps of both sides by component.
///
/// Every contract has a long and a short, so each side carries the whole one-sided open
/// interest at all times, in coins.
public struct PositionBook: Hashable, Sendable {
  /// The venue whose margin rules place the levels.
  public let venue: Venue
  /// The components that the venue offers, lowest leverage first.
  public let components: [LeverageComponent]
  /// The width of a bin in log price.
  public let binWidth: Double
  private var long: LaneBook
  private var short: LaneBook
  /// The last interval taken; nil before the first.
  public private(set) var last: MarketInterval?
  /// Whether the first interval is still to be met with a stationary stock.
  private var awaitsStock: Bool
  /// The log distances from entry to level by component and smear point, and the weights of the
  /// points, for the stationary stock.
  private let offsets: [Side: [[Double]]]
  private let smearWeights: [Double]

  /// The engine's own bins: 4 basis points, fine enough for the nearest layer, which stands
  /// about 60 away.
  public static let standardBinWidth = 0.0004

  /// An empty book. A component whose leverage the table doesn't offer is left out. With
  /// `isSeeded`, open interest that stood before the first interval is spread as a stationary
  /// stock; without, it opens at the first interval.
  public init(
    venue: Venue, table: MaintenanceTable, components: [LeverageComponent] = StockPrior.components,
    smear: [(factor: Double, weight: Double)] = StockPrior.smear,
    binWidth: Double = PositionBook.standardBinWidth, isSeeded: Bool = true
  ) {
    let offered = components.compactMap { component in
      table.modelledRate(leverage: component.leverage).map { (component, $0) }
    }
    func distances(_ side: Side) -> [[Double]] {
      offered.map { component, rate in
        smear.map { point in
          Self.logDistance(
            side: side, margin: point.factor / component.leverage, rate: rate)
        }
      }
    }
    self.init(
      venue: venue, components: offered.map(\.0),
      offsets: [
        .long: distances(.long), .short: distances(.short),
      ], smearWeights: smear.map(\.weight), binWidth: binWidth, isSeeded: isSeeded)
  }

  /// An empty book whose levels stand at the given log distances from entry, per component and
  /// smear point: negative for longs.
  package init(
    venue: Venue, components: [LeverageComponent], offsets: [Side: [[Double]]],
    smearWeights: [Double], binWidth: Double, isSeeded: Bool
  ) {
    self.venue = venue
    self.components = components
    self.binWidth = binWidth
    awaitsStock = isSeeded
    self.offsets = offsets
    self.smearWeights = smearWeights
    let hazards = components.map(\.hazard)
    long = LaneBook(
      side: .long, binWidth: binWidth, offsets: offsets[.long] ?? [], smearWeights: smearWeights,
      hazards: hazards)
    short = LaneBook(
      side: .short, binWidth: binWidth, offsets: offsets[.short] ?? [],
      smearWeights: smearWeights, hazards: hazards)
  }

  /// The natural logarithm of liquidation price over entry, for a position whose margin is that
  /// fraction of its value: linear, valued at mark, P = E (1 - s m) / (1 - s r), r being the
  /// maintenance rate with the fee that the venue counts.
  static func logDistance(side: Side, margin: Double, rate: Double) -> Double {
    // A margin of the whole value leaves nothing to lose; its level is as far as a grid goes.
    let left = max(1 - side.sign * margin, 1e-3)
    return Double.log(left / (1 - side.sign * rate))
  }

  /// Takes intervals in order of time. The result is the same to the last bit whatever the sizes
  /// of the batches that they come in.
  public mutating func append(_ intervals: ArraySlice<MarketInterval>) {
    guard let first = intervals.first else { return }
    seedOnce(at: first)
    let input = LaneInput(intervals, binWidth: binWidth)
    long.append(input)
    short.append(input)
    last = intervals.last
  }

  /// Takes intervals in order of time, like the slice's twin.
  public mutating func append(_ intervals: [MarketInterval]) {
    append(intervals[...])
  }

  /// From now on what opens is told apart from what stands: the map shows only the former.
  /// `next` is the interval to come: before the first one, its stock is what stands.
  public mutating func beginWindow(at next: MarketInterval?) {
    if let next { seedOnce(at: next) }
    long.markOlder()
    short.markOlder()
  }

  /// The mark price of the last interval in the quote currency: its close, held within the mark's
  /// range where that is known.
  public var mark: Double? { last.map(\.mark) }

  /// Coins that a component carries on a side: the open interest of the last interval.
  public func total(_ side: Side, component: Int) -> Double {
    book(side).total(lane: component)
  }

  /// Coins of a component by level, from absolute bin `first` on (bin b spans
  /// exp(b w) ..< exp((b + 1) w)), opened since the window began.
  public func levels(_ side: Side, component: Int) -> (first: Int, coins: [Double]) {
    (book(side).firstBin, book(side).coins(lane: component))
  }

  /// Coins of a component liquidated so far.
  public func liquidated(_ side: Side, component: Int) -> Double {
    book(side).liquidated[component]
  }

  /// Coins of a component liquidated in the last interval.
  public func lastLiquidated(_ side: Side, component: Int) -> Double {
    book(side).lastLiquidated[component]
  }

  /// Coins liquidated so far by component: longs first, then shorts.
  var crossed: [Double] { long.liquidated + short.liquidated }

  /// The sum over `components` of share x coins by level within `range` of absolute bins.
  func stock(
    _ side: Side, components indices: [Int], shares: [Double], range: Range<Int>
  ) -> [Double] {
    var sum = [Double](repeating: 0, count: range.count)
    for index in indices {
      book(side).add(lane: index, weight: shares[index], range: range, to: &sum)
    }
    return sum
  }

  /// The lanes of a side.
  func book(_ side: Side) -> LaneBook { side == .long ? long : short }
}

extension PositionBook {
  /// Meets the first interval with the stock that stood before it, whose entries nobody knows.
  private mutating func seedOnce(at interval: MarketInterval) {
    guard awaitsStock else { return }
    awaitsStock = false
    let bin = Int((Double.log(interval.open) / binWidth).rounded(.down))
    let coins = max(interval.openInterest, LaneInput.leastOpenInterest)
    func shares(_ side: Side) -> [[Double]] {
      zip(components, offsets[side] ?? []).map { component, offsets in
        StationaryStock.shares(
          distances: zip(offsets, smearWeights).map { (abs($0), $1) }, hazard: component.hazard,
          binWidth: binWidth)
      }
    }
    long.seed(coins: coins, bin: bin, shares: shares(.long))
    short.seed(coins: coins, bin: bin, shares: shares(.short))
  }
}
