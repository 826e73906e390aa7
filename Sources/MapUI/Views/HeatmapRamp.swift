import Terminal

/// How dollars become colours and characters: each side from the ground through its own hue to a
/// hot end, lighter with every step on dark grounds and darker on light ones.
struct HeatmapRamp {
  /// How a cell shows its pixels.
  enum Mode: Hashable {
    /// Two colours a cell, one for each pixel.
    case halfBlocks
    /// A character of the ramp in a colour over a darker one.
    case inkedColors
    /// A character of the ramp in the colour of the side.
    case shades
    /// A character of the ramp alone.
    case plain
  }

  /// How cells are shown.
  let mode: Mode
  /// The colours of longs by step, from 0.
  let longs: [Color]
  /// The colours of shorts by step, from 0.
  let shorts: [Color]
  /// The characters from nothing to the most.
  let characters: [Unicode.Scalar]

  private let palette: Palette

  /// The ramp of a palette for a set of glyphs.
  init(_ palette: Palette, glyphs: GlyphSet) {
    self.palette = palette
    let ground = palette.background
    let sides = [palette.long.foreground, palette.short.foreground]
    let isMixable = ([ground] + sides).allSatisfy { color in
      if case .rgb = color { return true }
      return false
    }
    if palette.isMono || palette.hasPlainLayers && !isMixable {
      mode = .plain
    } else if palette.isCoarse || !isMixable {
      mode = .shades
    } else {
      mode = glyphs == .ascii ? .inkedColors : .halfBlocks
    }
    characters =
      glyphs == .ascii
      ? [" ", ".", ":", "-", "=", "+", "*", "#", "%", "&"] : [" ", "░", "▒", "▓", "█"]
    let calm = palette.layers.first ?? palette.dim.foreground
    let hot = palette.price.foreground
    let ramps = sides.map { side in
      let colors = Self.colors(ground, calm: calm, side: side, hot: hot)
      return palette.isCube && isMixable ? HeatmapCube.steps(colors, side: side) : colors
    }
    longs = ramps[0]
    shorts = ramps[1]
  }

  /// The colours of a side. The first half stays near the ground, tinted by the calmest layer, so
  /// that what is ordinary recedes; then the side's own hue comes up, and at last its hot end.
  private static func colors(
    _ ground: Color, calm: Color, side: Color, hot: Color
  ) -> [Color] {
    let stops: [(share: Double, color: Color)] = [
      (0, ground), (0.42, Theme.blend(ground, Theme.blend(calm, side, 0.3), 0.4)),
      (0.8, Theme.blend(ground, side, 0.86)), (1, Theme.blend(side, hot, 0.6)),
    ]
    return (0...HeatmapRaster.steps).map { step in
      let share = Double(step) / Double(HeatmapRaster.steps)
      let next = max(stops.firstIndex { $0.share >= share } ?? stops.count - 1, 1)
      let (from, to) = (stops[next - 1], stops[next])
      return Theme.blend(
        from.color, to.color, (share - from.share) / (to.share - from.share))
    }
  }

  /// The colour of a level.
  func color(_ level: UInt8) -> Color {
    let step = min(Int(level & ~HeatmapRaster.shortBit), HeatmapRaster.steps)
    return level & HeatmapRaster.shortBit != 0 ? shorts[step] : longs[step]
  }

  /// The character of a level.
  func character(_ level: UInt8) -> Unicode.Scalar {
    let step = Int(level & ~HeatmapRaster.shortBit)
    guard step > 0 else { return " " }
    let count = characters.count - 1
    // Characters are few: they go by the dollars themselves, not by their square roots.
    let share = step * step * count / (HeatmapRaster.steps * HeatmapRaster.steps + 1)
    return characters[min(1 + share, count)]
  }

  /// A cell that is full of a level.
  func cell(_ level: UInt8) -> Cell {
    switch mode {
    case .halfBlocks: Cell(" ", style: Style(background: color(level)))
    case .inkedColors:
      Cell(
        character(level),
        style: Style(
          foreground: palette.isCube
            ? palette.background : Theme.blend(color(level), palette.background, 0.55),
          background: color(level)))
    case .shades:
      Cell(
        character(level),
        style: palette.onGround(
          (level & HeatmapRaster.shortBit != 0 ? palette.short : palette.long).foreground))
    case .plain: Cell(character(level), style: palette.text)
    }
  }
}
