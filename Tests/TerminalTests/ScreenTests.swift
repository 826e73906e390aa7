import Glibc
import TestSupport
import Testing

extension OnTerminal {
  @MainActor @Suite struct ScreenTests {
    // MARK: - Drawing

    @Test func `Eighth blocks have two exact colours in truecolor`() throws {
      let terminal = try OnTerminal.probe()
      #expect(terminal.screen.lines[0] == "PROBE 80x24 truecolor")
      for step in 0..<8 {
        let cell = try #require(terminal.screen[step, 1])
        #expect(cell.character.value == UInt32(0x2581 + step))
        #expect(cell.foreground == 0x7aa2f7)
        #expect(cell.background == 0x000005)
      }
      #expect(terminal.screen[79, 23]?.character == "◢")
      // Neither a control character nor one of two columns gets out.
      #expect(terminal.screen[20, 1]?.character == "?")
      #expect(terminal.screen[21, 1]?.character == "?")
      #expect(terminal.isOn(mode: 1049) && terminal.screen.isAlternate)
      #expect(!terminal.screen.isCursorVisible)
    }

    @Test(arguments: [["COLORTERM": "truecolor"], ["COLORTERM": ""], ["PROBE_DEPTH": "16"]])
    func `The terminal's own sixteen are asked for by their numbers at every depth`(
      environment: [String: String]
    ) throws {
      let terminal = try OnTerminal.probe(environment)
      let first = try #require(terminal.screen[24, 1])
      #expect(first.character == "r")
      #expect(first.foregroundIndex == 1)
      #expect(first.backgroundIndex == 12)
      #expect(terminal.screen[25, 1]?.foregroundIndex == 10)
      #expect(terminal.screen[25, 1]?.background == nil)
    }

    @Test func `Without COLORTERM they have the nearest of 256 colours`() throws {
      let terminal = try OnTerminal.probe(["COLORTERM": ""])
      #expect(terminal.screen.lines[0] == "PROBE 80x24 256")
      let cell = try #require(terminal.screen[3, 1])
      #expect(cell.foregroundIndex == 75)
      #expect(cell.backgroundIndex == 16)
    }

    @Test func `Sixteen colours use the bright ones too`() throws {
      let terminal = try OnTerminal.probe(["PROBE_DEPTH": "16"])
      let cell = try #require(terminal.screen[3, 1])
      #expect(cell.foregroundIndex == 12)
      #expect(cell.backgroundIndex == 0)
    }

    @Test func `The depth changes while the screen is open, and the end gives the terminal back`()
      throws
    {
      let modes = try OnTerminal.untouchedModes()
      let terminal = try OnTerminal.probe(["COLORTERM": "truecolor"])
      for _ in 0..<2 {
        terminal.send("c")
        #expect(terminal.waits { $0.screen.lines[0].contains("80x24 16") })
        let cell = try #require(terminal.screen[3, 1])
        #expect(cell.foregroundIndex == 12 && cell.backgroundIndex == 0)
        terminal.send("c")
        #expect(terminal.waits { $0.screen.lines[0].contains("80x24 truecolor") })
        #expect(terminal.screen[3, 1]?.foregroundIndex == nil)
        #expect(terminal.screen[3, 1]?.foreground != nil)
      }
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
      OnTerminal.expectGivenBack(terminal, modes: modes)
    }

    @Test func `NO_COLOR sends no colour, but attributes`() throws {
      let terminal = try OnTerminal.probe(["NO_COLOR": "1"])
      #expect(terminal.screen.lines[0] == "PROBE 80x24 mono")
      #expect(terminal.screen[0, 0]?.isBold == true)
      let cell = try #require(terminal.screen[10, 1])
      #expect(cell.isReversed && cell.isUnderlined)
      #expect(terminal.screen[3, 1]?.foreground == nil)
      #expect(terminal.screen[3, 1]?.background == nil)
      #expect(!String(decoding: terminal.output, as: UTF8.self).contains("38;"))
    }

