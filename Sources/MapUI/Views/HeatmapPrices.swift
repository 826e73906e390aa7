import MapEngine
import Market

/// What traded, over the heatmap: candles where a column of the history is as wide as two cells or
/// more, else the line of prices.
enum HeatmapPrices {
  static func draw(_ scene: HeatmapScene, columns: [Range<Int>], on pixels: inout HeatmapPixels) {
    if scene.columnTime >= 1.5 * scene.scale.cellTime {
      drawCandles(scene, on: &pixels)
    } else {
      drawLine(scene, columns: columns, on: &pixels)
    }
    if let pixel = scene.scale.pixel(ofLog: LogPrice.log(scene.price)) {
      pixels.row(.price, x: 0..<scene.scale.width, pixel: pixel, every: 3)
    }
  }

  private static func drawCandles(_ scene: HeatmapScene, on pixels: inout HeatmapPixels) {
    let scale = scene.scale
    for column in scene.history.columns {
      let left = scale.place(ofTime: column.openTime)
      let right = scale.place(ofTime: column.closeTime)
      guard right > 0, left < Double(scale.width) else { continue }
      let first = Int(left.rounded())
      // A cell of air between candles, wherever they are wide enough for it.
      let last = max(Int(right.rounded()) - 2, first)
      let middle = (first + last) / 2
      let range = span(column.low, column.high, scale)
      let body = span(min(column.open, column.close), max(column.open, column.close), scale)
      if let range { pixels.column(.wick, x: middle, pixels: range) }
      guard let body else { continue }
      for x in first...last {
        pixels.column(column.close < column.open ? .falling : .rising, x: x, pixels: body)
      }
    }
  }

  /// The line runs from close to close; a cell with several columns shows their whole range,
  /// fainter.
  private static func drawLine(
    _ scene: HeatmapScene, columns: [Range<Int>], on pixels: inout HeatmapPixels
  ) {
    var previous: Double?
    for x in columns.indices where !columns[x].isEmpty {
      let shown = scene.history.columns[columns[x]]
      guard let last = shown.last else { continue }
      let low = shown.reduce(last.low) { min($0, $1.low) }
      let high = shown.reduce(last.high) { max($0, $1.high) }
      if let range = span(low, high, scene.scale) {
        pixels.column(.range, x: x, pixels: range)
      }
      let from = previous ?? last.open
      if let line = span(min(from, last.close), max(from, last.close), scene.scale) {
        // Where the last cell's close was drawn there already, the line goes on beside it.
        let start = scene.scale.clampedPixel(ofLog: LogPrice.log(from))
        let isLong = line.count > 1
        let lower = isLong && start == line.lowerBound ? line.lowerBound + 1 : line.lowerBound
        let upper = isLong && start == line.upperBound ? line.upperBound - 1 : line.upperBound
        pixels.column(.line, x: x, pixels: min(lower, upper)...max(lower, upper))
      }
      previous = last.close
    }
  }

  /// The pixels between two prices; nil where none is in sight.
  static func span(_ low: Double, _ high: Double, _ scale: HeatmapScale) -> ClosedRange<Int>? {
    guard low > 0, high >= low else { return nil }
    let bottom = LogPrice.log(low)
    let top = LogPrice.log(high)
    guard top >= scale.low, bottom <= scale.high else { return nil }
    let first = scale.clampedPixel(ofLog: top)
    return first...max(scale.clampedPixel(ofLog: bottom), first)
  }
}
