import Testing

@testable import Terminal

/// A million inputs of all kinds of bytes: what terminals send, cut, spliced and flipped, and noise.
/// Each part runs with a seed of its own, so that a failure can be had again.
@Suite struct InputFuzzTests {
  private static let parts = 8
  private static let inputsOfPart = 125_000

  @Test(arguments: 0..<parts)
  func `no input fails, means nonsense, or keeps the next from being understood`(part: Int) {
    var source = FuzzSource(seed: UInt64(part) &* 0x9e37_79b9_7f4a_7c15 &+ 1)
    var decoder = InputDecoder()
    var events = 0
    for number in 0..<Self.inputsOfPart {
      let input = source.input()
      var decoded = decoder.decode(input)
      if number % 4 != 0 {
        // Time passes: whatever has begun is settled.
        decoded += decoder.expire()
        guard decoder.patienceMilliseconds == nil else {
          Issue.record("part \(part), input \(number): \(input) leaves something pending")
          return
        }
      }
      events += decoded.count
      // The next byte may settle an ESC before it; an input of that many bytes makes no more.
      if decoded.count > input.count + 1 || !decoded.allSatisfy(Self.makesSense) {
        Issue.record("part \(part), input \(number): \(input) means \(decoded)")
        return
      }
      if number % 16 == 1, decoder.decode([0x03]) != [.key(.control("c"))] {
        Issue.record("part \(part), input \(number): Control-C isn't heard after \(input)")
        return
      }
    }
    // Most inputs mean something; a decoder that drops all of them is no good.
    #expect(events > Self.inputsOfPart)
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `the pieces in which an input arrives change nothing`(seed: UInt64) {
    var source = FuzzSource(seed: seed &+ 77)
    for number in 0..<5_000 {
      let input = source.input() + source.input()
      var whole = InputDecoder()
      let wanted = whole.decode(input) + whole.expire()
      var pieces = InputDecoder()
      var found: [InputEvent] = []
      var start = 0
      while start < input.count {
        let end = min(start + 1 + source.below(4), input.count)
        found += pieces.decode(input[start..<end])
        start = end
      }
      found += pieces.expire()
      if found != wanted {
        Issue.record("seed \(seed), input \(number): \(input) means \(wanted), in pieces \(found)")
        return
      }
    }
  }

  private static func makesSense(_ event: InputEvent) -> Bool {
    switch event {
    case .key(.character(let character)):
      return character.unicodeScalars.allSatisfy {
        $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value)
      }
    case .key(.control(let character)): return character.isASCII
    case .key(.function(let number)): return (1...20).contains(number)
    case .key, .focus, .paste: return true
    case .mouse(let mouse):
      let isWheel = mouse.action == .scrollUp || mouse.action == .scrollDown
      return mouse.x >= 0 && mouse.y >= 0 && isWheel == (mouse.button == .none)
    case .resize: return false
    }
  }
}

/// Inputs for a decoder, the same for the same seed.
private struct FuzzSource {
  private var state: UInt64
  private let sequences: [[UInt8]]
  /// Bytes that open, go on with and end sequences.
  private let common = Array("\u{1b}\u{1b}[[<OMm~;;0123456789200~201~]PIuRZ\\\u{07}".utf8)

  init(seed: UInt64) {
    state = seed
    sequences = InputDecoderTests.sequences.map { Array($0.bytes.utf8) }
  }

  /// A number below a limit (xorshift64*).
  mutating func below(_ limit: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_f491_4f6c_dd1d) >> 33) % limit
  }

  mutating func input() -> [UInt8] {
    let kind = below(8)
    if kind == 0 { return noise(below(8) + 1) }
    if kind == 1 { return mixture(below(12) + 1) }
    var bytes = sequences[below(sequences.count)]
    switch kind {
    case 2: bytes.removeLast(below(bytes.count))
    case 3: bytes.removeFirst(below(bytes.count))
    case 4: bytes[below(bytes.count)] ^= 1 << UInt8(below(8))
    case 5: bytes.insert(UInt8(below(256)), at: below(bytes.count + 1))
    case 6: bytes.insert(contentsOf: mixture(2), at: below(bytes.count + 1))
    default: break
    }
    return bytes
  }

  private mutating func noise(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(below(256)) }
  }

  private mutating func mixture(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in common[below(common.count)] }
  }
}
