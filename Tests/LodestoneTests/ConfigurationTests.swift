import Foundation
import Market
import MarketData
import Testing

@testable import lodestone

@Suite("config.toml")
struct ConfigurationTests {
  private func read(_ text: String) throws(ConfigurationError) -> Configuration {
    try Configuration(text: text, path: "config.toml")
  }

  @Test func `each key is read`() throws {
    let configuration = try read(
      """
      # What I watch.
      symbol = "eth"
      timeframe = "30d"
      theme = "light"
      proxy = "http://user:secret@proxy.example:3128"

      [venues.binance]
      enabled = false
      rest_url = "https://mirror.example/binance/"
      stream_url = "wss://mirror.example:8443"
      headers = { "X-Key" = "abc" }

      [venues.gate]
      rest_url = "http://127.0.0.1:9000"
      """)
    #expect(configuration.symbol == Instrument(base: "ETH"))
    #expect(configuration.timeframe == .days30)
    #expect(configuration.theme == "light")
    #expect(configuration.proxy == "http://user:secret@proxy.example:3128")
    let binance = try #require(configuration.venues[.binance])
    #expect(binance.isEnabled == false)
    #expect(binance.rest?.description == "https://mirror.example/binance")
    #expect(binance.stream?.port == 8_443)
    #expect(binance.rest?.headers == [HTTPHeader("X-Key", "abc")])
    #expect(configuration.venues[.gate]?.isEnabled == nil)
    #expect(configuration.venues[.gate]?.rest?.isLoopback == true)
    #expect(configuration.venues[.okx] == nil)
  }

  @Test func `an empty file says nothing`() throws {
    #expect(try read("") == Configuration())
  }

