import LiveMap
import MapEngine
import Market

/// A map as JSON. Keys are snake case, times milliseconds since 1970 UTC, numbers unrounded.
struct SnapshotDocument: Encodable {
  let snapshot: MapSnapshot
  /// How the venues stand that feed it; empty where the source isn't live.
  let feeds: [VenueState]
  /// What it means to a trader; nil leaves it out.
  var insight: MapInsight?
  /// What would become of a position on it; nil where none was asked about.
  var position: PositionCheck?

  private enum Key: String, CodingKey {
    case instrument, venues, timeframe, source, simulated, calibration, price, bias, magnet, magnets
    case layers, bins, cumulative, data, atr, fuel, feeds, meaning, position
    case totalBands = "total_usd_bands"
    case rangePercent = "range_pct"
    case asOf = "as_of"
    case totalLong = "total_long_usd"
    case totalShort = "total_short_usd"
    case fuelRatio = "fuel_ratio"
  }

  func encode(to encoder: any Encoder) throws {
    let map = snapshot.map
    let reading = snapshot.reading
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(snapshot.instrument.symbol, forKey: .instrument)
    try container.encode(map.venues, forKey: .venues)
    try container.encode(snapshot.timeframe, forKey: .timeframe)
    try container.encode(snapshot.rangePercent, forKey: .rangePercent)
    try container.encode(snapshot.source, forKey: .source)
    try container.encode(snapshot.isSimulated, forKey: .simulated)
    try container.encode(CalibrationPart(snapshot.calibration), forKey: .calibration)
    try container.encode(snapshot.asOf, forKey: .asOf)
    try container.encode(snapshot.weights.meaning, forKey: .meaning)
    try container.encode(map.price, forKey: .price)
    try container.encode(reading.atr, forKey: .atr)
    try container.encode(map.total(.long), forKey: .totalLong)
    try container.encode(map.total(.short), forKey: .totalShort)
    try container.encode(reading.fuel.whole, forKey: .fuelRatio)
    try container.encode(FuelPart(reading.fuel), forKey: .fuel)
    try container.encode(BiasPart(reading, map: map), forKey: .bias)
    try container.encode(
      reading.magnet.map { ClusterPart($0, map: map) }, forKey: .magnet)
    try container.encode(reading.magnets.map { ClusterPart($0, map: map) }, forKey: .magnets)
    try container.encode(map.layers.map(LayerPart.init), forKey: .layers)
    try container.encode(
      (0..<map.grid.count).map { BinPart(map: map, bands: snapshot.bands, bin: $0) },
      forKey: .bins)
    try container.encode(snapshot.bands.map(BandsPart.init), forKey: .totalBands)
    try container.encode(CumulativePart(map), forKey: .cumulative)
    try container.encode(DataPart(snapshot.data), forKey: .data)
    let chosen = feeds.filter(\.isEnabled).map { ($0.venue.rawValue, FeedPart(state: $0)) }
    try container.encode(
      Dictionary(chosen, uniquingKeysWith: { $1 }), forKey: .feeds)
    try container.encode(position.map(PositionDocument.init), forKey: .position)
    if let insight { try InsightDocument(insight: insight, map: map).encode(to: encoder) }
  }
}

private struct CalibrationPart: Encodable {
  let state: Calibration.State
  let days: Double
  let asOf: Timestamp?

  init(_ calibration: Calibration) {
    state = calibration.state
    days = calibration.days
    asOf = calibration.asOf
  }

  private enum CodingKeys: String, CodingKey {
    case state, days
    case asOf = "as_of"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(state, forKey: .state)
    try container.encode(days, forKey: .days)
    try container.encode(asOf, forKey: .asOf)
  }
}

private struct FuelPart: Encodable {
  let whole, within1ATR, within2ATR, within5ATR: Double?

  init(_ fuel: FuelRatio) {
    whole = fuel.whole
    within1ATR = fuel.within1ATR
    within2ATR = fuel.within2ATR
    within5ATR = fuel.within5ATR
  }

  private enum CodingKeys: String, CodingKey {
    case whole
    case within1ATR = "within_1_atr"
    case within2ATR = "within_2_atr"
    case within5ATR = "within_5_atr"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(whole, forKey: .whole)
    try container.encode(within1ATR, forKey: .within1ATR)
    try container.encode(within2ATR, forKey: .within2ATR)
    try container.encode(within5ATR, forKey: .within5ATR)
  }
}

private struct BiasPart: Encodable {
  let bias: Bias
  let nearestLong: ClusterPart?
  let nearestShort: ClusterPart?

  init(_ reading: MapReading, map: LiquidationMap) {
    bias = reading.bias
    nearestLong = reading.nearestLong.map { ClusterPart($0, map: map) }
    nearestShort = reading.nearestShort.map { ClusterPart($0, map: map) }
  }

