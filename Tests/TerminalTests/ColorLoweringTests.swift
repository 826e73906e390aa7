import Testing

@testable import Terminal

@Suite struct ColorLoweringTests {
  private func index(_ color: RGB, _ depth: ColorDepth) -> Int32 {
    var lowering = ColorLowering(depth: depth)
    return lowering.lower(Style(foreground: .rgb(color))).foreground
  }

  @Test func `Truecolor keeps every bit, also of the darkest colours`() {
    #expect(index(RGB(0x12, 0x34, 0x56), .truecolor) == 0x123456)
    #expect(index(RGB(0, 0, 5), .truecolor) == 5)
  }

  @Test func `Every fixed colour of the 256 is its own nearest, or an equal one's`() {
    for number in 16..<256 {
      let color = XtermPalette.colors[number]
      #expect(XtermPalette.colors[Int(index(color, .ansi256))] == color)
    }
  }

  @Test func `The 256 avoid the sixteen that users redefine`() {
    #expect(index(RGB(255, 0, 0), .ansi256) == 196)
    #expect(index(RGB(0, 0, 0), .ansi256) == 16)
    #expect(index(RGB(255, 255, 255), .ansi256) == 231)
  }

  @Test func `The palette is that of xterm`() {
    #expect(XtermPalette.colors.count == 256)
    #expect(XtermPalette.colors[196] == RGB(255, 0, 0))
    #expect(XtermPalette.colors[110] == RGB(135, 175, 215))
    #expect(XtermPalette.colors[255] == RGB(238, 238, 238))
  }

  @Test func `Sixteen colours are chosen as the eye would`() {
    #expect(index(RGB(250, 20, 20), .ansi16) == 9)
    #expect(index(RGB(10, 10, 10), .ansi16) == 0)
    #expect(index(RGB(250, 250, 250), .ansi16) == 15)
    #expect(index(RGB(0, 190, 10), .ansi16) == 2)
    #expect(index(RGB(130, 125, 128), .ansi16) == 8)
    #expect(index(RGB(0xc0, 0xca, 0xf5), .ansi16) == 7)
    #expect(index(RGB(0x1a, 0x1b, 0x26), .ansi16) == 0)
  }

  @Test func `Sixteen colours keep pale hues apart`() {
    #expect(index(RGB(0xbb, 0x9a, 0xf7), .ansi16) == 13)
    #expect(index(RGB(0x7a, 0xa2, 0xf7), .ansi16) == 12)
    #expect(index(RGB(0x9e, 0xce, 0x6a), .ansi16) == 2)
    #expect(index(RGB(0xf7, 0x76, 0x8e), .ansi16) == 9)
    #expect(index(RGB(0x7d, 0xcf, 0xff), .ansi16) == 6)
  }

  @Test func `A near colour is nearer than a far one in OKLab`() {
    let wanted = PerceivedColor(RGB(122, 162, 247))
    let near = PerceivedColor(RGB(118, 160, 240))
    let far = PerceivedColor(RGB(122, 247, 162))
    #expect(wanted.squaredDistance(to: near) < wanted.squaredDistance(to: far))
    #expect(abs(PerceivedColor(RGB(255, 255, 255)).lightness - 1) < 1e-3)
    #expect(PerceivedColor(RGB(0, 0, 0)).lightness == 0)
  }

  @Test(arguments: [ColorDepth.ansi16, .ansi256])
  func `Two colours of a cell stay two although the palette has one for both`(depth: ColorDepth) {
    var lowering = ColorLowering(depth: depth)
    let style = Style(
      foreground: .rgb(RGB(12, 12, 14)), background: .rgb(RGB(10, 10, 12)))
    let lowered = lowering.lower(style)
    #expect(lowered.foreground != lowered.background)
    let same = Style(foreground: style.background, background: style.background)
    #expect(lowering.lower(same).foreground == lowering.lower(same).background)
  }

  @Test(arguments: ColorDepth.allCases)
  func `The terminal's own colours stay its own`(depth: ColorDepth) {
    var lowering = ColorLowering(depth: depth)
    let lowered = lowering.lower(Style(attributes: [.bold]))
    #expect(lowered == LoweredStyle(foreground: -1, background: -1, attributes: .bold))
  }

  @Test(arguments: ColorDepth.allCases)
  func `The terminal's own sixteen keep their numbers`(depth: ColorDepth) {
    var lowering = ColorLowering(depth: depth)
    let style = Style(foreground: .ansi(.brightRed), background: .ansi(.black))
    let lowered = lowering.lower(style)
    switch depth {
    case .mono: #expect(lowered.foreground == -1 && lowered.background == -1)
    case .ansi16, .ansi256: #expect(lowered.foreground == 9 && lowered.background == 0)
    case .truecolor:
      #expect(lowered.foreground == 0x100_0009 && lowered.background == 0x100_0000)
    }
    let reversed = lowering.lower(Style(foreground: .ansi(.black), background: .ansi(.white)))
    #expect((depth == .mono) == reversed.attributes.contains(.reverse))
  }

