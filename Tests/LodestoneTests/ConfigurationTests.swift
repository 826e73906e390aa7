import Foundation
import Market
import MarketData
import Testing

@testable import lodestone

@Suite("config.toml")
struct ConfigurationTests {
  private func read(_ text: String) throws(ConfigurationError) -> Configuration {
    try Configuration(text: text, path: "config.toml", themes: ["default", "light", "mono"])
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
    let configuration = try read("")
    #expect(configuration.problems.isEmpty && configuration.keymap == .standard)
    #expect(configuration.symbol == nil && configuration.venues.isEmpty)
  }

  @Test(
    "What is wrong is told in a sentence with its line and what is allowed",
    arguments: [
      (
        "\nsymbl = \"BTC\"",
        "config.toml:2: symbl: is not a key of the configuration; did you mean symbol?"
      ),
      (
        "colour_scheme = \"x\"",
        "config.toml:1: colour_scheme: is not a key of the configuration; "
          + "allowed are symbol, timeframe, watchlist, layers, theme, "
      ),
      ("symbol = 5", "config.toml:1: symbol: must be a text, such as \"BTC\""),
      ("symbol = \"B T C\"", "config.toml:1: symbol: \"B T C\" names no instrument"),
      (
        "symbol = \"BTC\"\ntimeframe = \"5d\"",
        "config.toml:2: timeframe: \"5d\" is no timeframe; allowed are \"12h\", \"1d\""
      ),
      (
        "theme = \"dark\"",
        "config.toml:1: theme: no theme is named \"dark\"; allowed are default, light"
      ),
      ("proxy = \"ftp://x\"", "config.toml:1: proxy: \"ftp://x\" isn't a kind of proxy"),
      ("venues = 1", "config.toml:1: venues: must be a table of venues"),
      ("[venues.kraken]\nenabled = true", "config.toml:1: venues.kraken: is not a key of venues"),
      ("[venues]\nokx = true", "config.toml:2: venues.okx: must be a table of a venue's settings"),
      (
        "[venues.okx]\n\nenabled = \"yes\"",
        "config.toml:3: venues.okx.enabled: must be true or false"
      ),
      (
        "[venues.okx]\nurl = \"https://x\"",
        "config.toml:2: venues.okx.url: is not a key of a venue's settings; "
          + "did you mean rest_url or stream_url?"
      ),
      (
        "venues.okx.rest_url = \"wss://x\"",
        "config.toml:1: venues.okx.rest_url: \"wss://x\" must begin with https://"
      ),
      (
        "[venues.bybit]\nstream_url = \"ws://10.0.0.1\"",
        "config.toml:2: venues.bybit.stream_url: \"ws://10.0.0.1\" isn't encrypted"
      ),
      (
        "[venues.bybit.headers]\n\"X Y\" = \"1\"",
        "config.toml:2: venues.bybit.headers.X Y: the name or the value has characters"
      ),
      (
        "[venues.bybit]\nheaders = { X = 1 }",
        "config.toml:2: venues.bybit.headers.X: must be a text"
      ),
      ("symbol = \"BTC\"\nsymbol = \"ETH\"", "config.toml:2: "),
      ("symbol = BTC", "config.toml:1: what stands behind the = is no value; a text stands betw"),
      (
        "units = \"usd\"\ntheme = \"light\nsymbol = \"BTC\"",
        "config.toml:2: a text begins with \" and isn't closed; put \" at its end, in the same line"
      ),
      ("symbol = 'BTC\n", "config.toml:1: a text begins with ' and isn't closed; put ' at its end"),
      ("symbol = \"BTC", "config.toml:1: a text begins with \" and isn't closed; put \" at its"),
      (
        "\nsymbol = \"\"\"BTC\n\n",
        "config.toml:2: a text begins with \"\"\" and isn't closed; put \"\"\" at its end"
      ),
      (
        "watchlist = [\"BTC\"\nunits = \"usd\"",
        "config.toml:2: a list goes on here without a comma, or isn't closed; put ] at its end"
      ),
      ("[keys\nquit = \"x\"", "config.toml:1: the name of a table isn't closed; put ] at its end"),
      ("watchlist = [\"BTC\", 5]", "config.toml:1: watchlist: must be a list of texts, such as ["),
      ("watchlist = []", "config.toml:1: watchlist: names no instrument"),
      ("watchlist = [\"B T\"]", "config.toml:1: watchlist: \"B T\" names no instrument"),
      ("layers = [\"5x=7\", \"10x=1\"]", "config.toml:1: layers: \"5x=7,10x=1\" must be up to ten"),
      (
        "glyphs = \"emoji\"",
        "config.toml:1: glyphs: \"emoji\" is no set of characters; "
          + "allowed are \"full\", \"blocks\" and \"ascii\""
      ),
      ("color = 256", "config.toml:1: color: must be a text, such as \"truecolor\""),
      ("color = \"512\"", "allowed are \"mono\", \"16\", \"256\" and \"truecolor\""),
      ("frame_rate = 61", "config.toml:1: frame_rate: 61 can't be used; allowed are whole numbers"),
      ("frame_rate = \"fast\"", "config.toml:1: frame_rate: must be a whole number, such as 20"),
      (
        "bytes_per_second = 10",
        "config.toml:1: bytes_per_second: 10 can't be used; allowed are 0 for no limit, and whole"
      ),
      ("reduced_motion = \"yes\"", "config.toml:1: reduced_motion: must be true or false"),
      ("units = \"eur\"", "units: \"eur\" is no unit; allowed are \"usd\" and \"coin\""),
      ("prefixes = \"mBn\"", "prefixes: \"mBn\" is no way of shortening; allowed are \"KMB\""),
      (
        "time_zone = \"Mars/Olympus\"",
        "config.toml:1: time_zone: \"Mars/Olympus\" is no time zone; allowed are UTC, local and"
      ),
      ("decimal = \";\"", "decimal: \";\" is no decimal mark; allowed are \".\" and \",\""),
      (
        "grouping = \"-\"", "grouping: \"-\" is no grouping mark; allowed are \",\", \".\", \" \", "
      ),
      (
        "decimal = \",\"\ngrouping = \",\"",
        "config.toml:2: grouping: \",\" is the decimal mark, too; take another one"
      ),
      ("keys = 5", "config.toml:1: keys: must be a table of actions and their keys"),
      ("[keys]\nquit = 5", "config.toml:2: keys.quit: must be a text or a list of texts, such as"),
      (
        "[keys]\nzom_in = \"z\"",
        "config.toml:2: keys.zom_in: is no action; did you mean zoom_in?"
      ),
      ("[keys]\nquit = \"alt-q\"", "config.toml:2: keys.quit: \"alt-q\" is no key; allowed are a"),
      (
        "[keys]\nretry = \"x\"\nquit = [\"x\", \"y\"]",
        "config.toml:3: keys.quit: \"x\" is the key of retry, too; give one of them another key"
      ),
      ("alerts = 1", "config.toml:1: alerts: must be tables of an alert: [[alerts]]"),
      (
        "[[alerts]]\nrule = \"bias\"\n[[alerts]]\nbell = true",
        "config.toml:3: alerts[1]: an alert needs a rule"
      ),
      (
        "[[alerts]]\nrule = \"nere\"",
        "config.toml:2: alerts[0].rule: \"nere\": \"nere\" is no kind of"
      ),
      (
        "[[alerts]]\nrule = \"bias\"\nsound = 1",
        "config.toml:3: alerts[0].sound: is not a key of an"
      ),
      (
        "[[alerts]]\nrule = \"bias\"\nwebhook = \"ftp://secret\"",
        "config.toml:3: alerts[0].webhook: the webhook's URL"
      ),
    ])
  func refusal(text: String, words: String) throws {
    let problems: [ConfigurationError]
    do throws(ConfigurationError) {
      problems = try read(text).problems
    } catch {
      problems = [error]
    }
    #expect(problems.count == 1)
    let sentence = try #require(problems.first).description
    #expect(sentence.contains(words), "\(sentence)")
    #expect(!sentence.contains("\n"))
  }

