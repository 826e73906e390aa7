import Market

extension AccuracyEstimator {
  /// The engine's own map of one venue, with the prior's shares: nothing is fitted.
  ///
  /// It counts everything that stands, as timeframe `all` does, on the rules of `venue`.
  public static func unitMaps(venue: Venue, instrument: Instrument) -> AccuracyEstimator {
    let table = MaintenanceTable.table(venue: venue, instrument: instrument)
    return AccuracyEstimator(name: "Lodestone, prior shares, uncalibrated") { market in
      var book = PositionBook(venue: venue, table: table)
      var taken = 0
      return market.moments.map { moment in
        book.append(market.intervals[taken..<moment.intervalCount])
        taken = moment.intervalCount
        guard book.last != nil else { return DistanceBins(mark: moment.truth.mark) }
        let map = MapRenderer(
          parts: [MapRenderer.Part(book: book, fit: ShareFit(prior: book.components))],
          layers: LeverageLayer.standard)
          .map(rangePercent: 21, bins: 840)
        return DistanceBins(mark: moment.truth.mark, map: map)
      }
    }
  }
}
