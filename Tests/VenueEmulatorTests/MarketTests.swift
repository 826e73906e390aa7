import MapEngine
import Market
import Testing

@testable import VenueEmulator

@Suite("The emulated market is one market")
struct MarketTests {
  private static let listings = Venue.real.flatMap { Listings.all(of: $0) }
    .filter { !$0.isDelisted && ["BTC", "PEPE"].contains($0.coin.name) }

  @Test(arguments: Venue.real)
  func `Each side of a venue's positions adds up to its open interest`(_ venue: Venue) throws {
    let market = TestMarket.shared
    for listing in Self.listings where listing.venue == venue && listing.kind == .linear {
      market.prepare(to: TestMarket.now)
      let known = market.positions(of: listing.coin, symbol: listing.symbol, on: venue)
      let series = market.series(listing, to: known.time.milliseconds - 120_000)
      // Others may let the market go on meanwhile: then this is about an earlier end.
      guard series.end * 60_000 == known.time.milliseconds else { continue }
      let size = series.openInterest(at: known.time.milliseconds)
      let interest = listing.size.value(size) * listing.unit * listing.factor
      for side in Side.allCases {
        let sum = known.positions.filter { $0.side == side }.reduce(0) { $0 + $1.quantity }
        #expect(abs(sum / interest - 1) < 1e-4, "\(listing.symbol) \(side)")
      }
    }
  }

  @Test(arguments: Venue.real)
  func `Coarser candles are the finer ones put together`(_ venue: Venue) throws {
    let now = TestMarket.now.milliseconds
    for listing in Self.listings where listing.venue == venue {
      let series = TestMarket.shared.series(listing, to: now)
      let places: [(BarClock, Int64)] = [
        (.minutes(5), now), (.minutes(60), now), (.minutes(240), now - 40 * 86_400_000),
        (.minutes(15), now - 9 * 86_400_000),
        (listing.coin == .bitcoin ? .minutes(1_440) : .minutes(30), now),
      ]
      for (clock, moment) in places {
        let bar = clock.last(to: moment)
        guard let coarse = series.bar(clock, bar, now: now) else { continue }
        var fine: SeriesRow?
        for minute in clock.start(bar)..<clock.start(bar + 1) where minute >= series.first {
          guard let row = series.bar(.minutes(1), minute, now: now)?.row else { continue }
          if fine == nil { fine = row } else { fine?.append(row) }
        }
        #expect(coarse.row == fine, "\(listing.symbol) \(clock)")
        #expect(coarse.row.buy <= coarse.row.volume)
        #expect(coarse.row.low <= min(coarse.row.open, coarse.row.close))
        #expect(coarse.row.high >= max(coarse.row.open, coarse.row.close))
      }
    }
  }

  @Test func `A minute only grows, and ends as its row`() throws {
    let now = TestMarket.now.milliseconds
    for listing in Self.listings {
      let series = TestMarket.shared.series(listing, to: now)
      let minute = now / 60_000 - 3
      var before: SeriesRow?
      for step in stride(from: Int64(0), through: 60_000, by: 1_999) {
        let row = series.forming(minute, to: minute * 60_000 + step)
        if let before {
          #expect(row.volume >= before.volume && row.buy >= before.buy)
          #expect(row.high >= before.high && row.low <= before.low)
        }
        #expect(row.open == series.minute(minute).open)
        before = row
      }
      #expect(series.forming(minute, to: (minute + 1) * 60_000) == series.minute(minute))
    }
  }

  @Test func `What lies ahead is never told`() throws {
    var venue = TestMarket.venue(.binance)
    let early = TestMarket.now - .minutes(30)
    // Another venue has been told of later moments: the market knows them.
    _ = venue.ask("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=5")
    var other = TestMarket.venue(.binance)
    let rows = try JSONShape(
      other.ask("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=5", at: early).text)
    let last = try #require(rows.list.last)
    #expect(last[path: "0"]?.number == Double(early.milliseconds / 60_000 * 60_000))
    #expect(rows.list.count == 5)
  }

