import Terminal

/// A frame being drawn, with the palette and the glyphs that it is drawn with. Whatever a view
/// writes is lowered to characters that the glyph set has.
struct Canvas {
  /// The frame.
  var grid: CellGrid
  /// The colours.
  let palette: Palette
  /// The characters.
  let glyphs: Glyphs

  /// An empty frame on the theme's ground.
  init(width: Int, height: Int, palette: Palette, glyphs: Glyphs) {
    self.palette = palette
    self.glyphs = glyphs
    grid = CellGrid(
      width: width, height: height,
      fill: Cell(
        " ",
        style: Style(
          foreground: palette.text.foreground, background: palette.background)))
  }

  /// Puts one character.
  mutating func put(_ scalar: Unicode.Scalar, x: Int, y: Int, style: Style) {
    set(Cell(glyphs.lower(scalar), style: style), x: x, y: y)
  }

  /// Puts a cell as it is. Every view keeps inside of the frame; in release a stray cell is
  /// dropped.
  mutating func set(_ cell: Cell, x: Int, y: Int) {
    assert(grid.contains(x: x, y: y), "a view draws outside of the frame at \(x), \(y)")
    grid[x, y] = cell
  }

  /// Writes text; gives the column after it.
  @discardableResult
  mutating func write(_ text: String, x: Int, y: Int, style: Style) -> Int {
    var column = x
    for scalar in text.unicodeScalars {
      put(scalar, x: column, y: y, style: style)
      column += 1
    }
    return column
  }

  /// Writes the items that fit between two columns, from the left.
  mutating func write(_ items: [LineItem], x: Range<Int>, y: Int) {
    var column = x.lowerBound
    for (index, item) in LineItem.fit(items, width: x.count).enumerated() {
      if index > 0 { column += item.gap }
      column = write(item.wordings[0], x: column, y: y, style: item.style)
    }
  }

  /// Writes a line in the middle of some columns, if it fits.
  mutating func writeCentred(_ text: String, x: Range<Int>, y: Int, style: Style) {
    let length = text.unicodeScalars.count
    guard length <= x.count else { return }
    write(text, x: x.lowerBound + (x.count - length) / 2, y: y, style: style)
  }
}
