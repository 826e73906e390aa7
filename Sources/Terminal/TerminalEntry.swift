internal import CNcurses
import Glibc

/// What terminfo says of a kind of terminal, as a value that can be changed and handed back to
/// ncurses. So a terminal keeps its own strings, and gets direct colour although hardly any entry
/// of the database has it.
struct TerminalEntry {
  /// A number or a string that the entry lacks.
  private static let absent = -1

  /// The kind's name, as in TERM.
  let name: String
  /// The standard flags, in terminfo's order.
  private(set) var flags: [Bool]
  /// The standard numbers, in terminfo's order; -1 where absent.
  private(set) var numbers: [Int]
  /// The standard strings, in terminfo's order; nil where absent.
  private(set) var strings: [[UInt8]?]
  /// Whether colours are red, green and blue rather than indices.
  private(set) var hasDirectColor: Bool

  private let numberNames: [String]
  private let stringNames: [String]

  /// Reads the entry of a kind of terminal. Throws when there is none, or when it can't be drawn
  /// upon. The descriptor is the terminal's.
  init(name: String, descriptor: Int32) throws(TerminalError) {
    guard lodestone_setup_entry(name, descriptor) == 0 else { throw .terminalTypeUnknown(name) }
    defer { lodestone_drop_entry() }

    self.name = name
    flags = Self.names(lodestone_flag_name).map { tigetflag($0) > 0 }
    numberNames = Self.names(lodestone_number_name)
    numbers = numberNames.map { max(Int(tigetnum($0)), Self.absent) }
    stringNames = Self.names(lodestone_string_name)
    strings = stringNames.map { capability in
      lodestone_string_capability(capability).map { text in
        [UInt8](UnsafeRawBufferPointer(start: text, count: strlen(text)))
      }
    }
    // tmux's users tell of direct colour by Tc, others by RGB.
    hasDirectColor = lodestone_has_capability("RGB") != 0 || lodestone_has_capability("Tc") != 0
    guard string("cup") != nil else { throw .terminalCannotAddressCursor(name) }
  }

  private static func names(_ name: (Int32) -> UnsafePointer<CChar>?) -> [String] {
    var names: [String] = []
    while let text = name(Int32(names.count)) { names.append(String(cString: text)) }
    return names
  }

  /// How many colours the terminal has; 0 when it can't be told to use them.
  var colors: Int {
    string("setaf") == nil ? 0 : max(number("colors"), 0)
  }

  private func number(_ name: String) -> Int {
    numberNames.firstIndex(of: name).map { numbers[$0] } ?? Self.absent
  }

  private func string(_ name: String) -> [UInt8]? {
    stringNames.firstIndex(of: name).flatMap { strings[$0] }
  }

  private mutating func set(_ name: String, to value: Int) {
    if let index = numberNames.firstIndex(of: name) { numbers[index] = value }
  }

  private mutating func set(_ name: String, to value: String?) {
    if let index = stringNames.firstIndex(of: name) {
      strings[index] = value.map { [UInt8]($0.utf8) }
    }
  }

  /// The same terminal, told to show colours of that depth.
  func adjusted(to depth: ColorDepth, size: TerminalSize) -> TerminalEntry {
    var entry = self
    entry.set("cols", to: size.width)
    entry.set("lines", to: size.height)
    entry.hasDirectColor = depth == .truecolor
    // Nothing here redefines the terminal's palette, and its old ways to set colours would win.
    for name in ["initc", "initp", "oc", "setf", "setb"] { entry.set(name, to: nil) }
    guard depth != .mono else {
      for name in ["setaf", "setab", "op"] { entry.set(name, to: nil) }
      for name in ["colors", "pairs"] { entry.set(name, to: Self.absent) }
      return entry
    }
    entry.set("pairs", to: 1 << 16)
    entry.set("op", to: "\u{1b}[39;49m")
    if depth != .ansi16 { entry.set("ncv", to: Self.absent) }
    switch depth {
    case .truecolor:
      // Semicolons: several emulators don't understand the colons of the standard. All values are
      // colours here; xterm-direct's entry would take the darkest blues for indices.
      // The indices of the terminal's own sixteen stand behind them.
      entry.set("colors", to: Int(ColorLowering.ownBase) + 16)
      entry.set("setaf", to: Self.direct("3", "9"))
      entry.set("setab", to: Self.direct("4", "10"))
    case .ansi256:
      entry.set("colors", to: 256)
      entry.set("setaf", to: Self.indexed("3", "9", beyond: "38;5;%p1%d"))
      entry.set("setab", to: Self.indexed("4", "10", beyond: "48;5;%p1%d"))
    case .ansi16, .mono:
      entry.set("colors", to: 16)
      entry.set("setaf", to: "\u{1b}[%?%p1%{8}%<%t3%p1%d%e9%p1%{8}%-%d%;m")
      entry.set("setab", to: "\u{1b}[%?%p1%{8}%<%t4%p1%d%e10%p1%{8}%-%d%;m")
    }
    return entry
  }

