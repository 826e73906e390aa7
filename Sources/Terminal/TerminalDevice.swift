import Glibc

/// The terminal as the system sees it: descriptors, modes, size, bytes.
final class TerminalDevice {
  /// Where keys come from.
  let input: Int32
  /// Where frames go: an open file of our own that never blocks. The one that was inherited is
  /// shared with the shell, which must not find it non-blocking.
  let output: Int32
  /// The modes as they were found.
  let originalModes: termios
  private let ownsInput: Bool
  private var rawModes: termios?
  private var queue: [UInt8] = []
  private var sent = 0
  /// How many bytes have been handed to the terminal.
  private(set) var bytesWritten = 0
  /// Whether the terminal is gone.
  private(set) var isGone = false

  /// Opens the terminal behind the standard output and the standard input.
  init() throws(TerminalError) {
    guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNoTerminal }
    if isatty(STDIN_FILENO) == 1 {
      input = STDIN_FILENO
      ownsInput = false
    } else {
      // The data may come through a pipe while the keys come from the terminal.
      input = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC)
      ownsInput = true
      guard input >= 0 else { throw .inputIsNoTerminal }
    }
    var modes = termios()
    guard tcgetattr(input, &modes) == 0 else {
      throw .systemCallFailed(attempt: "read the terminal's modes", code: errno)
    }
    originalModes = modes
    output = open("/proc/self/fd/1", O_WRONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    guard output >= 0 else {
      throw .systemCallFailed(attempt: "open the terminal for writing", code: errno)
    }
  }

  deinit {
    close(output)
    if ownsInput { close(input) }
  }

  /// The window's size; 80x24 where the system doesn't know.
  var size: TerminalSize {
    var size = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return TerminalSize(width: 80, height: 24)
    }
    return TerminalSize(width: Int(size.ws_col), height: Int(size.ws_row))
  }

  /// Every byte in and out as it is, no echo, no signals from keys.
  func enterRawMode() {
    var modes = originalModes
    modes.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INLCR | IGNCR | ISTRIP | IXON | PARMRK)
    modes.c_oflag &= ~tcflag_t(OPOST)
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL | IEXTEN | ISIG)
    withUnsafeMutableBytes(of: &modes.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
    if setModes(modes) { rawModes = modes }
  }

  /// Whether the program has the terminal: a job in the background must not touch it, and is stopped
  /// if it does.
  var isForeground: Bool {
    let group = tcgetpgrp(input)
    return group < 0 || group == getpgrp()
  }

  /// The modes as they were found. Input that was not read yet is thrown away: reports of the mouse
  /// mean nothing to the shell.
  ///
  /// In the background the modes are another program's, save where nobody has changed ours.
  func restoreModes() {
    guard isForeground || areRaw else { return }
    var change = sigset_t()
    var before = sigset_t()
    sigemptyset(&change)
    sigaddset(&change, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &change, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    tcflush(input, TCIFLUSH)
    _ = setModes(originalModes)
  }

  /// Whether the modes are still those of ``enterRawMode()``.
  private var areRaw: Bool {
    var now = termios()
    guard let rawModes, tcgetattr(input, &now) == 0 else { return false }
    let raw = rawModes
    return now.c_iflag == raw.c_iflag && now.c_oflag == raw.c_oflag && now.c_lflag == raw.c_lflag
  }

  private func setModes(_ modes: termios) -> Bool {
    var modes = modes
    while tcsetattr(input, TCSANOW, &modes) != 0 {
      guard errno == EINTR else { return false }
    }
    return true
  }

  // MARK: - Writing

  /// Whether bytes wait for the terminal to take them.
  var isBusy: Bool { !queue.isEmpty }

  /// Sends bytes, now as far as the terminal takes them, the rest by ``flush()``.
  func send(_ bytes: [UInt8]) {
    if queue.isEmpty { queue = bytes } else { queue += bytes }
    flush()
  }

  /// Sends what waits, as far as the terminal takes it.
  func flush() {
    while sent < queue.count, !isGone {
      let count = queue.withUnsafeBytes { bytes in
        write(output, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
      }
      if count > 0 {
        sent += count
        bytesWritten += count
      } else if count < 0, errno == EAGAIN {
        return
      } else if count < 0, errno == EINTR {
        continue
      } else {
        isGone = true
      }
    }
    discard()
  }

  /// Sends what waits, and waits for the terminal to take it, though not for longer than that.
  /// What it has not taken by then is thrown away.
  func drain(timeoutMilliseconds: Int) {
    let deadline = Monotonic.milliseconds + timeoutMilliseconds
    flush()
    while isBusy {
      let left = deadline - Monotonic.milliseconds
      guard left > 0 else { break }
      var ready = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
      _ = poll(&ready, 1, Int32(clamping: left))
      flush()
    }
    discard()
  }

  private func discard() {
    queue.removeAll(keepingCapacity: true)
    sent = 0
  }

  // MARK: - Reading

  /// The bytes that have arrived; nil when the terminal is gone. To be called when there are some.
  func read() -> [UInt8]? {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 14) { buffer, filled in
      count = Glibc.read(input, buffer.baseAddress, buffer.count)
      filled = max(count, 0)
    }
    if count > 0 { return bytes }
    if count < 0, errno == EINTR || errno == EAGAIN { return [] }
    isGone = true
    return nil
  }
}

/// The clock that never jumps.
enum Monotonic {
  /// Milliseconds since some moment in the past.
  static var milliseconds: Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}
