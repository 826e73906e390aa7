import MapEngine
import Market
import Testing

@Suite struct MapBuilderTests {
  private static let bitcoin = Instrument(base: "BTC")

  private func history(_ events: [MarketEvent]) -> MarketHistory {
    var history = MarketHistory()
    history.append(events)
    return history
  }

  private func snapshot(
    _ history: MarketHistory, timeframe: Timeframe = .days1, bins: Int = 400,
    asOf: Timestamp? = nil, venues: Set<Venue>? = nil
  ) throws -> MapSnapshot {
    try MapBuilder(
      request: MapRequest(
        instrument: Self.bitcoin, timeframe: timeframe, bins: bins, asOf: asOf, venues: venues),
      history: history, source: MapSource(name: "test", isSimulated: false)
    ).snapshot()
  }

  private func twoVenues() throws -> MarketHistory {
    var first = SeededSeries(seed: 11)
    var second = SeededSeries(seed: 12)
    return history(
      try first.events(count: 600) + second.events(count: 600, venue: .okx, price: 50_040))
  }

  @Test(arguments: Timeframe.allCases)
  func `layers and venues add up to their bin, bins to the totals`(timeframe: Timeframe) throws {
    let map = try snapshot(twoVenues(), timeframe: timeframe).map
    for bin in 0..<map.grid.count {
      let layers = map.layers.indices.reduce(0) { $0 + map.usd(bin: bin, layer: $1) }
      let venues = map.venues.indices.reduce(0) { $0 + map.usd(bin: bin, venue: $1) }
      #expect(layers == map.binTotals[bin])
      #expect(abs(venues - map.binTotals[bin]) <= 1e-12 * map.binTotals[bin])
      #expect(map.binTotals[bin] >= 0)
    }
    for side in Side.allCases {
      let sum = map.bins(of: side).reduce(0) { $0 + map.binTotals[$1] }
      #expect(map.total(side) == sum)
      #expect(sum > 0)
    }
  }

