internal import CNcurses
internal import CTerminal
import Glibc

/// ncurses, made to write its output into memory rather than onto the terminal: so a frame leaves
/// in one piece, and a slow line never blocks it. Debian's ncurses is not safe for threads; this is
/// confined to the thread of the user interface, and nothing else calls it.
final class Curses {
  private let memory: UnsafeMutablePointer<FILE>
  private let nothing: UnsafeMutablePointer<FILE>
  private let screen: OpaquePointer
  private let window: UnsafeMutablePointer<WINDOW>
  private var pairs: ColorPairs
  private var isFreed = false

  /// Starts ncurses on a terminal of that description.
  init(entry: TerminalEntry, size: TerminalSize) throws(TerminalError) {
    let descriptor = terminal_memory_file()
    guard descriptor >= 0, let memory = fdopen(descriptor, "w") else {
      throw .systemCallFailed(attempt: "make room for a frame", code: errno)
    }
    // ncurses must never read: the keys are read elsewhere.
    guard let nothing = fopen("/dev/null", "r") else {
      let code = errno
      fclose(memory)
      throw .systemCallFailed(attempt: "open /dev/null", code: code)
    }

    use_env(false)
    let found = getenv("TERMINFO").map { String(cString: $0) }
    setenv("TERMINFO", entry.environmentValue, 1)
    let started = newterm(entry.name, memory, nothing)
    if let found { setenv("TERMINFO", found, 1) } else { unsetenv("TERMINFO") }

    guard let started, let window = newwin(0, 0, 0, 0) else {
      if let started {
        endwin()
        delscreen(started)
      }
      fclose(memory)
      fclose(nothing)
      throw .cursesRefused(entry.name)
    }
    self.memory = memory
    self.nothing = nothing
    self.window = window
    screen = started

    typeahead(-1)
    nonl()
    curs_set(0)
    leaveok(window, true)
    if has_colors() {
      start_color()
      use_default_colors()
    }
    pairs = ColorPairs(limit: has_colors() ? Int(lodestone_color_pairs()) : 0)
    resize(to: size)
  }

  /// Ends ncurses and frees it; calling it again does nothing. Nothing else may be called afterwards.
  func free() {
    guard !isFreed else { return }
    isFreed = true
    delwin(window)
    delscreen(screen)
    fclose(memory)
    fclose(nothing)
  }

  /// Puts a character into a cell of the next frame.
  func put(_ scalar: Unicode.Scalar, _ style: LoweredStyle, x: Int, y: Int, in size: TerminalSize) {
    let pair = pairs.number(
      foreground: style.foreground, background: style.background, cell: y * size.width + x)
    var attributes: attr_t = 0
    if !style.attributes.isEmpty {
      let of = style.attributes
      if of.contains(.bold) { attributes |= lodestone_attribute_bold() }
      if of.contains(.dim) { attributes |= lodestone_attribute_dim() }
      if of.contains(.underline) { attributes |= lodestone_attribute_underline() }
      if of.contains(.reverse) { attributes |= lodestone_attribute_reverse() }
      if of.contains(.italic) { attributes |= lodestone_attribute_italic() }
    }
    _ = lodestone_put(
      window, Int32(y), Int32(x), Self.drawable(scalar), attributes, pair)
  }

  /// The character, or a question mark for one that doesn't take exactly one column.
  private static func drawable(_ scalar: Unicode.Scalar) -> wchar_t {
    if (0x20..<0x7f).contains(scalar.value) { return wchar_t(scalar.value) }
    let character = scalar.printable.value
    return terminal_columns(character) == 1 ? wchar_t(character) : 0x3f
  }

  /// Composes what leads from the last frame to the next. After ``end()`` it takes the terminal
  /// again and composes the whole frame.
  func compose() {
    wnoutrefresh(window)
    doupdate()
  }

  /// Forgets what stands on the terminal: the next frame is composed whole.
  func distrust() {
    clearok(lodestone_current_screen(), true)
    touchwin(window)
  }

  /// Changes the size, and forgets what stands on the terminal.
  func resize(to size: TerminalSize) {
    resize_term(Int32(size.height), Int32(size.width))
    wresize(window, Int32(size.height), Int32(size.width))
    werase(window)
    pairs.resize(cells: size.width * size.height)
    distrust()
  }

  /// Composes what gives the terminal back: the main screen, the cursor.
  func end() {
    endwin()
    // A scroll saves the cursor while it is hidden, and some terminals (libvterm's) give back with
    // the main screen what was saved last.
    fputs("\u{1B}[?25h", memory)
  }

  /// Takes what was composed.
  func takeBytes() -> [UInt8] {
    fflush(memory)
    let descriptor = fileno(memory)
    let length = Int(lseek(descriptor, 0, SEEK_CUR))
    guard length > 0 else { return [] }
    let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      count = max(pread(descriptor, buffer.baseAddress, length, 0), 0)
    }
    ftruncate(descriptor, 0)
    lseek(descriptor, 0, SEEK_SET)
    return bytes
  }
}

/// The colour pairs of ncurses: a number for each pair of colours. A pair in use is never
/// redefined, because ncurses then looks through the whole screen; when all numbers are taken,
/// those that no cell shows are used again.
private struct ColorPairs {
  private let limit: Int
  private var numbers: [UInt64: Int32] = [:]
  private var free: [Int32] = []
  private var next: Int32 = 1
  /// The pair that each cell shows.
  private var shown: [Int32] = []

  /// Numbers from 1 up to a limit, which is excluded; 0 is the terminal's own pair.
  init(limit: Int) {
    self.limit = limit
  }

  mutating func resize(cells: Int) {
    shown = [Int32](repeating: 0, count: cells)
  }

  /// The pair's number for a cell that is about to show it; 0 where there is no colour.
  mutating func number(foreground: Int32, background: Int32, cell: Int) -> Int32 {
    let number = number(foreground, background)
    if shown.indices.contains(cell) { shown[cell] = number }
    return number
  }

  private mutating func number(_ foreground: Int32, _ background: Int32) -> Int32 {
    guard limit > 0, foreground >= 0 || background >= 0 else { return 0 }
    let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
    if let known = numbers[key] { return known }
    guard let number = unused() else { return 0 }
    guard init_extended_pair(number, foreground, background) == OK else {
      free.append(number)
      return 0
    }
    numbers[key] = number
    return number
  }

  private mutating func unused() -> Int32? {
    if Int(next) < limit {
      defer { next += 1 }
      return next
    }
    if free.isEmpty {
      let live = Set(shown)
      free = numbers.values.filter { !live.contains($0) }
      numbers = numbers.filter { live.contains($0.value) }
    }
    return free.popLast()
  }
}
