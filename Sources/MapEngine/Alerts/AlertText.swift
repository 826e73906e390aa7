import Market

/// The text of rules, as the command line and a configuration write them:
///
///     near:distance=0.5%,usd=10m,side=long     liquidations:usd=5m,within=5m,side=long
///     price:above=70000                        cascade:usd=2m
///     swept:side=short,usd=5m                  feed:venue=okx
///     magnet:moved=0.5%    magnet:grown=50%    bias
///
/// Any of them may end in `on=ETH`, `cooldown=10m` and `to=toast+bell+desktop+command+NAME`, NAME
/// being a webhook's. Sizes take k, M and B, whatever their case.
enum AlertText {
  /// The text that is read as those parts; what is usual is left out.
  static func text(
    _ condition: AlertCondition, instrument: Instrument?, cooldown: Span, channels: AlertChannels
  ) -> String {
    var parts = parts(of: condition)
    if let instrument { parts.append("on=\(instrument)") }
    if cooldown != AlertRule.standardCooldown { parts.append("cooldown=\(cooldown.lengthText)") }
    if channels != .standard { parts.append("to=\(text(channels))") }
    return parts.isEmpty ? condition.kind : condition.kind + ":" + parts.joined(separator: ",")
  }

  private static func parts(of condition: AlertCondition) -> [String] {
    func side(_ side: Side?) -> [String] { side.map { ["side=\($0.rawValue)"] } ?? [] }
    func usd(_ usd: Double, usual: Double) -> [String] {
      usd == usual ? [] : ["usd=\(AlertNumber.sizeText(usd))"]
    }
    switch condition {
    case .near(let whose, let distance, let dollars):
      return ["distance=\(AlertNumber.text(distance))%"] + usd(dollars, usual: 0) + side(whose)
    case .price(let test, let level):
      return ["\(test.rawValue)=\(AlertNumber.text(level))"]
    case .swept(let whose, let dollars):
      return side(whose) + usd(dollars, usual: 0)
    case .magnet(let test, let percent):
      return ["\(test.rawValue)=\(AlertNumber.text(percent))%"]
    case .bias:
      return []
    case .liquidations(let dollars, let within, let whose):
      return ["usd=\(AlertNumber.sizeText(dollars))", "within=\(within.lengthText)"]
        + side(whose)
    case .cascade(let dollars):
      return usd(dollars, usual: AlertCondition.standardCascade)
    case .feed(let venue):
      return venue.map { ["venue=\($0.rawValue)"] } ?? []
    }
  }

  private static func text(_ channels: AlertChannels) -> String {
    var words: [String] = []
    if channels.toast { words.append("toast") }
    if channels.bell { words.append("bell") }
    if channels.desktop { words.append("desktop") }
    if channels.command { words.append("command") }
    words += channels.webhooks.sorted()
    return words.isEmpty ? "none" : words.joined(separator: "+")
  }

  private static let size = "dollars such as 500k, 10M or 1.5B"

  /// The condition that fields say.
  static func condition(_ fields: inout AlertFields) throws(AlertRuleError) -> AlertCondition {
    switch fields.kind {
    case "near": return try near(&fields)
    case "price": return try price(&fields)
    case "swept":
      let usd = try fields.take("usd", allowed: size, AlertNumber.size)
      let side = try side(&fields)
      try fields.finish(allowed: ["side", "usd"])
      return .swept(side: side, usd: usd ?? 0)
    case "magnet": return try magnet(&fields)
    case "bias":
      try fields.finish(allowed: [])
      return .bias
    case "liquidations": return try liquidations(&fields)
    case "cascade":
      let usd = try fields.take("usd", allowed: size, AlertNumber.size)
      try fields.finish(allowed: ["usd"])
      return .cascade(usd: usd ?? AlertCondition.standardCascade)
    default:
      let names = Venue.real.map(\.rawValue).joined(separator: ", ")
      let venue = try fields.take("venue", allowed: "one of \(names)") {
        Venue(rawValue: $0.lowercased())
      }
      try fields.finish(allowed: ["venue"])
      return .feed(venue: venue)
    }
  }

  private static func side(_ fields: inout AlertFields) throws(AlertRuleError) -> Side? {
    try fields.take("side", allowed: "long or short") { Side(rawValue: $0.lowercased()) }
  }