  @Test(
    "What is wrong is told in a sentence with its line and what is allowed",
    arguments: [
      (
        "\nsymbl = \"BTC\"",
        "config.toml, line 2, symbl: is not a key of the configuration; "
          + "allowed are symbol, timeframe, theme, proxy and venues"
      ),
      ("symbol = 5", "line 1, symbol: must be a text, such as \"BTC\""),
      ("symbol = \"B T C\"", "line 1, symbol: \"B T C\" names no instrument"),
      (
        "symbol = \"BTC\"\ntimeframe = \"5d\"",
        "line 2, timeframe: \"5d\" is no timeframe; allowed are 12h, 1d"
      ),
      ("theme = \"dark\"", "line 1, theme: no theme is named \"dark\"; allowed are default, light"),
      ("proxy = \"ftp://x\"", "line 1, proxy: \"ftp://x\" isn't a kind of proxy"),
      ("venues = 1", "line 1, venues: must be a table of venues"),
      ("[venues.kraken]\nenabled = true", "line 1, venues.kraken: is not a key of venues"),
      ("[venues]\nokx = true", "line 2, venues.okx: must be a table of a venue's settings"),
      (
        "[venues.okx]\n\nenabled = \"yes\"",
        "line 3, venues.okx.enabled: must be true or false"
      ),
      (
        "[venues.okx]\nurl = \"https://x\"",
        "line 2, venues.okx.url: is not a key of a venue's settings; "
          + "allowed are enabled, rest_url, stream_url and headers"
      ),
      (
        "venues.okx.rest_url = \"wss://x\"",
        "line 1, venues.okx.rest_url: \"wss://x\" must begin with https://"
      ),
      (
        "[venues.bybit]\nstream_url = \"ws://10.0.0.1\"",
        "line 2, venues.bybit.stream_url: \"ws://10.0.0.1\" isn't encrypted"
      ),
      (
        "[venues.bybit.headers]\n\"X Y\" = \"1\"",
        "line 2, venues.bybit.headers.X Y: the name or the value has characters"
      ),
      (
        "[venues.bybit]\nheaders = { X = 1 }",
        "line 2, venues.bybit.headers.X: must be a text"
      ),
      ("symbol = \"BTC\"\nsymbol = \"ETH\"", "config.toml, line 2"),
      ("symbol = BTC", "config.toml, line 1"),
    ])
  func refusal(text: String, words: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try read(text) }
    let sentence = try #require(error).description
    #expect(sentence.contains(words), "\(sentence)")
    #expect(!sentence.contains("\n"))
  }

  @Test func `no sentence holds a password or the value of a header`() throws {
    for text in [
      "proxy = \"http://user:secret@:1\"", "[venues.okx.headers]\n\"a b\" = \"secret\"",
    ] {
      let error = #expect(throws: ConfigurationError.self) { try read(text) }
      #expect(!(try #require(error).description.contains("secret")))
    }
  }

  @Test func `the usual place is below XDG_CONFIG_HOME, else below the home folder`() {
    #expect(
      Configuration.standardPath(environment: ["XDG_CONFIG_HOME": "/x", "HOME": "/h"])
        == "/x/lodestone/config.toml")
    #expect(
      Configuration.standardPath(environment: ["XDG_CONFIG_HOME": "relative", "HOME": "/h"])
        == "/h/.config/lodestone/config.toml")
    #expect(Configuration.standardPath(environment: [:]) == nil)
  }

  @Test func `a file in the usual place need not exist, a named one must`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    let environment = ["XDG_CONFIG_HOME": folder]
    #expect(try Configuration.load(path: nil, environment: environment) == Configuration())
    let path = folder + "/lodestone/config.toml"
    #expect(throws: ConfigurationError.self) {
      try Configuration.load(path: path, environment: environment)
    }
    try FileManager.default.createDirectory(
      atPath: folder + "/lodestone", withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(atPath: folder) }
    try "theme = \"mono\"".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try Configuration.load(path: nil, environment: environment).theme == "mono")
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration.load(path: folder, environment: environment)
    }
    #expect(error?.description == "\(folder): is a folder, not a file")
  }

  @Test(
    "Lines are found however a key is written",
    arguments: [
      ("a = 1\n\n[b.c]\nd = 2", ["b", "c", "d"], 4), ("b.c.d = 1", ["b", "c", "d"], 1),
      ("[b]\nc = { d = 1 }", ["b", "c", "d"], 2), ("[b]\n  \"c\" . 'd' = 1", ["b", "c", "d"], 2),
      ("x = \"\"\"\n[b]\nc = 1\n\"\"\"\n[b]\nc = 2", ["b", "c"], 6),
      ("x = [\n  \"b = 1\",\n]\nb = 2", ["b"], 4), ("# b = 1\nb = 2", ["b"], 2),
    ])
  func lines(text: String, path: [String], line: Int) {
    #expect(KeyLocator(text).line(of: path) == line)
    #expect(KeyLocator(text).line(of: ["no", "such"]) == nil)
  }
}

@Suite("What decides how venues are reached")
struct ConnectionOptionsTests {
  private func settings(
    _ arguments: [String] = [], file: String = "", environment: [String: String] = [:]
  ) throws -> FeedSettings {
    let options = try ConnectionOptions.parse(arguments)
    return try options.feedSettings(
      try Configuration(text: file, path: "config.toml"), environment: environment)
  }

  @Test func `by default every venue takes part, at its own hosts, without a proxy`() throws {
    let settings = try settings()
    #expect(Set(settings.venues.keys) == Set(Venue.real))
    #expect(settings.venues.values.allSatisfy { $0.isEnabled && $0.rest.scheme == .https })
    #expect(settings.venues.values.allSatisfy { $0.stream.scheme == .wss })
    #expect(settings.venues[.binance]?.rest.host == "fapi.binance.com")
    #expect(settings.proxies == .none)
  }