  @Test func `The sixteen are found by their names`() {
    #expect(AnsiColor.allCases.count == 16)
    for color in AnsiColor.allCases { #expect(AnsiColor(name: color.name) == color) }
    #expect(AnsiColor.brightCyan.name == "bright-cyan")
    #expect(AnsiColor(name: "purple") == nil)
    #expect(AnsiColor.brightBlue.xterm == RGB(92, 92, 255))
  }

  @Test func `Without colour, bright on dark is plain and dark on bright is reversed`() {
    let bright = Color.rgb(RGB(220, 220, 220))
    let dark = Color.rgb(RGB(20, 20, 30))
    func attributes(_ foreground: Color, _ background: Color) -> Attributes {
      ColorLowering.monochrome(Style(foreground: foreground, background: background))
    }
    #expect(attributes(bright, dark) == [])
    #expect(attributes(dark, bright) == .reverse)
    #expect(attributes(.terminalDefault, bright) == .reverse)
    #expect(attributes(.terminalDefault, dark) == [])
    #expect(attributes(.rgb(RGB(70, 70, 80)), .terminalDefault) == .dim)
  }

  @Test func `A memory that is full starts anew and answers the same`() {
    var lowering = ColorLowering(depth: .truecolor)
    let first = Style(foreground: .rgb(RGB(1, 2, 3)))
    let before = lowering.lower(first)
    for value in 0..<70_000 {
      _ = lowering.lower(
        Style(
          foreground: .rgb(RGB(UInt8(value & 255), UInt8(value >> 8 & 255), UInt8(value >> 16)))))
    }
    #expect(lowering.lower(first) == before)
  }
}

@Suite struct ScreenOptionsTests {
  private func depth(
    _ environment: [String: String], colors: Int = 256, direct: Bool = false,
    option: ColorDepth? = nil
  ) -> ColorDepth {
    ScreenOptions(environment: environment, colorDepth: option)
      .depth(terminalColors: colors, directColor: direct)
  }

  @Test func `The option beats NO_COLOR, which beats what the terminal can do`() {
    #expect(depth(["NO_COLOR": "1"], direct: true, option: .ansi16) == .ansi16)
    #expect(depth(["NO_COLOR": "1", "COLORTERM": "truecolor"], direct: true) == .mono)
    #expect(depth(["NO_COLOR": "", "COLORTERM": "truecolor"]) == .truecolor)
  }

  @Test func `Direct colour in terminfo or COLORTERM is truecolor`() {
    #expect(depth([:], direct: true) == .truecolor)
    #expect(depth(["COLORTERM": "24bit"], colors: 8) == .truecolor)
    #expect(depth(["COLORTERM": "yes"]) == .ansi256)
  }

  @Test func `COLORTERM is not believed inside of GNU screen, but is inside of tmux`() {
    let environment = ["TERM": "screen.xterm-256color", "COLORTERM": "truecolor"]
    #expect(depth(environment) == .truecolor)
    #expect(depth(environment.merging(["STY": "1.pts-0"]) { $1 }) == .ansi256)
    #expect(depth(["TERM": "tmux-256color", "STY": "1.pts-0", "COLORTERM": "24bit"]) == .truecolor)
  }

  @Test func `Else the entry's number of colours decides`() {
    #expect(depth([:], colors: 256) == .ansi256)
    #expect(depth([:], colors: 88) == .ansi16)
    #expect(depth([:], colors: 8) == .ansi16)
    #expect(depth([:], colors: 2) == .mono)
    #expect(depth([:], colors: 0) == .mono)
  }

  @Test func `The console of Linux gets no eighth blocks unless told so`() {
    let options = ScreenOptions(environment: [:])
    #expect(options.glyphs(terminalType: "linux") == .blocks)
    #expect(options.glyphs(terminalType: "xterm-256color") == .full)
    #expect(ScreenOptions(environment: [:], glyphs: .ascii).glyphs(terminalType: "linux") == .ascii)
  }

  @Test func `The locale follows the order of POSIX`() {
    #expect(ScreenOptions(environment: ["LANG": "a", "LC_CTYPE": "b"]).locale == "b")
    #expect(ScreenOptions(environment: ["LC_ALL": "c", "LC_CTYPE": "b"]).locale == "c")
    #expect(ScreenOptions(environment: ["LC_ALL": "", "LANG": "a"]).locale == "a")
    #expect(ScreenOptions(environment: [:]).locale == "C")
  }
}