  private enum CodingKeys: String, CodingKey {
    case label, reason
    case fuelLabel = "fuel_label"
    case nearestLong = "nearest_long"
    case nearestShort = "nearest_short"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(bias.label, forKey: .label)
    try container.encode(bias.fuelLabel, forKey: .fuelLabel)
    try container.encode(bias.reason, forKey: .reason)
    try container.encode(nearestLong, forKey: .nearestLong)
    try container.encode(nearestShort, forKey: .nearestShort)
  }
}

private struct ClusterPart: Encodable {
  let cluster: Cluster
  let map: LiquidationMap

  init(_ cluster: Cluster, map: LiquidationMap) {
    self.cluster = cluster
    self.map = map
  }

  private enum CodingKeys: String, CodingKey {
    case price, usd, side, low, high, density, layers, venues
    case distancePercent = "distance_pct"
    case distanceATR = "distance_atr"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(cluster.price, forKey: .price)
    try container.encode(cluster.usd, forKey: .usd)
    try container.encode(cluster.side, forKey: .side)
    try container.encode(cluster.low, forKey: .low)
    try container.encode(cluster.high, forKey: .high)
    try container.encode(cluster.distancePercent, forKey: .distancePercent)
    try container.encode(cluster.distanceATR, forKey: .distanceATR)
    try container.encode(cluster.density, forKey: .density)
    try container.encode(
      Dictionary(map.layers.map(\.label), cluster.layers), forKey: .layers)
    try container.encode(
      Dictionary(map.venues.map(\.rawValue), cluster.venues), forKey: .venues)
  }
}

private struct LayerPart: Encodable {
  let layer: LeverageLayer

  init(_ layer: LeverageLayer) {
    self.layer = layer
  }

  private enum CodingKeys: String, CodingKey {
    case label
    case minLeverage = "min_leverage"
    case maxLeverage = "max_leverage"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(layer.label, forKey: .label)
    try container.encode(layer.minLeverage, forKey: .minLeverage)
    // JSON has no infinity: the last band has no upper edge.
    try container.encode(
      layer.maxLeverage.isFinite ? layer.maxLeverage : nil, forKey: .maxLeverage)
  }
}

private struct BinPart: Encodable {
  let low, high, usd: Double
  let usdLow, usdHigh: Double?
  let side: Side
  let layers, venues: [String: Double]

  init(map: LiquidationMap, bands: MapBands?, bin: Int) {
    low = map.grid.edge(bin)
    high = map.grid.edge(bin + 1)
    side = map.grid.side(of: bin)
    usd = map.binTotals[bin]
    usdLow = bands?.low[bin]
    usdHigh = bands?.high[bin]
    layers = Dictionary(
      map.layers.map(\.label), map.layers.indices.map { map.usd(bin: bin, layer: $0) })
    venues = Dictionary(
      map.venues.map(\.rawValue), map.venues.indices.map { map.usd(bin: bin, venue: $0) })
  }

  private enum CodingKeys: String, CodingKey {
    case low, high, usd, side, layers, venues
    case usdLow = "usd_low"
    case usdHigh = "usd_high"
  }
}

/// The bands around each side's total.
private struct BandsPart: Encodable {
  let coverage = MapBands.coverage
  let long, short: [String: Double]

  init(_ bands: MapBands) {
    long = Self.ends(bands.long)
    short = Self.ends(bands.short)
  }

  private static func ends(_ band: ClosedRange<Double>) -> [String: Double] {
    ["low": band.lowerBound, "high": band.upperBound]
  }
}

/// Dollars summed outwards from the price: the first number is the bin next to it.
private struct CumulativePart: Encodable {
  let long, short: [Double]

  init(_ map: LiquidationMap) {
    let curve = map.cumulative()
    long = map.bins(of: .long).reversed().map { curve[$0] }
    short = map.bins(of: .short).map { curve[$0] }
  }
}

private struct DataPart: Encodable {
  let data: DataQuality

  init(_ data: DataQuality) {
    self.data = data
  }

  private enum CodingKeys: String, CodingKey {
    case first, last, intervals, gaps, skipped, duplicates, quality, notes
    case outOfOrder = "out_of_order"
    case columnsFound = "columns_found"
    case columnsIgnored = "columns_ignored"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(data.first, forKey: .first)
    try container.encode(data.last, forKey: .last)
    try container.encode(data.intervals, forKey: .intervals)
    try container.encode(data.gaps, forKey: .gaps)
    try container.encode(data.findings.skipped, forKey: .skipped)
    try container.encode(data.findings.duplicates, forKey: .duplicates)
    try container.encode(data.findings.outOfOrder, forKey: .outOfOrder)
    try container.encode(data.findings.columnsFound, forKey: .columnsFound)
    try container.encode(data.findings.columnsIgnored, forKey: .columnsIgnored)
    try container.encode(data.quality, forKey: .quality)
    try container.encode(data.notes, forKey: .notes)
  }
}

extension Dictionary where Key == String, Value == Double {
  /// Names and numbers side by side; of a name that occurs twice the numbers are added.
  fileprivate init(_ names: [String], _ numbers: [Double]) {
    self.init(zip(names, numbers), uniquingKeysWith: +)
  }
}
