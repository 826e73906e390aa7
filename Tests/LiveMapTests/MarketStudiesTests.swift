import Foundation
import MapEngine
import Market
import Testing

@testable import LiveMap

@Suite struct MarketStudiesTests {
  private static let start = Timestamp(milliseconds: 1_767_571_200_000)

  /// Facts of some days of hours.
  private static func history(days: Int) throws -> MarketHistory {
    let bitcoin = Instrument(base: "BTC")
    var history = MarketHistory()
    for hour in 0..<days * 24 {
      let open = start + .hours(Int64(hour))
      let price = 100 + 4 * sin(Double(hour) / 9) + Double(hour % 7) / 5
      let candle = try Candle(
        openTime: open, interval: .hours(1), open: price, high: price + 1.5, low: price - 1.5,
        close: price + 0.3, volume: 50)
      history.append([
        MarketEvent(venue: .binance, instrument: bitcoin, fact: .candle(candle, isClosed: true)),
        MarketEvent(
          venue: .binance, instrument: bitcoin,
          fact: .openInterest(
            try OpenInterest(time: candle.closeTime, quantity: 1_000 + Double(hour % 50)))),
      ])
    }
    return history
  }

  private static func subject(
    _ history: MarketHistory, learning: ShareLearning = .live
  ) throws -> StudySubject {
    let request = MapRequest(
      instrument: Instrument(base: "BTC"), timeframe: .days7, learning: learning)
    return StudySubject(
      request: request, history: history, tables: [:],
      builder: try MapBuilder(
        request: request, history: history, source: MapSource(name: "test", isSimulated: false)))
  }

  @Test func `a study is of the map's own moment, with its bands and its meaning`() throws {
    let history = try Self.history(days: 12)
    let (study, story) = try Self.subject(history).study(continuing: nil, depth: .now)
    #expect(study.asOf == history.last)
    #expect(study.snapshot.bands?.low.count == study.snapshot.map.grid.count)
    #expect(study.insight.price == study.snapshot.price)
    #expect(story.end == history.last)
    #expect(study.history == nil)
  }

  @Test func `a story that goes on says what one told at once says`() throws {
    let early = try Self.history(days: 10)
    let late = try Self.history(days: 12)
    let (_, begun) = try Self.subject(early).study(continuing: nil, depth: .now)
    let (goneOn, _) = try Self.subject(late).study(continuing: begun, depth: .now)
    let (atOnce, _) = try Self.subject(late).study(continuing: nil, depth: .now)
    #expect(goneOn.insight == atOnce.insight)
  }

  @Test func `a story is told with the shares that the map is drawn with`() throws {
    let history = try Self.history(days: 12)
    let frozen = ShareLearning.frozen(at: Self.start + .days(5))
    let (_, live) = try Self.subject(history).study(continuing: nil, depth: .now)
    #expect(live.learning == .live)
    let (_, held) = try Self.subject(history, learning: frozen).study(
      continuing: live, depth: .now)
    #expect(held.learning == frozen)
  }

  @Test func `a story is told anew when facts were filled in behind it`() throws {
    var late = MarketHistory()
    let all = try Self.history(days: 12)
    let (_, whole) = try Self.subject(all).study(continuing: nil, depth: .now)
    late = all
    late.forget(before: Self.start + .days(4))
    let (_, short) = try Self.subject(late).study(continuing: nil, depth: .now)
    #expect(short.first == Self.start + .days(4))
    let (_, anew) = try Self.subject(all).study(continuing: short, depth: .now)
    #expect(anew.first == Self.start)
    #expect(anew.bars == whole.bars)
    // What was let go of doesn't make it forget.
    let (_, kept) = try Self.subject(late).study(continuing: whole, depth: .now)
    #expect(kept.first == Self.start)
  }
}
