import Market
import RealModule

/// Infers the standing positions that a request asks for and draws them as a map.
///
/// The books take every interval that the facts hold, so that the stock at the window's start has
/// aged; the map counts what was opened since. The same facts give the same map to the last bit.
public struct MapBuilder: Sendable {
  private let request: MapRequest
  /// What the map says of where its facts came from. It moves no level.
  public var source: MapSource
  private let books: [CalibratedBook]
  /// The shares of each book's components.
  public let fits: [ShareFit]
  private let atr: Double?
  /// The close of the last interval.
  public let asOf: Timestamp
  /// What the facts of the window were like, whatever their source.
  private let facts: DataQuality

  /// Works through the facts that are known by the request's moment. Throws when there's no
  /// closed interval by then. `tables` are margin rules that were read at a venue; the shipped
  /// ones serve where there is none.
  public init(
    request: MapRequest, history: MarketHistory, source: MapSource,
    tables: [Venue: MaintenanceTable] = [:]
  ) throws(MapError) {
    let series = history.series(
      from: request.factsFrom, asOf: request.asOf, only: request.venues)
    guard let last = series.compactMap({ $0.intervals.last?.closeTime }).max() else {
      throw MapError(Self.absence(request: request, history: history))
    }
    self.request = request
    self.source = source
    asOf = last
    let start = request.timeframe.span.map { last - $0 }
    books = series.map { series in
      let table =
        tables[series.venue]
        ?? MaintenanceTable.table(venue: series.venue, instrument: request.instrument)
      var book = CalibratedBook(
        book: PositionBook(venue: series.venue, table: table), intervalLength: series.longest)
      let learning = request.learning.period(asOf: last)
      let before = start.map { start in
        series.intervals.prefix { $0.openTime < start }.count
      }
      if let before {
        book.append(series.intervals[..<before], learning: learning)
        book.beginWindow(at: series.intervals.first)
        book.append(series.intervals[before...], learning: learning)
      } else {
        book.append(series.intervals[...], learning: learning)
      }
      return book
    }
    fits = zip(books, series).map { book, series in
      request.learning.fit(book, published: series.published, asOf: last)
    }
    let largest = series.max {
      ($0.intervals.last?.openInterest ?? 0) < ($1.intervals.last?.openInterest ?? 0)
    }
    atr = largest.flatMap { AverageTrueRange.value(of: $0.intervals) }
    facts = Self.quality(series, fits: fits, windowStart: start, asOf: last)
  }

  private static func absence(request: MapRequest, history: MarketHistory) -> String {
    guard let first = history.first, let last = history.last else {
      return "the source holds no candle of \(request.instrument)"
    }
    if let asOf = request.asOf, asOf < first + Span(milliseconds: 1) {
      return "no interval was closed by \(asOf); the source covers \(first) to \(last)"
    }
    return "the source holds no closed interval of \(request.instrument) on the chosen venues"
  }

  /// The map as of the last closed interval; with other weights than the request's it is drawn
  /// anew from the same books.
  public func snapshot(weights: MapWeights? = nil, isBanded: Bool = true) -> MapSnapshot {
    draw(
      zip(books, fits).map { MapRenderer.Part(book: $0.book, fit: $1) }, asOf: asOf,
      cutting: 1, weights: weights ?? request.weights, isBanded: isBanded)
  }

  /// The map for a screen: the bins of `snapshot()` cut into ones as fine as the engine's own, so
  /// that both have the same totals, with the same reading, without bands, which cost as much
  /// again. Forming intervals, where given, stand on top of the closed ones and leave no trace: the
  /// map is that of books which had taken them (to within 1e-9), but no book is copied.
  public func detailed(
    forming: [Venue: MarketInterval] = [:], weights: MapWeights? = nil
  ) -> MapSnapshot {
    var latest = asOf
    let parts = zip(books, fits).map { book, fit in
      var part = MapRenderer.Part(book: book.book, fit: fit)
      if let interval = forming[book.book.venue] {
        part.preview = BookPreview(book.book, interval: interval)
        latest = max(latest, interval.closeTime)
      }
      return part
    }
    let reach = request.reach / 100
    let span = Double.log((1 + reach) / (1 - min(reach, 0.99)))
    let fine = span / PositionBook.standardBinWidth
    return draw(
      parts, asOf: latest, cutting: Int((fine / Double(request.bins)).rounded(.up)),
      weights: weights ?? request.weights, isBanded: false)
  }

  private func draw(
    _ parts: [MapRenderer.Part], asOf: Timestamp, cutting pieces: Int, weights: MapWeights,
    isBanded: Bool
  ) -> MapSnapshot {
    let renderer = MapRenderer(parts: parts, layers: request.layers, weights: weights)
    let grid = PriceGrid(
      price: renderer.price, rangePercent: request.reach, count: request.bins)
    let maps = renderer.maps(on: pieces > 1 ? [grid, grid.divided(by: pieces)] : [grid])
    let read = maps[0]
    let drawn = maps[maps.count - 1]
    return MapSnapshot(
      instrument: request.instrument, timeframe: request.timeframe,
      rangePercent: request.reach, source: source.name, isSimulated: source.isSimulated,
      asOf: asOf, map: drawn, bands: isBanded ? renderer.bands(of: drawn) : nil,
      weights: weights,
      reading: MapReader(map: read, atr: atr).reading(),
      calibration: Calibration(parts.map { ($0.fit, $0.last?.openInterest ?? 0) }),
      data: quality())
  }

  /// What the facts of the window were like.
  private static func quality(
    _ series: [VenueSeries], fits: [ShareFit], windowStart: Timestamp?, asOf: Timestamp
  ) -> DataQuality {
    var intervals = 0
    var gaps = 0
    var isAssumed = false
    var first: Timestamp?
    var last: Timestamp?
    var notes: [String] = []
    for fit in fits where fit.mayUnderstate {
      notes.append(
        "dollars are scaled to archived totals of liquidations; the venue's feed leaves events out, "
          + "so they may be too small by what it left out")
    }
    for series in series {
      let start = windowStart.map { start in
        series.intervals.prefix { $0.openTime < start }.count
      }
      let window = series.intervals[(start ?? 0)...]
      intervals += window.count
      gaps += series.gaps
      if series.firstKnownInterest > (start ?? 0) {
        isAssumed = true
        notes.append(
          "open interest of \(series.venue.displayName) is assumed for the first "
            + "\(series.firstKnownInterest - (start ?? 0)) of \(window.count) intervals")
      }
      if let begin = window.first?.openTime { first = min(first ?? begin, begin) }
      if let end = window.last?.closeTime { last = max(last ?? end, end) }
    }
    let begin = first ?? asOf
    let isShort = windowStart.map { begin > $0 } ?? false
    let quality: DataQuality.Quality =
      isAssumed ? .openInterestAssumed : isShort ? .short : gaps > 0 ? .gaps : .complete
    return DataQuality(
      first: begin, last: last ?? asOf, intervals: intervals, gaps: gaps, quality: quality,
      notes: notes)
  }

  /// The same with what was found in the source.
  private func quality() -> DataQuality {
    DataQuality(
      first: facts.first, last: facts.last, intervals: facts.intervals, gaps: facts.gaps,
      quality: facts.quality, findings: source.findings,
      notes: source.findings.notes + facts.notes)
  }
}
