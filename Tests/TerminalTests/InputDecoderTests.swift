import TestSupport
import Testing

@testable import Terminal

@Suite struct InputDecoderTests {
  /// Sequences as terminals send them, and what they mean.
  static let sequences: [(bytes: String, events: [InputEvent])] = [
    ("a", [.key(.character("a"))]),
    ("L", [.key(.character("L"))]),
    ("é", [.key(.character("é"))]),
    ("€", [.key(.character("€"))]),
    ("🧲", [.key(.character("🧲"))]),
    ("\u{01}", [.key(.control("a"))]),
    ("\u{10}", [.key(.control("p"))]),
    ("\u{1d}", [.key(.control("]"))]),
    ("\u{00}", [.key(.control(" "))]),
    ("\r", [.key(.enter)]),
    ("\t", [.key(.tab)]),
    ("\u{7f}", [.key(.backspace)]),
    ("\u{08}", [.key(.backspace)]),
    ("\u{1b}[A", [.key(.up)]),
    ("\u{1b}[B", [.key(.down)]),
    ("\u{1b}[C", [.key(.right)]),
    ("\u{1b}[D", [.key(.left)]),
    ("\u{1b}OA", [.key(.up)]),
    ("\u{1b}OD", [.key(.left)]),
    ("\u{1b}[1;5C", [.key(.right)]),
    ("\u{1b}[1;2A", [.key(.up)]),
    ("\u{1b}[H", [.key(.home)]),
    ("\u{1b}[F", [.key(.end)]),
    ("\u{1b}OH", [.key(.home)]),
    ("\u{1b}[1~", [.key(.home)]),
    ("\u{1b}[4~", [.key(.end)]),
    ("\u{1b}[7~", [.key(.home)]),
    ("\u{1b}[8~", [.key(.end)]),
    ("\u{1b}[2~", [.key(.insert)]),
    ("\u{1b}[3~", [.key(.delete)]),
    ("\u{1b}[3;5~", [.key(.delete)]),
    ("\u{1b}[5~", [.key(.pageUp)]),
    ("\u{1b}[6~", [.key(.pageDown)]),
    ("\u{1b}[Z", [.key(.backTab)]),
    ("\u{1b}OP", [.key(.function(1))]),
    ("\u{1b}OS", [.key(.function(4))]),
    ("\u{1b}[1;2P", [.key(.function(1))]),
    ("\u{1b}[1;2R", [.key(.function(3))]),
    ("\u{1b}[[C", [.key(.function(3))]),
    ("\u{1b}[11~", [.key(.function(1))]),
    ("\u{1b}[15~", [.key(.function(5))]),
    ("\u{1b}[17~", [.key(.function(6))]),
    ("\u{1b}[21~", [.key(.function(10))]),
    ("\u{1b}[24~", [.key(.function(12))]),
    ("\u{1b}[34~", [.key(.function(20))]),
    ("\u{1b}Ow", [.key(.character("7"))]),
    ("\u{1b}[97;5u", [.key(.control("a"))]),
    ("\u{1b}[9;2u", [.key(.backTab)]),
    ("\u{1b}[27;5;112~", [.key(.control("p"))]),
    ("\u{1b}[I", [.focus(true)]),
    ("\u{1b}[O", [.focus(false)]),
    ("\u{1b}[<0;1;1M", [.mouse(MouseEvent(action: .press, button: .left, x: 0, y: 0))]),
    ("\u{1b}[<0;300;61m", [.mouse(MouseEvent(action: .release, button: .left, x: 299, y: 60))]),
    ("\u{1b}[<1;5;6M", [.mouse(MouseEvent(action: .press, button: .middle, x: 4, y: 5))]),
    ("\u{1b}[<2;5;6M", [.mouse(MouseEvent(action: .press, button: .right, x: 4, y: 5))]),
    ("\u{1b}[<32;400;9M", [.mouse(MouseEvent(action: .drag, button: .left, x: 399, y: 8))]),
    ("\u{1b}[<16;2;3M", [.mouse(MouseEvent(action: .press, button: .left, x: 1, y: 2))]),
    ("\u{1b}[<64;7;8M", [.mouse(MouseEvent(action: .scrollUp, button: .none, x: 6, y: 7))]),
    ("\u{1b}[<65;7;8M", [.mouse(MouseEvent(action: .scrollDown, button: .none, x: 6, y: 7))]),
    ("\u{1b}[M !!", [.mouse(MouseEvent(action: .press, button: .left, x: 0, y: 0))]),
    ("\u{1b}[M#\"!", [.mouse(MouseEvent(action: .release, button: .left, x: 1, y: 0))]),
    ("\u{1b}[200~two\rlines\u{1b}[201~", [.paste("two\nlines")]),
    ("\u{1b}[200~\u{1b}[A\u{1b}[20\u{1b}[201~", [.paste("\u{1b}[A\u{1b}[20")]),
    ("\u{1b}[200~\u{1b}[201~", [.paste("")]),
    // Answers to questions, wheels to the side, buttons beyond the third: nothing that is used.
    ("\u{1b}[?1;2c", []),
    ("\u{1b}[12;40R", []),
    ("\u{1b}]11;rgb:1111/2222/3333\u{1b}\\", []),
    ("\u{1b}]11;rgb:1111/2222/3333\u{07}", []),
    ("\u{1b}P>|xterm(390)\u{1b}\\", []),
    ("\u{1b}[<66;7;8M", []),
    ("\u{1b}[<128;7;8M", []),
    ("\u{1b}[<35;7;8M", []),
    ("\u{1b}[<0;0;8M", []),
    ("\u{1b}[<0;8M", []),
    ("\u{1b}[99999999999999999999999~", []),
  ]

