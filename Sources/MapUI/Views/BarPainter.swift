import Terminal

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
      let inColor = !palette.hasPlainLayers && !palette.isCoarse
      let texture = glyphs.texture(layer, of: layers, overColor: inColor)
      guard inColor else {
        return Cell(texture, style: palette.hasPlainLayers ? palette.text : palette.onGround(color))
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
        style: palette.hasPlainLayers ? palette.dim : palette.onGround(color))
    }
    if lower == upper { return full[lower] }
    // Without colour a joint can't be shown: the thicker layer takes the cell.
    if palette.hasPlainLayers { return full[cut.joint * 2 >= units ? lower : upper] }
    return Cell(
      glyphs.partial(cut.joint),
      style: Style(foreground: palette.layers[lower], background: palette.layers[upper]))
  }
}
