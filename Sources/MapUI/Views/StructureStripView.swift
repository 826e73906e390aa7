import MapEngine
import Market
import Terminal

/// The row of market structure under the axis: open fair value gaps over the prices that they
/// span, and swings that no later bar has traded through, each at its price.
///
///     gaps     ▒▒▒▒      ▴      ▒▒         ▾   ░░░      ▾
///
/// What points up has the colour of shorts, whose pools lie above, what points down that of longs,
/// as the breaks of the heatmap have; the texture says it without colour.
enum StructureStripView {
  static func draw(_ scene: Scene, state: AppState, on canvas: inout Canvas) {
    guard let row = scene.layout.structure else { return }
    let palette = canvas.palette
    canvas.write("gaps", x: 1, y: row, style: palette.dim)
    guard let structure = state.currentStudy?.insight.structure else {
      canvas.writeCentred(
        "market structure is being worked out", x: scene.layout.plotX, y: row,
        style: palette.dim)
      return
    }
    let left = scene.layout.plotX.lowerBound
    // The newest last, so that it lies on top.
    for gap in structure.gaps where gap.mitigation != .filled {
      guard let columns = columns(from: gap.bottom, to: gap.top, scale: scene.scale) else {
        continue
      }
      let isBullish = gap.direction == .bullish
      for column in columns {
        canvas.put(
          isBullish ? "▒" : "░", x: left + column, y: row,
          style: palette.side(!isBullish))
      }
    }
    for swing in standing(structure) {
      guard let column = scene.scale.column(ofPrice: swing.price) else { continue }
      canvas.put(
        swing.kind == .high ? "▾" : "▴", x: left + column, y: row, style: palette.magnet)
    }
  }

  /// What the marks mean, from the longest wording to the shortest.
  static let legend = [
    "▒ bullish ░ bearish gap, open  ▾ swing high ▴ low, untaken", "▒░ open gap  ▾▴ swing",
    "▒░ gap ▾▴ swing",
  ]

  /// The columns between two prices, as far as they are in sight; nil where none is.
  static func columns(
    from low: Double, to high: Double, scale: ColumnScale
  ) -> ClosedRange<Int>? {
    let first = column(low, scale)
    let last = column(high, scale)
    guard last >= 0, first < scale.width else { return nil }
    return max(first, 0)...min(last, scale.width - 1)
  }

  /// The column of a price, also where it lies outside of the screen.
  private static func column(_ price: Double, _ scale: ColumnScale) -> Int {
    guard let step = scale.step(ofDistance: scale.distance(ofPrice: price)) else {
      return scale.column(ofStep: 0)
    }
    return scale.column(ofStep: step)
  }

  /// Confirmed swings beyond which no later bar has traded, oldest first.
  static func standing(_ structure: StructureReading) -> [Swing] {
    let bars = structure.bars
    var highest = [Double](repeating: -.infinity, count: bars.count + 1)
    var lowest = [Double](repeating: .infinity, count: bars.count + 1)
    for index in bars.indices.reversed() {
      highest[index] = max(highest[index + 1], bars[index].high)
      lowest[index] = min(lowest[index + 1], bars[index].low)
    }
    return structure.swings.filter { swing in
      let next = min(swing.index + 1, bars.count)
      return swing.kind == .high ? highest[next] <= swing.price : lowest[next] >= swing.price
    }
  }
}
