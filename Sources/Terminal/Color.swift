/// A 24-bit colour in sRGB.
public struct RGB: Hashable, Sendable {
  /// Red, 0 to 255.
  public var red: UInt8
  /// Green, 0 to 255.
  public var green: UInt8
  /// Blue, 0 to 255.
  public var blue: UInt8

  /// A colour of those parts.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour of a hexadecimal text such as `#7aa2f7`; nil when it is none.
  public init?(hex: String) {
    let digits = hex.hasPrefix("#") ? hex.dropFirst() : Substring(hex)
    guard digits.count == 6, let value = UInt32(digits, radix: 16) else { return nil }
    self.init(
      UInt8(value >> 16 & 0xff), UInt8(value >> 8 & 0xff), UInt8(value & 0xff))
  }
}

/// One of the sixteen colours that every colour terminal has, and that its user may have chosen: how
/// it looks is the terminal's affair.
public enum AnsiColor: UInt8, CaseIterable, Hashable, Sendable {
  case black, red, green, yellow, blue, magenta, cyan, white
  case brightBlack, brightRed, brightGreen, brightYellow
  case brightBlue, brightMagenta, brightCyan, brightWhite

  /// The name that files give it: `red`, `bright-red`.
  public var name: String {
    let index = Int(rawValue)
    return (index < 8 ? "" : "bright-") + AnsiColor.names[index % 8]
  }

  /// The colour of that name; nil when there is none.
  public init?(name: String) {
    guard let color = AnsiColor.allCases.first(where: { $0.name == name }) else { return nil }
    self = color
  }

  /// What xterm shows for it unless told otherwise.
  public var xterm: RGB { XtermPalette.colors[Int(rawValue)] }

  private static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]
}

/// What a cell is painted with. Themes speak in 24-bit colours, or leave the choice to the terminal;
/// the screen lowers them to what the terminal can show.
public enum Color: Hashable, Sendable {
  /// The terminal's own default.
  case terminalDefault
  /// One of the terminal's own sixteen.
  case ansi(AnsiColor)
  /// A 24-bit colour.
  case rgb(RGB)
}

/// How many colours the terminal can show.
public enum ColorDepth: String, CaseIterable, Hashable, Sendable {
  /// No colour; only attributes.
  case mono
  /// The 16 ANSI colours.
  case ansi16 = "16"
  /// The 256 colours of xterm.
  case ansi256 = "256"
  /// 24 bits.
  case truecolor
}

/// Which characters the terminal's font can be trusted with.
public enum GlyphSet: String, CaseIterable, Hashable, Sendable {
  /// Eighth blocks, shades, braille and box drawing.
  case full
  /// Full and half blocks, shades and box drawing; no eighths, no braille.
  case blocks
  /// ASCII only.
  case ascii
}
