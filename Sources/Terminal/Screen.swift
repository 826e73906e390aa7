internal import CTerminal
import Glibc

/// The terminal as a display and a source of events. It is confined to one thread, that of the user
/// interface; other threads reach it by its ``wakeup`` alone. One at a time may be open.
///
///     let screen = try Screen(options: options)
///     defer { screen.close() }
///     screen.draw(frame)
///     for event in screen.wait(timeoutMilliseconds: nil) { ... }
///
/// From `init` to ``close()`` the terminal shows the alternate screen, reports mouse, focus and
/// pastes, and is in raw mode. Every way out gives it back as it was: ``close()``, ``suspend()``,
/// and a crash.
public final class Screen: Display {
  public private(set) var size: TerminalSize
  public private(set) var colorDepth: ColorDepth
  public let glyphs: GlyphSet
  /// What the terminal has where nobody says otherwise.
  public let own: TerminalLook
  /// What other threads signal to make ``wait(timeoutMilliseconds:)`` return.
  public let wakeup: Wakeup
  /// How many frames changed the picture.
  public private(set) var framesDrawn = 0
  /// How many frames were left out because the terminal had not taken the one before.
  public private(set) var framesDropped = 0

  private enum Escape {
    static let reportsOn = [UInt8]("\u{1b}[?1002h\u{1b}[?1006h\u{1b}[?1004h\u{1b}[?2004h".utf8)
    static let reportsOff = [UInt8]("\u{1b}[?2004l\u{1b}[?1004l\u{1b}[?1006l\u{1b}[?1002l".utf8)
    /// What ncurses takes for granted between frames, and another program may have changed.
    static let plain = [UInt8]("\u{1b}(B\u{1b}[0m".utf8)
    static let updateBegins = [UInt8]("\u{1b}[?2026h".utf8)
    static let updateEnds = [UInt8]("\u{1b}[?2026l".utf8)
  }

  private let device: TerminalDevice
  private let entry: TerminalEntry
  private var curses: Curses
  private let signals: Wakeup
  private let log: StandardErrorLog?
  private let synchronizedOutput: Bool
  private var lowering: ColorLowering
  private var decoder = InputDecoder()
  private var lastByteAt = 0
  /// What the terminal shows once it has taken all bytes.
  private var shown: CellGrid
  /// The newest frame, while the terminal has not taken the one before.
  private var owed: CellGrid?
  /// Whether the next frame is drawn even if it is the same.
  private var mustRepaint = true
  private var undelivered: [ScreenEvent] = []
  /// What the terminal is to be told once it has taken the frame before.
  private var unsent: [TerminalSignal] = []
  private var isOpen = true
  /// Whether the terminal is ours: not while the program is stopped, nor when its end comes then.
  private var holdsTerminal = false

  /// Opens the terminal. Throws a sentence for the user where that is not possible, and leaves the
  /// terminal as it was then. The wake-up is a new one unless a thread already has one.
  public init(options: ScreenOptions, wakeup: Wakeup? = nil) throws(TerminalError) {
    let device = try TerminalDevice()
    guard let type = options.environment["TERM"], !type.isEmpty else { throw .terminalTypeUnset }
    try Self.useUTF8(locale: options.locale)
    let entry = try TerminalEntry(name: type, descriptor: device.output)
    let depth = options.depth(terminalColors: entry.colors, directColor: entry.hasDirectColor)
    let size = device.size

    self.wakeup = if let wakeup { wakeup } else { try Wakeup() }
    signals = try Wakeup()
    log = if let path = options.errorLogPath { try StandardErrorLog(path: path) } else { nil }
    // ncurses takes over the signals that nobody has taken, so they are taken before it starts.
    var plan = terminal_restore(
      output: device.output, input: device.input, modes: device.originalModes,
      original_error: log?.original ?? -1, log: log?.descriptor ?? -1, log_start: log?.start ?? 0)
    guard terminal_signals_install(signals.descriptor, &plan) == 0 else {
      let code = errno
      log?.restore()
      throw code == EBUSY
        ? .alreadyOpen : .systemCallFailed(attempt: "handle signals", code: code)
    }
    do {
      curses = try Curses(entry: entry.adjusted(to: depth, size: size), size: size)
    } catch {
      terminal_signals_remove()
      log?.restore()
      throw error
    }
    self.device = device
    self.entry = entry
    own = options.look(entry, type: type)
    self.size = size
    colorDepth = depth
    glyphs = options.glyphs(terminalType: type)
    synchronizedOutput = options.synchronizedOutput
    lowering = ColorLowering(depth: depth)
    shown = CellGrid(width: size.width, height: size.height)
    takeTerminal()
  }

  deinit {
    close()
  }

