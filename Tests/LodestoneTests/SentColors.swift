/// The colours that a program asked a terminal for, by the ways in which they can be named.
struct SentColors: Equatable {
  /// How many different colours were named by red, green and blue.
  var direct: Set<[Int]> = []
  /// Those of the 256 of xterm, by number.
  var indexed: Set<Int> = []
  /// The sixteen that every colour terminal has, by number.
  var sixteen: Set<Int> = []

  /// Whether there was no colour at all.
  var isEmpty: Bool { direct.isEmpty && indexed.isEmpty && sixteen.isEmpty }

  /// Reads what a program wrote: the sequences that end in `m`, their numbers apart by semicolons
  /// or colons.
  init(_ output: some Collection<UInt8>) {
    var numbers: [Int] = []
    var number = 0
    var state = State.text
    for byte in output {
      switch (state, byte) {
      case (_, 0x1b): state = .escape
      case (.escape, UInt8(ascii: "[")):
        state = .numbers
        numbers = []
        number = 0
      case (.numbers, UInt8(ascii: "0")...UInt8(ascii: "9")):
        number = number * 10 + Int(byte) - 0x30
      case (.numbers, UInt8(ascii: ";")), (.numbers, UInt8(ascii: ":")):
        numbers.append(number)
        number = 0
      case (.numbers, UInt8(ascii: "m")):
        take(numbers + [number])
        state = .text
      default: state = .text
      }
    }
  }

  private enum State { case text, escape, numbers }

  /// Takes the numbers of one sequence.
  private mutating func take(_ numbers: [Int]) {
    var index = 0
    while index < numbers.count {
      let number = numbers[index]
      index += 1
      switch number {
      case 30...37, 40...47: sixteen.insert(number % 10)
      case 90...97, 100...107: sixteen.insert(number % 10 + 8)
      case 38, 48:
        guard index < numbers.count else { return }
        let kind = numbers[index]
        let parts = numbers[(index + 1)...].prefix(kind == 2 ? 3 : 1)
        if kind == 2 { direct.insert(Array(parts)) } else { indexed.formUnion(parts) }
        index += 1 + parts.count
      default: break
      }
    }
  }
}
