internal import CVTerm
import Glibc

/// A program on a terminal of its own: a pty, whose other end is a ``VirtualTerminal``. It reads
/// what the program writes whenever it waits for something.
public final class PseudoTerminal {
  /// How a program ended.
  public enum Ending: Hashable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  /// A step of starting a program that failed, and the value of `errno`.
  public struct Failure: Error {
    public let step: String
    public let code: Int32
  }

  /// What a person would see.
  public let screen: VirtualTerminal
  /// Every byte that the program wrote.
  public private(set) var output: [UInt8] = []
  /// The program's process.
  public let process: Int32

  private let master: Int32
  private let slave: Int32
  private var ending: Ending?
  private var isHungUp = false
  /// How many synchronized updates have ended.
  public private(set) var frameCount = 0
  /// Whether a synchronized update (DEC mode 2026) has begun and not ended yet.
  private var isWithinFrame = false
  /// How such an update begins (`h`) and ends (`l`).
  private static let frameMark = Array("\u{1b}[?2026".utf8)

  /// Starts a program with exactly that environment on a new terminal, which becomes its
  /// controlling terminal and its standard input, output and error.
  public init(
    executable: String, arguments: [String] = [], environment: [String: String],
    width: Int, height: Int
  ) throws {
    screen = try VirtualTerminal(width: width, height: height)
    let master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw Failure(step: "openpt", code: errno) }
    var name = [CChar](repeating: 0, count: 128)
    guard grantpt(master) == 0, unlockpt(master) == 0, ptsname_r(master, &name, name.count) == 0
    else {
      defer { close(master) }
      throw Failure(step: "unlock", code: errno)
    }
    // An end of our own keeps the terminal alive and its modes readable after the program's end.
    let slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else {
      defer { close(master) }
      throw Failure(step: "open", code: errno)
    }
    Self.setSize(slave, width: width, height: height)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    let (process, code) = Self.spawn(executable, arguments, environment, terminal: name)
    guard code == 0 else {
      close(master)
      close(slave)
      throw Failure(step: "spawn", code: code)
    }
    self.master = master
    self.slave = slave
    self.process = process
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    hangUp()
  }

  /// Starts a program as the leader of a new session. The first terminal that it opens, as its
  /// standard input, becomes its controlling terminal.
  private static func spawn(
    _ executable: String, _ arguments: [String], _ environment: [String: String],
    terminal: [CChar]
  ) -> (pid_t, Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    sigfillset(&all)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | lodestone_spawn_new_session)

    let words: [UnsafeMutablePointer<CChar>?] =
      ([executable] + arguments).map { strdup($0) } + [nil]
    let settings: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, executable, &actions, &attributes, words, settings)
    return (process, code)
  }

  private static func setSize(_ descriptor: Int32, width: Int, height: Int) {
    var size = winsize(
      ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  // MARK: - What a person does

  /// Types text, or sends whatever bytes.
  public func send(_ text: String) {
    send(Array(text.utf8))
  }

  /// Sends bytes, reading what the program writes meanwhile. Gives up when the program doesn't take
  /// them within 20 seconds.
  public func send(_ bytes: [UInt8]) {
    var sent = 0
    let deadline = Self.now + 20_000
    while sent < bytes.count, Self.now < deadline {
      let count = bytes.withUnsafeBytes { all in
        write(master, all.baseAddress.map { $0 + sent }, all.count - sent)
      }
      if count > 0 { sent += count } else { wait(50, forRoom: true) }
      readAvailable()
    }
  }

  /// Types text while nobody reads what the program writes, as on a line that is stuck. Returns
  /// whether the terminal took all of it.
  public func sendWithoutReading(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return write(master, bytes, bytes.count) == bytes.count
  }

  /// Changes the window's size.
  public func resize(width: Int, height: Int) {
    screen.resize(width: width, height: height)
    Self.setSize(slave, width: width, height: height)
  }

  /// Closes the terminal's window: the program loses its terminal. Nothing can be typed or read
  /// afterwards.
  public func hangUp() {
    guard !isHungUp else { return }
    isHungUp = true
    close(slave)
    close(master)
  }

  /// Sends a signal to the program.
  public func signal(_ number: Int32) {
    kill(process, number)
  }

  // MARK: - What a person sees

  /// Waits until the screen shows what is asked for. Returns false when it doesn't within the
  /// limit, which is there for a program that hangs and says nothing of speed. Like a person, who
  /// sees no synchronized update before its end, it judges whole frames only.
  public func waits(
    limitMilliseconds: Int = 20_000, until condition: (PseudoTerminal) -> Bool
  ) -> Bool {
    let deadline = Self.now + limitMilliseconds
    while true {
      readAvailable()
      if !isWithinFrame, condition(self) { return true }
      guard Self.now < deadline else { return false }
      wait(20, forRoom: false)
    }
  }

  /// Waits until the screen shows a text.
  public func shows(_ text: String, limitMilliseconds: Int = 20_000) -> Bool {
    waits(limitMilliseconds: limitMilliseconds) { $0.screen.text.contains(text) }
  }

  /// Reads until the program has written nothing for so long.
  public func settle(quietMilliseconds: Int = 100) {
    var seen = output.count
    var quietSince = Self.now
    while Self.now - quietSince < quietMilliseconds {
      wait(10, forRoom: false)
      readAvailable()
      if output.count != seen {
        seen = output.count
        quietSince = Self.now
      }
    }
  }

  /// Waits for the program's end; nil when it doesn't end within the limit.
  public func end(limitMilliseconds: Int = 20_000) -> Ending? {
    _ = waits(limitMilliseconds: limitMilliseconds) { $0.hasEnded }
    readAvailable()
    return ending
  }

  /// Whether the program has ended.
  public var hasEnded: Bool {
    guard ending == nil else { return true }
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return false }
    let number = status & 0x7f
    ending = number == 0 ? .exited(status >> 8 & 0xff) : .killed(signal: number)
    return true
  }

  /// The terminal's modes, as `stty -g` would print them.
  public var modes: String {
    var modes = termios()
    guard tcgetattr(slave, &modes) == 0 else { return "unreadable: \(errno)" }
    let characters = withUnsafeBytes(of: modes.c_cc) { Array($0) }
    return
      ([modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag].map { Int($0) }
      + characters.map { Int($0) }).map { String($0, radix: 16) }.joined(separator: ":")
  }

  /// Whether the program's last word on a private mode (DECSET) of the terminal was to switch it on.
  public func isOn(mode: Int) -> Bool {
    var isOn = false
    let text = String(decoding: output, as: UTF8.self)
    for part in text.components(separatedBy: "\u{1b}[?").dropFirst() {
      guard let end = part.firstIndex(where: { !$0.isNumber && $0 != ";" }) else { continue }
      let numbers = part[..<end].split(separator: ";").compactMap { Int($0) }
      if numbers.contains(mode) { isOn = part[end] == "h" }
    }
    return isOn
  }

  // MARK: - Reading

  /// Looks for the marks of synchronized updates from a place of the output on.
  private func followFrames(from start: Int) {
    var at = start
    while let mark = output[at...].firstIndex(of: Self.frameMark[0]) {
      let end = mark + Self.frameMark.count
      guard end < output.count else { return }
      if output[mark..<end].elementsEqual(Self.frameMark) {
        isWithinFrame = output[end] == UInt8(ascii: "h")
        if !isWithinFrame { frameCount += 1 }
      }
      at = mark + 1
    }
  }

  private func readAvailable() {
    while take(atMost: 1 << 16) > 0 {}
  }

  /// Reads so many bytes at most, as a slow line would. Returns how many there were.
  @discardableResult public func take(atMost limit: Int) -> Int {
    guard !isHungUp else { return 0 }
    return withUnsafeTemporaryAllocation(byteCount: min(limit, 1 << 16), alignment: 1) { buffer in
      let count = read(master, buffer.baseAddress, buffer.count)
      guard count > 0 else { return 0 }
      let bytes = Array(buffer[..<count])
      // A mark can come in two pieces.
      let start = max(output.count - Self.frameMark.count, 0)
      output += bytes
      followFrames(from: start)
      screen.write(bytes)
      let answers = screen.takeAnswers()
      if !answers.isEmpty { _ = write(master, answers, answers.count) }
      return count
    }
  }

  /// How many bytes the program has written, those included that nobody has read yet: of these the
  /// kernel tells of 4,095 at most.
  public var writtenCount: Int {
    var unread: Int32 = 0
    guard !isHungUp, ioctl(master, UInt(FIONREAD), &unread) == 0 else { return output.count }
    return output.count + Int(unread)
  }

  private func wait(_ milliseconds: Int, forRoom: Bool) {
    guard !isHungUp else {
      usleep(UInt32(milliseconds) * 1000)
      return
    }
    var state = pollfd(
      fd: master, events: Int16(forRoom ? POLLIN | POLLOUT : POLLIN), revents: 0)
    _ = poll(&state, 1, Int32(milliseconds))
  }

  private static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}

extension String {
  /// The parts between occurrences of a separator.
  fileprivate func components(separatedBy separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}

extension PseudoTerminal {
  /// The environment of a terminal with direct colour, changed as wanted.
  public static func environment(_ changes: [String: String] = [:]) -> [String: String] {
    // Swift's backtracer would ask at the terminal what to do next.
    let base = [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "COLORTERM": "truecolor",
      "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
    ]
    return base.merging(changes) { $1 }
  }
}
