import Testing

@testable import Terminal

@Suite struct CellGridTests {
  @Test func `Text is cut at the edges, and tells where it would have ended`() {
    var grid = CellGrid(width: 4, height: 2)
    #expect(grid.write("abcdef", x: 2, y: 0, style: .plain) == 8)
    #expect(grid.write("xyz", x: -1, y: 1, style: .plain) == 2)
    grid.write("gone", x: 0, y: 2, style: .plain)
    #expect(grid.lines == ["  ab", "yz  "])
  }

  @Test func `A rectangle is filled within the frame alone`() {
    var grid = CellGrid(width: 3, height: 3)
    grid.fill(x: -5..<2, y: 1..<9, with: Cell("#"))
    #expect(grid.lines == ["   ", "## ", "## "])
    grid.fill(x: 7..<9, y: 0..<3, with: Cell("!"))
    #expect(grid.lines == ["   ", "## ", "## "])
  }

  @Test func `A cell outside is empty and takes nothing`() {
    var grid = CellGrid(width: 1, height: 1)
    grid[1, 0] = Cell("x")
    grid[0, -1] = Cell("x")
    #expect(grid[1, 0] == Cell())
    #expect(grid.lines == [" "])
  }

  @Test func `A negative size is an empty frame`() {
    #expect(CellGrid(width: -3, height: 2).cells.isEmpty)
    #expect(CellGrid(width: -3, height: 2).lines == ["", ""])
  }

  @Test func `A frame is fitted to a display by cutting and filling up`() {
    var grid = CellGrid(width: 3, height: 1)
    grid.write("abc", x: 0, y: 0, style: .plain)
    #expect(grid.fitted(to: TerminalSize(width: 2, height: 2)).lines == ["ab", "  "])
    #expect(grid.fitted(to: TerminalSize(width: 3, height: 1)) == grid)
  }

  @Test func `Control characters never leave a frame`() {
    var grid = CellGrid(width: 4, height: 1)
    grid.write("a\u{1b}\u{9b}\n", x: 0, y: 0, style: .plain)
    #expect(grid.lines == ["a???"])
    #expect(AnsiFrame.ansi(grid, depth: .truecolor) == "a???")
  }
}

@Suite struct AnsiFrameTests {
  private let blue = Color.rgb(RGB(122, 162, 247))
  private let night = Color.rgb(RGB(26, 27, 38))

  private func row(_ parts: [(String, Style)]) -> CellGrid {
    var grid = CellGrid(width: parts.map(\.0.unicodeScalars.count).reduce(0, +), height: 1)
    var x = 0
    for (text, style) in parts { x = grid.write(text, x: x, y: 0, style: style) }
    return grid
  }

  @Test func `Text is the rows and nothing else`() {
    var grid = CellGrid(width: 3, height: 2)
    grid.write("▁▂▃", x: 0, y: 1, style: Style(foreground: blue))
    #expect(AnsiFrame.text(grid) == "   \n▁▂▃")
  }

  @Test func `Sequences stand only where the look changes, and each line ends plain`() {
    let style = Style(foreground: blue, background: night)
    var grid = CellGrid(width: 3, height: 2)
    grid.write("ab", x: 1, y: 0, style: style)
    grid.write("c", x: 0, y: 1, style: style)
    let on = "\u{1b}[38;2;122;162;247;48;2;26;27;38m"
    #expect(AnsiFrame.ansi(grid, depth: .truecolor) == " \(on)ab\u{1b}[0m\n\(on)c\u{1b}[0m  ")
  }

  @Test func `Only the colour that changes is named`() {
    let grid = row([
      ("a", Style(foreground: blue, background: night)), ("b", Style(background: night)),
    ])
    let expected = "\u{1b}[38;2;122;162;247;48;2;26;27;38ma\u{1b}[39mb\u{1b}[0m"
    #expect(AnsiFrame.ansi(grid, depth: .truecolor) == expected)
  }

  @Test func `An attribute that ends resets and names the rest anew`() {
    let grid = row([
      ("a", Style(foreground: blue, attributes: [.bold, .underline])),
      ("b", Style(foreground: blue, attributes: .bold)),
    ])
    let expected =
      "\u{1b}[1;4;38;2;122;162;247ma\u{1b}[0;1;38;2;122;162;247mb\u{1b}[0m"
    #expect(AnsiFrame.ansi(grid, depth: .truecolor) == expected)
  }

  @Test func `A blank needs no colour of a character, unless it shows it`() {
    let red = Color.rgb(RGB(255, 0, 0))
    let grid = row([
      ("a", Style(foreground: blue, background: night)),
      (" ", Style(foreground: red, background: night)),
      ("b", Style(foreground: blue, background: night)),
      (" ", Style(foreground: red, background: night, attributes: .underline)),
    ])
    let on = "\u{1b}[38;2;122;162;247;48;2;26;27;38m"
    let expected = "\(on)a b\u{1b}[4;38;2;255;0;0m \u{1b}[0m"
    #expect(AnsiFrame.ansi(grid, depth: .truecolor) == expected)
  }

  @Test func `Each depth uses its own sequences`() {
    let grid = row([("a", Style(foreground: .rgb(RGB(255, 0, 0)), background: .rgb(RGB(0, 0, 0))))])
    #expect(AnsiFrame.ansi(grid, depth: .ansi256) == "\u{1b}[38;5;196;48;5;16ma\u{1b}[0m")
    #expect(AnsiFrame.ansi(grid, depth: .ansi16) == "\u{1b}[91;40ma\u{1b}[0m")
    #expect(AnsiFrame.ansi(grid, depth: .mono) == "a")
  }

  @Test(arguments: [ColorDepth.ansi16, .truecolor])
  func `The terminal's own sixteen are named as such`(depth: ColorDepth) {
    let grid = row([
      ("a", Style(foreground: .ansi(.red))),
      ("b", Style(foreground: .ansi(.brightRed), background: .ansi(.brightBlack))),
    ])
    #expect(AnsiFrame.ansi(grid, depth: depth) == "\u{1b}[31ma\u{1b}[91;100mb\u{1b}[0m")
  }

  @Test func `Colours that are lowered to the same one are not named twice`() {
    let grid = row([
      ("a", Style(foreground: .rgb(RGB(255, 0, 0)))),
      ("b", Style(foreground: .rgb(RGB(254, 0, 0)))),
    ])
    #expect(AnsiFrame.ansi(grid, depth: .ansi256) == "\u{1b}[38;5;196mab\u{1b}[0m")
  }
}

@Suite struct HeadlessScreenTests {
  @Test func `It keeps the last frame in its own size and counts changes`() {
    let screen = HeadlessScreen(size: TerminalSize(width: 2, height: 1))
    var grid = CellGrid(width: 3, height: 1)
    grid.write("abc", x: 0, y: 0, style: .plain)
    screen.draw(grid)
    screen.draw(grid)
    #expect(screen.frame?.lines == ["ab"])
    #expect(screen.framesDrawn == 1)
    screen.size.width = 3
    screen.draw(grid)
    #expect(screen.frame?.lines == ["abc"])
    #expect(screen.framesDrawn == 2)
  }
}
