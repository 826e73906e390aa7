/// Decodes the bytes that a terminal sends into what the user did. Bytes may arrive in any
/// portions; what is not understood is dropped, and no bytes can make it fail.
///
/// It keeps no clock: when ``patienceMilliseconds`` have passed since the last byte, the caller
/// calls ``expire()``, which settles whether a lone ESC was the Escape key.
public struct InputDecoder: Sendable {
  /// Where in a sequence the decoder stands.
  private enum State: Sendable {
    case ground
    /// After ESC.
    case escape
    /// After ESC [.
    case sequence
    /// After ESC [ [, the function keys of the Linux console.
    case consoleFunction
    /// After ESC O.
    case singleShift
    /// After ESC [ M: three bytes follow.
    case legacyMouse
    /// Within a string that only a terminal's answers hold (OSC, DCS and the like).
    case string
    /// After ESC within such a string.
    case stringEscape
    /// Within a character of several bytes, of which so many are missing.
    case character(missing: Int)
    /// Within a paste, so many bytes into its end mark.
    case paste(matched: Int)
  }

  /// Pastes are cut at this many bytes.
  public static let pasteLimit = 16 << 20

  private static let pasteEnd: [UInt8] = [0x1b, 0x5b, 0x32, 0x30, 0x31, 0x7e]
  private static let sequenceLimit = 64
  private static let stringLimit = 512

  private var state = State.ground
  private var collected: [UInt8] = []
  private let pasteLimit: Int

  /// A decoder at the start of the input.
  public init() {
    self.init(pasteLimit: Self.pasteLimit)
  }

  /// A decoder that cuts pastes at so many bytes.
  init(pasteLimit: Int) {
    self.pasteLimit = pasteLimit
  }

  /// For how long after the last byte the rest of what has begun may be waited for; nil when
  /// nothing has begun. Then call ``expire()``.
  public var patienceMilliseconds: Int? {
    switch state {
    case .ground: nil
    case .escape: 25
    case .paste: 2000
    default: 1000
    }
  }

  /// Decodes further bytes.
  public mutating func decode(_ bytes: some Sequence<UInt8>) -> [InputEvent] {
    var events: [InputEvent] = []
    for byte in bytes { take(byte, into: &events) }
    return events
  }

  /// Settles what has begun, because nothing more came: a lone ESC is the Escape key, a paste ends,
  /// anything else is dropped.
  public mutating func expire() -> [InputEvent] {
    defer { reset() }
    switch state {
    case .escape: return [.key(.escape)]
    case .paste: return [pasted()]
    default: return []
    }
  }

  private mutating func reset() {
    state = .ground
    collected = []
  }

  private mutating func take(_ byte: UInt8, into events: inout [InputEvent]) {
    switch state {
    case .ground: begin(byte, &events)
    case .escape: afterEscape(byte, &events)
    case .sequence: inSequence(byte, &events)
    case .consoleFunction:
      reset()
      if (0x41...0x45).contains(byte) {
        events.append(.key(.function(Int(byte) - 0x40)))
      } else {
        begin(byte, &events)
      }
    case .singleShift: inSingleShift(byte, &events)
    case .legacyMouse:
      collected.append(byte)
      if collected.count == 3 {
        if let event = MouseReport.legacy(collected) { events.append(.mouse(event)) }
        reset()
      }
    case .string, .stringEscape: inString(byte, &events)
    case .character(let missing): inCharacter(byte, missing: missing, &events)
    case .paste(let matched): inPaste(byte, matched: matched, &events)
    }
  }

  /// A byte outside of any sequence.
  private mutating func begin(_ byte: UInt8, _ events: inout [InputEvent]) {
    switch byte {
    case 0x1b: state = .escape
    case 0..<0x20, 0x7f: events.append(.key(KeyCodes.control(byte)))
    case 0x20..<0x7f: events.append(.key(.character(Character(Unicode.Scalar(byte)))))
    case 0xc2...0xdf: beginCharacter(byte, missing: 1)
    case 0xe0...0xef: beginCharacter(byte, missing: 2)
    case 0xf0...0xf4: beginCharacter(byte, missing: 3)
    default: break
    }
  }

  private mutating func beginCharacter(_ byte: UInt8, missing: Int) {
    collected = [byte]
    state = .character(missing: missing)
  }