  @Test func `the settings of the screen are read`() throws {
    let configuration = try read(
      """
      watchlist = ["btc", "ETH", "BTC", "SOL-USDC"]
      layers = ["low=1", "high=25.5"]
      glyphs = "blocks"
      color = "256"
      frame_rate = 30
      bytes_per_second = 20000
      reduced_motion = true
      units = "coin"
      prefixes = "kMG"
      time_zone = "Europe/Berlin"
      decimal = ","
      grouping = " "

      [keys]
      zoom_in = "z"
      quit = ["x", "ctrl-c"]

      [[alerts]]
      rule = "near:distance=0.5%,usd=10m"
      symbol = "ETH"
      bell = true
      command = ["notify-send", "Lodestone"]

      [[alerts]]
      rule = "swept"
      """)
    #expect(configuration.problems == [])
    #expect(configuration.watchlist?.map(\.symbol) == ["BTCUSDT", "ETHUSDT", "SOLUSDC"])
    #expect(configuration.layers?.map(\.minLeverage) == [1, 25.5])
    #expect(configuration.layers?.map(\.maxLeverage) == [25.5, .infinity])
    #expect(configuration.glyphs == .blocks && configuration.color == .ansi256)
    #expect(configuration.frameRate == 30 && configuration.bytesPerSecond == 20_000)
    #expect(configuration.reducedMotion == true && configuration.units == .coin)
    #expect(configuration.prefixes == .metric && configuration.timeZone == "Europe/Berlin")
    #expect(configuration.decimal == .comma && configuration.grouping == .space)
    #expect(configuration.keymap.shown(.quit) == "x" && configuration.keymap.shown(.zoomIn) == "z")
    let alerts = configuration.alerts
    #expect(alerts.map(\.rule) == ["near:distance=0.5%,usd=10m", "swept"])
    #expect(alerts.map(\.line) == [19, 25])
    #expect(alerts[0].symbol == Instrument(base: "ETH") && alerts[0].bell && !alerts[0].desktop)
    #expect(alerts[0].command == ["notify-send", "Lodestone"] && alerts[1].command.isEmpty)
    let rule = try alerts[0].rule(id: "1")
    #expect(rule.instrument == Instrument(base: "ETH") && rule.channels.bell)
    #expect(rule.channels.command && !rule.channels.desktop && rule.channels.webhooks.isEmpty)
    #expect(configuration.origin(of: "decimal") == .file("config.toml", line: 11))
  }

