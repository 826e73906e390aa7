/// What the user may decide about the screen.
public struct ScreenOptions: Sendable {
  /// The colours to use whatever the terminal says of itself; nil to find out.
  public var colorDepth: ColorDepth?
  /// The characters to use; nil to find out.
  public var glyphs: GlyphSet?
  /// Whether frames are wrapped into synchronized updates (DEC mode 2026).
  public var synchronizedOutput: Bool
  /// The environment, from which TERM, COLORTERM, NO_COLOR and the locale are read.
  public var environment: [String: String]
  /// The file that takes the standard error while the screen is open; nil to leave it alone.
  public var errorLogPath: String?

  /// Options; the terminal decides what is not told.
  public init(
    environment: [String: String], colorDepth: ColorDepth? = nil, glyphs: GlyphSet? = nil,
    synchronizedOutput: Bool = true, errorLogPath: String? = nil
  ) {
    self.environment = environment
    self.colorDepth = colorDepth
    self.glyphs = glyphs
    self.synchronizedOutput = synchronizedOutput
    self.errorLogPath = errorLogPath
  }

  /// What a terminal of that description has, whatever the options say.
  func look(_ entry: TerminalEntry, type: String) -> TerminalLook {
    let plain = ScreenOptions(environment: environment)
    return TerminalLook(
      depth: plain.depth(terminalColors: entry.colors, directColor: entry.hasDirectColor),
      glyphs: plain.glyphs(terminalType: type))
  }

  /// The colours to use on a terminal that terminfo describes so. In this order: the option, a
  /// non-empty NO_COLOR, a terminfo entry with direct colour, COLORTERM, the entry's number of
  /// colours.
  func depth(terminalColors: Int, directColor: Bool) -> ColorDepth {
    if let colorDepth { return colorDepth }
    if let refusal = environment["NO_COLOR"], !refusal.isEmpty { return .mono }
    if directColor { return .truecolor }
    if let claim = environment["COLORTERM"], claim == "truecolor" || claim == "24bit",
      !isInsideGNUScreen
    {
      return .truecolor
    }
    switch terminalColors {
    case 256...: return .ansi256
    case 8...: return .ansi16
    default: return .mono
    }
  }

  /// GNU screen passes on what the terminal outside says of itself, but up to version 4 it
  /// misreads direct colours.
  private var isInsideGNUScreen: Bool {
    environment["STY"] != nil && environment["TERM"]?.hasPrefix("screen") == true
  }

  /// The characters to use on a terminal of that type. The console of Linux has neither eighth
  /// blocks nor braille in its fonts.
  func glyphs(terminalType: String) -> GlyphSet {
    glyphs ?? (terminalType == "linux" ? .blocks : .full)
  }

  /// The locale that the environment asks for, by POSIX's order.
  var locale: String {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      if let value = environment[name], !value.isEmpty { return value }
    }
    return "C"
  }
}

/// How much a terminal can show.
public struct TerminalLook: Hashable, Sendable {
  /// How many colours.
  public let depth: ColorDepth
  /// Which characters.
  public let glyphs: GlyphSet

  /// A terminal of so many colours and those characters.
  public init(depth: ColorDepth, glyphs: GlyphSet) {
    self.depth = depth
    self.glyphs = glyphs
  }
}
