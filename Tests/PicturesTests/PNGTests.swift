import Terminal
import Testing

@testable import Pictures

@Suite struct PNGTests {
  private let front = Sample.front.number
  private let back = Sample.back.number

  @Test func `a blank cell is its ground and nothing else, to the last bit`() throws {
    let pixels = try Pixels(Sample.grid("  ", "  "))
    #expect(pixels.width == 32 && pixels.height == 64)
    #expect(pixels.count(back, x: 0..<32, y: 0..<64) == 32 * 64)
  }

  @Test(arguments: [1, 2, 3, 4])
  func `eighths fill their part of a cell with two exact colours`(scale: Int) throws {
    let pixels = try Pixels(Sample.grid(" ▁▂▃▄▅▆▇█"), scale: scale)
    let (width, height) = (8 * scale, 16 * scale)
    for step in 0...8 {
      let x = step * width..<(step + 1) * width
      let joint = height - step * height / 8
      #expect(pixels.count(back, x: x, y: 0..<joint) == width * joint, "\(step)")
      #expect(pixels.count(front, x: x, y: joint..<height) == width * (height - joint), "\(step)")
    }
  }

  @Test(arguments: [1, 2, 3])
  func `bars join without seams, over cells and side by side`(scale: Int) throws {
    let pixels = try Pixels(Sample.grid(" ▃▅ ", " ██▆", "▇███", "████"), scale: scale)
    let (width, height) = (8 * scale, 16 * scale)
    for (column, eighths) in [15, 27, 29, 22].enumerated() {
      let x = column * width..<(column + 1) * width
      let joint = 4 * height - eighths * height / 8
      #expect(pixels.count(front, x: x, y: joint..<4 * height) == width * (4 * height - joint))
      #expect(pixels.count(back, x: x, y: 0..<joint) == width * joint)
    }
  }

  @Test func `halves, quarters and left eighths lie where they should`() throws {
    let pixels = try Pixels(Sample.grid("▀▌▐▚▖▜▏▔▕"))
    func filled(_ column: Int) -> [Bool] {
      [(4, 8), (12, 8), (4, 24), (12, 24)].map { pixels[column * 16 + $0.0, $0.1] == front }
    }
    #expect(filled(0) == [true, true, false, false])
    #expect(filled(1) == [true, false, true, false])
    #expect(filled(2) == [false, true, false, true])
    #expect(filled(3) == [true, false, false, true])
    #expect(filled(4) == [false, false, true, false])
    #expect(filled(5) == [true, true, false, true])
    #expect(pixels.count(front, x: 96..<112, y: 0..<32) == 2 * 32)
    #expect(pixels.count(front, x: 112..<128, y: 0..<32) == 16 * 4)
    #expect(pixels.count(front, x: 128..<144, y: 0..<32) == 2 * 32)
  }

  @Test(arguments: [1, 2, 4])
  func `shades cover a quarter, a half and three quarters, and go on over cells`(scale: Int) throws
  {
    let pixels = try Pixels(Sample.grid("░░▒▒▓▓", "░░▒▒▓▓"), scale: scale)
    let (width, height) = (16 * scale, 32 * scale)
    for shade in 1...3 {
      let x = (shade - 1) * width..<shade * width
      #expect(pixels.count(front, x: x, y: 0..<height) == width * height * shade / 4)
      #expect(pixels.ink(on: back, x: x, y: 0..<height) == width * height * shade / 4)
      let period = 4 * scale
      for y in 0..<height - period {
        for column in x.dropLast(period) {
          let same = pixels[column, y]
          #expect(same == pixels[column + period, y] && same == pixels[column, y + period])
        }
      }
    }
  }

