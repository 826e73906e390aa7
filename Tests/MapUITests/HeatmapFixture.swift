import MapEngine
import Market
import Terminal

@testable import MapUI

/// A market whose history can be drawn: a seeded price that trends, ranges and spikes, with open
/// interest and published liquidations, and what the engine makes of it.
enum HeatmapFixture {
  /// The facts of so many days, in candles of a quarter of an hour.
  static func facts(days: Int, price: Double = 97_000, seed: UInt64 = 11) throws -> MarketHistory {
    var random = MapFixture.Random(state: seed)
    var history = MarketHistory()
    var events: [MarketEvent] = []
    let instrument = Instrument(base: "BTC")
    let start = Timestamp(milliseconds: 1_771_511_400_000) - .days(Int64(days))
    var last = price
    var drift = 0.0
    var interest = 82_000.0
    for index in 0..<days * 96 {
      if index % 40 == 0 { drift = random.normal() * 0.00035 }
      let shock = random.unit() < 0.012 ? random.normal() * 0.011 : 0
      let open = last
      let close = open * (1 + drift + random.normal() * 0.0014 + shock)
      let wick = 0.0011 + abs(shock) * 0.6
      let high = max(open, close) * (1 + random.unit() * wick)
      let low = min(open, close) * (1 - random.unit() * wick)
      last = close
      interest *= 1 + (random.unit() - 0.49) * 0.008 - abs(shock) * 1.2
      let candle = try Candle(
        openTime: start + .minutes(Int64(index) * 15), interval: .minutes(15), open: open,
        high: high, low: low, close: close, volume: 700 + 900 * random.unit() + abs(shock) * 4e5,
        takerBuyVolume: 500)
      let fall = max(0, (open - low) / open - 0.002)
      let rise = max(0, (high - open) / open - 0.002)
      let facts: [MarketEvent.Fact] = [
        .openInterest(try OpenInterest(time: candle.closeTime, quantity: interest)),
        .liquidatedTotal(
          time: candle.closeTime, interval: .minutes(15), long: fall * 6_000, short: rise * 6_000),
        .candle(candle, isClosed: true),
      ]
      events += facts.map { MarketEvent(venue: .binance, instrument: instrument, fact: $0) }
    }
    history.append(events)
    return history
  }

  /// The study of seven days of it.
  static let study = Result { try study(timeframe: .days7, days: 12) }

  static func study(timeframe: Timeframe, days: Int, seed: UInt64 = 11) throws -> MapStudy {
    let facts = try facts(days: days, seed: seed)
    let request = MapRequest(instrument: Instrument(base: "BTC"), timeframe: timeframe)
    let snapshot = try MapBuilder(
      request: request, history: facts, source: MapSource(name: "demo (seed 7)", isSimulated: true)
    ).snapshot()
    return MapStudy(
      snapshot: snapshot, insight: MapInsight(snapshot, history: facts, request: request),
      history: MapHistory(request: request, history: facts))
  }

  /// A screen that shows the heatmap.
  static func state(
    width: Int, height: Int, theme: String = "default", depth: ColorDepth = .truecolor,
    glyphs: GlyphSet = .full
  ) throws -> AppState {
    let study = try study.get()
    var state = UIState.make(
      study.snapshot, width: width, height: height, theme: theme, depth: depth, glyphs: glyphs)
    _ = update(&state, .study(study))
    state.view = .heatmap
    return state
  }

  /// A history of those cells, rows of a hundredth, columns of an hour, every close at a price.
  static func history(
    columns: Int, rows: Int, close: (Int) -> Double, usd: (_ column: Int, _ row: Int) -> Float
  ) -> MapHistory {
    var cells: [Float] = []
    for column in 0..<columns { for row in 0..<rows { cells.append(usd(column, row)) } }
    let start = Timestamp(milliseconds: 1_771_200_000_000)
    return MapHistory(
      instrument: Instrument(base: "BTC"), timeframe: .days7,
      columns: (0..<columns).map { column in
        let price = close(column)
        return MapHistory.Column(
          openTime: start + .hours(Int64(column)), closeTime: start + .hours(Int64(column + 1)),
          open: close(max(column - 1, 0)), high: max(price, close(max(column - 1, 0))),
          low: min(price, close(max(column - 1, 0))), close: price, liquidatedLong: nil,
          liquidatedShort: nil, openInterest: 1)
      }, lowest: 100, step: 0.01, rows: rows, cells: cells)
  }
}

extension HeatmapFixture {
  /// The same for places that can't throw.
  static func shown(
    width: Int, height: Int, theme: String = "default", depth: ColorDepth = .truecolor,
    glyphs: GlyphSet = .full
  ) -> AppState {
    do {
      return try state(width: width, height: height, theme: theme, depth: depth, glyphs: glyphs)
    } catch {
      fatalError("\(error)")
    }
  }
}
