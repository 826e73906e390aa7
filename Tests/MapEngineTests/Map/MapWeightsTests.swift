import MapEngine
import Market
import Testing

@Suite struct MapWeightsTests {
  private static let bitcoin = Instrument(base: "BTC")

  /// Twelve days of half-hour intervals, in each of which one side is liquidated, and the facts after day `until` in another order, at other prices and sizes.
  private func events(future seed: UInt64? = nil, until day: Int = 12) throws -> [MarketEvent] {
    var series = SeededSeries(seed: 31)
    let start = Timestamp(milliseconds: 1_700_006_400_000)
    let candles = try series.candles(
      count: 12 * 48, span: .minutes(30), volatility: 0.03, from: start)
    var other = SeededSeries(seed: seed ?? 0)
    return try candles.enumerated().flatMap { index, candle -> [MarketEvent] in
      let isFuture = seed != nil && index >= day * 48
      let factor = isFuture ? 0.5 + other.next() : 1
      let facts: [MarketEvent.Fact] = [
        .candle(
          isFuture
            ? try series.candles(
              count: 1, price: 20_000, span: .minutes(30), from: candle.openTime)[0] : candle,
          isClosed: true),
        .openInterest(
          try OpenInterest(time: candle.closeTime, quantity: (80_000 + Double(index)) * factor)),
        .liquidation(
          try Liquidation(
            time: candle.openTime + .seconds(7), side: index % 2 == 0 ? .long : .short,
            price: candle.close, quantity: 3 * factor)),
      ]
      return facts.map { MarketEvent(venue: .bybit, instrument: Self.bitcoin, fact: $0) }
    }
  }

  private func builder(
    _ events: [MarketEvent], asOf: Timestamp? = nil, learning: ShareLearning = .live,
    weights: MapWeights = MapWeights()
  ) throws -> MapBuilder {
    var history = MarketHistory()
    history.append(events)
    return try MapBuilder(
      request: MapRequest(
        instrument: Self.bitcoin, timeframe: .days3, asOf: asOf, learning: learning,
        weights: weights),
      history: history, source: MapSource(name: "test", isSimulated: false))
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `whatever the future holds, what was drawn and learned of the past stays the same`(
    seed: UInt64
  ) throws {
    let start = Timestamp(milliseconds: 1_700_006_400_000)
    for day in [4, 8] {
      let moment = start + .days(Int64(day))
      let known = try builder(events(), asOf: moment).snapshot()
      let other = try builder(
        Array(events(future: seed, until: day).shuffled()), asOf: moment
      ).snapshot()
      let isSame = known == other
      #expect(isSame)
      #expect(known.calibration.state == .calibrated)
      #expect(known.calibration.asOf == moment)
    }
  }

  @Test func `a frozen map keeps the shares of its moment`() throws {
    let start = Timestamp(milliseconds: 1_700_006_400_000)
    let early = try builder(events(), asOf: start + .days(6))
    let frozen = try builder(events(), learning: .frozen(at: start + .days(6)))
    let live = try builder(events())
    let frozenShares = frozen.fits.flatMap(\.shares.long)
    let earlyShares = early.fits.flatMap(\.shares.long)
    // The windows of the two maps begin elsewhere, which rounds sums elsewhere.
    for (share, other) in zip(frozenShares, earlyShares) { #expect(abs(share / other - 1) < 1e-9) }
    #expect(frozen.snapshot().calibration.asOf == start + .days(6))
    #expect(live.fits.flatMap(\.shares.long) != earlyShares)
    let prior = try builder(events(), learning: .none).snapshot()
    #expect(prior.calibration == .none)
  }

  @Test func `moving a layer by hand re-weights that layer and nothing else`() throws {
    let builder = try builder(events())
    let map = builder.snapshot().map
    let moved = builder.snapshot(weights: MapWeights(layerFactors: [1, 0, 2.5, 1, 1]))
    #expect(moved.weights.isWhatIf && !builder.snapshot().weights.isWhatIf)
    for bin in 0..<map.grid.count {
      #expect(moved.map.usd(bin: bin, layer: 0) == map.usd(bin: bin, layer: 0))
      #expect(moved.map.usd(bin: bin, layer: 1) == 0)
      let wanted = 2.5 * map.usd(bin: bin, layer: 2)
      #expect(abs(moved.map.usd(bin: bin, layer: 2) - wanted) <= 1e-9 * wanted)
    }
  }

  @Test func `everything that stands is at least what would be force-closed`() throws {
    let builder = try builder(events())
    let realisable = builder.snapshot().map
    let nominal = builder.snapshot(weights: MapWeights(meaning: .nominal)).map
    for bin in 0..<realisable.grid.count {
      #expect(nominal.binTotals[bin] >= realisable.binTotals[bin] * (1 - 1e-12))
    }
    #expect(nominal.total(.long) > realisable.total(.long))
  }

  @Test(arguments: [MapMeaning.realisable, .nominal])
  func `no band holds more contracts than the open interest`(_ meaning: MapMeaning) throws {
    // The last open interest of the events.
    let openInterest = 80_000.0 + 12 * 48 - 1
    for learning in [ShareLearning.none, .live] {
      var history = MarketHistory()
      history.append(try events())
      let snapshot = try MapBuilder(
        request: MapRequest(
          instrument: Self.bitcoin, timeframe: .all, rangePercent: 90, learning: learning,
          weights: MapWeights(meaning: meaning)),
        history: history, source: MapSource(name: "test", isSimulated: false)
      ).snapshot()
      let map = snapshot.map
      let bands = try #require(snapshot.bands)
      for side in Side.allCases {
        let bins = map.bins(of: side)
        func level(_ bin: Int) -> Double { (map.grid.edge(bin) + map.grid.edge(bin + 1)) / 2 }
        let coins = bins.reduce(0) { $0 + map.binTotals[$1] / level($1) }
        #expect(coins <= openInterest * (1 + 1e-6))
        let most = map.total(side) * openInterest / coins
        #expect(bands[side].upperBound <= most * (1 + 1e-6), "\(side) \(learning)")
        #expect(bands[side].contains(map.total(side)))
        for bin in bins { #expect(bands.high[bin] <= openInterest * level(bin) * (1 + 1e-9)) }
      }
    }
  }

  @Test func `each bin and each total lies within its band`() throws {
    let snapshot = try builder(events()).snapshot()
    let bands = try #require(snapshot.bands)
    #expect(bands.low.count == snapshot.map.grid.count)
    for (bin, usd) in snapshot.map.binTotals.enumerated() where usd > 0 {
      #expect(bands.low[bin] >= 0 && bands.low[bin] < usd)
      #expect(bands.high[bin] > bands.low[bin])
    }
    for side in Side.allCases {
      #expect(bands[side].contains(snapshot.map.total(side)))
    }
    let prior = try #require(try builder(events(), learning: .none).snapshot().bands)
    let wide = prior[.long].upperBound / prior[.long].lowerBound
    #expect(wide > bands[.long].upperBound / bands[.long].lowerBound)
  }
}
