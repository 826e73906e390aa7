import Terminal
import Testing

@testable import Pictures

@Suite struct SVGTests {
  /// Characters that are rectangles or patterns.
  private static let sharp =
    Sample.scalars(0x2580...0x259f) + Sample.scalars(0x2500...0x256c)
    + Sample.scalars(0x2574...0x257f) + [" ", " ", "■"]

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `its rectangles and patterns are those of the PNG, pixel by pixel`(seed: UInt64) throws {
    let grid = Sample.mixed(seed: seed, scalars: Self.sharp, width: 24, height: 9)
    let document = try SVGDocument(Picture.svg(grid))
    let painted = document.painted(width: 24 * 16, height: 9 * 32)
    let pixels = try Pixels(grid, scale: 2)
    var different = 0
    for y in 0..<pixels.height {
      for x in 0..<pixels.width where painted[y][x] != pixels[x, y] { different += 1 }
    }
    #expect(different == 0)
    #expect(document.words.map(\.text) == [])
  }

  @Test func `grounds are those of the frame`() throws {
    let grid = Sample.mixed(seed: 11, scalars: ["a", "Z", " "], width: 20, height: 8)
    let painted = try SVGDocument(Picture.svg(grid)).painted(width: 320, height: 256)
    for y in 0..<8 {
      for x in 0..<20 {
        let look = PictureColors.dark.seen(grid[x, y].style)
        #expect(painted[y * 32][x * 16] == look.background.number, "\(x), \(y)")
        #expect(painted[y * 32 + 31][x * 16 + 15] == look.background.number, "\(x), \(y)")
      }
    }
  }

  @Test func `words stand in their columns, as wide as those, in their looks`() throws {
    var grid = CellGrid(width: 24, height: 3)
    grid.write("two words", x: 3, y: 1, style: Style(foreground: .rgb(RGB(0xff, 0, 0x80))))
    grid.write("bold", x: 12, y: 1, style: Style(attributes: .bold))
    grid.write("it", x: 16, y: 1, style: Style(attributes: .italic))
    grid.write("▅x", x: 0, y: 2, style: .plain)
    let words = try SVGDocument(Picture.svg(grid)).words
    #expect(words.map(\.text) == ["two", "words", "bold", "it", "x"])
    #expect(words.map(\.column) == [3, 7, 12, 16, 1])
    #expect(words.map(\.row) == [1, 1, 1, 1, 2])
    #expect(words.map(\.length) == [48, 80, 64, 32, 16])
    #expect(words[0].attributes["fill"] == "#ff0080")
    #expect(words[2].attributes["font-weight"] == "bold")
    #expect(words[3].attributes["font-style"] == "italic")
    #expect(words[0].attributes["font-weight"] == nil)
  }

  @Test func `all characters of a frame are in it, as words or as shapes`() throws {
    let scalars = Sample.scalars(0x20...0x7e) + Sample.scalars(0x2580...0x2588) + ["é", "→", "−"]
    let grid = Sample.mixed(seed: 3, scalars: scalars, width: 60, height: 20)
    let document = try SVGDocument(Picture.svg(grid))
    var rows = [[Unicode.Scalar]](repeating: Array(repeating: " ", count: 60), count: 20)
    for word in document.words {
      for (offset, scalar) in word.text.unicodeScalars.enumerated() {
        rows[word.row][word.column + offset] = scalar
      }
    }
    for y in 0..<20 {
      for x in 0..<60 {
        let scalar = grid[x, y].scalar
        #expect(rows[y][x] == (BlockShapes.shapes(of: scalar) == nil ? scalar : " "))
      }
    }
  }

  @Test func `text is escaped, and what XML forbids is left out`() throws {
    let text = "<a href='x'>&amp;\"</a>\u{0}\u{1b}\u{fffe}\u{85}]]>"
    var grid = CellGrid(width: 40, height: 1)
    grid.write(text, x: 0, y: 0, style: .plain)
    let svg = Picture.svg(grid, title: "BTC <7d> & \"more\"\u{8}")
    let document = try SVGDocument(svg)
    #expect(document.title == "BTC <7d> & \"more\"?")
    #expect(document.words.map(\.text).joined(separator: " ") == "<a href='x'>&amp;\"</a>????]]>")
    #expect(document.elements["a"] == nil)
  }

  @Test func `it stands alone: nothing is linked, loaded or run`() throws {
    let scalars = Sample.scalars(0x2500...0x28ff) + Sample.scalars(0x20...0x7e)
    let svg = Picture.svg(
      Sample.mixed(seed: 8, scalars: scalars, width: 40, height: 12), title: "a frame")
    let document = try SVGDocument(svg)
    #expect(
      Set(document.elements.keys) == [
        "svg", "title", "defs", "pattern", "path", "g", "text",
      ])
    for value in document.values where value.contains("//") || value.contains("data:") {
      #expect(value == "http://www.w3.org/2000/svg")
    }
    for value in document.values where value.contains("url(") { #expect(value.hasPrefix("url(#")) }
    #expect(document.root["viewBox"] == "0 0 640 384")
    #expect(document.root["width"] == "320" && document.root["height"] == "192")
  }

  @Test func `the same frame gives the same bytes, and a frame without cells a document`() throws {
    let scalars = Sample.scalars(0x2500...0x28ff)
    let grid = Sample.mixed(seed: 21, scalars: scalars, width: 50, height: 20)
    #expect(Picture.svg(grid) == Picture.svg(grid))
    let empty = try SVGDocument(Picture.svg(CellGrid(width: 0, height: 0)))
    #expect(empty.words.isEmpty)
  }

  @Test func `a bar of many cells is one rectangle`() throws {
    let svg = Picture.svg(Sample.grid("████", "████", "████"))
    #expect(svg.contains("<path fill=\"#f01020\" d=\"M0 0h64v96H0z\"/>"))
  }
}