  @Test func `The market doesn't depend on when it is asked about`() throws {
    let target = "/fapi/v1/klines?symbol=BTCUSDT&interval=4h&limit=900&endTime=1795400000000"
    let patient = EmulatedMarket(seed: 5, days: 1, now: TestMarket.now, coins: [.bitcoin])
    let hasty = EmulatedMarket(seed: 5, days: 1, now: TestMarket.now, coins: [.bitcoin])
    var first = EmulatedVenue(.binance, market: patient)
    var second = EmulatedVenue(.binance, market: hasty)
    _ = first.ask(target, at: TestMarket.now)
    _ = second.ask(target, at: TestMarket.now - .hours(20))
    let later = TestMarket.now + .hours(2)
    #expect(first.ask(target, at: later).text == second.ask(target, at: later).text)
    let newest = "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1000"
    #expect(first.ask(newest, at: later).text == second.ask(newest, at: later).text)
  }

  @Test func `Minutes without a trade have no row where the venue gives none`() throws {
    let listing = try #require(
      Listings.all(of: .hyperliquid).first { $0.symbol == "kPEPE" })
    let series = TestMarket.shared.series(listing, to: TestMarket.now.milliseconds)
    let now = TestMarket.now.milliseconds
    let bars = series.bars(
      .minutes(1), from: now / 60_000 - 600, through: now / 60_000, now: now)
    #expect(bars.count < 600 && bars.count > 500)
    #expect(bars.allSatisfy { $0.row.volume > 0 })
  }

  @Test func `Months are the calendar's`() {
    // 2024-02-29 and 2026-11-24, in days since 1970.
    #expect(BarClock.months.bar(of: 19_782 * 1_440) == 54 * 12 + 1)
    #expect(BarClock.months.start(54 * 12 + 2) == 19_783 * 1_440)
    #expect(BarClock.months.bar(of: 20_781 * 1_440) == 56 * 12 + 10)
    #expect(HTTPDateText.text(784_111_777_000) == "Sun, 06 Nov 1994 08:49:37 GMT")
    // 2026-11-23 is a Monday.
    #expect(BarClock.weeks.start(BarClock.weeks.bar(of: 20_781 * 1_440)) == 20_780 * 1_440)
  }
}

@Suite("Streams and history of a venue agree")
struct AgreementTests {
  /// The subscription to a venue's minutes of bitcoin, the question for the same minutes, and
  /// where their open time and close stand.
  private struct Agreement: Sendable {
    let venue: Venue
    let path: String
    let subscribe: String
    let target: String
    var json: String?
    let streamed: @Sendable (JSONShape) -> JSONShape?
    let rows: @Sendable (JSONShape) -> [JSONShape]
  }

