/// Leaves out the colours that ncurses names although they are set already: for each new pair it
/// names both colours, whichever has changed. In a map of stacked bars one of the two mostly stays.
enum ColorRepetition {
  private static let escape: UInt8 = 0x1b
  private static let maximumLength = 24

  /// The same output without such sequences.
  static func removed(from output: [UInt8]) -> [UInt8] {
    output.withUnsafeBufferPointer { output in
      [UInt8](unsafeUninitializedCapacity: output.count) { result, length in
        var foreground = 0..<0
        var background = 0..<0
        var index = 0
        while index < output.count {
          guard output[index] == escape, let end = attributeEnd(output, from: index) else {
            result[length] = output[index]
            length += 1
            index += 1
            continue
          }
          let sequence = index..<end
          index = end
          switch target(of: sequence.dropFirst(2).dropLast(), in: output) {
          case .foreground:
            if isSame(sequence, foreground, in: output) { continue }
            foreground = sequence
          case .background:
            if isSame(sequence, background, in: output) { continue }
            background = sequence
          case .other:
            foreground = 0..<0
            background = 0..<0
          }
          for place in sequence {
            result[length] = output[place]
            length += 1
          }
        }
      }
    }
  }

  private enum Target {
    case foreground, background, other
  }

  private static func isSame(
    _ left: Range<Int>, _ right: Range<Int>, in output: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { output[$0] == output[$1] }
  }

  /// Where the sequence that begins here ends, if it is one for attributes and colours (ESC [ ... m).
  private static func attributeEnd(
    _ output: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
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
  private static func target(
    of body: Range<Int>, in output: UnsafeBufferPointer<UInt8>
  ) -> Target {
    guard let first = body.first, let last = body.last else { return .other }
    if body.count > 3, output[first + 1] == 0x38, output[first + 2] == 0x3b {
      switch output[first] {
      case 0x33: return .foreground
      case 0x34: return .background
      default: return .other
      }
    }
    guard output[last] < 0x38, body.count <= 3, body.allSatisfy({ output[$0] != 0x3b }) else {
      return .other
    }
    switch (body.count, output[first]) {
    case (2, 0x33), (2, 0x39): return .foreground
    case (2, 0x34), (3, 0x31): return .background
    default: return .other
    }
  }
}