  @Test func `arguments go before the file`() throws {
    let file = """
      [venues.binance]
      enabled = false
      rest_url = "https://mirror.example"
      stream_url = "wss://mirror.example"
      headers = { "X-Key" = "abc" }
      """
    let fromFile = try #require(try settings(file: file).venues[.binance])
    #expect(!fromFile.isEnabled)
    #expect(fromFile.rest.host == "mirror.example")
    let chosen = try settings(
      ["--venues", "binance, okx", "--rest-url", "binance=http://127.0.0.1:1/x"], file: file)
    let binance = try #require(chosen.venues[.binance])
    #expect(binance.isEnabled && chosen.venues[.okx]?.isEnabled == true)
    #expect(chosen.venues[.bybit]?.isEnabled == false)
    #expect(binance.rest.description == "http://127.0.0.1:1/x")
    // The file's headers were meant for the file's host.
    #expect(binance.rest.headers.isEmpty)
    #expect(binance.stream.headers == [HTTPHeader("X-Key", "abc")])
  }

  @Test func `headers alone go to the venue's own hosts`() throws {
    let okx = try settings(file: "[venues.okx.headers]\n\"X-Key\" = \"abc\"").venues[.okx]
    #expect(okx?.rest.host == "www.okx.com")
    #expect(okx?.rest.headers == [HTTPHeader("X-Key", "abc")])
  }

  @Test func `a proxy is taken from the argument, else the environment, else the file`() throws {
    let file = "proxy = \"http://file:1\""
    let binance = try Endpoint("https://fapi.binance.com", kind: .rest)
    let okx = try Endpoint("https://www.okx.com", kind: .rest)
    let environment = ["https_proxy": "http://env:2", "NO_PROXY": "okx.com"]
    let fromFile = try settings(file: file, environment: ["NO_PROXY": "okx.com"]).proxies
    #expect(fromFile.proxy(for: binance)?.host == "file")
    #expect(fromFile.proxy(for: okx) == nil)
    let fromEnvironment = try settings(file: file, environment: environment).proxies
    #expect(fromEnvironment.proxy(for: binance)?.host == "env")
    let fromArgument = try settings(
      ["--proxy", "socks5://arg:3"], file: file, environment: environment)
    #expect(fromArgument.proxies.proxy(for: okx)?.host == "arg")
  }

  @Test(
    "What can't be right is told in a sentence",
    arguments: [
      (["--venues", "kraken"], "--venues: \"kraken\" is no venue; allowed are binance, bybit"),
      (["--venues", "sim-a"], "\"sim-a\" is no venue"), (["--venues", ","], "names no venue"),
      (["--rest-url", "okx"], "must be a venue, = and a URL"),
      (["--rest-url", "okx=http://example.com"], "--rest-url okx: \"http://example.com\" isn't"),
      (["--stream-url", "mtgox=wss://x"], "--stream-url: \"mtgox\" is no venue"),
      (["--proxy", "ftp://x"], "--proxy: \"ftp://x\" isn't a kind of proxy"),
    ])
  func refusal(arguments: [String], words: String) throws {
    let error = #expect(throws: CommandFailure.self) { try settings(arguments) }
    #expect(error?.kind == .usage)
    #expect(error?.sentence.contains(words) == true, "\(error?.sentence ?? "")")
  }

  @Test func `what the environment says wrongly is told as well`() {
    for (name, value) in [("HTTPS_PROXY", "gopher://x"), ("SSL_CERT_FILE", "/no/such/file")] {
      let error = #expect(throws: CommandFailure.self) {
        try settings(environment: [name: value])
      }
      #expect(error?.kind == .usage)
    }
  }

  @Test(arguments: [
    ("20s", 20_000), ("20", 20_000), ("500ms", 500), ("2m", 120_000), ("0s", 0),
  ])
  func `a wait is read with its unit`(text: String, milliseconds: Int64) {
    #expect(WaitArgument(argument: text)?.span.milliseconds == milliseconds)
  }

  @Test(arguments: ["", "s", "-1s", "5h", "61m", "1.5s", "99999999999999999999s"])
  func `a wait that can't be is refused`(text: String) {
    #expect(WaitArgument(argument: text) == nil)
  }
}
