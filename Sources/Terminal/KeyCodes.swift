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
