import MapEngine
import Market

/// The rules that suggest themselves for what the crosshair is at, the nearest at hand first.
struct AlertOffers {
  /// The rules, as text.
  let texts: [String]

  /// The share of a cluster's dollars that it must still hold to be told of.
  private static let leastShare = 0.8
  /// A cluster is near at that distance, or at half of what it is away, in percent.
  private static let distance = 0.5

  init(_ state: AppState) {
    self.init(
      state.snapshot.map { Self.ofMap($0, state) } ?? [],
      on: state.snapshot?.instrument ?? state.symbol, isLive: state.source.isLive)
  }

  /// The rules for an instrument of the watchlist.
  init(_ row: WatchRow, isLive: Bool) {
    let nearest = Self.nearer(row.nearestLong, row.nearestShort)
    let conditions =
      (nearest.map(Self.conditions(of:)) ?? [])
      + [Self.price(nearest?.price ?? row.price, now: row.price)] + Self.ofMagnet
    self.init(conditions, on: row.instrument, isLive: isLive)
  }

  private init(_ first: [AlertCondition], on symbol: Instrument, isLive: Bool) {
    var conditions = first
    conditions += [
      .liquidations(usd: 1_000_000, within: .minutes(5), side: nil),
      .cascade(usd: AlertCondition.standardCascade),
    ]
    if isLive { conditions.append(.feed(venue: nil)) }
    texts = conditions.map { AlertRule($0, instrument: symbol).description }
  }

  private static func ofMap(_ snapshot: MapSnapshot, _ state: AppState) -> [AlertCondition] {
    let place = state.crosshair.map { Place($0, snapshot: snapshot, state: state) }
    let under = place.flatMap { place in
      // Of several within a column, the one that holds the most.
      snapshot.reading.magnets.filter { $0.low <= place.high && $0.high >= place.low }
        .max { $0.usd < $1.usd }
    }
    let reading = snapshot.reading
    let nearest = nearer(reading.nearestLong, reading.nearestShort)
    let ofCluster = (under ?? nearest).map(conditions(of:)) ?? []
    let level = place?.level ?? (under ?? nearest)?.price ?? snapshot.price
    let ofPrice = price(level, now: snapshot.price)
    let first = place != nil && under == nil ? [ofPrice] + ofCluster : ofCluster + [ofPrice]
    return first + ofMagnet
  }

  private static let ofMagnet: [AlertCondition] = [
    .magnet(.moved, percent: 0.5), .magnet(.grown, percent: 50), .bias,
  ]

  private static func nearer(_ one: Cluster?, _ other: Cluster?) -> Cluster? {
    [one, other].compactMap { $0 }.min { abs($0.distancePercent) < abs($1.distancePercent) }
  }

  private static func conditions(of cluster: Cluster) -> [AlertCondition] {
    let usd = rounded(cluster.usd * leastShare)
    let away = abs(cluster.distancePercent)
    let near = max(rounded(min(distance, away / 2)), 0.01)
    return [
      .near(side: cluster.side, distancePercent: near, usd: usd),
      .swept(side: cluster.side, usd: usd),
    ]
  }

  private static func price(_ level: Double, now: Double) -> AlertCondition {
    let written = written(level)
    if written == now { return .price(.cross, level: written) }
    return .price(written > now ? .above : .below, level: written)
  }

  /// A column of the map, and the price in it that is easiest to say.
  private struct Place {
    let low: Double
    let high: Double
    let level: Double

    init(_ crosshair: Crosshair, snapshot: MapSnapshot, state: AppState) {
      let grid = snapshot.map.grid
      let scene = Scene(state, width: state.width, height: state.height)
      let step = scene?.scale.step(ofDistance: crosshair.distance)
      guard let scene, let step else {
        level = grid.price(at: Double(grid.anchor) + crosshair.distance / grid.binWidth)
        low = level
        high = level
        return
      }
      low = scene.scale.price(ofStep: step)
      high = scene.scale.price(ofStep: step + 1)
      let middle = (low + high) / 2
      var unit = 1.0
      while unit * 10 <= (high - low) / 4 { unit *= 10 }
      while unit > (high - low) / 4, unit > 1e-8 { unit /= 10 }
      level = (middle / unit).rounded() * unit
    }
  }

  /// A number of two significant digits.
  static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value > 0 else { return 0 }
    var power = 1.0
    if value >= 100 {
      while value / power >= 100 { power *= 10 }
      return (value / power).rounded() * power
    }
    while value * power < 10 { power *= 10 }
    return (value * power).rounded() / power
  }

  /// A price with no more digits than the screen shows.
  static func written(_ price: Double) -> Double {
    var power = 1.0
    for _ in 0..<NumberText.pricePlaces(price) { power *= 10 }
    return (price * power).rounded() / power
  }
}