  @Test(arguments: sequences)
  func `A sequence means what terminals mean by it, and leaves nothing pending`(
    bytes: String, events: [InputEvent]
  ) {
    var decoder = InputDecoder()
    #expect(decoder.decode(bytes.utf8) == events)
    #expect(decoder.patienceMilliseconds == nil)
  }

  @Test func `A sequence split at any point means the same`() {
    for (text, events) in Self.sequences {
      let bytes = Array(text.utf8)
      for split in 1..<max(bytes.count, 2) {
        var decoder = InputDecoder()
        var decoded = decoder.decode(bytes.prefix(split))
        decoded += decoder.decode(bytes.dropFirst(split))
        #expect(decoded == events, "\(text.debugDescription) split at \(split)")
      }
    }
  }

  @Test func `A sequence in any three pieces means the same`() {
    for (text, events) in Self.sequences {
      let bytes = Array(text.utf8)
      for first in 1..<max(bytes.count, 2) {
        for second in first..<max(bytes.count, 2) {
          var decoder = InputDecoder()
          var decoded = decoder.decode(bytes.prefix(first))
          decoded += decoder.decode(bytes[min(first, bytes.count)..<min(second, bytes.count)])
          decoded += decoder.decode(bytes.dropFirst(second))
          #expect(decoded == events, "\(text.debugDescription) at \(first), \(second)")
        }
      }
    }
  }

  @Test func `The mouse is heard in every column and row, far beyond 223`() {
    var decoder = InputDecoder()
    for place in 1...2_500 {
      for (code, final, action, button) in [
        (0, "M", MouseEvent.Action.press, MouseEvent.Button.left), (0, "m", .release, .left),
        (32, "M", .drag, .left), (2, "M", .press, .right), (64, "M", .scrollUp, .none),
        (65, "M", .scrollDown, .none),
      ] {
        let report = "\u{1b}[<\(code);\(place);\(2_501 - place)\(final)"
        let wanted = MouseEvent(action: action, button: button, x: place - 1, y: 2_500 - place)
        let decoded = decoder.decode(report.utf8)
        #expect(decoded == [.mouse(wanted)], "\(report.debugDescription)")
      }
    }
  }

  @Test func `A report of the old kind, whose columns end at 223, is dropped beyond them`() {
    var decoder = InputDecoder()
    for x: UInt8 in 0...255 {
      let decoded = decoder.decode([0x1b, 0x5b, 0x4d, 0x20, x, 0x21])
      // Terminals send a zero, or nothing, for what they can't say.
      let wanted: [InputEvent] =
        x < 33 ? [] : [.mouse(MouseEvent(action: .press, button: .left, x: Int(x) - 33, y: 0))]
      #expect(decoded == wanted, "\(x)")
    }
  }

