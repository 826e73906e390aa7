import MapEngine
import Terminal

/// The bands of the bars as a ghost: dots from the bar's top up to the high, and a line across the
/// bar at the low. A high beyond the axis ends in an arrow.
enum GhostView {
  /// Draws over the bars, whose heights in units of the glyph set are given by column.
  static func draw(_ scene: Scene, heights: [Int], on canvas: inout Canvas) {
    guard let bands = scene.bands else { return }
    let layout = scene.layout
    let rows = layout.barRows
    let floor = layout.plotY.upperBound - 1
    let units = canvas.glyphs.unitsPerCell
    let style = canvas.palette.dim
    for column in 0..<scene.scale.width where bands.high[column] > 0 {
      let x = layout.plotX.lowerBound + column
      let top = (heights[column] + units - 1) / units
      let exact = bands.high[column] / scene.ceilings.bars * Double(rows)
      let high = min(Int(exact.rounded(.up)), rows)
      if high > top {
        for row in top..<high { canvas.put("┊", x: x, y: floor - row, style: style) }
        if exact > Double(rows) { canvas.put("↑", x: x, y: floor - rows + 1, style: style) }
      }
      let low = bands.low[column] / scene.ceilings.bars * Double(rows)
      // A low in the bar's own foot or its top cell would hide what it is held against.
      let lowRow = Int(low)
      if lowRow > 0, lowRow < top - 1 { mark(x: x, y: floor - lowRow, on: &canvas) }
    }
  }

  /// A line across a bar, over the colour that fills most of the cell.
  private static func mark(x: Int, y: Int, on canvas: inout Canvas) {
    let palette = canvas.palette
    let under = canvas.grid[x, y]
    let isBlock = (0x2584...0x2588).contains(under.scalar.value)
    let isColored = isBlock && !palette.isCoarse && !palette.hasPlainLayers
    let ground = isColored ? under.style.foreground : under.style.background
    let ink = palette.text.foreground
    let style = Style(
      foreground: Contrast.ratio(ink, ground) < 2 ? palette.background : ink, background: ground)
    canvas.put("─", x: x, y: y, style: style)
  }

  /// What is said of the bands in the legend, from the longest wording to the shortest; nil where
  /// they weren't asked for.
  static func legend(_ scene: Scene, state: AppState) -> [String]? {
    guard state.panels.bands else { return nil }
    guard scene.bands == nil else {
      return [
        "┊─ 80% band, measured: covers \(coverage)% of bins on simulated markets",
        "┊─ 80% band, covers \(coverage)% of bins (simulated)", "┊─ 80% band",
      ]
    }
    if state.isolatedLayer != nil { return ["no band for a single layer", "no band"] }
    if let study = state.currentStudy?.snapshot, study.weights != scene.snapshot.weights {
      let what = scene.snapshot.weights.isWhatIf ? "a what-if" : "nominal dollars"
      return ["no band for \(what)", "no band"]
    }
    return ["80% band is being worked out", "band: working"]
  }

  /// Percent of the bins of simulated markets, four behaviours of 20 seeds each, that the bands
  /// held: the record in How good the map is.
  static let coverage = 86
}