  @Test func `the cumulative curve grows outwards and ends at the side's total`() throws {
    let map = try snapshot(twoVenues()).map
    let curve = map.cumulative()
    for bin in 1..<map.grid.anchor { #expect(curve[bin - 1] >= curve[bin]) }
    for bin in map.grid.anchor + 1..<map.grid.count { #expect(curve[bin] >= curve[bin - 1]) }
    #expect(abs(curve[0] / map.total(.long) - 1) < 1e-12)
    #expect(curve[map.grid.count - 1] == map.total(.short))
  }

  @Test func `bins are equal in log price and the price is an edge of one`() throws {
    let grid = try snapshot(twoVenues(), bins: 123).map.grid
    #expect(grid.count == 123)
    #expect(grid.edge(grid.anchor) == grid.price)
    for bin in 0..<grid.count {
      #expect(abs(grid.edge(bin + 1) / grid.edge(bin) / (grid.edge(1) / grid.edge(0)) - 1) < 1e-12)
    }
    #expect(abs(grid.edge(0) / (grid.price * 0.93) - 1) < grid.binWidth)
    #expect(abs(grid.edge(grid.count) / (grid.price * 1.07) - 1) < grid.binWidth)
  }

  @Test func `an append never changes what an earlier interval drew`() throws {
    var series = SeededSeries(seed: 13)
    let events = try series.events(count: 500)
    let moment = events[599].time
    let early = try snapshot(history(Array(events[..<600])), asOf: moment)
    let late = try snapshot(history(events), asOf: moment)
    #expect(early == late)
  }

  @Test func `facts in any order and twice over give the same map`() throws {
    var series = SeededSeries(seed: 14)
    let events = try series.events(count: 300)
    let once = try snapshot(history(events))
    var shuffled = MarketHistory()
    shuffled.append(events.reversed())
    shuffled.append(events[100..<200])
    #expect(try snapshot(shuffled) == once)
  }

  @Test func `a forming interval leaves no trace`() throws {
    var series = SeededSeries(seed: 15)
    let events = try series.events(count: 300)
    let builder = try MapBuilder(
      request: MapRequest(instrument: Self.bitcoin, timeframe: .days1),
      history: history(events), source: MapSource(name: "test", isSimulated: false))
    let before = builder.snapshot()
    let last = try #require(events.last)
    let candle = try Candle(
      openTime: last.time, interval: .minutes(5), open: before.price,
      high: before.price * 1.05, low: before.price * 0.95, close: before.price, volume: 900)
    let preview = builder.detailed(
      forming: [.binance: MarketInterval(candle: candle, openInterest: 80_000)])
    #expect(preview.map.total(.long) != builder.detailed().map.total(.long))
    #expect(builder.snapshot() == before)
  }

  @Test func `the map at the screen's detail holds the same dollars and the same reading`() throws {
    let builder = try MapBuilder(
      request: MapRequest(instrument: Self.bitcoin, timeframe: .days1, bins: 200),
      history: twoVenues(), source: MapSource(name: "test", isSimulated: false))
    let coarse = builder.snapshot()
    let fine = builder.detailed()
    #expect(fine.map.grid.count > coarse.map.grid.count)
    #expect(fine.reading == coarse.reading)
    let parts = fine.map.grid.count / coarse.map.grid.count
    for bin in 0..<coarse.map.grid.count {
      let sum = (bin * parts..<(bin + 1) * parts).reduce(0) { $0 + fine.map.binTotals[$1] }
      #expect(abs(sum - coarse.map.binTotals[bin]) <= 1e-9 * coarse.map.total(.long))
    }
    for side in Side.allCases {
      #expect(abs(fine.map.total(side) / coarse.map.total(side) - 1) < 1e-9)
    }
  }

  @Test func `a longer window holds at least what a shorter one holds`() throws {
    let history = try twoVenues()
    func dollars(_ timeframe: Timeframe) throws -> Double {
      let builder = try MapBuilder(
        request: MapRequest(instrument: Self.bitcoin, timeframe: timeframe, rangePercent: 30),
        history: history, source: MapSource(name: "test", isSimulated: false))
      let map = builder.snapshot().map
      return map.total(.long) + map.total(.short)
    }
    let short = try dollars(.hours12)
    let medium = try dollars(.days1)
    let all = try dollars(.all)
    #expect(short < medium && medium < all)
  }

  @Test func `one venue alone is the same as that venue within the sum`() throws {
    var series = SeededSeries(seed: 16)
    let events = try series.events(count: 400)
    let sum = try snapshot(
      history(
        events + (try SeededSeriesPair.shifted(events, venue: .gate))))
    let alone = try snapshot(history(events))
    let index = try #require(sum.map.venues.firstIndex(of: .binance))
    for bin in 0..<alone.map.grid.count {
      let within = sum.map.usd(bin: bin, venue: index)
      #expect(abs(within - alone.map.binTotals[bin]) <= 1e-9 * alone.map.total(.long))
    }
  }

  @Test func `a window that begins before the source says short`() throws {
    let history = try twoVenues()
    #expect(try snapshot(history, timeframe: .days1).data.quality == .complete)
    #expect(try snapshot(history, timeframe: .days7).data.quality == .short)
    #expect(try snapshot(history, timeframe: .all).data.quality == .complete)
  }

  @Test func `without open interest the map is drawn and says that it was assumed`() throws {
    var series = SeededSeries(seed: 17)
    let candlesOnly = try series.events(count: 400).filter {
      if case .candle = $0.fact { true } else { false }
    }
    let snapshot = try snapshot(history(candlesOnly))
    #expect(snapshot.data.quality == .openInterestAssumed)
    #expect(snapshot.map.total(.long) > 0)
  }

  @Test func `no interval by the moment asked for is an error that says what there is`() throws {
    let history = try twoVenues()
    #expect(throws: MapError.self) {
      _ = try snapshot(history, asOf: Timestamp(milliseconds: 1_000))
    }
    #expect(throws: MapError.self) { _ = try snapshot(MarketHistory()) }
  }
}

/// A second venue with the very same market.
enum SeededSeriesPair {
  static func shifted(_ events: [MarketEvent], venue: Venue) throws -> [MarketEvent] {
    events.map { MarketEvent(venue: venue, instrument: $0.instrument, fact: $0.fact) }
  }
}
