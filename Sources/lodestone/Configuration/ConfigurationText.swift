import MapEngine
import MapUI
import Market
import MarketData
import Terminal

/// Configurations as text: what is in force, and a file to begin with.
enum ConfigurationText {
  /// What is in force as TOML, with the origin of each value behind it.
  static func inForce(_ settings: Settings, _ configuration: Configuration) -> String {
    var lines = aligned(settings.rows)
    if let proxy = configuration.proxy {
      let row = Settings.Row(
        key: "proxy", value: TOMLText.quoted(shown(proxy: proxy)),
        origin: configuration.origin(of: "proxy") ?? .standard)
      lines += aligned([row])
    }
    lines += ["", "[keys]"] + aligned(Settings.keyRows(configuration))
    let origin = configuration.origin(of: "venues") ?? .standard
    for venue in Venue.real {
      guard let part = configuration.venues[venue] else { continue }
      lines += ["", "[venues.\(venue.rawValue)]"]
      lines += aligned(rows(part, origin: origin))
    }
    for alert in configuration.alerts {
      lines += ["", "[[alerts]]"]
      lines += aligned(
        rows(alert, origin: configuration.path.map { .file($0, line: alert.line) } ?? .standard))
    }
    return lines.joined(separator: "\n")
  }

  private static func rows(
    _ part: Configuration.VenuePart, origin: SettingOrigin
  ) -> [Settings.Row] {
    var rows: [(String, String)] = []
    if let isEnabled = part.isEnabled { rows.append(("enabled", "\(isEnabled)")) }
    if let rest = part.rest { rows.append(("rest_url", TOMLText.quoted(rest.description))) }
    if let stream = part.stream { rows.append(("stream_url", TOMLText.quoted(stream.description))) }
    if !part.headers.isEmpty {
      // A header's value may be a secret.
      let headers = part.headers.map { "\(TOMLText.quoted($0.name)) = \"...\"" }
      rows.append(("headers", "{ " + headers.joined(separator: ", ") + " }"))
    }
    return rows.map { Settings.Row(key: $0.0, value: $0.1, origin: origin) }
  }

  private static func rows(_ alert: ConfiguredAlert, origin: SettingOrigin) -> [Settings.Row] {
    var rows = [("rule", TOMLText.quoted(alert.rule))]
    if let symbol = alert.symbol { rows.append(("symbol", TOMLText.quoted(symbol.shortName))) }
    if alert.bell { rows.append(("bell", "true")) }
    if alert.desktop { rows.append(("desktop", "true")) }
    if !alert.command.isEmpty {
      let words = alert.command.map(TOMLText.quoted).joined(separator: ", ")
      rows.append(("command", "[\(words)]"))
    }
    // The address of a webhook is a secret most of the time.
    if alert.webhook != nil { rows.append(("webhook", "# not shown")) }
    return rows.map { Settings.Row(key: $0.0, value: $0.1, origin: origin) }
  }

  private static func aligned(_ rows: [Settings.Row]) -> [String] {
    let texts = rows.map { row in
      // What nobody has decided has no value that could be written.
      row.value.hasPrefix("#")
        ? "# \(row.key): \(row.value.dropFirst(2))"
        : "\(row.key) = \(row.value)"
    }
    let width = min(texts.map(\.count).max() ?? 0, 44)
    return zip(texts, rows).map { text, row in
      text + String(repeating: " ", count: max(width - text.count, 0)) + "  # \(row.origin)"
    }
  }

  /// A proxy's URL without user and password.
  private static func shown(proxy: String) -> String {
    guard let at = proxy.lastIndex(of: "@") else { return proxy }
    let scheme = proxy.firstRange(of: "://").map { String(proxy[..<$0.upperBound]) } ?? ""
    return scheme + "..." + proxy[at...]
  }

  /// A file to begin with: every setting with its default, commented out.
  static var beginning: String {
    var text = """
      # The configuration of Lodestone. A line that begins with # says the default, or an example.
      # `lodestone config check` says what is wrong, `lodestone config print` what is in force.
      # A saved change takes effect at once.


      """
    for (name, about, example) in scalars { text += "# \(about)\n# \(name) = \(example)\n\n" }
    text += """
      # Everything goes through it: http://, socks5:// or socks5h://.
      # proxy = "socks5://127.0.0.1:1080"

      # Keys: a character, a word such as tab, esc, space, page-up or f5, or ctrl- and a letter.
      # An action that is named here has these keys and no others.
      # [keys]

      """
    for action in Action.allCases {
      let keys = Keymap.standard.keys(of: action).map { TOMLText.quoted($0.name) }
      text += "# \(action.name) = [\(keys.joined(separator: ", "))]\n"
    }
    text += """

      # [[alerts]]
      # rule = "near:distance=0.5%,usd=10m"
      # symbol = "BTC"
      # bell = true
      # desktop = true
      # command = ["notify-send", "Lodestone"]
      # webhook = "https://example.com/hook"

      """
    for venue in Venue.real {
      guard let adapter = VenueAdapters.adapter(of: venue) else { continue }
      text += """

        # [venues.\(venue.rawValue)]
        # enabled = true
        # rest_url = "\(adapter.restURL)"
        # stream_url = "\(adapter.streamURL)"
        # headers = {}

        """
    }
    return text
  }

  /// Name, purpose and default of each setting that is one value, in the order of the file.
  private static var scalars: [(name: String, about: String, example: String)] {
    func line<Value>(_ key: SettingKey<Value>) -> (String, String, String) {
      (key.name, key.about, key.example)
    }
    return [
      line(SettingKeys.symbol), line(SettingKeys.timeframe), line(SettingKeys.watchlist),
      line(SettingKeys.layers), line(SettingKeys.theme), line(SettingKeys.glyphs),
      line(SettingKeys.color), line(SettingKeys.frameRate), line(SettingKeys.bytesPerSecond),
      line(SettingKeys.reducedMotion), line(SettingKeys.units), line(SettingKeys.prefixes),
      line(SettingKeys.timeZone), line(SettingKeys.decimal), line(SettingKeys.grouping),
    ]
  }
}
