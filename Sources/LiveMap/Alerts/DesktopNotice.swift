import MapEngine

/// A notice of the desktop, in the two notations that terminals read. Its text holds no control
/// character, so that it can't end its own sequence early.
public struct DesktopNotice: Hashable, Sendable {
  /// The title; it holds no semicolon, which parts an OSC 777.
  public let title: String
  /// The text.
  public let body: String

  /// The longest body in characters.
  static let mostCharacters = 240

  /// A notice of those words.
  public init(title: String, body: String) {
    self.title = Self.harmless(title).replacing(";", with: ",")
    self.body = Self.harmless(body)
  }

  /// The notice of an alert; it says whether the market is simulated.
  public init(_ alert: FiredAlert) {
    self.init(
      title: "Lodestone \(alert.instrument)" + (alert.isSimulated ? " (SIMULATED)" : ""),
      body: alert.sentence)
  }

  /// The sequence of iTerm2, Windows Terminal, kitty and WezTerm: `OSC 9 ; text ST`.
  public var osc9: String { "\u{1b}]9;\(title): \(body)\u{1b}\\" }

  /// The sequence of urxvt, foot, Ghostty and VTE: `OSC 777 ; notify ; title ; text ST`.
  public var osc777: String { "\u{1b}]777;notify;\(title);\(body)\u{1b}\\" }

  private static func harmless(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
        .privateUse:
        result.append(" ")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return String(result.prefix(mostCharacters))
  }
}
