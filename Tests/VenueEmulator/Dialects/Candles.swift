extension Desk {
  /// The bars that a candle topic tells of now: those that have ended since the last time in their
  /// final state, and the one that goes on.
  func candles(_ topic: StreamTopic, _ listing: Listing) -> [EmulatedBar] {
    let series = series(listing)
    let first = topic.clock.last(to: topic.told)
    let last = topic.clock.last(to: now)
    var bars = series.bars(topic.clock, from: first, through: last, now: now)
    // What ended before the last time has been told; where nothing has traded yet, nothing is.
    bars.removeAll { $0.isClosed ? $0.end <= topic.told : $0.row.volume == 0 }
    return bars
  }

  /// The forced closings since the last time.
  func liquidations(_ topic: StreamTopic, _ listing: Listing) -> [SeriesLiquidation] {
    Array(series(listing).liquidations(after: topic.told, through: now))
  }

  /// The forced closings of the seconds that have ended since the last time: the largest of each.
  func largestLiquidations(_ topic: StreamTopic, _ listing: Listing) -> [SeriesLiquidation] {
    let from = BarClock.floored(topic.told, 1_000) * 1_000
    let to = BarClock.floored(now, 1_000) * 1_000
    var kept: [SeriesLiquidation] = []
    for event in series(listing).liquidations(after: from, through: to) {
      if let last = kept.last, (last.time - 1) / 1_000 == (event.time - 1) / 1_000 {
        if event.size > last.size { kept[kept.count - 1] = event }
      } else {
        kept.append(event)
      }
    }
    return kept
  }

  /// The bankruptcy price of a position that was closed at a price: a little beyond it.
  func bankruptcy(_ event: SeriesLiquidation, _ listing: Listing) -> Int64 {
    let beyond = event.isLong ? 0.995 : 1.005
    return listing.price.units(listing.price.value(event.price) * beyond)
  }
}
