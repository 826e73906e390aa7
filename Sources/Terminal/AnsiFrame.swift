/// Frames as text for files and pipes.
public enum AnsiFrame {
  /// The characters alone, a line for each row, without a newline after the last.
  public static func text(_ grid: CellGrid) -> String {
    grid.lines.joined(separator: "\n")
  }

  /// The characters with their colours and attributes as SGR sequences, a line for each row,
  /// without a newline after the last. A sequence stands only where the look changes, and each
  /// line ends in the terminal's own look.
  public static func ansi(_ grid: CellGrid, depth: ColorDepth) -> String {
    var lowering = ColorLowering(depth: depth)
    let plain = LoweredStyle(foreground: -1, background: -1, attributes: [])
    var output = String.UnicodeScalarView()
    for y in 0..<grid.height {
      if y > 0 { output.append("\n") }
      var current = plain
      for x in 0..<grid.width {
        let cell = grid[x, y]
        let lowered = lowering.lower(cell.style)
        let wanted =
          cell.scalar == " " ? lowered.blank(foreground: current.foreground) : lowered
        if wanted != current {
          output.append(contentsOf: change(from: current, to: wanted, depth).unicodeScalars)
          current = wanted
        }
        output.append(cell.scalar.printable)
      }
      if current != plain { output.append(contentsOf: "\u{1b}[0m".unicodeScalars) }
    }
    return String(output)
  }

  /// The sequence that leads from one look to another.
  private static func change(
    from current: LoweredStyle, to wanted: LoweredStyle, _ depth: ColorDepth
  ) -> String {
    var codes: [String] = []
    var start = current
    // Attributes are not taken back one by one: what ends bold also ends dim.
    if !wanted.attributes.isSuperset(of: current.attributes)
      || wanted == LoweredStyle(foreground: -1, background: -1, attributes: [])
    {
      codes.append("0")
      start = LoweredStyle(foreground: -1, background: -1, attributes: [])
    }
    for (attribute, code) in attributeCodes
    where wanted.attributes.contains(attribute) && !start.attributes.contains(attribute) {
      codes.append(code)
    }
    if wanted.foreground != start.foreground {
      codes.append(color(wanted.foreground, depth, background: false))
    }
    if wanted.background != start.background {
      codes.append(color(wanted.background, depth, background: true))
    }
    return "\u{1b}[\(codes.joined(separator: ";"))m"
  }

  private static let attributeCodes: [(Attributes, String)] = [
    (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
  ]

  private static func color(_ number: Int32, _ depth: ColorDepth, background: Bool) -> String {
    let base = background ? 40 : 30
    guard number >= 0 else { return "\(base + 9)" }
    func own(_ index: Int32) -> String { "\(base + Int(index) + (index < 8 ? 0 : 52))" }
    switch depth {
    case .mono: return "\(base + 9)"
    case .ansi16: return own(number)
    case .truecolor where number >= ColorLowering.ownBase:
      return own(number - ColorLowering.ownBase)
    case .ansi256: return "\(base + 8);5;\(number)"
    case .truecolor:
      return "\(base + 8);2;\(number >> 16 & 0xff);\(number >> 8 & 0xff);\(number & 0xff)"
    }
  }
}
