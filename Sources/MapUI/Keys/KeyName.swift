import Terminal

/// Keys in words: as a configuration writes them, and as the screen shows them.
///
/// A name is a character as typed (`q`, `+`), a word (`tab`, `page-up`, `f5`), or `ctrl-` and a
/// letter. Capitals of the words don't matter.
extension Key {
  /// The words besides single characters, `ctrl-` and the function keys.
  private static let words: [(name: String, key: Key, shown: String)] = [
    ("space", .character(" "), "Space"), ("tab", .tab, "Tab"), ("shift-tab", .backTab, "S-Tab"),
    ("enter", .enter, "Enter"), ("esc", .escape, "Esc"), ("backspace", .backspace, "Bksp"),
    ("delete", .delete, "Del"), ("insert", .insert, "Ins"), ("left", .left, "←"),
    ("right", .right, "→"), ("up", .up, "↑"), ("down", .down, "↓"), ("home", .home, "Home"),
    ("end", .end, "End"), ("page-up", .pageUp, "PgUp"), ("page-down", .pageDown, "PgDn"),
  ]

  /// What can be written for a key, in a sentence.
  static let allowedNames =
    "a character, " + words.map(\.name).joined(separator: ", ") + ", f1 to f12 or ctrl-a to ctrl-z"

  /// The key that a configuration's word names; nil where there is no such key.
  public init?(named name: String) {
    if let only = name.first, name.count == 1 {
      // A character of two columns or none can't be told from others in the help.
      guard only.unicodeScalars.count == 1, let scalar = only.unicodeScalars.first,
        scalar.value > 0x20, scalar.value != 0x7f, !(0x80..<0xa0).contains(scalar.value)
      else { return nil }
      self = .character(only)
      return
    }
    let word = name.lowercased()
    if let known = Self.words.first(where: { $0.name == word }) {
      self = known.key
    } else if word.hasPrefix("f"), let number = Int(word.dropFirst()), (1...12).contains(number),
      word == "f\(number)"
    {
      self = .function(number)
    } else if word.hasPrefix("ctrl-"), let letter = word.last, word.count == 6, letter.isASCII,
      letter.isLetter
    {
      self = .control(letter)
    } else {
      return nil
    }
  }

  /// The name that a configuration writes.
  public var name: String {
    if let known = Self.words.first(where: { $0.key == self }) { return known.name }
    return switch self {
    case .character(let character): String(character)
    case .control(let letter): "ctrl-\(letter)"
    case .function(let number): "f\(number)"
    default: "\(self)"
    }
  }

  /// The key as the help and the footer show it: `q`, `^C`, `PgUp`.
  public var shown: String {
    if let known = Self.words.first(where: { $0.key == self }) { return known.shown }
    return switch self {
    case .character(let character): String(character)
    case .control(let letter): "^" + letter.uppercased()
    case .function(let number): "F\(number)"
    default: "\(self)"
    }
  }

  /// Why no action can be put on the key; nil where one can.
  func obstacle(for action: Action) -> String? {
    guard case .control(let letter) = self else { return nil }
    switch letter {
    case "h": return "ctrl-h is what a terminal sends for backspace; write that"
    case "i": return "ctrl-i is what a terminal sends for tab; write that"
    case "j", "m": return "\(name) is what a terminal sends for enter; write that"
    case "z" where action != .suspend: return "ctrl-z always suspends"
    default: return nil
    }
  }
}
