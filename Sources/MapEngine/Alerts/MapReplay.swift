import Market

/// A recorded market gone through interval by interval: what a map would have said at every close.
///
/// The map is that of *all* standing positions, as in ``MarketStory``: a sliding window would need
/// a book of its own at every close. Nothing looks ahead: shares are those fitted to what was
/// published by the last midnight UTC. A step with a map costs about a millisecond.
public struct MapReplay: Sendable {
  /// One close.
  public struct Step: Sendable {
    /// What was known at it.
    public let observation: AlertObservation
    /// How many closes there are after it.
    public let left: Int
  }

  private struct Part: Sendable {
    let series: VenueSeries
    var book: CalibratedBook
    var shares: RunningShares
    var next = 0
    var published = 0
  }

  private let instrument: Instrument
  private let source: MapSource
  private let layers: [LeverageLayer]
  private let isDrawn: Bool
  private let rangePercent: Double
  private let bins: Int
  private let closes: [Timestamp]
  private let leading: Int
  private var parts: [Part]
  private var index = 0
  private var range = RunningTrueRange()
  private var hour: PriceBar?

  /// A replay from the first close on. Nil where the facts hold no closed interval.
  ///
  /// - Parameters:
  ///   - isDrawn: whether maps are wanted; without them a step costs next to nothing.
  ///   - rangePercent: how far from the price the maps reach.
  public init?(
    instrument: Instrument, history: MarketHistory, source: MapSource,
    layers: [LeverageLayer] = LeverageLayer.standard, isDrawn: Bool = true,
    rangePercent: Double = 20, bins: Int = MapRequest.standardBins
  ) {
    let series = history.series()
    guard !series.isEmpty else { return nil }
    self.instrument = instrument
    self.source = source
    self.layers = layers
    self.isDrawn = isDrawn
    self.rangePercent = rangePercent
    self.bins = bins
    closes = Set(series.flatMap { $0.intervals.map(\.closeTime) }).sorted()
    leading =
      series.indices.max {
        (series[$0].intervals.first?.openInterest ?? 0)
          < (series[$1].intervals.first?.openInterest ?? 0)
      } ?? 0
    parts = series.map { series in
      let table = MaintenanceTable.table(venue: series.venue, instrument: instrument)
      let book = PositionBook(venue: series.venue, table: table)
      return Part(
        series: series, book: CalibratedBook(book: book, intervalLength: series.longest),
        shares: RunningShares(.live, components: book.components))
    }
  }

  /// The next close; nil after the last.
  public mutating func next() -> Step? {
    guard index < closes.count else { return nil }
    let close = closes[index]
    index += 1
    var traded: ClosedRange<Double>?
    var liquidations: [LiquidationPrint] = []
    for place in parts.indices {
      let closed = take(place, by: close)
      if place == leading {
        for interval in closed {
          measure(interval)
          traded =
            min(
              traded?.lowerBound ?? interval.low, interval.low)...max(
              traded?.upperBound ?? interval.high, interval.high)
        }
      }
      liquidations += published(place, by: close)
    }
    var snapshot: MapSnapshot?
    if isDrawn {
      learn(by: close)
      snapshot = draw(asOf: close)
    }
    return Step(
      observation: AlertObservation(
        time: close, instrument: instrument, snapshot: snapshot,
        price: parts[leading].book.book.mark ?? snapshot?.price, traded: traded,
        liquidations: liquidations, isSimulated: source.isSimulated), left: closes.count - index)
  }

  private mutating func take(_ place: Int, by close: Timestamp) -> ArraySlice<MarketInterval> {
    let intervals = parts[place].series.intervals
    let start = parts[place].next
    var end = start
    while end < intervals.count, intervals[end].closeTime <= close { end += 1 }
    parts[place].next = end
    parts[place].book.append(intervals[start..<end])
    return intervals[start..<end]
  }

  /// What a venue had published by a close and not before. Coins of a total are worth its close's
  /// price.
  private mutating func published(_ place: Int, by close: Timestamp) -> [LiquidationPrint] {
    let sizes = parts[place].series.published
    guard let mark = parts[place].book.book.mark else { return [] }
    var prints: [LiquidationPrint] = []
    while parts[place].published < sizes.count, sizes[parts[place].published].time < close {
      let size = sizes[parts[place].published]
      parts[place].published += 1
      for side in Side.allCases {
        let coins = side == .long ? size.long : size.short
        guard coins > 0 else { continue }
        prints.append(
          LiquidationPrint(
            venue: parts[place].series.venue,
            time: size.span == nil ? size.time : size.time + Span(milliseconds: 1), side: side,
            usd: coins * mark))
      }
    }
    return prints
  }

  private mutating func learn(by close: Timestamp) {
    for place in parts.indices {
      let part = parts[place]
      parts[place].shares.advance(
        to: close, book: part.book, published: part.series.published)
    }
  }

  /// Takes an interval into the average true range of an hour's bars.
  private mutating func measure(_ interval: MarketInterval) {
    let length = max(Span.hours(1), interval.span).milliseconds
    if let held = hour,
      held.openTime.milliseconds / length == interval.openTime.milliseconds / length
    {
      hour = PriceBar(
        openTime: held.openTime, span: held.span, open: held.open,
        high: max(held.high, interval.high), low: min(held.low, interval.low),
        close: interval.close)
      return
    }
    if let held = hour { range.append(high: held.high, low: held.low, close: held.close) }
    hour = PriceBar(interval)
  }

  private func draw(asOf close: Timestamp) -> MapSnapshot? {
    let known = parts.filter { $0.book.book.last != nil }
    guard !known.isEmpty else { return nil }
    let renderer = MapRenderer(
      parts: known.map { MapRenderer.Part(book: $0.book.book, fit: $0.shares.fit) }, layers: layers)
    let map = renderer.map(rangePercent: rangePercent, bins: bins)
    return MapSnapshot(
      instrument: instrument, timeframe: .all, rangePercent: rangePercent, source: source.name,
      isSimulated: source.isSimulated, asOf: close, map: map,
      reading: MapReader(map: map, atr: range.value).reading(),
      calibration: Calibration(known.map { ($0.shares.fit, $0.book.book.last?.openInterest ?? 0) }),
      data: DataQuality(
        first: known.compactMap { $0.series.intervals.first?.openTime }.min() ?? close, last: close,
        intervals: known.reduce(0) { $0 + $1.next }, gaps: 0, quality: .complete,
        findings: source.findings))
  }
}
