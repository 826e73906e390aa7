/// Leaves out the colours that ncurses names although they are set already: for each new pair it
/// names both colours, whichever has changed. In a map of stacked bars one of the two mostly stays.
enum ColorRepetition {
  private static let escape: UInt8 = 0x1b
  private static let maximumLength = 24

  /// The same output without such sequences.
  static func removed(from output: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(output.count)
    var foreground: ArraySlice<UInt8> = []
    var background: ArraySlice<UInt8> = []
    var index = 0
    while index < output.count {
      guard output[index] == escape, let end = attributeEnd(output, from: index) else {
        result.append(output[index])
        index += 1
        continue
      }
      let sequence = output[index..<end]
      index = end
      switch target(of: sequence) {
      case .foreground:
        if sequence == foreground { continue }
        foreground = sequence
      case .background:
        if sequence == background { continue }
        background = sequence
      case .other:
        foreground = []
        background = []
      }
      result += sequence
    }
    return result
  }

  private enum Target {
    case foreground, background, other
  }

  /// Where the sequence that begins here ends, if it is one for attributes and colours (ESC [ ... m).
  private static func attributeEnd(_ output: [UInt8], from start: Int) -> Int? {
    guard start + 2 < output.count, output[start + 1] == 0x5b else { return nil }
    let limit = min(start + 2 + maximumLength, output.count)
    for index in start + 2..<limit {
      switch output[index] {
      case 0x30...0x3b: continue
      case 0x6d: return index + 1
      default: return nil
      }
    }
    return nil
  }

  /// Which of the two colours a sequence sets, if it sets one and nothing else: 38;..., 48;..., or
  /// a single number from 30 to 37, 40 to 47, 90 to 97, 100 to 107.
  private static func target(of sequence: ArraySlice<UInt8>) -> Target {
    let body = Array(sequence.dropFirst(2).dropLast())
    let isExtended = body.count > 3 && body[1] == 0x38 && body[2] == 0x3b
    let isLone = !body.contains(0x3b) && body.last.map { $0 < 0x38 } == true
    switch (body.count, body.first) {
    case (_, 0x33) where isExtended: return .foreground
    case (_, 0x34) where isExtended: return .background
    case (2, 0x33) where isLone, (2, 0x39) where isLone: return .foreground
    case (2, 0x34) where isLone, (3, 0x31) where isLone: return .background
    default: return .other
    }
  }
}
