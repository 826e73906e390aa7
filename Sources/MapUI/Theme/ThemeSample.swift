import Terminal

/// A theme drawn in its own colours, as a list of themes shows it.
///
///      default        Purple, blue and green on a dark ground
///           ▂▅█▇▃     first  second  ◀ longs  shorts ▶  ◆ magnet  ┼ crosshair
///        ▃▆█▓▓▓▓▇▄▁   a warning  SIMULATED  selected
///      ▂█▒▒▒▒▒▒▒▒▒▒█▃ ░░ 5x  ▒▒ 10x  ▓▓ 25x  ▚▚ 50x  ██ 100x
public enum ThemeSample {
  /// Columns of a sample.
  public static let width = 80
  /// Rows of a sample.
  public static let height = 4

  /// The layers' shares of the bars, lowest leverage first; made up.
  private static let layers = ["5x", "10x", "25x", "50x", "100x"]
  private static let heights: [Double] = [
    0.12, 0.3, 0.42, 0.55, 0.5, 0.78, 1, 0.86, 0.6, 0.68, 0.4, 0.5, 0.25, 0.1,
  ]

  /// A sample of a theme for a terminal of that depth and with those characters.
  public static func grid(_ theme: Theme, depth: ColorDepth, glyphs set: GlyphSet) -> CellGrid {
    let palette = Palette(theme, depth: depth, layerCount: layers.count)
    var canvas = Canvas(
      width: width, height: height, palette: palette, glyphs: Glyphs(set: set))
    canvas.write(
      [
        LineItem(theme.name, palette.strong, rank: 0),
        LineItem(theme.about, palette.dim, rank: 1),
      ], x: 1..<width - 1, y: 0)
    let painter = BarPainter(palette, glyphs: canvas.glyphs, layers: layers.count)
    drawBars(painter, on: &canvas)
    let words = heights.count + 3..<width - 1
    canvas.write(
      [
        LineItem("first", palette.text, rank: 0), LineItem("second", palette.dim, rank: 0),
        LineItem("◀ longs", palette.long, rank: 0), LineItem("shorts ▶", palette.short, rank: 0),
        LineItem("◆ magnet", palette.magnet, rank: 1),
        LineItem("┼ crosshair", palette.crosshair, rank: 2),
      ], x: words, y: 1)
    canvas.write(
      [
        LineItem("a warning", palette.warning, rank: 0),
        LineItem(" SIMULATED ", palette.simulated, rank: 0),
        LineItem(" selected ", palette.selection, rank: 0),
        LineItem(set == .full ? "⣀⠤⠒⠉ cumulative" : "cumulative", palette.cumulative, rank: 1),
      ], x: words, y: 2)
    var column = words.lowerBound
    for (index, name) in layers.enumerated() {
      for _ in 0..<2 {
        canvas.set(painter.swatch(index), x: column, y: 3)
        column += 1
      }
      column = canvas.write(" \(name)  ", x: column, y: 3, style: palette.text)
    }
    return canvas.grid
  }

  private static func drawBars(_ painter: BarPainter, on canvas: inout Canvas) {
    let units = canvas.glyphs.unitsPerCell
    let rows = height - 1
    var ends = [Int](repeating: 0, count: layers.count)
    for (column, value) in heights.enumerated() {
      let tall = BarStack.height(value, ceiling: 1, rows: rows, unitsPerCell: units)
      let shares = layers.indices.map { Double(layers.count - $0) }
      BarStack.ends(
        of: shares[...], total: shares.reduce(0, +), height: tall, into: &ends)
      for row in 0..<rows where row * units < tall {
        let cut = BarStack.cut(ends, bottom: row * units, unitsPerCell: units)
        canvas.set(painter.cell(cut), x: 1 + column, y: height - 1 - row)
      }
    }
  }
}
