import Market
import Testing

@testable import VenueEmulator

/// The market of all tests, made once: two coins, a day and some hours.
enum TestMarket {
  static let now = Timestamp(milliseconds: 1_795_500_123_000)
  static let shared = EmulatedMarket(
    seed: 11, days: 1, now: now, coins: [.bitcoin, .pepe])

  static func venue(
    _ venue: Venue, script: FaultScript = .none,
    options: EmulatedVenue.Options = EmulatedVenue.Options()
  ) -> EmulatedVenue {
    EmulatedVenue(venue, market: shared, script: script, options: options)
  }
}

extension EmulatedVenue {
  /// What is answered to a GET, or to a POST of JSON.
  mutating func ask(
    _ target: String, json: String? = nil, at moment: Timestamp = TestMarket.now
  ) -> EmulatedAnswer {
    answer(
      EmulatedRequest(
        method: json == nil ? "GET" : "POST", target: target,
        headers: [("Content-Type", "application/json")], body: Array((json ?? "").utf8)),
      at: moment)
  }

  /// Opens a stream; fails the test where it is refused.
  mutating func stream(
    _ path: String, saying texts: [String] = [], at moment: Timestamp = TestMarket.now
  ) throws -> EmulatedStreamID {
    let parts = path.split(separator: "?")
    let request = EmulatedRequest(target: path)
    guard case .opened(let id) = open(path: String(parts[0]), query: request.query, at: moment)
    else { throw Refused() }
    for text in texts { receive(text, on: id, at: moment) }
    return id
  }

  struct Refused: Error {}

  /// The texts that come within some seconds.
  mutating func texts(
    for seconds: Int64, from moment: Timestamp = TestMarket.now
  ) -> [String] {
    frames(until: moment + .seconds(seconds)).compactMap(\.frame.text)
  }
}

extension EmulatedAnswer {
  var text: String { String(decoding: body, as: UTF8.self) }
}
