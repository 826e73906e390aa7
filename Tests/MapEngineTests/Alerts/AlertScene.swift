import MapEngine
import Market

/// Observations of a small market that a test writes down, a step each.
struct AlertScene {
  static let bitcoin = Instrument(base: "BTC")
  static let start = Timestamp(milliseconds: 1_722_816_000_000)

  /// A hill of dollars on the map, about a percent wide.
  struct Hill {
    var price: Double
    var usd: Double
    var side: Side

    init(_ side: Side, _ price: Double, _ usd: Double) {
      self.side = side
      self.price = price
      self.usd = usd
    }
  }

  private(set) var engine: AlertEngine
  private(set) var time = AlertScene.start

  init(_ rules: String...) throws {
    engine = AlertEngine(rules: try rules.map { try AlertRule($0) })
  }

  /// A map of hills around a price, read as any map is.
  static func map(
    at price: Double, _ hills: [Hill], bias: Bias.Label? = nil, time: Timestamp = start
  ) -> MapSnapshot {
    let grid = PriceGrid(price: price, rangePercent: 20, count: 400)
    var cells = [Double](repeating: 0, count: grid.count)
    for hill in hills {
      let middle = Int(grid.position(of: hill.price).rounded(.down))
      for (offset, share) in [(-2, 0.1), (-1, 0.2), (0, 0.4), (1, 0.2), (2, 0.1)] {
        let bin = middle + offset
        guard cells.indices.contains(bin), grid.side(of: bin) == hill.side else { continue }
        cells[bin] += hill.usd * share
      }
    }
    let map = LiquidationMap(
      grid: grid,
      layers: [LeverageLayer(label: "any", minLeverage: 1, maxLeverage: .infinity)],
      venues: [.binance], cells: cells)
    let read = MapReader(map: map, atr: price * 0.01).reading()
    let reading = MapReading(
      atr: read.atr, magnets: read.magnets, nearestLong: read.nearestLong,
      nearestShort: read.nearestShort,
      bias: bias.map { Bias(label: $0, fuelLabel: .balanced, reason: "as written") } ?? read.bias,
      fuel: read.fuel)
    return MapSnapshot(
      instrument: bitcoin, timeframe: .days7, rangePercent: 20, source: "scene",
      isSimulated: false, asOf: time, map: map, reading: reading, calibration: .none,
      data: DataQuality(
        first: start - .days(7), last: time, intervals: 10, gaps: 0, quality: .complete))
  }

  /// Lets time pass and observes.
  mutating func see(
    after span: Span = .minutes(1), at price: Double, _ hills: [Hill]? = nil,
    bias: Bias.Label? = nil, traded: ClosedRange<Double>? = nil,
    prints: [LiquidationPrint] = [], healths: [Venue: FeedHealth] = [:],
    isFillingIn: Bool = false
  ) -> [FiredAlert] {
    time = time + span
    let isMapped = hills != nil || bias != nil
    return engine.observe(
      AlertObservation(
        time: time, instrument: Self.bitcoin,
        snapshot: isMapped ? Self.map(at: price, hills ?? [], bias: bias, time: time) : nil,
        price: price, traded: traded, liquidations: prints, healths: healths,
        isFillingIn: isFillingIn))
  }

  mutating func replace(_ change: (inout AlertRule) -> Void) {
    engine.replace(
      engine.rules.map { rule in
        var rule = rule
        change(&rule)
        return rule
      })
  }

  /// A liquidation of now.
  func print(
    _ side: Side, usd: Double, at price: Double = 100, on venue: Venue = .binance,
    ago: Span = .seconds(0)
  ) throws -> LiquidationPrint {
    LiquidationPrint(
      venue: venue,
      try Liquidation(time: time - ago, side: side, price: price, quantity: usd / price))
  }
}