  /// Each arm of a box character must meet the arm of its neighbour at the edge: it is compared with
  /// the straight line that would go on there.
  @Test(arguments: [1, 2, 3])
  func `lines meet at the edges of their cells`(scale: Int) throws {
    func edges(_ text: String) throws -> [[Bool]] {
      let pixels = try Pixels(Sample.grid(text), scale: scale)
      let (right, bottom) = (pixels.width - 1, pixels.height - 1)
      return [
        (0...right).map { pixels[$0, 0] == front }, (0...bottom).map { pixels[right, $0] == front },
        (0...right).map { pixels[$0, bottom] == front },
        (0...bottom).map { pixels[0, $0] == front },
      ]
    }
    let level = try ["l": edges("─")[1], "h": edges("━")[1], "d": edges("═")[1]]
    let upright = try ["l": edges("│")[0], "h": edges("┃")[0], "d": edges("║")[0]]
    for (box, arms) in BoxShapes.table {
      let found = try edges(String(box))
      for (side, arm) in arms.enumerated() {
        let wanted = (side % 2 == 0 ? upright : level)["\(arm)"]
        #expect(found[side] == wanted ?? found[side].map { _ in false }, "\(box), side \(side)")
      }
    }
    #expect(BoxShapes.table["╆"] == "lhhl" && BoxShapes.table["╓"] == "-ld-")
    for (name, line) in level { #expect(line.contains(true) && line.contains(false), "\(name)") }
  }

  @Test func `rounded corners join the lines beside them`() throws {
    let pixels = try Pixels(Sample.grid("╭─╮", "│ │", "╰─╯"))
    // The middle of each line, at the joints between cells.
    for (x, y) in [(16, 16), (31, 16), (16, 80), (31, 80), (8, 32), (8, 63), (40, 32), (40, 63)] {
      #expect(pixels[x, y] == front, "\(x), \(y)")
    }
    for (x, y) in [(15, 16), (32, 16), (15, 80), (32, 80), (8, 31), (40, 31), (8, 64), (40, 64)] {
      #expect(pixels[x, y] != back, "\(x), \(y)")
    }
    #expect(pixels[1, 1] == back && pixels[24, 48] == back)
  }

  @Test func `braille shows as many dots as it has, each in its place`() throws {
    let dots: [(Unicode.Scalar, Int, Int)] = [
      ("⠁", 4, 4), ("⠂", 4, 12), ("⠄", 4, 20), ("⡀", 4, 28), ("⠈", 12, 4), ("⠐", 12, 12),
      ("⠠", 12, 20), ("⢀", 12, 28),
    ]
    for (scalar, x, y) in dots {
      let pixels = try Pixels(Sample.grid(String(scalar)))
      for other in dots {
        #expect((pixels[other.1, other.2] == front) == (other.1 == x && other.2 == y), "\(scalar)")
      }
    }
    #expect(try Pixels(Sample.grid("⠀")).ink(on: back, x: 0..<16, y: 0..<32) == 0)
  }

  @Test(arguments: Array("■▲▼◆◇◀▶▴▾●◢◣◤◥"))
  func `marks stay within their cells and leave some of the ground`(mark: Character) throws {
    let pixels = try Pixels(Sample.grid("   ", " \(mark) ", "   "))
    let inside = pixels.ink(on: back, x: 16..<32, y: 32..<64)
    #expect(inside > 30 && inside < 16 * 32)
    #expect(pixels.ink(on: back, x: 0..<48, y: 0..<96) == inside)
  }

  // MARK: - Words

  @Test func `each character stands in its own cell, at every scale`() throws {
    for scale in 1...3 {
      let pixels = try Pixels(Sample.grid("A B$ 7"), scale: scale)
      for (column, hasInk) in [true, false, true, true, false, true].enumerated() {
        let x = column * 8 * scale..<(column + 1) * 8 * scale
        #expect((pixels.ink(on: back, x: x, y: 0..<16 * scale) > 0) == hasInk, "\(column)")
      }
    }
  }

  @Test func `bold is heavier, underlined has a line, reversed changes places`() throws {
    func ink(_ attributes: Attributes, _ text: String = "H") throws -> Int {
      var style = Sample.style
      style.attributes = attributes
      return try Pixels(Sample.grid(text, style: style)).ink(on: back, x: 0..<16, y: 0..<32)
    }
    #expect(try ink(.bold) > ink([]))
    #expect(try ink(.underline, " ") == 16 * 2)
    #expect(try ink(.reverse, " ") == 16 * 32)
    #expect(try ink(.italic) > 0)
  }

  @Test func `dim is half-way to the ground`() throws {
    var style = Sample.style
    style.attributes = .dim
    let pixels = try Pixels(Sample.grid("█", style: style))
    #expect(pixels[0, 0] == 0x80_2860)
  }

  @Test func `characters that no font here has leave a sign, and nothing fails`() throws {
    let pixels = try Pixels(Sample.grid("\u{e123}漢\u{1}\u{202e}\u{301}"))
    for column in [0, 2, 3] {
      #expect(pixels.ink(on: back, x: column * 16..<(column + 1) * 16, y: 0..<32) > 0, "\(column)")
    }
  }

  @Test func `what a frame leaves to the terminal takes the picture's colours`() throws {
    let colors = PictureColors(foreground: RGB(1, 2, 3), background: RGB(4, 5, 6))
    let grid = Sample.grid("█ ", style: .plain)
    let pixels = try Pixels(grid, colors: colors)
    #expect(pixels[0, 0] == 0x010203 && pixels[20, 0] == 0x040506)
    let own = Sample.grid(
      "█ ", style: Style(foreground: .ansi(.brightBlue), background: .ansi(.red)))
    let second = try Pixels(own)
    #expect(second[0, 0] == 0x5c5cff && second[20, 0] == 0xcd0000)
  }

  // MARK: - Bytes

  @Test func `the same frame gives the same bytes`() throws {
    let scalars = Sample.scalars(0x2500...0x25e5) + Sample.scalars(0x20...0x7e)
    let grid = Sample.mixed(seed: 5, scalars: scalars, width: 30, height: 10)
    #expect(try Picture.png(grid) == Picture.png(grid))
  }

  @Test func `a frame without cells and one too large are refused in a sentence`() {
    #expect(throws: PictureError.empty) { try Picture.png(CellGrid(width: 0, height: 4)) }
    let error = #expect(throws: PictureError.self) {
      try Picture.png(CellGrid(width: 5_000, height: 2), scale: 2)
    }
    #expect(
      error?.description
        == "a picture of 80000x64 pixels is too large; draw fewer columns or rows")
    #expect(throws: PictureError.tooLarge(width: 16_000, height: 16_000)) {
      try Picture.png(CellGrid(width: 1_000, height: 500), scale: 2)
    }
  }
}
