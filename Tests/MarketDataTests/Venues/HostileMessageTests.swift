import Foundation
import Market
import TestSupport
import Testing

@testable import MarketData

/// Messages that no venue should send.
struct HostileMessageTests {
  @Test(
    "A wrong type, a lacking field or an impossible number is a problem with its reason",
    arguments: [
      (Venue.binance, #"[[1,"1","2"]]"#, "6 at least"),
      (.binance, #"[[1672531200000,"x","2","1","1","1"]]"#, "open is \"x\""),
      (.binance, #"[[1672531200000,"1","2","3","1","1"]]"#, "high"),
      (.binance, #"[[1672531200000,"1","2","1","1","-1"]]"#, "base volume of -1.0"),
      (.binance, #"{"symbol":"BTCUSDT","openInterest":[],"time":1}"#, "openInterest is an array"),
      (.binance, #"{"symbol":"BTCUSDT","openInterest":"","time":1}"#, "missing or empty"),
      (.binance, #"{"symbol":"BTCUSDT","openInterest":"NaN","time":1}"#, "must be a number"),
      (.binance, #"{"symbol":"BTCUSDT","openInterest":"1e999","time":1}"#, "must be a number"),
      (.binance, #"{"symbol":"BTCUSDT","openInterest":"1","time":9e300}"#, "milliseconds"),
      (.binance, #"{"symbol":7,"openInterest":"1","time":1}"#, "must be a string"),
      (.binance, #"{"e":"forceOrder","E":1,"o":{"s":"A","S":"HOLD"}}"#, "SELL or BUY"),
      (.binance, #"{"e":"novelty","E":1}"#, "novelty is unknown"),
      (.binance, "42", "which no message is"),
      (.bybit, #"{"topic":"kline.1.BTCUSDT","data":{}}"#, "must be a list"),
      (.bybit, #"{"topic":"news.BTC","data":[]}"#, "news.BTC is unknown"),
      (.bybit, #"{"retCode":0,"result":[]}"#, "must be an object"),
      (.okx, #"{"code":"0","msg":"","data":[["1"]]}"#, "1 columns"),
      (.okx, #"{"code":"0","msg":"","data":[true]}"#, "no row"),
      (
        .hyperliquid, #"{"channel":"trades","data":[{"coin":"BTC","side":"X"}]}"#,
        "missing or empty"
      ),
      (.hyperliquid, #"[{"universe":[{}]},[]]"#, "name is missing"),
      (.gate, #"{"channel":"futures.trades","event":"update","result":[1]}"#, "must be an object"),
      (.gate, "{\"a\":1", "no JSON"), (.gate, "", "no JSON"),
      (.gate, "{\"a\":\"\u{1}\"}", "control"),
    ])
  func problems(venue: Venue, text: String, words: String) throws {
    let found = decoded(text, venue)
    let problem = try #require(found.problems.first)
    #expect(problem.description.contains(words), "\(problem)")
    #expect(found.observations.isEmpty)
  }

  @Test("A bad row is reported by its place, and the others are read")
  func oneBadRow() {
    let found = decoded(
      #"""
      [{"symbol":"BTCUSDT","sumOpenInterest":"1","sumOpenInterestValue":"2","timestamp":"5"},
      {"symbol":"BTCUSDT","sumOpenInterest":{},"timestamp":6},
      {"symbol":"BTCUSDT","sumOpenInterest":3,"sumOpenInterestValue":"4","timestamp":7}]
      """#, .binance)
    #expect(
      found.words == ["open_interest BTCUSDT 5 1.0 2.0", "open_interest BTCUSDT 7 3.0 4.0"])
    #expect(found.problems.map(\.place) == ["row 1"])
  }

  @Test("Numbers may be strings or numbers, with exponents, and unknown fields are passed over")
  func lenience() {
    let found = decoded(
      #"""
      {"e":"markPriceUpdate","E":"1700000000000","s":"BTCUSDT","p":2.315E+4,"i":"2.3e4","r":"",
      "T":0,"ap":{"new":[1]},"st":null}
      """#, .binance)
    #expect(found.words == ["mark_price BTCUSDT 1700000000000 23150.0 23000.0 - -"])
    #expect(found.problems.isEmpty)
  }

  @Test("Nesting and size know bounds")
  func bounds() {
    #expect(decoded(String(repeating: "[", count: 100_000), .gate).problems.count == 1)
    let many =
      "[" + Array(repeating: "{\"t\":1,\"r\":\"0.1\"}", count: 5_000).joined(separator: ",")
    let found = decoded(many + "]", .gate)
    #expect(found.observations.count == 5_000)
  }

  @Test("An amount too large for a number is unknown, not infinite")
  func overflow() {
    let found = decoded(
      #"{"e":"aggTrade","E":1,"s":"BTCUSDT","p":"1e300","q":"1e300","T":5,"m":true}"#, .binance)
    #expect(found.words == ["trade BTCUSDT 5 sold 1e+300 1e+300 -"])
  }

  @Test("JSON is read to the letter")
  func json() throws {
    let text = #"{"a":[1,-0.5e-3,true,null,"\u00e9\ud83d\ude00\n"],"b":{},"b":2}"#
    let value = try JSONReader.value(Array(text.utf8))
    let object = try #require(value.object)
    #expect(
      object["a"]
        == .array([.number(1), .number(-0.0005), .boolean(true), .null, .string("é😀\n")]))
    #expect(object["b"] == .number(2))
    for bad in [
      "01", "1.", "-", ".5", "+1", "1e", "tru", "[1,]", "{\"a\" 1}", "\"\\x\"", "\"\\ud800\"",
      "[1] 2",
      "NaN", "{a:1}", "'a'",
    ] {
      #expect(throws: JSONFault.self, "\(bad)") { try JSONReader.value(Array(bad.utf8)) }
    }
    #expect(throws: JSONFault.self) { try JSONReader.value([0x22, 0xFF, 0x22]) }
  }

  @Test(
    "Mutated recordings never crash a decoder, and never yield what the map refuses",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"),
    arguments: Venue.real)
  func mutations(venue: Venue) throws {
    var random = Mutations(state: 0x5EED)
    let tokens = [
      "\"\"", "null", "{}", "[", "]", "1e999", "-1", "\"x\"", "0", "true", ",", "\\", "9",
    ]
    .map { Array($0.utf8) }
    for file in try Recordings.files(of: venue.rawValue).sorted() {
      let original = try Recordings.bytes(file)
      var decoder = VenueDecoder(venue: venue)
      for _ in 0..<12 {
        var bytes = original
        for _ in 0...random.below(3) {
          let at = random.below(bytes.count)
          switch random.below(4) {
          case 0: bytes[at] = UInt8(random.below(256))
          case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.below(8)))
          case 2: bytes.replaceSubrange(at..<at + 1, with: tokens[random.below(tokens.count)])
          default: bytes = Array(bytes.prefix(at + 1))
          }
          if bytes.isEmpty { bytes = [0x20] }
        }
        let found = decoder.decode(bytes, context: DecodeContext(receivedAt: Recordings.arrival))
        for observation in found.observations { _ = observation.event(mark: 1) }
        _ = VenueError.reading(bytes, status: 200, venue: venue)
      }
    }
  }
}

/// Numbers below a bound from a seed.
private struct Mutations {
  private var random: SeededRandom

  init(state: UInt64) {
    random = SeededRandom(seed: state)
  }

  mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
}
