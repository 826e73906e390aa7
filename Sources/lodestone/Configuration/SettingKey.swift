import Foundation
import MapEngine
import MapUI
import Market
import Terminal

/// What is written for a setting in the file.
enum SettingKind: Sendable {
  case text, integer, flag, list

  /// The kind in words.
  var words: String {
    switch self {
    case .text: "a text"
    case .integer: "a whole number"
    case .flag: "true or false"
    case .list: "a list of texts"
    }
  }
}

/// One setting: how it is called, read and shown. The file calls it by its name, the environment by
/// `LODESTONE_` and its name in capitals, an argument by `--` and its name with hyphens.
struct SettingKey<Value: Sendable>: Sendable {
  /// The name in the file: `frame_rate`.
  let name: String
  /// What is written for it in the file.
  let kind: SettingKind
  /// What it is for, in a sentence.
  let about: String
  /// A value as the file writes it.
  let example: String
  /// Reads a value; items of a list are apart by commas. Throws what is allowed, in a sentence.
  let parse: @Sendable (String) throws -> Value
  /// The value in words that `parse` reads; the items of a list.
  let words: @Sendable (Value) -> [String]

  /// The variable of the environment.
  var variable: String { "LODESTONE_" + name.uppercased() }
  /// The argument. The symbol is the one that has no name before it.
  var argument: String {
    name == "symbol" ? "SYMBOL" : "--" + name.replacing("_", with: "-")
  }

  /// The value as the file writes it.
  func written(_ value: Value) -> String {
    let words = words(value)
    switch kind {
    case .text: return TOMLText.quoted(words.first ?? "")
    case .integer, .flag: return words.first ?? ""
    case .list: return "[" + words.map(TOMLText.quoted).joined(separator: ", ") + "]"
    }
  }
}

extension SettingKey where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// A choice among a few words.
  init(_ name: String, _ noun: String, about: String, example: Value) {
    self.init(
      name: name, kind: .text, about: about, example: TOMLText.quoted(example.rawValue),
      parse: { text in
        if let value = Value(rawValue: text) { return value }
        let words = Value.allCases.map { TOMLText.quoted($0.rawValue) }
        throw Refusal(
          "\"\(text)\" is no \(noun); allowed are \(ConfigurationReader.list(words, "and"))")
      }, words: { [$0.rawValue] })
  }
}

/// Every setting that is one value.
enum SettingKeys {
  static let symbol = SettingKey<Instrument>(
    name: "symbol", kind: .text, about: "The instrument to begin with.", example: "\"BTC\"",
    parse: { try Instrument(argument: $0) }, words: { [$0.shortName] })

  static let timeframe = SettingKey<Timeframe>(
    "timeframe", "timeframe", about: "The look-back window to begin with.", example: .days7)

  static let watchlist = SettingKey<[Instrument]>(
    name: "watchlist", kind: .list, about: "The instruments that Tab walks.",
    example: #"["BTC", "ETH"]"#,
    parse: { text in
      let words = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      var list: [Instrument] = []
      for word in words {
        let instrument = try Instrument(argument: word)
        if !list.contains(instrument) { list.append(instrument) }
      }
      guard !list.isEmpty else { throw Refusal("names no instrument; such as \"BTC\", \"ETH\"") }
      return list
    }, words: { $0.map(\.shortName) })

  static let layers = SettingKey<[LeverageLayer]>(
    name: "layers", kind: .list,
    about: "The bands of the stacked bar: a name and the leverage that it begins at.",
    example: #"["5x=1", "10x=7", "25x=16", "50x=36", "100x=71"]"#,
    parse: { text in
      guard let argument = LayersArgument(argument: text) else {
        throw Refusal(
          "\"\(text)\" must be up to ten names, of eight letters at most, each with the leverage "
            + "that it begins at, rising, from 1 on, such as \"5x=1\", \"25x=16\"")
      }
      return argument.layers
    },
    words: { $0.map { "\($0.label)=\(LayersArgument.edge($0.minLeverage))" } })

  /// A theme's name; whether there is such a theme is known to whoever has read the themes.
  static let theme = SettingKey<String>(
    name: "theme", kind: .text, about: "One of those that `lodestone themes` shows.",
    example: "\"default\"", parse: { $0 }, words: { [$0] })

  static let glyphs = SettingKey<GlyphSet>(
    "glyphs", "set of characters",
    about: "Which characters to use; unless told, those that the "
      + "terminal has.", example: .full)

  static let color = SettingKey<ColorDepth>(
    "color", "depth of colour",
    about: "How many colours to use; unless told, what the terminal says of itself.",
    example: .truecolor)

  static let frameRate = whole(
    "frame_rate", about: "Frames a second at most, from 1 to 60; a key's frame is drawn at once.",
    example: 20, 1...60, allowed: "whole numbers from 1 to 60")

  static let bytesPerSecond = whole(
    "bytes_per_second",
    about: "Bytes a second that the screen may cost on a slow line, from 1000; 0 for no limit.",
    example: 0, 0...1_000_000_000,
    allowed: "0 for no limit, and whole numbers from 1000 to 1000000000"
  ) { $0 == 0 || $0 >= 1_000 }

  static let reducedMotion = SettingKey<Bool>(
    name: "reduced_motion", kind: .flag,
    about: "Whether the picture moves once a second at most, keys apart.", example: "false",
    parse: { text in
      switch text {
      case "true", "1": return true
      case "false", "0": return false
      default: throw Refusal("\"\(text)\" must be true or false")
      }
    }, words: { ["\($0)"] })

  static let units = SettingKey<Formatting.Unit>(
    "units", "unit", about: "What amounts are counted in: dollars, or the coin at its price.",
    example: .usd)

  static let prefixes = SettingKey<Formatting.Prefixes>(
    "prefixes", "way of shortening", about: "The letters for thousand, million and billion.",
    example: .trade)

  static let timeZone = SettingKey<String>(
    name: "time_zone", kind: .text,
    about: "The clock: UTC, local, or a name such as Europe/Berlin.", example: "\"UTC\"",
    parse: { text in
      guard ClockZone(named: text) != nil else {
        throw Refusal(
          "\"\(text)\" is no time zone; allowed are UTC, local and names such as Europe/Berlin")
      }
      return text
    }, words: { [$0] })

  static let decimal = SettingKey<Formatting.DecimalMark>(
    "decimal", "decimal mark", about: "What stands before the fraction.", example: .point)

  static let grouping = SettingKey<Formatting.GroupingMark>(
    "grouping", "grouping mark", about: "What stands between thousands.", example: .comma)

  private static func whole(
    _ name: String, about: String, example: Int, _ range: ClosedRange<Int>, allowed: String,
    _ isAllowed: @escaping @Sendable (Int) -> Bool = { _ in true }
  ) -> SettingKey<Int> {
    SettingKey<Int>(
      name: name, kind: .integer, about: about, example: "\(example)",
      parse: { text in
        guard let value = Int(text), range.contains(value), isAllowed(value) else {
          throw Refusal("\(text) can't be used; allowed are \(allowed)")
        }
        return value
      }, words: { ["\($0)"] })
  }
}

extension Instrument {
  /// The name that is read back as the instrument: the coin alone where it is quoted in USDT.
  var shortName: String { quote == "USDT" ? base : "\(base)-\(quote)" }
}
