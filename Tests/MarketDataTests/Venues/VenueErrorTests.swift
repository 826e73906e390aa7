import Market
import Testing

@testable import MarketData

/// What a fetcher learns from a venue's refusal.
struct VenueErrorTests {
  private func kind(_ venue: Venue, _ body: String, _ status: Int?) -> VenueError.Kind? {
    VenueError.reading(Array(body.utf8), status: status, venue: venue)?.kind
  }

  @Test("Binance: bans name their end, places and keys are refused, symbols are unknown")
  func binance() {
    #expect(
      kind(.binance, #"{"code":-1003,"msg":"Way too many; banned until 1746327239762. x"}"#, 418)
        == .banned(until: Timestamp(milliseconds: 1_746_327_239_762)))
    #expect(kind(.binance, #"{"code":-1003,"msg":"Too many requests"}"#, 429) == .rateLimited)
    #expect(kind(.binance, #"{"code":-1003,"msg":"x"}"#, 418) == .banned(until: nil))
    #expect(
      kind(.binance, #"{"code":0,"msg":"from a restricted location"}"#, 451) == .refusedForLocation)
    #expect(kind(.binance, #"{"code":-1121,"msg":"Invalid symbol."}"#, 400) == .badSymbol)
    #expect(kind(.binance, #"{"code":-2014,"msg":"x"}"#, 401) == .needsKey)
    #expect(kind(.binance, #"{"code":-4088,"msg":"x"}"#, 400) == .badRequest)
    #expect(kind(.binance, #"{"code":-1008,"msg":"x"}"#, 503) == .unavailable)
    #expect(kind(.binance, "<html>WAF</html>", 403) == .other)
    #expect(kind(.binance, "", 418) == .banned(until: nil))
    #expect(kind(.binance, "[]", 200) == nil)
  }

  @Test("Bybit: errors come with 200, and with a page that isn't JSON")
  func bybit() {
    #expect(kind(.bybit, #"{"retCode":10006,"retMsg":"Too many visits!"}"#, 200) == .rateLimited)
    #expect(
      kind(.bybit, #"{"retCode":10001,"retMsg":"params error: Symbol Is Invalid"}"#, 200)
        == .badSymbol)
    #expect(kind(.bybit, #"{"retCode":10024,"retMsg":"x"}"#, 200) == .refusedForLocation)
    #expect(
      kind(.bybit, "{ error:... configured to block access from your country }", 403)
        == .refusedForLocation)
    #expect(kind(.bybit, "403, access too frequent", 403) == .rateLimited)
    #expect(kind(.bybit, #"{"retCode":0,"retMsg":"OK","result":{}}"#, 200) == nil)
  }

  @Test("OKX, Gate and Hyperliquid: codes are strings, labels and sentences")
  func others() {
    #expect(
      kind(.okx, #"{"code":"50011","msg":"Too Many Requests","data":[]}"#, 200) == .rateLimited)
    #expect(kind(.okx, #"{"code":"51001","msg":"doesn't exist"}"#, 200) == .badSymbol)
    #expect(kind(.okx, #"{"code":"0","msg":"","data":[]}"#, 200) == nil)
    #expect(kind(.okx, #"{"event":"notice","code":"64008","msg":"x"}"#, nil) == nil)
    #expect(kind(.gate, #"{"label":"TOO_MANY_REQUESTS","message":"x"}"#, 429) == .rateLimited)
    #expect(kind(.gate, #"{"label":"CONTRACT_NOT_FOUND"}"#, 400) == .badSymbol)
    #expect(
      kind(.hyperliquid, "Failed to deserialize the JSON body into the target type", 422)
        == .badRequest)
    #expect(kind(.hyperliquid, "null", 500) == .unavailable)
    #expect(kind(.hyperliquid, "null", 200) == nil)
  }

  @Test("The venue's words are kept, 200 characters of them")
  func words() throws {
    let page = "<html>\n  <p>" + String(repeating: "a", count: 5_000)
    let error = try #require(VenueError.reading(Array(page.utf8), status: 502, venue: .gate))
    #expect(error.text.count <= 200)
    #expect(error.description.hasPrefix("Gate refuses (HTTP 502): <html> <p>aaa"))
  }
}
