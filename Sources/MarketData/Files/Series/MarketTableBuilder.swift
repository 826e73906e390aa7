import Market

/// Joins the rows of all files of one instrument into one ordered sequence of events.
struct MarketTableBuilder {
  /// Whose facts they are.
  let venue: Venue
  /// What they are about.
  let instrument: Instrument

  /// The table of `candles` and `openInterest`, each in the order of their files; `report` is
  /// completed. Nil when the length of a candle is unknown.
  func table(
    candles: [TableRows], openInterest: [TableRows], report: FileReport
  ) throws(MarketValueError) -> MarketTable? {
    var rows: [CandleRow] = []
    for case .candles(let some) in candles.map(\.content) {
      if rows.isEmpty { rows = some } else { rows += some }
    }
    var observations: [OpenInterestRow] = []
    for case .openInterest(let some) in openInterest.map(\.content) { observations += some }
    let stated =
      candles.lazy.compactMap(\.statedInterval).first
      ?? candles.lazy.compactMap { FileName($0.file).interval }.first
    guard let series = CandleSeries(rows, stated: stated) else { return nil }
    let standing = OpenInterestSeries(candles: series, rows: observations)

    var report = report
    report.files = candles.map(\.report) + openInterest.map(\.report)
    report.gaps = series.gaps
    report.identicalDuplicates = series.identicalDuplicates + standing.identicalDuplicates
    report.conflictingDuplicates = series.conflictingDuplicates + standing.conflictingDuplicates
    report.overlapping = series.overlapping
    report.openInterestOutside = standing.outside
    report.openInterestUnpriced = standing.unpriced
    return MarketTable(
      events: try events(series, standing), interval: Market.Span(milliseconds: series.interval),
      candleCount: series.rows.count, openInterestCount: standing.observations.count,
      first: Timestamp(milliseconds: series.first), last: Timestamp(milliseconds: series.last),
      report: report)
  }

  /// Open interest before the candle that closes at the same time.
  private func events(
    _ series: CandleSeries, _ standing: OpenInterestSeries
  ) throws(MarketValueError) -> [MarketEvent] {
    let interval = Market.Span(milliseconds: series.interval)
    var events: [MarketEvent] = []
    events.reserveCapacity(series.rows.count + standing.observations.count)
    var next = 0
    for row in series.rows {
      let close = row.time + series.interval
      while next < standing.observations.count, standing.observations[next].time <= close {
        let observation = standing.observations[next]
        events.append(
          event(
            .openInterest(
              try OpenInterest(
                time: Timestamp(milliseconds: observation.time), quantity: observation.quantity,
                knownFrom: Timestamp(
                  milliseconds: observation.time + (observation.isAtOpen ? series.interval : 0))))))
        next += 1
      }
      if let long = row.liquidatedLong, let short = row.liquidatedShort {
        events.append(
          event(
            .liquidatedTotal(
              time: Timestamp(milliseconds: close), interval: interval, long: long, short: short)))
      }
      events.append(event(.candle(try row.candle(interval), isClosed: true)))
    }
    return events
  }

  private func event(_ fact: MarketEvent.Fact) -> MarketEvent {
    MarketEvent(venue: venue, instrument: instrument, fact: fact)
  }
}
