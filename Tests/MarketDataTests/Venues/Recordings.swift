import Foundation
import Market
import TestSupport
import Testing

@testable import MarketData

/// Recorded messages of venues, and what they hold in short words.
enum Recordings {
  /// The moment that undated facts of the tests arrive at: half past an hour.
  static let arrival = Timestamp(milliseconds: 1_790_361_000_000)

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: SharedData.file("recordings/" + path)))
  }

  /// The recordings of a venue.
  static func files(of venue: String) throws -> [String] {
    let folder = try SharedData.file("recordings/" + venue)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .map { venue + "/" + $0 }
  }

  static func decode(
    _ path: String, _ channel: VenueChannel? = nil, symbol: String? = nil, interval: Span? = nil
  ) throws -> DecodedMessage {
    let venue = try #require(Venue(rawValue: String(path.prefix { $0 != "/" })))
    return decode(try bytes(path), venue: venue, channel, symbol: symbol, interval: interval)
  }

  static func decode(
    _ bytes: [UInt8], venue: Venue, _ channel: VenueChannel? = nil, symbol: String? = nil,
    interval: Span? = nil
  ) -> DecodedMessage {
    var decoder = VenueDecoder(venue: venue)
    return decoder.decode(
      bytes, channel: channel,
      context: DecodeContext(symbol: symbol, interval: interval, receivedAt: arrival))
  }
}

/// A message that a test writes itself, decoded.
func decoded(
  _ text: String, _ venue: Venue, _ channel: VenueChannel? = nil, symbol: String? = nil,
  interval: Span? = nil
) -> DecodedMessage {
  Recordings.decode(
    Array(text.utf8), venue: venue, channel, symbol: symbol, interval: interval)
}

extension DecodedMessage {
  /// Each fact in one line of short words.
  var words: [String] { observations.map(\.words) }
}

extension VenueObservation {
  /// Channel, symbol, time, and what is stated; `-` for what isn't known.
  var words: String {
    ([channel.rawValue, symbol ?? "-", word(time)] + contentWords).joined(separator: " ")
  }

  private var contentWords: [String] {
    switch content {
    case .candle(let candle):
      [
        word(candle.interval), "\(candle.open)", "\(candle.high)", "\(candle.low)",
        "\(candle.close)", word(candle.baseVolume), word(candle.quoteVolume),
        word(candle.takerBuyBaseVolume), candle.isClosed ? "closed" : "open",
      ]
    case .openInterest(let quantity, let dollars): [word(quantity), word(dollars)]
    case .markPrice(let reading):
      [
        word(reading.mark), word(reading.index), word(reading.fundingRate),
        word(reading.nextFundingTime),
      ]
    case .funding(let funding): [word(funding.rate), word(funding.interval)]
    case .liquidation(let side, let price, let quantity, let dollars):
      [side.rawValue, "\(price)", word(quantity), word(dollars)]
    case .liquidatedTotals(let long, let short, let interval):
      [
        word(interval), word(long.quantity), word(long.dollars), word(short.quantity),
        word(short.dollars),
      ]
    case .trade(let takerBought, let price, let quantity, let dollars):
      [takerBought ? "bought" : "sold", "\(price)", word(quantity), word(dollars)]
    case .longShortRatio(let reading):
      [reading.measure.rawValue, "\(reading.ratio)", "\(reading.longShare)"]
        + (reading.buyVolume.map { ["\($0)", word(reading.sellVolume)] } ?? [])
    case .instrument(let listed):
      [
        listed.instrument.symbol, listed.kind.rawValue, listed.isPerpetual ? "perpetual" : "dated",
        listed.unit.map { "\($0)" } ?? "-", "x\(listed.multiplier)", word(listed.tickSize),
        word(listed.maxLeverage), listed.state ?? "-",
      ]
    case .maintenanceTiers(let table):
      [table.unit.rawValue]
        + table.tiers.map {
          "[\($0.floor) \(word($0.cap)) \($0.rate) \(word($0.maxLeverage)) \(word($0.deduction))]"
        }
    }
  }
}

private func word(_ value: Double?) -> String { value.map { "\($0)" } ?? "-" }
private func word(_ time: Timestamp?) -> String { time.map { "\($0.milliseconds)" } ?? "-" }
private func word(_ span: Span?) -> String { span.map { "\($0.milliseconds)" } ?? "-" }
