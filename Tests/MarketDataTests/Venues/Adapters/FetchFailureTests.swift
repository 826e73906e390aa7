import Market
import Testing

@testable import MarketData

/// What refusals, broken answers and silence mean for whoever asked.
struct FetchFailureTests {
  private static func failure(
    _ venue: Venue, _ status: Int, _ body: String, headers: [String] = [],
    channel: VenueChannel = .candle
  ) -> FetchFailure? {
    var decoder = VenueDecoder(venue: venue)
    let request = VenueRequest("/x", costs: [], channel: channel)
    let result = HTTPResult(
      status: status,
      headers: headers.map { line in
        let parts = line.split(separator: ":", maxSplits: 1)
        return HTTPHeader(String(parts[0]), parts[1].drop { $0 == " " }.description)
      }, body: Array(body.utf8))
    guard
      case .failed(let failure) = decoder.outcome(
        of: .success(result), to: request, now: requestNow)
    else { return nil }
    return failure
  }

  @Test(
    arguments: [
      (
        Venue.binance, 418,
        #"{"code":-1003,"msg":"Way too many requests; IP banned until 1790296260000."}"#,
        FetchFailure.Kind.rateLimited, FetchFailure.Retry.after(.minutes(1))
      ),
      (.binance, 429, #"{"code":-1003,"msg":"Too many"}"#, .rateLimited, .after(.seconds(7))),
      (.binance, 403, "<html>blocked</html>", .rateLimited, .after(.seconds(7))),
      (
        .binance, 451,
        #"{"code":0,"msg":"Service unavailable from a restricted location"}"#,
        .refusedForLocation, .never
      ),
      (.binance, 400, #"{"code":-1121,"msg":"Invalid symbol."}"#, .badSymbol, .never),
      (.binance, 401, #"{"code":-2014,"msg":"API-key format invalid."}"#, .needsKey, .never),
      (.binance, 500, "", .unavailable, .later),
      (
        .bybit, 200, #"{"retCode":10006,"retMsg":"Too many visits!"}"#, .rateLimited,
        .after(.seconds(1))
      ),
      (
        .bybit, 200, #"{"retCode":10001,"retMsg":"params error: Symbol Is Invalid"}"#, .badSymbol,
        .never
      ),
      (.bybit, 403, "403, access too frequent", .rateLimited, .after(.minutes(10))),
      (
        .bybit, 403,
        "The Amazon CloudFront distribution is configured to block access from your country.",
        .refusedForLocation, .never
      ),
      (.bybit, 403, "<html>403 ERROR</html>", .unavailable, .after(.minutes(10))),
      (
        .okx, 200, #"{"code":"51001","msg":"Instrument ID doesn't exist","data":[]}"#, .badSymbol,
        .never
      ),
      (
        .okx, 200, #"{"code":"50011","msg":"Too Many Requests","data":[]}"#, .rateLimited,
        .after(.seconds(7))
      ),
      (
        .okx, 503, #"{"code":"50001","msg":"Service unavailable"}"#, .unavailable,
        .after(.seconds(7))
      ),
      (.okx, 404, "", .gone, .never),
      (.okx, 403, "<html>denied</html>", .unavailable, .after(.minutes(5))),
      (
        .hyperliquid, 422, "Failed to deserialize the JSON body into the target type", .badRequest,
        .never
      ),
      (.hyperliquid, 429, "", .rateLimited, .after(.seconds(7))),
      (.gate, 400, #"{"label":"CONTRACT_NOT_FOUND","message":"x"}"#, .badSymbol, .never),
      (.gate, 301, "", .refusedForLocation, .never),
      (.okx, 200, #"{"code":"0","data":[["1","#, .unreadable, .later),
      (.okx, 200, "<!DOCTYPE html><html>busy</html>", .unavailable, .later),
      (.okx, 200, #"{"code":"0","msg":"","data":[{}]}"#, .unreadable, .later),
    ] as [(Venue, Int, String, FetchFailure.Kind, FetchFailure.Retry)])
  func `each refusal says whether and when to ask again`(
    venue: Venue, status: Int, body: String, kind: FetchFailure.Kind, retry: FetchFailure.Retry
  ) {
    // Only complaints look at the header.
    let headers = body.contains("banned") ? [] : ["Retry-After: 7"]
    let failure = Self.failure(venue, status, body, headers: headers)
    #expect(failure?.kind == kind)
    #expect(failure?.retry == retry)
    #expect(failure?.text.isEmpty == false)
  }

  @Test func `past liquidations that OKX no longer answers are gone, not wrong`() {
    let body = #"{"code":"51000","msg":"Parameter error","data":[]}"#
    #expect(Self.failure(.okx, 400, body)?.kind == .badRequest)
    #expect(Self.failure(.okx, 400, body, channel: .liquidation)?.kind == .gone)
  }

  @Test func `no data is an answer`() {
    #expect(Self.failure(.hyperliquid, 200, "null") == nil)
    #expect(Self.failure(.okx, 200, #"{"code":"0","msg":"","data":[]}"#) == nil)
    #expect(Self.failure(.binance, 200, "[]") == nil)
  }

  @Test func `a bad row doesn't make the others worthless`() throws {
    var decoder = VenueDecoder(venue: .okx)
    let (adapter, instrument) = try subject(.okx, "BTC-USDT-SWAP")
    let request = try #require(
      adapter.history(
        .candles(.minutes(1)), of: instrument, from: requestHour,
        to: requestHour + .minutes(2), now: requestNow))
    let body =
      #"{"code":"0","msg":"","data":[["1790290860000","x","8","2","6","1","1","1","1"],"#
      + #"["1790290800000","4","8","2","6","1","1","1","1"]]}"#
    let outcome = decoder.outcome(
      of: .success(HTTPResult(status: 200, headers: [], body: Array(body.utf8))), to: request,
      now: requestNow)
    guard case .decoded(let message) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(message.observations.count == 1 && message.problems.count == 1)
  }

  @Test func `silence is asked again, unless nobody wants the answer`() {
    let unreachable = FetchFailure(TransportError(host: "h", .refused), venue: .okx)
    #expect(unreachable.kind == .unreachable && unreachable.retry == .later)
    let cancelled = FetchFailure(TransportError(host: "h", .cancelled), venue: .okx)
    #expect(cancelled.kind == .cancelled && cancelled.retry == .never)
  }
}
