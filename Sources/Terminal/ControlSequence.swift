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
