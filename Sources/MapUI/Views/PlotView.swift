import MapEngine
import Market
import Terminal

/// The map itself: axes, bars, the cumulative line, the price, the magnets.
enum PlotView {
  static func draw(_ scene: Scene, state: AppState, on canvas: inout Canvas) {
    AxesView.drawUSD(scene, on: &canvas)
    let heights = BarsView.draw(scene, on: &canvas)
    CumulativeView.draw(scene, on: &canvas)
    AxesView.drawPrices(scene, on: &canvas)
    PriceLineView.draw(scene, on: &canvas)
    MagnetsView.draw(scene, heights: heights, on: &canvas)
    if scene.stacks.peak <= 0 {
      let layout = scene.layout
      canvas.writeCentred(
        " no positions stand in this stretch of the map ", x: layout.plotX,
        y: layout.plotY.lowerBound + layout.plotY.count / 2, style: canvas.palette.dim)
    }
  }
}

/// The bars: layers stacked in eighths of a cell, calm ones below, vivid ones above.
enum BarsView {
  /// Draws the bars; gives their heights in units of the glyph set, by column.
  @discardableResult
  static func draw(_ scene: Scene, on canvas: inout Canvas) -> [Int] {
    let layout = scene.layout
    let stacks = scene.stacks
    let units = canvas.glyphs.unitsPerCell
    let painter = BarPainter(canvas.palette, glyphs: canvas.glyphs, layers: stacks.layerCount)
    var heights = [Int](repeating: 0, count: stacks.count)
    var ends = [Int](repeating: 0, count: stacks.layerCount)
    let floor = layout.plotY.upperBound - 1
    for column in 0..<stacks.count where stacks.totals[column] > 0 {
      let height = BarStack.height(
        stacks.totals[column], ceiling: scene.ceilings.bars, rows: layout.barRows,
        unitsPerCell: units)
      heights[column] = height
      let start = column * stacks.layerCount
      BarStack.ends(
        of: stacks.layers[start..<start + stacks.layerCount], total: stacks.totals[column],
        height: height, into: &ends)
      var bottom = 0
      while bottom < height {
        let cut = BarStack.cut(ends, bottom: bottom, unitsPerCell: units)
        canvas.set(
          painter.cell(cut), x: layout.plotX.lowerBound + column, y: floor - bottom / units)
        bottom += units
      }
    }
    return heights
  }
}

/// How a cut of a bar becomes a cell.
struct BarPainter {
  private let palette: Palette
  private let glyphs: Glyphs
  private let isTextured: Bool
  /// A cell full of each layer.
  private let full: [Cell]

  /// A painter for so many layers.
  init(_ palette: Palette, glyphs: Glyphs, layers: Int) {
    self.palette = palette
    self.glyphs = glyphs
    let textured = palette.hasTextures || glyphs.set == .ascii
    isTextured = textured
    full = (0..<layers).map { layer in
      let color = palette.layers[layer]
      guard textured else { return Cell(" ", style: Style(background: color)) }
      let inColor = !palette.isMono && !palette.isCoarse
      let texture = glyphs.texture(layer, of: layers, overColor: inColor)
      guard inColor else {
        return Cell(texture, style: palette.isMono ? palette.text : palette.onGround(color))
      }
      let ink = Theme.blend(color, palette.background, glyphs.set == .ascii ? 0.6 : 0.22)
      return Cell(texture, style: Style(foreground: ink, background: color))
    }
  }

  /// A cell full of a layer: what the legend shows.
  func swatch(_ layer: Int) -> Cell { full[layer] }

  /// The cell of a cut: two colours at most.
  func cell(_ cut: BarStack.Cut) -> Cell {
    guard let lower = cut.lower else { return Cell() }
    let units = glyphs.unitsPerCell
    guard let upper = cut.upper else {
      let color = palette.layers[lower]
      return Cell(
        glyphs.partial(cut.joint),
        style: palette.isMono ? palette.dim : palette.onGround(color))
    }
    if lower == upper { return full[lower] }
    // Without colour a joint can't be shown: the thicker layer takes the cell.
    if palette.isMono { return full[cut.joint * 2 >= units ? lower : upper] }
    return Cell(
      glyphs.partial(cut.joint),
      style: Style(foreground: palette.layers[lower], background: palette.layers[upper]))
  }
}
