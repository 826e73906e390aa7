import MapEngine
import Terminal

/// The cumulative line: dollars between the price and each place, outwards on either side, dotted
/// in braille over the bars. The bar's own colour stays behind the dots.
enum CumulativeView {
  /// The bits of a braille cell, by column and by row from the bottom.
  private static let dots: [[UInt8]] = [[0x40, 0x04, 0x02, 0x01], [0x80, 0x20, 0x10, 0x08]]

  static func draw(_ scene: Scene, on canvas: inout Canvas) {
    guard canvas.glyphs.set == .full else {
      drawCoarse(scene, on: &canvas)
      return
    }
    let rows = scene.layout.barRows
    let width = scene.scale.width
    var masks = [UInt8](repeating: 0, count: width * rows)
    walk(scene, parts: 2, levels: rows * 4) { column, part, low, high in
      for level in low...high {
        masks[column * rows + level / 4] |= dots[part][level % 4]
      }
    }
    let floor = scene.layout.plotY.upperBound - 1
    let left = scene.layout.plotX.lowerBound
    for column in 0..<width {
      for row in 0..<rows {
        let mask = masks[column * rows + row]
        guard mask != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(mask)) else { continue }
        ink(scalar, x: left + column, y: floor - row, on: &canvas)
      }
    }
  }

  /// One mark a column, for fonts without braille.
  private static func drawCoarse(_ scene: Scene, on canvas: inout Canvas) {
    let rows = scene.layout.barRows
    let floor = scene.layout.plotY.upperBound - 1
    let left = scene.layout.plotX.lowerBound
    let isASCII = canvas.glyphs.set == .ascii
    var marks: [(x: Int, low: Int, high: Int)] = []
    walk(scene, parts: 1, levels: rows) { column, _, low, high in
      marks.append((left + column, low, high))
    }
    for mark in marks {
      ink(isASCII ? "*" : "─", x: mark.x, y: floor - mark.high, on: &canvas)
      for level in mark.low..<mark.high {
        ink(isASCII ? "*" : "│", x: mark.x, y: floor - level, on: &canvas)
      }
    }
  }

  /// Walks outwards from the price on either side. Calls `mark` for each of `parts` of a column
  /// with the levels that the line covers there; a rise is drawn where it happens.
  private static func walk(
    _ scene: Scene, parts: Int, levels: Int,
    mark: (_ column: Int, _ part: Int, _ low: Int, _ high: Int) -> Void
  ) {
    let scale = scene.scale
    let steps = scale.steps
    func level(_ position: Double) -> Int {
      let usd = scene.outward.usd(at: position)
      return min(Int(usd / scene.ceilings.cumulative * Double(levels - 1) + 0.5), levels - 1)
    }
    var previous: Int?
    for step in stride(from: max(steps.lowerBound, 0), to: steps.upperBound, by: 1) {
      let edge = scale.position(ofStep: step)
      for part in 0..<parts {
        let there = level(edge + scale.binsPerColumn * Double(part + 1) / Double(parts))
        mark(scale.column(ofStep: step), part, min((previous ?? there) + 1, there), there)
        previous = there
      }
    }
    previous = nil
    for step in stride(from: min(steps.upperBound, 0) - 1, through: steps.lowerBound, by: -1) {
      let edge = scale.position(ofStep: step)
      for part in stride(from: parts - 1, through: 0, by: -1) {
        let there = level(edge + scale.binsPerColumn * Double(part) / Double(parts))
        mark(scale.column(ofStep: step), part, min((previous ?? there) + 1, there), there)
        previous = there
      }
    }
  }

  /// Puts a mark of the line over a cell, keeping the colour that fills most of it.
  private static func ink(_ scalar: Unicode.Scalar, x: Int, y: Int, on canvas: inout Canvas) {
    let under = canvas.grid[x, y]
    let value = under.scalar.value
    if canvas.palette.hasPlainLayers {
      // There is no colour to keep: a bar is kept as the ground of the reversed mark.
      var style = canvas.palette.cumulative
      if value != 0x20 && under.style == canvas.palette.text { style.attributes = .reverse }
      canvas.set(Cell(scalar, style: style), x: x, y: y)
      return
    }
    let isBlock = value >= 0x2584 && value <= 0x2588
    let isShade = canvas.palette.isCoarse && canvas.palette.layers.contains(under.style.foreground)
    let isFilled = isBlock || (isShade && !(0x2581...0x2583).contains(value))
    let ground = isFilled ? under.style.foreground : under.style.background
    canvas.set(Cell(scalar, style: canvas.palette.cumulative(over: ground)), x: x, y: y)
  }
}
