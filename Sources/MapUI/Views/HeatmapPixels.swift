import Terminal

/// The picture of the heatmap before it becomes cells: the level of each pixel, and what lies over
/// it as thin lines and tints.
struct HeatmapPixels {
  /// What lies over a pixel; of two, the later in this order is seen.
  enum Layer: UInt8, CaseIterable {
    case none
    /// Inside of a gap that is open.
    case gap
    /// The edges of a gap that is filled.
    case filledGap
    /// The edges of a gap that is open.
    case openGap
    /// The edges of a magnet that has ended.
    case endedMagnet
    /// The edges of a magnet that lives.
    case magnet
    /// A level that was broken.
    case level
    /// The price of now.
    case price
    /// The range of what the line of prices passes over.
    case range
    /// The range of a candle.
    case wick
    /// A candle that fell.
    case falling
    /// A candle that rose.
    case rising
    /// The line of prices.
    case line
    /// The crosshair.
    case crosshair
  }

  /// Cells across, and pixels down.
  let width: Int, height: Int
  /// The levels, as the raster has them.
  let levels: [UInt8]
  private(set) var layers: [UInt8]

  init(_ raster: HeatmapRaster) {
    width = raster.width
    height = raster.height
    levels = raster.levels
    layers = [UInt8](repeating: 0, count: raster.levels.count)
  }

  /// Lays something over a pixel, unless it is out of sight or something that matters more is there.
  mutating func lay(_ layer: Layer, x: Int, pixel: Int) {
    guard x >= 0, x < width, pixel >= 0, pixel < height else { return }
    let place = x * height + pixel
    if layer.rawValue > layers[place] { layers[place] = layer.rawValue }
  }

  /// Lays a line from the left to the right, every so many columns counted from the first.
  mutating func row(_ layer: Layer, x: Range<Int>, pixel: Int, every: Int = 1) {
    let seen = x.clamped(to: 0..<width)
    for column in seen where (column - x.lowerBound) % every == 0 {
      lay(layer, x: column, pixel: pixel)
    }
  }

  /// Lays a line from above to below.
  mutating func column(_ layer: Layer, x: Int, pixels: ClosedRange<Int>) {
    for pixel in pixels { lay(layer, x: x, pixel: pixel) }
  }

  // MARK: Cells

  /// Turns the pixels into cells of a frame.
  func draw(_ ramp: HeatmapRamp, layout: HeatmapLayout, on canvas: inout Canvas) {
    let tints = Layer.allCases.map { Tint($0, palette: canvas.palette) }
    // Every layer over every level, mixed once.
    var mixed: [Color] = []
    if ramp.mode == .halfBlocks {
      mixed.reserveCapacity(tints.count * 256)
      for tint in tints {
        for level in 0...UInt8.max {
          mixed.append(
            tint.over(
              ramp.color(level), ground: canvas.palette.background, isCube: canvas.palette.isCube))
        }
      }
    }
    for x in 0..<width {
      for row in 0..<height / 2 {
        let place = x * height + row * 2
        let cell = cell(place, ramp: ramp, tints: tints, mixed: mixed, canvas)
        guard let cell else { continue }
        canvas.set(cell, x: layout.plotX.lowerBound + x, y: layout.plotY.lowerBound + row)
      }
    }
  }

  private func cell(
    _ place: Int, ramp: HeatmapRamp, tints: [Tint], mixed: [Color], _ canvas: Canvas
  ) -> Cell? {
    let upper = levels[place]
    let lower = levels[place + 1]
    let over = layers[place]
    let under = layers[place + 1]
    if over == 0, under == 0, upper == 0, lower == 0 { return nil }
    if ramp.mode == .halfBlocks {
      let top = mixed[Int(over) << 8 | Int(upper)]
      let bottom = mixed[Int(under) << 8 | Int(lower)]
      if top == bottom { return Cell(" ", style: Style(foreground: top, background: bottom)) }
      return Cell("▀", style: Style(foreground: top, background: bottom))
    }
    let level =
      upper & ~HeatmapRaster.shortBit > lower & ~HeatmapRaster.shortBit ? upper : lower
    let base = ramp.cell(level)
    let tint = tints[Int(max(over, under))]
    guard let scalar = tint.scalar else { return base }
    // Boxes of gaps would hide the picture behind their characters.
    if max(over, under) == Layer.openGap.rawValue, place / height % 4 > 0 { return base }
    // A line that fills both pixels runs down.
    let isUpright = over == under && tint.upright != nil
    var style = tint.style
    if ramp.mode == .inkedColors {
      style.background = base.style.background
      style.foreground = HeatmapInk.readable(
        style.foreground, over: base.style.background, canvas.palette)
    }
    return Cell(
      canvas.glyphs.lower(isUpright ? tint.upright ?? scalar : scalar), style: style)
  }

  /// How a layer looks: a colour that is mixed into the one below, or a character.
  private struct Tint {
    var color: Color
    var share: Double
    var scalar: Unicode.Scalar?
    var upright: Unicode.Scalar?
    var style: Style

    init(_ layer: Layer, palette: Palette) {
      switch layer {
      case .none: self.init(palette.text, 0, nil)
      case .gap: self.init(palette.text, 0.08, nil)
      case .filledGap: self.init(palette.text, 0.08, nil)
      case .openGap: self.init(palette.text, 0.2, "┄")
      case .endedMagnet: self.init(palette.magnet, 0.16, nil)
      case .magnet: self.init(palette.magnet, 0.42, "═")
      case .level: self.init(palette.text, 0.42, "─")
      case .price: self.init(palette.price, 0.45, "·")
      case .range: self.init(palette.price, 0.12, nil)
      case .wick: self.init(palette.price, 0.5, "│", upright: "│")
      case .falling: self.init(palette.price, 0.5, "▒", upright: "▒", isReversed: palette.isMono)
      case .rising: self.init(palette.price, 1, "█", upright: "█", isReversed: palette.isMono)
      case .line: self.init(palette.price, 0.72, "─", upright: "│", isReversed: palette.isMono)
      case .crosshair: self.init(palette.crosshair, 0.6, "·", upright: "│")
      }
    }

    private init(
      _ style: Style, _ share: Double, _ scalar: Unicode.Scalar?,
      upright: Unicode.Scalar? = nil, isReversed: Bool = false
    ) {
      color = style.foreground
      self.share = share
      self.scalar = scalar
      self.upright = upright
      self.style = style
      if isReversed { self.style.attributes.insert(.reverse) }
    }

    /// The layer's colour over another. In the cube's few colours a mix would fall now on this side
    /// and now on that: a faint layer leaves what is below as it is, any other hides it.
    func over(_ below: Color, ground: Color, isCube: Bool) -> Color {
      guard !isCube else {
        return share < Self.leastInCube ? below : Theme.blend(ground, color, max(share, 0.35))
      }
      return share == 0 ? below : share == 1 ? color : Theme.blend(below, color, share)
    }

    /// The least share that is seen in the cube's colours.
    private static let leastInCube = 0.15
  }
}

/// Ink that can be read over the colours of the heatmap.
enum HeatmapInk {
  /// A colour, or the palette's words or ground where the colour would drown.
  static func readable(_ color: Color, over ground: Color, _ palette: Palette) -> Color {
    let least = 3.0
    if Contrast.ratio(color, ground) >= least { return color }
    let others = [palette.price.foreground, palette.background]
    return others.max { Contrast.ratio($0, ground) < Contrast.ratio($1, ground) } ?? color
  }
}