  private static let all: [Agreement] = [
    Agreement(
      venue: .bybit, path: "/v5/public/linear",
      subscribe: #"{"op":"subscribe","args":["kline.1.BTCUSDT"]}"#,
      target: "/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1&limit=6",
      streamed: { $0[path: "data.0"] }, rows: { $0[path: "result.list"]?.list ?? [] }),
    Agreement(
      venue: .okx, path: "/ws/v5/business",
      subscribe:
        #"{"op":"subscribe","args":[{"channel":"candle1m","instId":"BTC-USDT-SWAP"}]}"#,
      target: "/api/v5/market/candles?instId=BTC-USDT-SWAP&bar=1m&limit=6",
      streamed: { $0[path: "data.0"] }, rows: { $0[path: "data"]?.list ?? [] }),
    Agreement(
      venue: .gate, path: "/v4/ws/usdt",
      subscribe:
        #"{"time":1,"channel":"futures.candlesticks","event":"subscribe","payload":["1m","BTC_USDT"]}"#,
      target: "/api/v4/futures/usdt/candlesticks?contract=BTC_USDT&interval=1m&limit=6",
      streamed: { $0[path: "result.0"] }, rows: { $0.list }),
    Agreement(
      venue: .hyperliquid, path: "/ws",
      subscribe:
        #"{"method":"subscribe","subscription":{"type":"candle","coin":"BTC","interval":"1m"}}"#,
      target: "/info",
      json: #"""
        {"type":"candleSnapshot","req":{"coin":"BTC","interval":"1m","startTime":1795500000000,\#
        "endTime":1795600000000}}
        """#, streamed: { $0[path: "data"] }, rows: { $0.list }),
  ]

  @Test(arguments: [Venue.bybit, .okx, .gate, .hyperliquid])
  func `The last a stream says of a minute is the minute's row`(_ venue: Venue) throws {
    let wanted = try #require(Self.all.first { $0.venue == venue })
    var venue = TestMarket.venue(venue)
    let id = try venue.stream(wanted.path, saying: [wanted.subscribe])
    var streamed: [Double: JSONShape] = [:]
    for second in stride(from: Int64(10), through: 200, by: 10) {
      let moment = TestMarket.now + .seconds(second)
      if venue.venue == .okx { venue.receive("ping", on: id, at: moment) }
      if venue.venue == .hyperliquid {
        venue.receive(#"{"method":"ping"}"#, on: id, at: moment)
      }
      for text in venue.frames(until: moment).compactMap(\.frame.text) {
        guard let message = try? JSONShape(text), let candle = wanted.streamed(message),
          let time = Self.time(candle)
        else { continue }
        streamed[time] = candle
      }
    }
    let answer = venue.ask(wanted.target, json: wanted.json, at: TestMarket.now + .seconds(200))
    let rows = wanted.rows(try JSONShape(answer.text))
    var compared = 0
    for row in rows {
      guard let time = Self.time(row), let candle = streamed[time] else { continue }
      // The forming minute has moved on since.
      guard time != rows.compactMap(Self.time).max() else { continue }
      #expect(Self.numbers(row) == Self.numbers(candle), "\(row)")
      compared += 1
    }
    #expect(compared >= 3)
  }

  @Test func `Binance's closed candles are the rows of its history`() throws {
    var venue = TestMarket.venue(.binance)
    _ = try venue.stream("/market/ws/btcusdt@kline_1m")
    let closed = venue.texts(for: 200).filter { $0.contains("\"x\":true") }
    #expect(closed.count == 3)
    let rows = try JSONShape(
      venue.ask(
        "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=6", at: TestMarket.now + .seconds(200)
      ).text
    ).list
    for text in closed {
      let candle = try #require(try JSONShape(text)[path: "k"])
      let row = try #require(rows.first { $0[path: "0"] == candle[path: "t"] })
      for (place, name) in ["t", "o", "h", "l", "c", "v", "T", "q", "n", "V", "Q"].enumerated() {
        #expect(row[path: "\(place)"] == candle[path: name], "\(name)")
      }
    }
  }

  @Test func `Open interest at a mark is what the history keeps of it`() throws {
    var venue = TestMarket.venue(.bybit)
    let mark = Timestamp(milliseconds: TestMarket.now.milliseconds / 300_000 * 300_000)
    let target = "/v5/market/tickers?category=linear&symbol=BTCUSDT"
    let then = try JSONShape(venue.ask(target, at: mark).text)
    let history = try JSONShape(
      venue.ask(
        "/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min&limit=1"
      ).text)
    #expect(
      then[path: "result.list.0.singleOpenInterest"]?.number
        == history[path: "result.list.0.singleOpenInterest"]?.number)
  }

  @Test func `A mark is published a while after it`() throws {
    let mark = Timestamp(milliseconds: TestMarket.now.milliseconds / 300_000 * 300_000)
    let target = "/futures/data/openInterestHist?symbol=BTCUSDT&period=5m&limit=1"
    var venue = TestMarket.venue(.binance)
    let early = try JSONShape(venue.ask(target, at: mark + .seconds(5)).text)
    let late = try JSONShape(venue.ask(target, at: mark + .seconds(15)).text)
    #expect(early[path: "0.timestamp"]?.number == Double(mark.milliseconds - 300_000))
    #expect(late[path: "0.timestamp"]?.number == Double(mark.milliseconds))
  }

  private static func time(_ candle: JSONShape) -> Double? {
    (candle[path: "0"] ?? candle[path: "start"] ?? candle[path: "t"])?.number
  }

  /// Open, high, low, close and volume, in order of size: the same in a row and in an object.
  private static func numbers(_ candle: JSONShape) -> [Double] {
    let names = ["open", "high", "low", "close", "volume", "o", "h", "l", "c", "v"]
    if case .list(let values) = candle { return values[1...5].compactMap(\.number).sorted() }
    return names.compactMap { candle[path: $0]?.number }.sorted()
  }
}
