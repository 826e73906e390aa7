internal import CVTerm

/// A terminal without a window: libvterm, the emulator inside of Neovim, fed with what a program
/// writes. It gives back the cells as a person would see them.
public final class VirtualTerminal {
  /// One cell as it is seen: of a blank without a line the colour behind it alone.
  public struct Cell: Hashable, Sendable {
    /// The character; a space where nothing was written.
    public let character: Unicode.Scalar
    /// The colour of the character as `0xrrggbb`; nil for the terminal's default.
    public let foreground: UInt32?
    /// The colour behind it; nil for the terminal's default.
    public let background: UInt32?
    /// The palette's index that the foreground was given by; nil when it was given otherwise.
    public let foregroundIndex: Int?
    /// The palette's index that the background was given by; nil when it was given otherwise.
    public let backgroundIndex: Int?
    /// Bold, underlined, italic, reversed.
    public let isBold, isUnderlined, isItalic, isReversed: Bool
  }

  /// Columns.
  public private(set) var width: Int
  /// Rows.
  public private(set) var height: Int
  /// Whether the alternate screen shows.
  public var isAlternate: Bool { properties.isAlternate }
  /// Whether the cursor shows.
  public var isCursorVisible: Bool { properties.isCursorVisible }
  /// Whether the program wants reports of the mouse.
  public var reportsMouse: Bool { properties.reportsMouse }
  /// What the terminal answers to the program's questions, in order.
  public var answers: [UInt8] { properties.answers }

  /// What libvterm tells by its callbacks.
  private final class Properties {
    var isAlternate = false
    var isCursorVisible = true
    var reportsMouse = false
    var answers: [UInt8] = []
  }

  private let properties = Properties()
  private let terminal: OpaquePointer
  private let screen: OpaquePointer
  private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>

  /// Thrown when libvterm has no memory for a terminal.
  public struct Unavailable: Error {}

  /// A blank terminal of that size.
  public init(width: Int, height: Int) throws {
    guard let terminal = vterm_new(Int32(height), Int32(width)) else { throw Unavailable() }
    guard let screen = vterm_obtain_screen(terminal) else {
      vterm_free(terminal)
      throw Unavailable()
    }
    self.terminal = terminal
    self.screen = screen
    self.width = width
    self.height = height
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(to: VTermScreenCallbacks())
    callbacks.pointee.settermprop = { property, value, user in
      guard let value, let user else { return 0 }
      let properties = Unmanaged<Properties>.fromOpaque(user).takeUnretainedValue()
      switch property {
      case VTERM_PROP_ALTSCREEN: properties.isAlternate = value.pointee.boolean != 0
      case VTERM_PROP_CURSORVISIBLE: properties.isCursorVisible = value.pointee.boolean != 0
      case VTERM_PROP_MOUSE: properties.reportsMouse = value.pointee.number != 0
      default: break
      }
      return 1
    }
    let user = Unmanaged.passUnretained(properties).toOpaque()
    vterm_set_utf8(terminal, 1)
    vterm_screen_set_callbacks(screen, callbacks, user)
    vterm_screen_enable_altscreen(screen, 1)
    vterm_screen_reset(screen, 1)
    vterm_output_set_callback(
      terminal,
      { text, count, user in
        guard let text, let user else { return }
        Unmanaged<Properties>.fromOpaque(user).takeUnretainedValue().answers
          .append(contentsOf: UnsafeRawBufferPointer(start: text, count: count))
      }, user)
  }

  deinit {
    vterm_free(terminal)
    callbacks.deallocate()
  }

  /// Shows what a program wrote.
  public func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      let text = buffer.assumingMemoryBound(to: CChar.self)
      _ = vterm_input_write(terminal, text.baseAddress, text.count)
    }
    vterm_screen_flush_damage(screen)
  }

  /// Takes the answers that have gathered.
  public func takeAnswers() -> [UInt8] {
    defer { properties.answers = [] }
    return properties.answers
  }

  /// Changes the size.
  public func resize(width: Int, height: Int) {
    self.width = width
    self.height = height
    vterm_set_size(terminal, Int32(height), Int32(width))
  }

  /// The cell in column `x` of row `y`, both from zero; nil outside.
  public subscript(x: Int, y: Int) -> Cell? {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return nil }
    var cell = VTermScreenCell()
    guard vterm_screen_get_cell(screen, VTermPos(row: Int32(y), col: Int32(x)), &cell) != 0 else {
      return nil
    }
    let code = cell.chars.0
    let character = code == 0 ? " " : Unicode.Scalar(code) ?? "\u{fffd}"
    let isUnderlined = cell.attrs.underline != 0
    let isReversed = cell.attrs.reverse != 0
    let hasInk = character != " " || isUnderlined || isReversed
    return Cell(
      character: character, foreground: hasInk ? rgb(cell.fg) : nil, background: rgb(cell.bg),
      foregroundIndex: hasInk ? index(cell.fg) : nil, backgroundIndex: index(cell.bg),
      isBold: hasInk && cell.attrs.bold != 0, isUnderlined: isUnderlined,
      isItalic: hasInk && cell.attrs.italic != 0, isReversed: isReversed)
  }

  /// The text of each row, without the blanks at its end.
  public var lines: [String] {
    (0..<height).map { y in
      var line = String.UnicodeScalarView()
      for x in 0..<width { line.append(self[x, y]?.character ?? " ") }
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  /// The rows as one text.
  public var text: String { lines.joined(separator: "\n") }

  private func rgb(_ color: VTermColor) -> UInt32? {
    // The two flags of a default colour: VTERM_COLOR_DEFAULT_FG and VTERM_COLOR_DEFAULT_BG.
    guard color.type & 6 == 0 else { return nil }
    var color = color
    vterm_screen_convert_color_to_rgb(screen, &color)
    return UInt32(color.rgb.red) << 16 | UInt32(color.rgb.green) << 8 | UInt32(color.rgb.blue)
  }

  private func index(_ color: VTermColor) -> Int? {
    color.type & 7 == 1 ? Int(color.indexed.idx) : nil
  }
}