  /// Makes the C library speak UTF-8, by the user's locale or else by C.UTF-8.
  private static func useUTF8(locale: String) throws(TerminalError) {
    for name in [locale, "C.UTF-8"] where setlocale(LC_CTYPE, name) != nil {
      if let codeset = nl_langinfo(nl_item(CODESET)), String(cString: codeset) == "UTF-8" { return }
    }
    throw .localeIsNotUTF8(locale)
  }

  /// Gives the terminal back for good. Calling it again does nothing.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    if holdsTerminal { giveTerminalBack() }
    terminal_signals_remove()
    curses.free()
    log?.restore()
  }

  /// How many bytes the terminal was sent.
  public var bytesWritten: Int { device.bytesWritten }

  // MARK: - Life cycle

  private func takeTerminal() {
    holdsTerminal = true
    device.enterRawMode()
    terminal_crash_arm(1)
    curses.compose()
    device.send(
      wrapped(PenStream.shortened(curses.takeBytes(), fromUnknown: true)) + Escape.reportsOn)
  }

  private func wrapped(_ frame: [UInt8]) -> [UInt8] {
    synchronizedOutput ? Escape.updateBegins + frame + Escape.updateEnds : frame
  }

  private func giveTerminalBack() {
    unsent = []
    // A frame that is stuck on a slow line isn't worth the wait; a frame cut anywhere is ended by
    // the sequences that follow.
    device.drain(timeoutMilliseconds: 200)
    curses.end()
    let end = synchronizedOutput ? Escape.updateEnds : []
    device.send(end + Escape.reportsOff + curses.takeBytes())
    device.drain(timeoutMilliseconds: 1000)
    terminal_crash_arm(0)
    device.restoreModes()
    holdsTerminal = false
  }

  /// Gives the terminal back, stops the process as ^Z does, and, once it is continued, takes the
  /// terminal again and draws the last frame. Then ``wait(timeoutMilliseconds:)`` delivers
  /// `resumed`, and a new size if there is one.
  public func suspend() {
    guard isOpen else { return }
    giveTerminalBack()
    stop()
  }

  /// Stops until the program is continued in the foreground; in the background (`bg`) it stops again,
  /// as whatever needs the terminal does. Where its end is asked for, the terminal stays the shell's.
  private func stop() {
    repeat {
      let isContinued = terminal_stop_group() != 0
      if takeEndSignals(terminal_signals_take()) { return }
      guard isContinued else { break }
    } while !device.isForeground
    resume()
  }

  /// Delivers the signals that ask for the end; whether there was one.
  private func takeEndSignals(_ raised: UInt32) -> Bool {
    let signals = [SIGTERM, SIGHUP, SIGINT].filter { raised & 1 << UInt32($0) != 0 }
    undelivered += signals.map { .terminate(signal: $0) }
    return !signals.isEmpty
  }

  /// Takes the terminal again; ncurses then draws its last frame whole.
  private func resume() {
    takeTerminal()
    undelivered.append(.resumed)
    _ = followSize()
  }

  /// Draws the whole frame again, whatever another program has left on the terminal (^L).
  public func redraw() {
    guard isOpen, holdsTerminal else { return }
    curses.distrust()
    mustRepaint = true
    draw(owed ?? shown)
  }

  /// Shows so many colours from now on. The terminal is given back for a moment, as ncurses is started
  /// anew on it; the next frame is drawn whole. Throws where ncurses refuses: then all stays as it was.
  public func change(to depth: ColorDepth) throws(TerminalError) {
    guard isOpen, holdsTerminal, depth != colorDepth else { return }
    giveTerminalBack()
    // Whatever comes of it, the terminal is taken again.
    defer { takeTerminal() }
    let new = try Curses(entry: entry.adjusted(to: depth, size: size), size: size)
    curses.free()
    curses = new
    colorDepth = depth
    lowering = ColorLowering(depth: depth)
    shown = CellGrid(width: size.width, height: size.height)
    owed = nil
    mustRepaint = true
  }

  /// Takes over the window's size. Returns whether it was a new one.
  private func followSize() -> Bool {
    let now = device.size
    guard now != size else { return false }
    size = now
    curses.resize(to: now)
    shown = CellGrid(width: now.width, height: now.height)
    owed = nil
    mustRepaint = true
    undelivered.append(.input(.resize(width: now.width, height: now.height)))
    return true
  }

  // MARK: - Drawing

  /// Shows a frame; one that shows already is not sent at all. It never blocks: while the terminal
  /// has not taken the frame before, the newest frame waits, and it is drawn by
  /// ``wait(timeoutMilliseconds:)``.
  public func draw(_ grid: CellGrid) {
    guard isOpen, holdsTerminal else { return }
    let grid = grid.fitted(to: size)
    device.flush()
    guard !device.isBusy else {
      if owed != nil { framesDropped += 1 }
      owed = grid
      return
    }
    owed = nil
    guard mustRepaint || grid != shown else { return }
    paint(grid)
  }

  /// Tells the terminal something besides its frames. It is sent between two frames, never within
  /// one, and never makes anybody wait: on a line that is stuck a few signals wait for the frame
  /// before them, and what comes beyond those is left out.
  public func send(_ signals: [TerminalSignal]) {
    guard isOpen, holdsTerminal else { return }
    unsent += signals.prefix(max(Self.mostUnsent - unsent.count, 0))
    device.flush()
    sendSignals()
  }

  private static let mostUnsent = 8

  private func sendSignals() {
    guard !unsent.isEmpty, !device.isBusy else { return }
    device.send(unsent.flatMap(\.bytes))
    unsent = []
  }

  private func paint(_ grid: CellGrid) {
    let old = shown.cells
    let new = grid.cells
    var style = Style.plain
    var lowered = lowering.lower(style)
    for y in 0..<size.height {
      for index in y * size.width..<(y + 1) * size.width where new[index] != old[index] {
        let cell = new[index]
        if cell.style != style {
          style = cell.style
          lowered = lowering.lower(style)
        }
        let look = cell.scalar == " " ? lowered.onBlank : lowered
        curses.put(cell.scalar, look, x: index - y * size.width, y: y, in: size)
      }
    }
    curses.compose()
    let changes = PenStream.shortened(curses.takeBytes())
    let frame = mustRepaint ? Escape.plain + changes : changes
    shown = grid
    mustRepaint = false
    guard !changes.isEmpty else { return }
    framesDrawn += 1
    device.send(wrapped(frame))
  }

  // MARK: - Events

  /// Waits until something happens, or until the time is over; nil waits for ever. Returns what
  /// happened, in order; nothing when the time was over.
  ///
  /// ^Z is acted upon here: the program stops, and `resumed` is delivered once it goes on. All
  /// other keys are delivered, ^C too. After a `resize` a frame of the new size is to be drawn.
  public func wait(timeoutMilliseconds: Int?) -> [ScreenEvent] {
    guard isOpen else { return [] }
    let deadline = timeoutMilliseconds.map { Monotonic.milliseconds + max($0, 0) }
    while true {
      sleep(until: deadline)
      if !undelivered.isEmpty {
        defer { undelivered = [] }
        return undelivered
      }
      if let deadline, Monotonic.milliseconds >= deadline { return [] }
    }
  }

  /// Sleeps until the first thing happens, and handles all that has happened.
  private func sleep(until deadline: Int?) {
    var descriptors = [
      pollfd(fd: holdsTerminal ? device.input : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakeup.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    if device.isBusy {
      descriptors.append(pollfd(fd: device.output, events: Int16(POLLOUT), revents: 0))
    }
    let count = poll(&descriptors, nfds_t(descriptors.count), pollTimeout(deadline))

    if count > 0, device.isBusy { device.flush() }
    handleSignals()
    if count > 0, descriptors[0].revents != 0 { readInput() }
    if let patience = decoder.patienceMilliseconds,
      Monotonic.milliseconds >= lastByteAt + patience
    {
      deliver(decoder.expire())
    }
    if wakeup.clear() { undelivered.append(.wakeup) }
    sendSignals()
    if !device.isBusy, let owed { draw(owed) }
    if device.isGone { undelivered.append(.terminate(signal: SIGHUP)) }
  }

  private func pollTimeout(_ deadline: Int?) -> Int32 {
    guard undelivered.isEmpty else { return 0 }
    let patience = decoder.patienceMilliseconds.map { lastByteAt + $0 }
    guard let next = [deadline, patience].compactMap({ $0 }).min() else { return -1 }
    return Int32(clamping: max(next - Monotonic.milliseconds, 0))
  }

  private func readInput() {
    guard let bytes = device.read(), !bytes.isEmpty else { return }
    lastByteAt = Monotonic.milliseconds
    deliver(decoder.decode(bytes))
  }

  private func deliver(_ events: [InputEvent]) {
    for event in events {
      if event == .key(.control("z")) {
        suspend()
      } else {
        undelivered.append(.input(event))
      }
    }
  }

  private func handleSignals() {
    guard signals.clear() else { return }
    let raised = terminal_signals_take()
    if takeEndSignals(raised) { return }
    if raised & 1 << UInt32(SIGTSTP) != 0 {
      suspend()
    } else if raised & 1 << UInt32(SIGCONT) != 0 {
      // Stopped by a signal that can't be handled: a shell has had the terminal in the meantime.
      if device.isForeground {
        // There is nothing left to give back.
        curses.end()
        _ = curses.takeBytes()
        resume()
      } else {
        suspend()
      }
    }
    // A size that changed and changed back at once may have cost the terminal some cells.
    if raised & 1 << UInt32(SIGWINCH) != 0, !followSize() { redraw() }
  }
}
