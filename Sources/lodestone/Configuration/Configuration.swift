import Foundation
import MapEngine
import MapUI
import Market
import MarketData
import Terminal

/// What a `config.toml` says. Everything is optional: what isn't there has its default, and what is
/// wrong is noted and left out.
///
///     symbol = "BTC"
///     watchlist = ["BTC", "ETH"]
///     theme = "default"
///
///     [keys]
///     quit = ["q", "ctrl-c"]
///
///     [venues.binance]
///     rest_url = "https://fapi.binance.com"
struct Configuration: Hashable, Sendable {
  /// What it says of one venue.
  struct VenuePart: Hashable, Sendable {
    var isEnabled: Bool?
    var rest: Endpoint?
    var stream: Endpoint?
    var headers: [HTTPHeader] = []
  }

  var symbol: Instrument?
  var timeframe: Timeframe?
  var watchlist: [Instrument]?
  var layers: [LeverageLayer]?
  var theme: String?
  var glyphs: GlyphSet?
  var color: ColorDepth?
  var frameRate: Int?
  var bytesPerSecond: Int?
  var reducedMotion: Bool?
  var units: Formatting.Unit?
  var prefixes: Formatting.Prefixes?
  var timeZone: String?
  var decimal: Formatting.DecimalMark?
  var grouping: Formatting.GroupingMark?
  /// What it says of keys, as it stands there.
  var keyWishes: [KeyWish] = []
  /// The keymap with these keys.
  var keymap = Keymap.standard
  var alerts: [ConfiguredAlert] = []
  /// A proxy's URL, which may hold a password.
  var proxy: String?
  var venues: [Venue: VenuePart] = [:]

  /// The file's path; nil where there's no file.
  private(set) var path: String?
  /// What of it can't be used, in the order of the lines.
  private(set) var problems: [ConfigurationError] = []
  /// The lines of the keys at the top, from 1.
  private var lines: [String: Int] = [:]

  /// Nothing said.
  init() {}

  /// What a text says; `path` is for the errors, `themes` are the names that there are. Throws where
  /// the text is no TOML.
  init(text: String, path: String, themes: [String]) throws(ConfigurationError) {
    let file = try ConfigurationReader(text: text, path: path)
    self.path = path
    for key in file.keys { lines[key] = file.line(of: key) }
    file.allow(Self.keys, in: "the configuration")
    readScreen(file, themes: themes)
    readKeys(file)
    alerts = file.tables("alerts", of: "an alert").compactMap(ConfiguredAlert.init)
    proxy = file.text("proxy", example: "http://127.0.0.1:3128", isGrave: true) { text in
      _ = try Proxy(text)
      return text
    }
    if let list = file.table("venues", of: "venues", isGrave: true) {
      list.allow(Venue.real.map(\.rawValue), in: "venues")
      for venue in Venue.real {
        let part = list.table(venue.rawValue, of: "a venue's settings", isGrave: true)
        if let part { venues[venue] = VenuePart(part) }
      }
    }
    problems = file.errors
  }

  /// The keys at the top of a file.
  private static let keys = [
    "symbol", "timeframe", "watchlist", "layers", "theme", "glyphs", "color", "frame_rate",
    "bytes_per_second", "reduced_motion", "units", "prefixes", "time_zone", "decimal", "grouping",
    "keys", "alerts", "proxy", "venues",
  ]

  private mutating func readScreen(_ file: ConfigurationReader, themes: [String]) {
    symbol = file.value(SettingKeys.symbol)
    timeframe = file.value(SettingKeys.timeframe)
    watchlist = file.value(SettingKeys.watchlist)
    layers = file.value(SettingKeys.layers)
    theme = file.value(SettingKeys.theme)
    if let name = theme, !themes.contains(name) {
      let allowed = ConfigurationReader.list(themes, "and")
      file.refuse("theme", "no theme is named \"\(name)\"; allowed are \(allowed)")
      theme = nil
    }
    glyphs = file.value(SettingKeys.glyphs)
    color = file.value(SettingKeys.color)
    frameRate = file.value(SettingKeys.frameRate)
    bytesPerSecond = file.value(SettingKeys.bytesPerSecond)
    reducedMotion = file.value(SettingKeys.reducedMotion)
    units = file.value(SettingKeys.units)
    prefixes = file.value(SettingKeys.prefixes)
    timeZone = file.value(SettingKeys.timeZone)
    decimal = file.value(SettingKeys.decimal)
    grouping = file.value(SettingKeys.grouping)
    if let decimal, let mark = grouping, decimal.rawValue == mark.rawValue {
      file.refuse("grouping", "\"\(mark.rawValue)\" is the decimal mark, too; take another one")
      grouping = nil
    }
  }

  private mutating func readKeys(_ file: ConfigurationReader) {
    guard let part = file.table("keys", of: "actions and their keys") else { return }
    for action in part.keys {
      guard let keys = part.texts(action, example: #""q" or ["q", "ctrl-c"]"#) else { continue }
      keyWishes.append(KeyWish(action: action, keys: keys, line: part.line(of: action)))
    }
    let (keymap, problems) = Keymap.standard.remapped(keyWishes)
    self.keymap = keymap
    for problem in problems {
      part.refuse(problem.wish.action, problem.problem, line: problem.wish.line)
    }
  }

  /// Where the value of a key at the top stands.
  func origin(of key: String) -> SettingOrigin? {
    path.map { .file($0, line: lines[key]) }
  }

  /// Forgets what was wrong, once something else stands in its place.
  mutating func settle() { problems = [] }

  /// The first thing without which nothing should be connected to.
  var gravest: ConfigurationError? { problems.first(where: \.isGrave) }
}

extension Configuration.VenuePart {
  fileprivate init(_ part: ConfigurationReader) {
    part.allow(
      ["enabled", "rest_url", "stream_url", "headers"], in: "a venue's settings")
    isEnabled = part.flag("enabled", isGrave: true)
    var headers: [HTTPHeader] = []
    let table = part.table("headers", of: "header names and their values", isGrave: true)
    for name in table?.keys ?? [] {
      let header = table?.text(name, example: "value", isGrave: true) { value in
        let header = HTTPHeader(name, value)
        do {
          // The endpoint knows what HTTP allows in a header; its own text plays no part here.
          _ = try Endpoint("https://localhost", kind: .rest, headers: [header])
        } catch {
          throw Refusal("the name or the value has characters that HTTP doesn't allow")
        }
        return header
      }
      if let header { headers.append(header) }
    }
    self.headers = headers
    rest = part.text("rest_url", example: "https://host:port/prefix", isGrave: true) {
      try Endpoint($0, kind: .rest, headers: headers)
    }
    stream = part.text("stream_url", example: "wss://host:port/prefix", isGrave: true) {
      try Endpoint($0, kind: .stream, headers: headers)
    }
  }
}
