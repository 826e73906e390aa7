/// Says attributes and colours only once a character needs them, and only those that it needs.
/// ncurses names both colours for each new pair, resets everything to end one attribute, and paints
/// blanks with colours that nobody sees.
struct PenStream {
  private static let escape: UInt8 = 0x1b

  /// What the terminal writes with; nil where that isn't known.
  private var actual: Pen?
  /// What it is to write with.
  private var wanted = Pen.plain
  /// Whether the characters in use are known to be those of ASCII.
  private var isASCII: Bool
  private var result: [UInt8] = []

  /// The same output in fewer bytes, for a terminal whose pen is plain, or unknown.
  static func shortened(_ output: [UInt8], fromUnknown isUnknown: Bool = false) -> [UInt8] {
    var stream = PenStream(actual: isUnknown ? nil : .plain, isASCII: !isUnknown)
    stream.result.reserveCapacity(output.count)
    output.withUnsafeBufferPointer { stream.take($0) }
    return stream.result
  }

  private init(actual: Pen?, isASCII: Bool) {
    self.actual = actual
    self.isASCII = isASCII
  }

  private mutating func take(_ output: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < output.count {
      let byte = output[index]
      guard byte == Self.escape else {
        switch byte {
        case 0x20: settleForBlank()
        // A carriage return or a step back leaves no trace; a new line may scroll a blank one in.
        case 0x08, 0x0d: break
        default: settle()
        }
        result.append(byte)
        index += 1
        continue
      }
      let end = Self.end(of: output, from: index)
      takeSequence(output[index..<end])
      index = end
    }
    settle()
  }

  private mutating func takeSequence(_ sequence: UnsafeBufferPointer<UInt8>.SubSequence) {
    let body = sequence.dropFirst()
    guard let kind = body.first, let final = body.last else {
      settle()
      result += sequence
      return
    }
    switch (kind, final) {
    case (0x5b, 0x6d):
      if let pen = wanted.applying(body.dropFirst().dropLast()) {
        wanted = pen
        return
      }
      // What isn't known adds to the rest.
      settle()
    case (0x5b, 0x41...0x48), (0x5b, 0x60), (0x5b, 0x62), (0x5b, 0x64), (0x5b, 0x66):
      // Moves of the cursor, and a character again, which nothing may come between.
      break
    case (0x5b, 0x4a), (0x5b, 0x4b), (0x5b, 0x58):
      // Erasing leaves blanks.
      settleForBlank()
    case (0x28, 0x42):
      if isASCII { return }
      isASCII = true
    case (0x28, _):
      isASCII = false
    case (0x5b, _):
      settle()
    default:
      // A cursor that is restored brings its pen along.
      settle()
      actual = nil
    }
    result += sequence
  }

  /// Where the sequence that begins here ends: one of ESC [, its final byte included; one of three
  /// bytes that chooses characters; else two bytes.
  private static func end(of output: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let next = start + 1
    guard next < output.count else { return output.count }
    switch output[next] {
    case 0x5b:
      let final = output[(next + 1)...].firstIndex { (0x40...0x7e).contains($0) }
      return final.map { $0 + 1 } ?? output.count
    case 0x28...0x2f: return min(start + 3, output.count)
    default: return start + 2
    }
  }

  /// Makes the terminal write as wanted.
  private mutating func settle() { settle(for: wanted) }

  /// Makes the terminal's blanks look as wanted.
  private mutating func settleForBlank() {
    guard actual != wanted else { return }
    settle(for: actual?.forBlanks(of: wanted) ?? wanted)
  }

  private mutating func settle(for pen: Pen) {
    guard actual != pen else { return }
    pen.write(from: actual, to: &result)
    actual = pen
  }
}