    @Test(arguments: [
      "tmux-256color", "screen-256color", "xterm", "linux", "rxvt-unicode-256color",
    ])
    func `Other kinds of terminals show truecolor too when they say so`(kind: String) throws {
      let terminal = try OnTerminal.probe(["TERM": kind])
      #expect(terminal.screen[3, 1]?.foreground == 0x7aa2f7)
      #expect(terminal.screen[3, 1]?.background == 0x000005)
    }

    @Test func `A frame that shows already is not sent`() throws {
      let terminal = try OnTerminal.probe()
      terminal.send("=")
      #expect(terminal.shows("same frame: 0 bytes"))
      terminal.settle()
      let count = terminal.output.count
      terminal.settle(quietMilliseconds: 200)
      #expect(terminal.output.count == count)
    }

    @Test func `A changed frame sends little, within a synchronized update, and never clears`()
      throws
    {
      let terminal = try OnTerminal.probe()
      terminal.settle()
      let before = terminal.output.count
      terminal.send("x")
      #expect(terminal.shows("key character(\"x\")"))
      terminal.settle()
      let sent = String(decoding: terminal.output[before...], as: UTF8.self)
      #expect(sent.hasPrefix("\u{1b}[?2026h") && sent.hasSuffix("\u{1b}[?2026l"))
      #expect(!sent.contains("\u{1b}[2J") && !sent.contains("\u{1b}[J"))
      #expect(sent.utf8.count < 80)
    }

    @Test func `Synchronized updates can be switched off`() throws {
      let terminal = try OnTerminal.probe(["PROBE_PLAIN_UPDATES": "1"])
      terminal.send("xq")
      #expect(terminal.end() == .exited(0))
      #expect(!String(decoding: terminal.output, as: UTF8.self).contains("?2026"))
    }

    @Test func `More colour pairs than ncurses has are shown right`() throws {
      let terminal = try OnTerminal.probe(width: 200, height: 60)
      // Eight frames of 12,000 new pairs each: more than the 65,535 that there may be.
      for number in 1...8 {
        terminal.send("f")
        #expect(terminal.shows("fill \(number)"))
      }
      terminal.settle()
      terminal.send("=")
      #expect(terminal.shows("same frame: 0 bytes"))
      for (x, y) in [(0, 40), (199, 30), (57, 58)] {
        let code = (8 * 7919 + y * 200 + x) &* 2_654_435_761
        let expected =
          UInt32(code & 0xff) << 16 | UInt32(code >> 8 & 0xff) << 8 | UInt32(code >> 16 & 0xff)
        #expect(terminal.screen[x, y]?.foreground == expected)
        #expect(terminal.screen[x, y]?.background == 0x010203)
      }
    }

    @Test func `Control-L's redraw repairs what another program wrote`() throws {
      let terminal = try OnTerminal.probe()
      terminal.screen.write(Array("\u{1b}[H\u{1b}[41mGARBAGE".utf8))
      #expect(terminal.screen.lines[0].hasPrefix("GARBAGE"))
      terminal.send("l")
      #expect(terminal.shows("PROBE 80x24 truecolor"))
      #expect(!terminal.screen.text.contains("GARBAGE"))
      #expect(terminal.screen[30, 10]?.background == nil)
    }

    @Test func `A resized window is drawn whole in its new size`() throws {
      let terminal = try OnTerminal.probe()
      for (width, height) in [(120, 35), (61, 21), (230, 60)] {
        terminal.resize(width: width, height: height)
        #expect(terminal.shows("resize \(width)x\(height)"))
        #expect(terminal.waits { $0.screen[width - 1, height - 1]?.character == "◢" })
        #expect(terminal.screen.lines[0] == "PROBE \(width)x\(height) truecolor")
        #expect(terminal.screen.text.unicodeScalars.filter { $0 == "◢" }.count == 1)
      }
    }

