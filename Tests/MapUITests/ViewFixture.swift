import Foundation
import MapEngine
import Market
import Terminal

@testable import MapUI

/// A tape, figures and a study that the views beyond the map are tried on.
enum ViewFixture {
  static let instrument = Instrument(base: "BTC")
  /// The moment of `MapFixture`'s maps.
  static let now = Timestamp(milliseconds: 1_771_511_520_000)

  // MARK: Tape

  /// A published liquidation so many seconds before the fixture's moment.
  static func event(
    _ seconds: Double, _ side: Side, usd: Double, venue: Venue = .binance,
    price: Double = 97_000
  ) throws -> MarketEvent {
    MarketEvent(
      venue: venue, instrument: instrument,
      fact: .liquidation(
        try Liquidation(
          time: now - Span(milliseconds: Int64(seconds * 1_000)), side: side, price: price,
          quantity: usd / price)))
  }

  /// A day of liquidations: single ones and, now and then, a cascade.
  static func events(count: Int = 400, seed: UInt64 = 11) throws -> [MarketEvent] {
    var random = MapFixture.Random(state: seed)
    var events: [(Double, MarketEvent)] = []
    let venues: [Venue] = [.binance, .bybit, .okx]
    while events.count < count {
      let seconds = pow(random.unit(), 3) * 80_000
      let side: Side = random.unit() < 0.55 ? .long : .short
      let length = random.unit() < 0.06 ? 4 + Int(random.unit() * 14) : 1
      for step in 0..<length {
        let usd = exp(random.normal() * 1.6) * (length > 1 ? 90_000 : 6_000)
        let ago = seconds - Double(step) * 1.7
        guard ago >= 0 else { break }
        let price = 97_123.4 * (1 + side.sign * (-0.002 - 0.0002 * Double(step)))
        let venue = venues[Int(random.unit() * 3)]
        events.append((ago, try event(ago, side, usd: usd, venue: venue, price: price)))
      }
    }
    return events.sorted { $0.0 > $1.0 }.map(\.1)
  }

  static func tape(count: Int = 400) -> LiquidationTape {
    var tape = LiquidationTape()
    do {
      tape.append(try events(count: count))
    } catch {
      fatalError("\(error)")
    }
    return tape
  }

  // MARK: Figures

  /// What four venues say; one says nothing of funding, one nothing at all.
  static func figures() -> [VenueFigures] {
    do {
      return [
        try figures(.binance, interest: 82_341, rate: 0.0001, interval: .hours(8), ratio: 1.85),
        try figures(.bybit, interest: 51_020, rate: -0.000034, interval: .hours(8), ratio: 1.12),
        try figures(.okx, interest: 27_455, rate: 0.00021, interval: nil, ratio: nil),
        VenueFigures(venue: .hyperliquid),
      ]
    } catch {
      fatalError("\(error)")
    }
  }

  private static func figures(
    _ venue: Venue, interest: Double, rate: Double, interval: Span?, ratio: Double?
  ) throws -> VenueFigures {
    var figures = VenueFigures(venue: venue)
    figures.take(.markPrice(try MarkPrice(time: now, mark: 97_120.1)))
    figures.take(.openInterest(try OpenInterest(time: now, quantity: interest)))
    figures.take(
      .funding(try Funding(time: now + .minutes(88), rate: rate, interval: interval)))
    if let ratio {
      figures.take(
        .longShortRatio(try LongShortRatio(time: now, measure: .accounts, ratio: ratio)))
    }
    return figures
  }

  // MARK: Study

  /// Four weeks of hours of a random walk with bursts, with open interest and liquidations.
  static func history(hours: Int = 660) throws -> MarketHistory {
    var history = MarketHistory()
    var random = MapFixture.Random(state: 5)
    var last = 96_000.0
    var interest = 80_000.0
    var calm = 1.0
    var events: [MarketEvent] = []
    let start = now - .hours(Int64(hours))
    let whole = Timestamp(milliseconds: start.milliseconds / 3_600_000 * 3_600_000)
    for hour in 0..<hours {
      calm = calm * 0.97 + 0.03 * (random.unit() < 0.05 ? 6 : 0.7)
      let move = random.normal() * 0.0035 * calm
      let close = last * exp(move - 0.004 * log(last / 96_000))
      let candle = try Candle(
        openTime: whole + .hours(Int64(hour)), interval: .hours(1), open: last,
        high: max(last, close) * (1 + 0.002 * calm * random.unit()),
        low: min(last, close) * (1 - 0.002 * calm * random.unit()), close: close,
        volume: 4_000 + 60_000 * abs(move) / 0.01)
      interest *= 1 + (random.unit() - 0.5) * 0.01 - abs(move) * 0.3 + 0.0008
      let facts: [MarketEvent.Fact] = [
        .openInterest(try OpenInterest(time: candle.closeTime, quantity: interest)),
        .liquidatedTotal(
          time: candle.closeTime, interval: .hours(1), long: 4 + max(-move, 0) * 9_000,
          short: 4 + max(move, 0) * 9_000),
        .candle(candle, isClosed: true),
      ]
      events += facts.map { MarketEvent(venue: .binance, instrument: instrument, fact: $0) }
      last = close
    }
    history.append(events)
    return history
  }

  /// A study of that market, made once.
  static let study: MapStudy = {
    do {
      let facts = try history()
      let request = MapRequest(instrument: instrument, timeframe: .days7, bins: 200)
      let snapshot = try MapBuilder(
        request: request, history: facts, source: MapSource(name: "test", isSimulated: true)
      ).snapshot()
      // Coarser than the program's own, so that it is told quickly.
      var settings = MarketStory.Settings()
      settings.bins = 120
      settings.warmUp = .days(2)
      var story = MarketStory(instrument: instrument, settings: settings)
      story.advance(to: facts, asOf: nil)
      let insight = MapInsight(snapshot, story: story)
      return MapStudy(snapshot: snapshot, insight: insight, history: nil)
    } catch {
      fatalError("\(error)")
    }
  }()

  // MARK: States

  /// A screen of live venues with a tape and figures, in a view.
  static func live(
    _ view: ViewKind, width: Int = 120, height: Int = 35, theme: String = "default",
    depth: ColorDepth = .truecolor, glyphs: GlyphSet = .full
  ) -> AppState {
    var state = UIState.live(width: width, height: height, theme: theme, glyphs: glyphs)
    state.depth = depth
    _ = update(&state, .market(tape: tape(), figures: figures()))
    state.view = view
    return state
  }

  /// A screen of the studied market, in a view.
  static func studied(
    _ view: ViewKind, width: Int = 120, height: Int = 35, theme: String = "default",
    depth: ColorDepth = .truecolor, glyphs: GlyphSet = .full
  ) -> AppState {
    var state = UIState.make(
      study.snapshot, width: width, height: height, theme: theme, depth: depth, glyphs: glyphs)
    _ = update(&state, .study(study))
    _ = update(&state, .market(tape: tape(), figures: figures()))
    state.view = view
    return state
  }
}
