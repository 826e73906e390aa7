import Foundation
import MapUI
import Market
import MarketData

/// What a `config.toml` says. Everything is optional: what isn't there has its default.
///
///     symbol = "BTC"
///     timeframe = "7d"
///     theme = "default"
///     proxy = "socks5://127.0.0.1:1080"
///
///     [venues.binance]
///     enabled = true
///     rest_url = "https://fapi.binance.com"
///     stream_url = "wss://fstream.binance.com"
///     headers = { "X-Mirror-Key" = "..." }
struct Configuration: Hashable {
  /// What it says of one venue.
  struct VenuePart: Hashable {
    var isEnabled: Bool?
    var rest: Endpoint?
    var stream: Endpoint?
    var headers: [HTTPHeader] = []
  }

  var symbol: Instrument?
  var timeframe: Timeframe?
  var theme: String?
  /// A proxy's URL, which may hold a password.
  var proxy: String?
  var venues: [Venue: VenuePart] = [:]

  /// Nothing said.
  init() {}

  /// What a text says; `path` is for the errors.
  init(text: String, path: String) throws(ConfigurationError) {
    let file = try ConfigurationReader(text: text, path: path)
    try file.allow(
      ["symbol", "timeframe", "theme", "proxy", "venues"], in: "the configuration")
    symbol = try file.text("symbol", example: "BTC") { try Instrument(argument: $0) }
    timeframe = try file.text("timeframe", example: "7d") { text in
      guard let timeframe = Timeframe(rawValue: text) else {
        let allowed = ConfigurationReader.list(Timeframe.allCases.map(\.rawValue), "and")
        throw Refusal("\"\(text)\" is no timeframe; allowed are \(allowed)")
      }
      return timeframe
    }
    theme = try file.text("theme", example: "default") { text in
      let names = try Theme.builtIn().map(\.name)
      guard names.contains(text) else {
        let allowed = ConfigurationReader.list(names, "and")
        throw Refusal("no theme is named \"\(text)\"; allowed are \(allowed)")
      }
      return text
    }
    proxy = try file.text("proxy", example: "http://127.0.0.1:3128") { text in
      _ = try Proxy(text)
      return text
    }
    guard let list = try file.table("venues", of: "venues") else { return }
    try list.allow(Venue.real.map(\.rawValue), in: "venues")
    for venue in Venue.real {
      guard let part = try list.table(venue.rawValue, of: "a venue's settings") else { continue }
      venues[venue] = try VenuePart(part)
    }
  }

  /// What a file says. Throws also where it can't be read.
  init(path: String) throws(ConfigurationError) {
    func error(_ problem: String) -> ConfigurationError {
      ConfigurationError(path: path, line: nil, key: nil, problem: problem)
    }
    var isFolder = ObjCBool(false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw error("no such file")
    }
    guard !isFolder.boolValue else { throw error("is a folder, not a file") }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw error("can't be read; are its permissions right?")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw error("is not UTF-8 text")
    }
    try self.init(text: text, path: path)
  }

  /// Where the configuration is looked for unless a path is given: below `XDG_CONFIG_HOME`, or
  /// `~/.config`. Nil where the environment names neither.
  static func standardPath(environment: [String: String]) -> String? {
    // The specification has relative paths ignored.
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return folder + "/lodestone/config.toml"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.config/lodestone/config.toml"
  }

  /// The configuration in force: the file that was named, else the one in its usual place, else
  /// nothing said.
  static func load(
    path: String?, environment: [String: String]
  ) throws(ConfigurationError) -> Configuration {
    if let path { return try Configuration(path: path) }
    guard let usual = standardPath(environment: environment),
      FileManager.default.fileExists(atPath: usual)
    else { return Configuration() }
    return try Configuration(path: usual)
  }
}

extension Configuration.VenuePart {
  fileprivate init(_ part: ConfigurationReader) throws(ConfigurationError) {
    try part.allow(["enabled", "rest_url", "stream_url", "headers"], in: "a venue's settings")
    isEnabled = try part.flag("enabled")
    var headers: [HTTPHeader] = []
    if let table = try part.table("headers", of: "header names and their values") {
      for name in table.keys {
        let header = try table.text(name, example: "value") { value in
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
    }
    self.headers = headers
    rest = try part.text("rest_url", example: "https://host:port/prefix") {
      try Endpoint($0, kind: .rest, headers: headers)
    }
    stream = try part.text("stream_url", example: "wss://host:port/prefix") {
      try Endpoint($0, kind: .stream, headers: headers)
    }
  }
}

/// Why a value is refused, in a sentence.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
