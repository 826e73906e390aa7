/// The bars: layers stacked in eighths of a cell, calm ones below, vivid ones above.
enum BarsView {
  /// Draws the bars; gives their heights in units of the glyph set, by column.
  @discardableResult
  static func draw(_ scene: Scene, on canvas: inout Canvas) -> [Int] {
    draw(
      scene.stacks, ceiling: scene.ceilings.bars, rows: scene.layout.barRows,
      x: scene.layout.plotX.lowerBound, floor: scene.layout.plotY.upperBound - 1, on: &canvas)
  }

  /// Draws columns of dollars as bars of `rows` cells at most, which stand on the row `floor` and
  /// begin in column `x`; `ceiling` dollars fill the rows.
  @discardableResult
  static func draw(
    _ stacks: ColumnStacks, ceiling: Double, rows: Int, x: Int, floor: Int,
    on canvas: inout Canvas
  ) -> [Int] {
    let units = canvas.glyphs.unitsPerCell
    let painter = BarPainter(canvas.palette, glyphs: canvas.glyphs, layers: stacks.layerCount)
    var heights = [Int](repeating: 0, count: stacks.count)
    var ends = [Int](repeating: 0, count: stacks.layerCount)
    for column in 0..<stacks.count where stacks.totals[column] > 0 {
      let height = BarStack.height(
        stacks.totals[column], ceiling: ceiling, rows: rows, unitsPerCell: units)
      heights[column] = height
      let start = column * stacks.layerCount
      BarStack.ends(
        of: stacks.layers[start..<start + stacks.layerCount], total: stacks.totals[column],
        height: height, into: &ends)
      var bottom = 0
      while bottom < height {
        let cut = BarStack.cut(ends, bottom: bottom, unitsPerCell: units)
        canvas.set(painter.cell(cut), x: x + column, y: floor - bottom / units)
        bottom += units
      }
    }
    return heights
  }
}