  private static func direct(_ low: String, _ high: String) -> String {
    let own = ColorLowering.ownBase
    // Those of all three colours come first: they are asked for thousands of times in a frame.
    return "\u{1b}[%?%p1%{\(own)}%<"
      + "%t\(low)8;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d"
      + "%e%p1%{\(own + 8)}%<%t\(low)%p1%{\(own)}%-%d%e\(high)%p1%{\(own + 8)}%-%d%;m"
  }

  private static func indexed(_ low: String, _ high: String, beyond: String) -> String {
    "\u{1b}[%?%p1%{8}%<%t\(low)%p1%d%e%p1%{16}%<%t\(high)%p1%{8}%-%d%e\(beyond)%;m"
  }

  /// The entry as `tic` would compile it, in the format with 32-bit numbers and an extension for
  /// RGB. Source: term(5).
  var compiled: [UInt8] {
    let names = [UInt8]("\(name)|adjusted by Lodestone".utf8) + [0]
    let table = StringTable(strings)
    var bytes: [UInt8] = []
    bytes.append(short: 0o1036)
    for count in [names.count, flags.count, numbers.count, strings.count, table.bytes.count] {
      bytes.append(short: count)
    }
    bytes += names
    bytes += flags.map { $0 ? 1 : 0 }
    bytes.alignToEven()
    for number in numbers { bytes.append(long: number) }
    for offset in table.offsets { bytes.append(short: offset) }
    bytes += table.bytes
    guard hasDirectColor else { return bytes }

    bytes.alignToEven()
    let extension_ = [UInt8]("RGB".utf8) + [0]
    // One flag, no numbers, no strings; one string in the table: the flag's name.
    for count in [1, 0, 0, 1, extension_.count] { bytes.append(short: count) }
    bytes.append(1)
    bytes.alignToEven()
    bytes.append(short: 0)
    bytes += extension_
    return bytes
  }

  /// The entry as a value of the environment variable TERMINFO.
  var environmentValue: String { "b64:" + Base64.encode(compiled) }
}

/// The strings of a compiled entry, one after the other, and where each begins.
private struct StringTable {
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [Int] = []

  init(_ strings: [[UInt8]?]) {
    for string in strings {
      guard let string else {
        offsets.append(-1)
        continue
      }
      offsets.append(bytes.count)
      bytes += string
      bytes.append(0)
    }
  }
}

extension [UInt8] {
  /// Appends the low 16 bits, the lowest byte first.
  fileprivate mutating func append(short value: Int) {
    append(UInt8(truncatingIfNeeded: value))
    append(UInt8(truncatingIfNeeded: value >> 8))
  }

  /// Appends the low 32 bits, the lowest byte first.
  fileprivate mutating func append(long value: Int) {
    append(short: value)
    append(short: value >> 16)
  }

  fileprivate mutating func alignToEven() {
    if count % 2 != 0 { append(0) }
  }
}

/// The encoding of RFC 4648.
private enum Base64 {
  private static let alphabet = [UInt8](
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var value = 0
      for byte in group { value = value << 8 | Int(byte) }
      value <<= 8 * (3 - group.count)
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[value >> (18 - 6 * place) & 63] : 0x3d)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
