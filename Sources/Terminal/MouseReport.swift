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