  @Test func `A paste in pieces of any size arrives whole, whatever it holds`() {
    let text = "\u{1b}[A\u{1b}[201\u{1b}[20\u{1b}\u{0}\u{3}é🧲\u{1b}[<0;1;1M\u{1b}[200~"
    let bytes = Array("\u{1b}[200~\(text)\u{1b}[201~q".utf8)
    for size in 1...bytes.count {
      var decoder = InputDecoder()
      var decoded: [InputEvent] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        decoded += decoder.decode(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(decoded == [.paste(text), .key(.character("q"))], "pieces of \(size)")
    }
  }

  @Test func `A paste beyond its limit is cut, and the keys after it are heard`() {
    var decoder = InputDecoder(pasteLimit: 1_000)
    let text = String(repeating: "a", count: 999)
    let events = decoder.decode("\u{1b}[200~\(text)bcd\u{1b}[201~q".utf8)
    #expect(events == [.paste(text + "b"), .key(.character("q"))])
    #expect(InputDecoder.pasteLimit >= 1 << 20)
  }

  @Test func `All sequences in a row, byte by byte, mean the same as each alone`() {
    var decoder = InputDecoder()
    var decoded: [InputEvent] = []
    for (text, _) in Self.sequences {
      for byte in text.utf8 { decoded += decoder.decode([byte]) }
    }
    #expect(decoded == Self.sequences.flatMap(\.events))
  }

  @Test func `A lone ESC is the Escape key once its time is over, and not before`() {
    var decoder = InputDecoder()
    #expect(decoder.decode([0x1b]) == [])
    #expect(decoder.patienceMilliseconds == 25)
    #expect(decoder.expire() == [.key(.escape)])
    #expect(decoder.patienceMilliseconds == nil)
    #expect(decoder.expire() == [])
  }

  @Test func `ESC twice is the Escape key, with another pending`() {
    var decoder = InputDecoder()
    #expect(decoder.decode([0x1b, 0x1b]) == [.key(.escape)])
    #expect(decoder.expire() == [.key(.escape)])
  }

  @Test func `ESC before a key is the Escape key and the key`() {
    var decoder = InputDecoder()
    #expect(decoder.decode([0x1b, 0x71]) == [.key(.escape), .key(.character("q"))])
  }

  @Test func `A sequence that never ends leaks no keys`() {
    var decoder = InputDecoder()
    #expect(decoder.decode("\u{1b}[<0;12".utf8) == [])
    #expect(decoder.patienceMilliseconds == 1000)
    #expect(decoder.expire() == [])
    #expect(decoder.decode("x".utf8) == [.key(.character("x"))])
  }

  @Test func `Control-C gets through a sequence that was cut off`() {
    var decoder = InputDecoder()
    #expect(decoder.decode("\u{1b}[<0;12\u{03}".utf8) == [.key(.control("c"))])
    #expect(decoder.decode("\u{1b}[1\u{1b}[B".utf8) == [.key(.down)])
  }

  @Test func `Invalid UTF-8 is dropped, and what follows is read`() {
    var decoder = InputDecoder()
    let bytes: [UInt8] = [
      0xff, 0xc3, 0x61, 0xe2, 0x82, 0x62, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xe0, 0x80, 0x80, 0x63,
      0xc2, 0x85, 0xf4, 0x90, 0x80, 0x80, 0x64,
    ]
    let expected = ["a", "b", "c", "d"].map { InputEvent.key(.character($0)) }
    #expect(decoder.decode(bytes) == expected)
  }

  @Test func `A paste of a megabyte arrives whole`() {
    var decoder = InputDecoder()
    let text = String(repeating: "0123456789abcde\n", count: 70_000)
    var events = decoder.decode("\u{1b}[200~".utf8)
    events += decoder.decode(text.utf8)
    events += decoder.decode("\u{1b}[201~q".utf8)
    #expect(events == [.paste(text), .key(.character("q"))])
  }

  @Test func `A paste whose end is lost ends when nothing more comes`() {
    var decoder = InputDecoder()
    #expect(decoder.decode("\u{1b}[200~abc\u{1b}[2".utf8) == [])
    #expect(decoder.patienceMilliseconds == 2000)
    #expect(decoder.expire() == [.paste("abc")])
  }

  @Test func `A flood of parameters is dropped up to its end`() {
    var decoder = InputDecoder()
    let flood = "\u{1b}[" + String(repeating: "1;", count: 10_000) + "Aq"
    #expect(decoder.decode(flood.utf8) == [.key(.character("q"))])
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `Garbage never fails, and Control-C is heard after it`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var decoder = InputDecoder()
    // Bytes that open sequences come often, so that all states are reached.
    let common = Array("\u{1b}\u{1b}[[<OMm~;;0123456789200~201~]PIu".utf8)
    for _ in 0..<200 {
      let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        Bool.random(using: &random)
          ? common[Int.random(in: 0..<common.count, using: &random)]
          : UInt8.random(in: 0...255, using: &random)
      }
      _ = decoder.decode(bytes)
      if Int.random(in: 0..<8, using: &random) == 0 { _ = decoder.expire() }
    }
    _ = decoder.expire()
    #expect(decoder.decode([0x03]) == [.key(.control("c"))])
  }
}