  private static func near(_ fields: inout AlertFields) throws(AlertRuleError) -> AlertCondition {
    let distance = try fields.take("distance", allowed: "a percentage such as 0.5%, up to 50%") {
      AlertNumber.percent($0, most: 50)
    }
    let usd = try fields.take("usd", allowed: size, AlertNumber.size)
    let side = try side(&fields)
    try fields.finish(allowed: ["distance", "usd", "side"])
    guard let distance else {
      throw fields.error("a near alert needs a distance: near:distance=0.5%,usd=10m")
    }
    return .near(side: side, distancePercent: distance, usd: usd ?? 0)
  }

  private static func price(_ fields: inout AlertFields) throws(AlertRuleError) -> AlertCondition {
    var found: [AlertCondition] = []
    for test in AlertCondition.PriceTest.allCases {
      let level = try fields.take(
        test.rawValue, allowed: "a price above zero such as 70000", AlertNumber.size)
      if let level { found.append(.price(test, level: level)) }
    }
    try fields.finish(allowed: ["above", "below", "cross"])
    guard found.count == 1 else {
      throw fields.error("a price alert needs one of above, below and cross: price:above=70000")
    }
    return found[0]
  }

  private static func magnet(_ fields: inout AlertFields) throws(AlertRuleError) -> AlertCondition {
    var found: [AlertCondition] = []
    for test in AlertCondition.MagnetTest.allCases {
      let most = test == .moved ? 100.0 : 10_000
      let percent = try fields.take(
        test.rawValue, allowed: "a percentage such as 0.5% or 50%, up to \(Int(most))%"
      ) { AlertNumber.percent($0, most: most) }
      if let percent { found.append(.magnet(test, percent: percent)) }
    }
    try fields.finish(allowed: ["moved", "grown"])
    guard found.count == 1 else {
      throw fields.error(
        "a magnet alert needs one of moved and grown: magnet:moved=0.5% or magnet:grown=50%")
    }
    return found[0]
  }

  private static func liquidations(
    _ fields: inout AlertFields
  ) throws(AlertRuleError) -> AlertCondition {
    let usd = try fields.take("usd", allowed: size, AlertNumber.size)
    let within = try fields.take("within", allowed: "a time from 1s to 24h such as 5m") { text in
      Span(lengthText: text).flatMap {
        $0 >= .seconds(1) && $0 <= AlertCondition.longestWithin ? $0 : nil
      }
    }
    let side = try side(&fields)
    try fields.finish(allowed: ["usd", "within", "side"])
    guard let usd else {
      throw fields.error("a liquidations alert needs dollars: liquidations:usd=5m,within=5m")
    }
    return .liquidations(
      usd: usd, within: within ?? AlertCondition.standardWithin, side: side)
  }

  /// The ways of telling that a text names.
  static func channels(_ text: String) -> AlertChannels? {
    var channels = AlertChannels()
    if text == "none" { return channels }
    for word in text.split(separator: "+", omittingEmptySubsequences: false).map(String.init) {
      switch word {
      case "toast": channels.toast = true
      case "bell": channels.bell = true
      case "desktop": channels.desktop = true
      case "command": channels.command = true
      case "", "none": return nil
      default:
        guard word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) })
        else { return nil }
        channels.webhooks.insert(word)
      }
    }
    return channels
  }
}

extension AlertRule: CustomStringConvertible {
  /// The rule that a text says (``AlertCondition``); its `id` is its own text unless given.
  /// - Throws: an ``AlertRuleError`` that says what is wrong, where, and what is allowed.
  public init(_ text: String, id: String? = nil) throws(AlertRuleError) {
    var fields = try AlertFields(text)
    let instrument = try fields.take("on", allowed: "an instrument such as BTC") {
      Instrument(named: $0)
    }
    let cooldown = try fields.take(
      "cooldown", allowed: "a time such as 30s, 10m or 2h", Span.init(lengthText:))
    let channels = try fields.take(
      "to", allowed: "toast, bell, desktop, command or names of webhooks, set apart by +",
      AlertText.channels)
    let condition = try AlertText.condition(&fields)
    self.init(
      id: id, condition, instrument: instrument, cooldown: cooldown ?? Self.standardCooldown,
      channels: channels ?? .standard)
  }

  /// The text that is read as the same rule, but for its `id`, its snooze and whether it is enabled.
  public var description: String {
    AlertText.text(condition, instrument: instrument, cooldown: cooldown, channels: channels)
  }
}
