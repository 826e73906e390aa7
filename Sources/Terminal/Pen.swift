/// The attributes and colours that a terminal writes its next character with, as sequences of
/// Select Graphic Rendition set them (ECMA-48, 8.3.117).
struct Pen: Equatable {
  /// What every sequence starts anew from.
  static let plain = Pen()

  /// Bit n is set while attribute n is on: 1 bold, 2 faint, 3 italic, 4 underlined, 5 and 6
  /// blinking, 7 reversed, 8 concealed, 9 crossed out.
  private var attributes: UInt16 = 0
  private var foreground: UInt32 = 0
  private var background: UInt32 = 0

  /// Attributes that a blank shows.
  private static let onBlanks: UInt16 = 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 9
  /// What ends attributes, and which: bold and faint, and both ways of blinking, end together.
  private static let ends: [(number: UInt32, attributes: UInt16)] = [
    (22, 1 << 1 | 1 << 2), (23, 1 << 3), (24, 1 << 4), (25, 1 << 5 | 1 << 6), (27, 1 << 7),
    (28, 1 << 8), (29, 1 << 9),
  ]

  /// A colour by its number within its kind; 0 is the terminal's default.
  private enum Kind {
    /// By the single number that sets it: 31, 104.
    static let short: UInt32 = 1 << 24
    /// By an index: 38;5;n.
    static let indexed: UInt32 = 2 << 24
    /// By red, green and blue: 38;2;r;g;b.
    static let direct: UInt32 = 3 << 24
  }

  /// The same pen with the colour behind of another one: what blanks need to look as with that one;
  /// nil where they show more of either.
  func forBlanks(of other: Pen) -> Pen? {
    guard (attributes | other.attributes) & Self.onBlanks == 0 else { return nil }
    var pen = self
    pen.background = other.background
    return pen
  }

  // MARK: Reading

  /// The pen after a sequence with those parameters; nil where one isn't known.
  func applying(_ parameters: UnsafeBufferPointer<UInt8>.SubSequence) -> Pen? {
    var pen = self
    var numbers = Numbers(parameters)
    repeat {
      guard let number = numbers.next() else { return nil }
      switch number {
      case 0: pen = .plain
      case 1...9: pen.attributes |= 1 << UInt16(number)
      case 30...37, 90...97: pen.foreground = Kind.short | number
      case 40...47, 100...107: pen.background = Kind.short | number
      case 38:
        guard let color = numbers.color() else { return nil }
        pen.foreground = color
      case 48:
        guard let color = numbers.color() else { return nil }
        pen.background = color
      case 39: pen.foreground = 0
      case 49: pen.background = 0
      default:
        guard let end = Self.ends.first(where: { $0.number == number }) else { return nil }
        pen.attributes &= ~end.attributes
      }
    } while !numbers.isOver
    return pen
  }

  /// The numbers between the semicolons of a sequence; one that is left out is 0.
  private struct Numbers {
    private var rest: UnsafeBufferPointer<UInt8>.SubSequence
    private(set) var isOver = false

    init(_ parameters: UnsafeBufferPointer<UInt8>.SubSequence) {
      rest = parameters
    }

    /// The next number; nil where there's none, or something else.
    mutating func next() -> UInt32? {
      guard !isOver else { return nil }
      var number: UInt32 = 0
      while let byte = rest.popFirst() {
        if byte == 0x3b { return number }
        guard (0x30...0x39).contains(byte), number < 100_000 else { return nil }
        number = number * 10 + UInt32(byte - 0x30)
      }
      isOver = true
      return number
    }

    /// What follows 38 or 48.
    mutating func color() -> UInt32? {
      switch next() {
      case 5: return next().flatMap { $0 < 256 ? Kind.indexed | $0 : nil }
      case 2:
        guard let red = next(), let green = next(), let blue = next(),
          max(red, green, blue) < 256
        else { return nil }
        return Kind.direct | red << 16 | green << 8 | blue
      default: return nil
      }
    }
  }

  // MARK: Writing

  /// Appends the sequence that leads from another pen to this one; from an unknown one, nil, it
  /// starts anew.
  func write(from other: Pen?, to output: inout [UInt8]) {
    var start = other ?? .plain
    var parameters = Parameters()
    if other == nil || self == .plain {
      parameters.add(0)
      start = .plain
    }
    for end in Self.ends where start.attributes & ~attributes & end.attributes != 0 {
      parameters.add(end.number)
      start.attributes &= ~end.attributes
    }
    let on = attributes & ~start.attributes
    for number in 1...9 where on & 1 << UInt16(number) != 0 { parameters.add(UInt32(number)) }
    if foreground != start.foreground { parameters.add(foreground, extended: 38) }
    if background != start.background { parameters.add(background, extended: 48) }
    parameters.write(to: &output)
  }

  /// The parameters of a sequence being written.
  private struct Parameters {
    private var bytes: [UInt8] = []

    mutating func add(_ number: UInt32) {
      if !bytes.isEmpty { bytes.append(0x3b) }
      if number >= 100 { bytes.append(0x30 + UInt8(number / 100)) }
      if number >= 10 { bytes.append(0x30 + UInt8(number / 10 % 10)) }
      bytes.append(0x30 + UInt8(number % 10))
    }

    mutating func add(_ color: UInt32, extended: UInt32) {
      let value = color & 0xff_ffff
      switch color & ~0xff_ffff {
      case Kind.short: add(value)
      case Kind.indexed:
        for number in [extended, 5, value] { add(number) }
      case Kind.direct:
        for number in [extended, 2, value >> 16, value >> 8 & 0xff, value & 0xff] { add(number) }
      default: add(extended + 1)
      }
    }

    func write(to output: inout [UInt8]) {
      guard !bytes.isEmpty else { return }
      output += [0x1b, 0x5b]
      // A sequence without parameters starts anew as well.
      if bytes != [0x30] { output += bytes }
      output.append(0x6d)
    }
  }
}