    @Test func `A terminal that takes nothing loses frames, never keys`() throws {
      let terminal = try OnTerminal.probe(width: 200, height: 60)
      // Nothing is read here while the program draws far more than a pty holds.
      for _ in 0..<30 {
        #expect(terminal.sendWithoutReading("f"))
        usleep(5000)
      }
      #expect(terminal.sendWithoutReading("z"))
      #expect(terminal.shows("key character(\"z\")"))
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
    }

    // MARK: - Events

    @Test func `Keys, focus, pastes and the mouse arrive, also beyond column 223`() throws {
      let terminal = try OnTerminal.probe(width: 300, height: 30)
      terminal.send("\u{1b}[A\u{1b}OBé")
      #expect(terminal.shows("key up"))
      #expect(terminal.shows("key down"))
      #expect(terminal.shows("key character(\"é\")"))
      terminal.send("\u{1b}[<0;290;7M\u{1b}[<32;291;8M\u{1b}[<0;291;8m\u{1b}[<65;1;1M")
      #expect(terminal.shows("press left at 289,6"))
      #expect(terminal.shows("drag left at 290,7"))
      #expect(terminal.shows("release left at 290,7"))
      #expect(terminal.shows("scrollDown none at 0,0"))
      terminal.send("\u{1b}[O\u{1b}[I")
      #expect(terminal.shows("focus false"))
      #expect(terminal.shows("focus true"))
      for mode in [1002, 1004, 1006, 2004] { #expect(terminal.isOn(mode: mode)) }
    }

    @Test func `A sequence that arrives in pieces is one, and a lone ESC is the Escape key`() throws
    {
      let terminal = try OnTerminal.probe()
      terminal.send("\u{1b}[<64;1")
      terminal.settle(quietMilliseconds: 80)
      terminal.send("2;5M")
      #expect(terminal.shows("scrollUp none at 11,4"))
      terminal.send("\u{1b}")
      #expect(terminal.shows("key escape"))
      #expect(!terminal.screen.text.contains("character"))
    }

    @Test func `A paste of a megabyte arrives whole`() throws {
      let terminal = try OnTerminal.probe()
      let text = "begin..." + String(repeating: "x", count: 1 << 20) + "...theend"
      terminal.send("\u{1b}[200~" + text + "\u{1b}[201~")
      #expect(
        terminal.shows("paste of \(text.utf8.count) bytes, begin...", limitMilliseconds: 60_000))
    }

    @Test func `Another thread wakes the loop`() throws {
      let terminal = try OnTerminal.probe()
      terminal.send("w")
      #expect(terminal.shows("wakeup"))
    }

    // MARK: - Signals

    @Test func `A bell and a notice stand between frames and show nothing`() throws {
      let terminal = try OnTerminal.probe()
      let before = terminal.screen.lines[1]
      terminal.send("n")
      #expect(terminal.shows("fill 1"))
      let notice = Array("\u{07}\u{1b}]9;notice 1\u{1b}\\".utf8)
      #expect(terminal.output.firstRange(of: notice) != nil)
      #expect(terminal.screen.lines[1] == before)
    }

    @Test func `On a line that is stuck no notice tears a frame, and few of them wait`() throws {
      let terminal = try OnTerminal.probe(width: 200, height: 50)
      let start = terminal.output.count
      // Each frame is larger than what the line holds.
      #expect(terminal.sendWithoutReading("f" + String(repeating: "fn", count: 40)))
      #expect(terminal.shows("fill 81"))
      terminal.settle()
      let output = terminal.output[start...]
      var isWithinFrame = false
      var notices = 0
      for index in output.indices where output[index] == 0x1b {
        let rest = output[index...]
        if rest.starts(with: "\u{1b}[?2026h".utf8) { isWithinFrame = true }
        if rest.starts(with: "\u{1b}[?2026l".utf8) { isWithinFrame = false }
        guard rest.starts(with: "\u{1b}]9;".utf8) else { continue }
        notices += 1
        #expect(!isWithinFrame)
      }
      #expect(notices > 0 && notices <= 40, "\(notices)")
      #expect(terminal.screen[199, 49]?.character == "◢")
    }
  }
}
