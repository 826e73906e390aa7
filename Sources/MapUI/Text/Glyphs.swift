import Terminal

/// What a glyph set can draw. Views speak in the full set; `lower` says what stands in for a
/// character that the set lacks. Every stand-in has the width of what it stands for.
struct Glyphs {
  /// The set.
  let set: GlyphSet

  /// How many steps of height a cell has: eighths, halves or none.
  var unitsPerCell: Int {
    switch set {
    case .full: 8
    case .blocks: 2
    case .ascii: 1
    }
  }

  /// A cell filled from below to `units` of `unitsPerCell`.
  func partial(_ units: Int) -> Unicode.Scalar {
    switch set {
    case .full: Glyphs.eighths[min(max(units, 0), 8)]
    case .blocks: units >= 2 ? "█" : units == 1 ? "▄" : " "
    case .ascii: units >= 1 ? "#" : " "
    }
  }

  /// The texture of a layer: sparse for the calm ones, dense for the vivid ones. Over a colour
  /// of its own the most vivid one is left plain.
  func texture(_ layer: Int, of count: Int, overColor: Bool) -> Unicode.Scalar {
    let textures =
      set == .ascii ? Glyphs.asciiTextures : overColor ? Glyphs.tints : Glyphs.shades
    guard count > 1 else { return textures[textures.count - 1] }
    guard count > textures.count else {
      return textures[layer * (textures.count - 1) / (count - 1)]
    }
    return textures[layer % textures.count]
  }

  /// The line that bars stand on: dashed under longs, whole under shorts, so that colour isn't
  /// the only sign of a side. Block elements touch the bars above them.
  func baseline(_ isLong: Bool, column: Int) -> Unicode.Scalar {
    switch set {
    case .full: isLong && column % 3 == 2 ? " " : "▔"
    case .blocks: isLong ? "─" : "═"
    case .ascii: isLong ? "-" : "="
    }
  }

  /// The tick of a price label on that line.
  func baselineTick(_ isLong: Bool) -> Unicode.Scalar {
    switch set {
    case .full: "╵"
    case .blocks: isLong ? "┬" : "╤"
    case .ascii: "+"
    }
  }

  /// The character that stands for `scalar` in this set.
  func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let value = scalar.value
    if value >= 0x20 && value < 0x7f { return scalar }
    switch set {
    case .full: return Glyphs.isNarrow(value) ? scalar : "?"
    case .blocks: return Glyphs.blocks(scalar)
    case .ascii: return Glyphs.ascii(scalar)
    }
  }

  private static let eighths: [Unicode.Scalar] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let shades: [Unicode.Scalar] = ["░", "▒", "▓", "▚", "█"]
  private static let tints: [Unicode.Scalar] = ["░", "▒", "▓", "▚", " "]
  private static let asciiTextures: [Unicode.Scalar] = [".", ":", "/", "%", "#"]

  /// Whether a character is one column wide everywhere: Latin, Greek and Cyrillic letters,
  /// punctuation, arrows, mathematics, boxes, blocks, shapes and braille.
  private static func isNarrow(_ value: UInt32) -> Bool {
    switch value {
    case 0xa0...0x2ff, 0x370...0x482, 0x48a...0x52f, 0x2010...0x2027, 0x2030...0x205e,
      0x20a0...0x20bf, 0x2190...0x22ff, 0x2500...0x25fc, 0x2800...0x28ff:
      true
    default: false
    }
  }

  private static func blocks(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "█", "▄", "▀", "░", "▒", "▓", "▚", "·", "×", "─", "│", "┌", "┐", "└", "┘", "├", "┤",
      "┬", "┴", "┼", "═", "╤":
      scalar
    case "╭": "┌"
    case "╮": "┐"
    case "╰": "└"
    case "╯": "┘"
    case "■": "█"
    case "╵": "│"
    default: ascii(scalar)
    }
  }

  private static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "−", "–", "—", "─", "┄", "·": "-"
    case "×": "x"
    case "…": "~"
    // The cumulative line is made of stars.
    case "◆": "@"
    case "●": "*"
    case "◐": "%"
    case "◍": "+"
    case "○": "!"
    case "◇": "o"
    case "▲", "▴", "↑": "^"
    case "▼", "▾", "↓": "v"
    case "◀", "←", "‹": "<"
    case "▶", "→", "›": ">"
    case "│", "╵": "|"
    // No texture of a layer, so that a ghost isn't taken for a bar.
    case "┊": "'"
    case "╎": "!"
    case "═": "="
    case "▔": "-"
    case "┌", "┐", "└", "┘", "├", "┤", "┬", "┴", "┼", "╭", "╮", "╰", "╯", "╤": "+"
    case "≈": "~"
    case "≥": ">"
    case "≤": "<"
    case "“", "”": "\""
    case "‘", "’": "'"
    case "°": "o"
    case "■", "█", "▓": "#"
    // What axes are made of isn't what bars are made of.
    case "▒": "/"
    case "░": "."
    default: scalar.value > 0x2800 && scalar.value <= 0x28ff ? "*" : "?"
    }
  }
}