  private mutating func inCharacter(
    _ byte: UInt8, missing: Int, _ events: inout [InputEvent]
  ) {
    guard (0x80...0xbf).contains(byte) else {
      reset()
      begin(byte, &events)
      return
    }
    collected.append(byte)
    guard missing == 1 else {
      state = .character(missing: missing - 1)
      return
    }
    // Overlong forms and surrogates are no text; neither are the controls of C1.
    if let text = String(validating: collected, as: UTF8.self),
      let scalar = text.unicodeScalars.first, scalar.value >= 0xa0
    {
      events.append(.key(.character(Character(scalar))))
    }
    reset()
  }

  private mutating func afterEscape(_ byte: UInt8, _ events: inout [InputEvent]) {
    switch byte {
    case 0x5b: state = .sequence
    case 0x4f: state = .singleShift
    case 0x5d, 0x50, 0x58, 0x5e, 0x5f: state = .string
    case 0x1b: events.append(.key(.escape))
    default:
      // Escape and a key in quick succession, or the key with Alt: either way both were sent.
      events.append(.key(.escape))
      reset()
      begin(byte, &events)
    }
  }

  private mutating func inSequence(_ byte: UInt8, _ events: inout [InputEvent]) {
    switch byte {
    case 0x20...0x3f:
      // A longer one than any terminal sends is read to its end and dropped there.
      if collected.count <= Self.sequenceLimit { collected.append(byte) }
    case 0x5b where collected.isEmpty: state = .consoleFunction
    case 0x4d where collected.isEmpty: state = .legacyMouse
    case 0x40...0x7e:
      let parameters = collected
      reset()
      guard parameters.count <= Self.sequenceLimit else { return }
      if byte == 0x7e, parameters == [0x32, 0x30, 0x30] {
        state = .paste(matched: 0)
      } else if let event = ControlSequence(parameters: parameters, final: byte).event {
        events.append(event)
      }
    default:
      // A control character or the lead of another character: the sequence was cut off.
      reset()
      begin(byte, &events)
    }
  }

  private mutating func inSingleShift(_ byte: UInt8, _ events: inout [InputEvent]) {
    if (0x30...0x3b).contains(byte), collected.count < Self.sequenceLimit {
      collected.append(byte)
      return
    }
    reset()
    if let key = KeyCodes.singleShift(byte) {
      events.append(.key(key))
    } else if byte < 0x20 || byte > 0x7e {
      begin(byte, &events)
    }
  }

  private mutating func inString(_ byte: UInt8, _ events: inout [InputEvent]) {
    if case .stringEscape = state {
      reset()
      if byte != 0x5c {
        state = .escape
        afterEscape(byte, &events)
      }
      return
    }
    collected.append(byte)
    switch byte {
    case 0x07: reset()
    case 0x1b: state = .stringEscape
    case 0..<0x20:
      reset()
      begin(byte, &events)
    default: if collected.count > Self.stringLimit { reset() }
    }
  }

  private mutating func inPaste(_ byte: UInt8, matched: Int, _ events: inout [InputEvent]) {
    if byte == Self.pasteEnd[matched] {
      if matched + 1 == Self.pasteEnd.count {
        events.append(pasted())
        reset()
      } else {
        state = .paste(matched: matched + 1)
      }
      return
    }
    // The mark's first byte occurs in it but once, so a broken match can't hide a later one.
    for held in Self.pasteEnd[..<matched] { keepPasted(held) }
    if byte == Self.pasteEnd[0] {
      state = .paste(matched: 1)
    } else {
      keepPasted(byte)
      state = .paste(matched: 0)
    }
  }

  private mutating func keepPasted(_ byte: UInt8) {
    if collected.count < pasteLimit { collected.append(byte) }
  }

  /// The paste as an event. Terminals send a carriage return for the end of a line.
  private func pasted() -> InputEvent {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(collected.count)
    var previous: UInt8 = 0
    for byte in collected {
      if byte == 0x0d {
        bytes.append(0x0a)
      } else if byte != 0x0a || previous != 0x0d {
        bytes.append(byte)
      }
      previous = byte
    }
    return .paste(String(decoding: bytes, as: UTF8.self))
  }
}