  @Test func `what is wrong is left out, told in the order of the lines, and the rest applies`()
    throws
  {
    let configuration = try read(
      """
      theme = "dark"
      frame_rate = 15
      colour = "16"

      [keys]
      quit = "x"
      fly = "f"

      [venues.okx]
      enabled = false
      """)
    #expect(configuration.problems.map(\.line) == [1, 3, 7])
    #expect(configuration.problems.allSatisfy { !$0.isGrave } && configuration.gravest == nil)
    #expect(configuration.theme == nil && configuration.frameRate == 15)
    #expect(configuration.keymap.shown(.quit) == "x")
    #expect(configuration.venues[.okx]?.isEnabled == false)
  }

  @Test func `of a saved file what can't be used stays as it was`() throws {
    let old = try read(
      "theme = \"light\"\nframe_rate = 15\n[keys]\nquit = \"x\"\nretry = \"y\"")
    let new = try read(
      "theme = \"dark\"\nframe_rate = 30\n[keys]\nquit = \"alt-x\"\nretry = \"z\"")
    let kept = new.keeping(old)
    #expect(kept.theme == "light" && kept.frameRate == 30)
    #expect(kept.keymap.shown(.quit) == "x" && kept.keymap.shown(.retry) == "z")
    #expect(new.problems.map(\.line) == [1, 4])
  }

  @Test func `a proxy or a host that can't be read is no reason to pass it by`() throws {
    for text in ["proxy = \"ftp://x\"", "[venues.okx]\nrest_url = \"http://example.com\""] {
      let configuration = try read(text)
      let options = try ConnectionOptions.parse([])
      let failure = #expect(throws: CommandFailure.self) {
        try options.feedSettings(configuration, environment: [:])
      }
      #expect(failure?.kind == .usage && failure?.sentence.hasPrefix("config.toml:") == true)
    }
  }

  @Test func `no sentence holds a password or the value of a header`() throws {
    for text in [
      "proxy = \"http://user:secret@:1\"", "[venues.okx.headers]\n\"a b\" = \"secret\"",
    ] {
      let problems = try read(text).problems
      #expect(problems.count == 1 && !problems.description.contains("secret"))
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
    #expect(
      try Configuration.load(path: nil, environment: environment, themes: []) == Configuration())
    let path = folder + "/lodestone/config.toml"
    #expect(throws: ConfigurationError.self) {
      try Configuration.load(path: path, environment: environment, themes: [])
    }
    try FileManager.default.createDirectory(
      atPath: folder + "/lodestone", withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(atPath: folder) }
    try "theme = \"mono\"".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(
      try Configuration.load(path: nil, environment: environment, themes: ["mono"]).theme == "mono")
    #expect(
      try Configuration.load(
        path: nil, environment: ["LODESTONE_CONFIG": path], themes: ["mono"]
      ).theme == "mono")
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration.load(path: folder, environment: environment, themes: [])
    }
    #expect(error?.description == "\(folder): is a folder, not a file")
  }
}

@Suite("What decides how venues are reached")
struct ConnectionOptionsTests {
  private func settings(
    _ arguments: [String] = [], file: String = "", environment: [String: String] = [:]
  ) throws -> FeedSettings {
    let options = try ConnectionOptions.parse(arguments)
    return try options.feedSettings(
      try Configuration(text: file, path: "config.toml", themes: []), environment: environment)
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
