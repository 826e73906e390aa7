/// One complete control sequence of a terminal: ESC [, parameters, a final byte.
struct ControlSequence {
  /// The bytes between ESC [ and the final byte.
  let parameters: [UInt8]
  /// The byte that ended it.
  let final: UInt8

  /// What it says the user did; nil when it says nothing of that.
  var event: InputEvent? {
    if parameters.first == 0x3c {
      return MouseReport.extended(Self.numbers(parameters.dropFirst()), final: final).map {
        .mouse($0)
      }
    }
    // Other private sequences are answers to questions that Lodestone doesn't ask.
    if let first = parameters.first, (0x3d...0x3f).contains(first) { return nil }
    let numbers = Self.numbers(parameters[...])
    switch final {
    case 0x49 where parameters.isEmpty: return .focus(true)
    case 0x4f where parameters.isEmpty: return .focus(false)
    case 0x7e: return tilde(numbers).map { .key($0) }
    case 0x75:
      return KeyCodes.codePoint(numbers.first ?? 0, modifiers: numbers.dropFirst().first ?? 1)
        .map { .key($0) }
    // A report of the cursor's place looks like F3 with a modifier, save for its row.
    case 0x52 where !(parameters.isEmpty || numbers.first == 1): return nil
    case 0x5a: return .key(.backTab)
    case 0x41...0x44, 0x46, 0x48, 0x50...0x53: return KeyCodes.singleShift(final).map { .key($0) }
    default: return nil
    }
  }

  private func tilde(_ numbers: [Int]) -> Key? {
    switch numbers.first {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case .some(let code) where (11...15).contains(code): .function(code - 10)
    case .some(let code) where (17...21).contains(code): .function(code - 11)
    case .some(let code) where (23...26).contains(code): .function(code - 12)
    case .some(let code) where (28...29).contains(code): .function(code - 13)
    case .some(let code) where (31...34).contains(code): .function(code - 14)
    case 27 where numbers.count == 3: KeyCodes.codePoint(numbers[2], modifiers: numbers[1])
    default: nil
    }
  }

  /// The numbers between semicolons; an absent one is 0, and a colon's further parts are left out.
  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
    guard !bytes.isEmpty else { return [] }
    return bytes.split(separator: 0x3b, omittingEmptySubsequences: false).map { part in
      var number = 0
      for byte in part {
        guard (0x30...0x39).contains(byte) else { break }
        // No terminal counts this far; it only keeps the arithmetic within bounds.
        number = min(number * 10 + Int(byte - 0x30), 10_000_000)
      }
      return number
    }
  }
}

/// The keys behind single bytes and code points.
enum KeyCodes {
  /// The key of a control character, ESC apart.
  static func control(_ byte: UInt8) -> Key {
    switch byte {
    case 0x0d, 0x0a: .enter
    case 0x09: .tab
    case 0x08, 0x7f: .backspace
    case 0x00: .control(" ")
    case 0x01...0x1a: .control(Character(Unicode.Scalar(byte + 0x60)))
    default: .control(Character(Unicode.Scalar(byte + 0x40)))
    }
  }

  /// The key that a byte after ESC O names; also the final bytes of ESC [ that mean the same.
  static func singleShift(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x41: .up
    case 0x42: .down
    case 0x43: .right
    case 0x44: .left
    case 0x46: .end
    case 0x48: .home
    case 0x49: .tab
    case 0x4d: .enter
    case 0x50...0x53: .function(Int(byte) - 0x4f)
    case 0x58: .character("=")
    // The numeric keypad in its application mode sends its own characters, 0x40 higher.
    case 0x6a...0x79: .character(Character(Unicode.Scalar(byte - 0x40)))
    default: nil
    }
  }

  /// The key of a code point with xterm's modifiers (one more than their bits; 4 is Control).
  static func codePoint(_ code: Int, modifiers: Int) -> Key? {
    let bits = max(modifiers - 1, 0)
    switch code {
    case 9: return bits & 1 != 0 ? .backTab : .tab
    case 13: return .enter
    case 27: return .escape
    case 8, 127: return .backspace
    // From 57,344 on stand the keys without a character, such as Shift alone.
    case 0x20...0x7e, 0xa0..<0xd800:
      guard let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
      if bits & 4 != 0, (0x61...0x7a).contains(code | 0x20) {
        return .control(Character(Unicode.Scalar(UInt8(code | 0x20))))
      }
      return .character(Character(scalar))
    default: return nil
    }
  }
}

/// Reports of the mouse.
enum MouseReport {
  /// A report of mode 1006: button, column and row from one; a final `m` is a release.
  static func extended(_ numbers: [Int], final: UInt8) -> MouseEvent? {
    guard numbers.count == 3, final == 0x4d || final == 0x6d else { return nil }
    return event(code: numbers[0], x: numbers[1], y: numbers[2], released: final == 0x6d)
  }

  /// A report of the old kind: three bytes, each 32 more than it says; button 3 is a release.
  static func legacy(_ bytes: [UInt8]) -> MouseEvent? {
    guard bytes.count == 3 else { return nil }
    let code = Int(bytes[0]) - 32
    guard code >= 0 else { return nil }
    let released = code & 0b1110_0011 == 3
    return event(
      code: released ? code & ~3 : code, x: Int(bytes[1]) - 32, y: Int(bytes[2]) - 32,
      released: released)
  }

  private static func event(code: Int, x: Int, y: Int, released: Bool) -> MouseEvent? {
    guard x >= 1, y >= 1, code < 128 else { return nil }
    let low = code & 3
    if code & 64 != 0 {
      guard !released, low < 2 else { return nil }
      return MouseEvent(
        action: low == 0 ? .scrollUp : .scrollDown, button: .none, x: x - 1, y: y - 1)
    }
    let buttons: [MouseEvent.Button] = [.left, .middle, .right]
    guard low < buttons.count else { return nil }
    let action: MouseEvent.Action = released ? .release : code & 32 != 0 ? .drag : .press
    return MouseEvent(action: action, button: buttons[low], x: x - 1, y: y - 1)
  }
}
