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
  private let series: [VenueSeries]
  private let atr: Double?
  private let windowStart: Timestamp?
  /// The close of the last interval.
  public let asOf: Timestamp

  /// Works through the facts that are known by the request's moment. Throws when there's no
  /// closed interval by then. `tables` are margin rules that were read at a venue; the shipped
  /// ones serve where there is none.
  public init(
    request: MapRequest, history: MarketHistory, source: MapSource,
    tables: [Venue: MaintenanceTable] = [:]
  ) throws(MapError) {
    let series = history.series(asOf: request.asOf, only: request.venues)
    guard let last = series.compactMap({ $0.intervals.last?.closeTime }).max() else {
      throw MapError(Self.absence(request: request, history: history))
    }
    self.request = request
    self.source = source
    self.series = series
    asOf = last
    let start = request.timeframe.span.map { last - $0 }
    windowStart = start
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
      books: books.map(\.book), asOf: asOf, drawnBins: request.bins,
      weights: weights ?? request.weights, isBanded: isBanded)
  }

  /// The map for a screen: in bins as fine as the engine's own, read from the same
  /// `request.bins` as `snapshot()`, without its bands, which cost as much again. Forming
  /// intervals, where given, stand on top of the closed ones and leave no trace.
  public func detailed(
    forming: [Venue: MarketInterval] = [:], weights: MapWeights? = nil
  ) -> MapSnapshot {
    var preview = books.map(\.book)
    var latest = asOf
    for index in preview.indices {
      guard let interval = forming[preview[index].venue] else { continue }
      preview[index].append([interval])
      latest = max(latest, interval.closeTime)
    }
    let reach = request.reach / 100
    let span = Double.log((1 + reach) / (1 - min(reach, 0.99)))
    let fine = Int((span / PositionBook.standardBinWidth).rounded(.up))
    return draw(
      books: preview, asOf: latest, drawnBins: max(fine, request.bins),
      weights: weights ?? request.weights, isBanded: false)
  }

  private func draw(
    books: [PositionBook], asOf: Timestamp, drawnBins: Int, weights: MapWeights, isBanded: Bool
  ) -> MapSnapshot {
    let renderer = MapRenderer(
      parts: zip(books, fits).map { MapRenderer.Part(book: $0, fit: $1) },
      layers: request.layers, weights: weights)
    let read = renderer.map(rangePercent: request.reach, bins: request.bins)
    let drawn =
      drawnBins == request.bins
      ? read : renderer.map(rangePercent: request.reach, bins: drawnBins)
    return MapSnapshot(
      instrument: request.instrument, timeframe: request.timeframe,
      rangePercent: request.reach, source: source.name, isSimulated: source.isSimulated,
      asOf: asOf, map: drawn, bands: isBanded ? renderer.bands(of: drawn) : nil,
      weights: weights,
      reading: MapReader(map: read, atr: atr).reading(),
      calibration: Calibration(
        zip(fits, books).map { ($0, $1.last?.openInterest ?? 0) }),
      data: quality())
  }

  /// What the facts of the window were like.
  private func quality() -> DataQuality {
    var intervals = 0
    var gaps = 0
    var isAssumed = false
    var first: Timestamp?
    var last: Timestamp?
    var notes = source.findings.notes
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
      findings: source.findings, notes: notes)
  }
}
