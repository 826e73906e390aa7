import Testing

@testable import MarketData

@Suite struct EndpointTests {
  @Test func `a base keeps its port and its prefix`() throws {
    let endpoint = try Endpoint("https://Mirror.example:8443/binance/", kind: .rest)
    let query = [(name: "symbol", value: "BTC&ETH")]
    #expect(
      endpoint.url("/fapi/v1/klines", query: query)
        == "https://mirror.example:8443/binance/fapi/v1/klines?symbol=BTC%26ETH")
    #expect(try Endpoint("wss://[::1]:9", kind: .stream).authority == "[::1]:9")
  }

  @Test(arguments: [
    ("http://fapi.binance.com", EndpointError.Fault.insecure), ("http://127.evil.com", .insecure),
    ("http://localhost.evil.com", .insecure), ("ftp://a", .scheme(.rest)),
    ("wss://a", .scheme(.rest)), ("https://u@h", .userInfo), ("https://h:0", .host),
    ("https://", .host), ("https://h?x", .query), ("https://a b", .badCharacter),
  ]) func `what can't be a base says why`(text: String, fault: EndpointError.Fault) {
    #expect(throws: EndpointError(text: text, fault: fault)) { try Endpoint(text, kind: .rest) }
  }

  @Test(arguments: [
    "http://localhost:1", "http://127.0.0.1", "http://127.9.9.9:80", "http://[::1]",
  ])
  func `plain http is for loopback`(text: String) throws {
    #expect(try Endpoint(text, kind: .rest).isLoopback)
  }

  @Test func `the environment's proxies are found as curl finds them`() throws {
    let environment = [
      "HTTPS_PROXY": "http://upper:1", "https_proxy": "http://u:p%40@lower:3128",
      "ALL_PROXY": "socks5h://socks", "NO_PROXY": "okx.com,.gate.io,10.0.0.1,bybit.com:8443",
    ]
    let settings = try ProxySettings(environment: environment)
    func proxy(_ url: String) throws -> String? {
      try settings.proxy(for: Endpoint(url, kind: .stream))?.description
    }
    #expect(try proxy("wss://fstream.binance.com") == "http://lower:3128")
    #expect(try proxy("ws://127.0.0.1") == "socks5://socks:1080")
    #expect(try proxy("wss://ws.okx.com:8443") == nil)
    #expect(try proxy("wss://notokx.com") != nil)
    #expect(try proxy("wss://fx.gate.io") == nil)
    #expect(try proxy("wss://10.0.0.1") == nil)
    #expect(try proxy("wss://bybit.com:8443") == nil)
    #expect(try proxy("wss://bybit.com") != nil)
    guard case .http(let credentials)? = settings.secure?.kind else {
      Issue.record("no HTTP proxy")
      return
    }
    #expect(credentials?.password == "p@")
    #expect(throws: ProxyError.self) { try Proxy("socks5://u:p@h") }
    #expect(throws: ProxyError.self) { try Proxy("https://h") }
  }
}
