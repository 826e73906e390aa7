import MapEngine
import Market
import Terminal

/// Sums of the tape by minute and by hour, a row of small bars for each side, by square roots so
/// that small ones are seen beside the largest. Both sides of a row share one scale.
/// Minutes come first; hours give way where the window is narrow.
enum TapeSums {
  private static let labelWidth = 8
  private static let sumWidth = 7
  private static let gap = 3

  static func draw(
    _ state: AppState, prints: [LiquidationTape.Print], layout: TapeLayout,
    on canvas: inout Canvas
  ) {
    guard !layout.sums.isEmpty, let now = state.newestMoment, !prints.isEmpty else { return }
    let room = layout.x.count - labelWidth
    let both = room - gap - 2 * sumWidth
    // Two thirds for minutes, up to an hour of them; a day of hours at most.
    let minutes = both >= 24 ? min(both * 2 / 3, 60) : min(max(room - sumWidth, 1), 60)
    let hours = both >= 24 ? min(both - minutes, 24) : 0
    let bars = layout.barRows
    for side in Side.allCases {
      let y = layout.sums.lowerBound + 1 + (side == .long ? 0 : bars) + bars - 1
      canvas.write(
        side == .long ? "LONGS" : "SHORTS", x: layout.x.lowerBound, y: y,
        style: canvas.palette.side(side == .long))
    }
    var x = layout.x.lowerBound + labelWidth
    x = draw(
      TapeTotals(prints, span: .minutes(1), count: minutes, now: now), "\(minutes) min", x: x,
      layout: layout, on: &canvas)
    guard hours > 0 else { return }
    _ = draw(
      TapeTotals(prints, span: .hours(1), count: hours, now: now), "\(hours) h", x: x + gap,
      layout: layout, on: &canvas)
  }

  private static func draw(
    _ totals: TapeTotals, _ reach: String, x: Int, layout: TapeLayout, on canvas: inout Canvas
  ) -> Int {
    let palette = canvas.palette
    let count = totals.sums.long.count
    let end = x + count + sumWidth
    let heading = [
      "last \(reach), a bar each, square roots", "last \(reach), a bar each", "last \(reach)",
      reach,
    ].first {
      $0.unicodeScalars.count <= count
    }
    if let heading { canvas.write(heading, x: x, y: layout.sums.lowerBound, style: palette.dim) }
    canvas.write(
      NumberText.padded("sum ≥", sumWidth), x: x + count, y: layout.sums.lowerBound,
      style: palette.dim)
    let peak = totals.peak
    let rows = canvas.glyphs.set == .full ? layout.barRows : 1
    for side in Side.allCases {
      let style = palette.side(side == .long)
      let bottom =
        layout.sums.lowerBound + layout.barRows * (side == .long ? 1 : 2)
      for (index, usd) in totals.sums[side].enumerated() {
        guard usd > 0, peak > 0 else {
          // In ASCII a dot is a small bar.
          if canvas.glyphs.set != .ascii {
            canvas.put("·", x: x + index, y: bottom, style: palette.border)
          }
          continue
        }
        let height = (usd / peak).squareRoot() * Double(rows)
        for row in 0..<rows where row == 0 || height > Double(row) {
          canvas.set(
            Cell(canvas.glyphs.spark(height - Double(row)), style: style), x: x + index,
            y: bottom - row)
        }
      }
      canvas.write(
        NumberText.padded(NumberText.usd(totals.total(side)), sumWidth), x: x + count, y: bottom,
        style: style)
    }
    return end
  }
}
