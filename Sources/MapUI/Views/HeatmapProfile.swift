import MapEngine
import Terminal

/// The map of now turned on its side, beside the heatmap and on its axis of prices: a bar a row,
/// its layers stacked from the left, the calm ones first.
enum HeatmapProfile {
  static func draw(_ scene: HeatmapScene, on canvas: inout Canvas) {
    guard let columns = scene.layout.profileX, let map = scene.snapshot?.map else { return }
    let layout = scene.layout
    let bars = bars(map, scale: scene.scale)
    let peak = bars.totals.max() ?? 0
    let left = columns.lowerBound - 1
    for row in layout.plotY { canvas.put("│", x: left, y: row, style: canvas.palette.border) }
    guard peak > 0 else { return }
    let painter = BarPainter(canvas.palette, glyphs: canvas.glyphs, layers: map.layers.count)
    let units = canvas.glyphs.set == .full ? 8 : 1
    var ends = [Int](repeating: 0, count: map.layers.count)
    for row in 0..<scene.scale.rows {
      // Bars are counted from the lowest price, rows from the highest.
      let bar = scene.scale.rows - 1 - row
      let total = bars.totals[bar]
      let length = BarStack.height(
        total, ceiling: peak, rows: columns.count, unitsPerCell: units)
      guard length > 0 else { continue }
      let layers = map.layers.indices.map { bars.layers[$0 * bars.count + bar] }
      BarStack.ends(of: layers[...], total: total, height: length, into: &ends)
      for start in stride(from: 0, to: length, by: units) {
        let cut = BarStack.cut(ends, bottom: start, unitsPerCell: units)
        canvas.set(
          cell(cut, units: units, painter: painter, canvas), x: columns.lowerBound + start / units,
          y: layout.plotY.lowerBound + row)
      }
    }
    let text = NumberText.usd(peak)
    // The label may go on below the axis, as far as the time zone at its end.
    let room = layout.axisX.upperBound - HeatmapAxes.zone.count - 2 - columns.lowerBound
    let wordings = ["now, to \(text) a row", "now to \(text)", "to \(text)"]
    if let words = wordings.first(where: { $0.unicodeScalars.count <= room }) {
      canvas.write(words, x: columns.lowerBound, y: layout.times, style: canvas.palette.dim)
    }
  }

  /// The dollars of a map by row of the heatmap, the lowest price first.
  static func bars(_ map: LiquidationMap, scale: HeatmapScale) -> MapColumns {
    let low = map.grid.position(of: LogPrice.price(scale.low))
    let high = map.grid.position(of: LogPrice.price(scale.high))
    return MapColumns(map, span: low...max(high, low), count: scale.rows)
  }

  private static let lefts: [Unicode.Scalar] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  private static func cell(
    _ cut: BarStack.Cut, units: Int, painter: BarPainter, _ canvas: Canvas
  ) -> Cell {
    let palette = canvas.palette
    guard let lower = cut.lower else { return Cell(" ", style: palette.text) }
    guard let upper = cut.upper else {
      guard units == 8, cut.joint < 8 else { return painter.swatch(lower) }
      let color = palette.layers[lower]
      return Cell(
        lefts[cut.joint],
        style: palette.hasPlainLayers ? palette.dim : palette.onGround(color))
    }
    if lower == upper || units < 8 || palette.hasPlainLayers {
      return painter.swatch(cut.joint * 2 >= units ? lower : upper)
    }
    return Cell(
      lefts[min(cut.joint, 7)],
      style: Style(foreground: palette.layers[lower], background: palette.layers[upper]))
  }
}
