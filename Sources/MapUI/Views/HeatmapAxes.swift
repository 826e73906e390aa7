import MapEngine
import Market
import Terminal

/// Prices on the right of the heatmap, times below it.
enum HeatmapAxes {
  // MARK: Prices

  static func drawPrices(_ scene: HeatmapScene, cursor: Double?, on canvas: inout Canvas) {
    let layout = scene.layout
    let palette = canvas.palette
    let x = layout.axisX.lowerBound
    for row in layout.plotY { canvas.put("│", x: x, y: row, style: palette.border) }
    var taken = Set<Int>()
    if let cursor, let row = scene.scale.pixel(ofLog: cursor).map({ $0 / 2 }) {
      taken.formUnion([row])
      label(LogPrice.price(cursor), row: row, style: palette.selection, scene, on: &canvas)
    }
    let now = LogPrice.log(scene.price)
    let row = scene.scale.clampedPixel(ofLog: now) / 2
    if !taken.contains(row) {
      taken.formUnion([row - 1, row, row + 1])
      var style = palette.price
      style.attributes.insert(.reverse)
      let arrow = now > scene.scale.high ? "↑" : now < scene.scale.low ? "↓" : ""
      label(scene.price, arrow: arrow, row: row, style: style, scene, on: &canvas)
    }
    let prices = AxisScale.prices(
      low: LogPrice.price(scene.scale.low), high: LogPrice.price(scene.scale.high),
      count: max(layout.plotY.count / 4, 2))
    let places = AxisScale.places(of: prices)
    for price in prices {
      guard let row = scene.scale.row(ofPrice: price), !taken.contains(row) else { continue }
      let text = NumberText.decimal(price, places: places, grouped: true)
      guard text.unicodeScalars.count < layout.axisX.count else { continue }
      taken.insert(row)
      canvas.put("├", x: x, y: layout.plotY.lowerBound + row, style: palette.border)
      canvas.write(text, x: x + 1, y: layout.plotY.lowerBound + row, style: palette.axis)
    }
  }

  /// A price in its row, or at the edge with an arrow to where it lies.
  private static func label(
    _ price: Double, arrow: String = "", row: Int, style: Style, _ scene: HeatmapScene,
    on canvas: inout Canvas
  ) {
    let text = arrow + NumberText.price(price)
    guard text.unicodeScalars.count < scene.layout.axisX.count else { return }
    let y = scene.layout.plotY.lowerBound + row
    canvas.write(text, x: scene.layout.axisX.lowerBound + 1, y: y, style: style)
  }

  // MARK: Times

  /// The zone that times are told in.
  static let zone = "UTC"

  /// Minutes between labels, from the finest.
  private static let steps: [Int64] = [
    1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1_440, 2_880, 7_200, 14_400, 28_800, 43_200,
    86_400, 172_800, 432_000,
  ]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A label of the axis of times.
  struct TimeLabel: Hashable {
    var text: String
    /// The column that it speaks of, and the columns that it fills.
    var column: Int
    var columns: Range<Int>
    /// Whether it names a day.
    var isDay: Bool
  }

  /// The labels of the finest step at which all have their place, two columns apart.
  static func timeLabels(_ scale: HeatmapScale) -> [TimeLabel] {
    let years = Span(milliseconds: scale.end - scale.start) > .days(370)
    for step in steps where Double(step) * 60_000 / scale.cellTime >= 7 {
      let labels = timeLabels(scale, step: step * 60_000, years: years)
      if let labels, !labels.isEmpty { return labels }
    }
    return []
  }

  private static func timeLabels(
    _ scale: HeatmapScale, step: Int64, years: Bool
  ) -> [TimeLabel]? {
    var labels: [TimeLabel] = []
    var moment = (scale.start + step - 1) / step * step
    while moment <= scale.end {
      let time = Timestamp(milliseconds: moment)
      let isDay = moment % 86_400_000 == 0
      let text = isDay ? day(time, years: years) : String(clock(time))
      let length = text.unicodeScalars.count
      if let column = scale.column(ofTime: time) {
        let start = column - (length - 1) / 2
        if start >= 0, start + length <= scale.width {
          if let last = labels.last, last.columns.upperBound + 2 > start { return nil }
          labels.append(
            TimeLabel(
              text: text, column: column, columns: start..<start + length, isDay: isDay))
        }
      }
      moment += step
    }
    return labels
  }

  static func drawTimes(_ scene: HeatmapScene, cursor: Timestamp?, on canvas: inout Canvas) {
    let layout = scene.layout
    let palette = canvas.palette
    var taken = 0..<0
    if let cursor, let column = scene.scale.column(ofTime: cursor) {
      let text = "\(day(cursor, years: false)) \(clock(cursor))"
      let place = PriceLineView.place(
        text, around: layout.plotX.lowerBound + column, in: layout.plotX)
      canvas.write(text, x: place.lowerBound, y: layout.times, style: palette.selection)
      taken = place.lowerBound - 2..<place.upperBound + 2
    }
    for label in timeLabels(scene.scale) {
      let start = layout.plotX.lowerBound + label.columns.lowerBound
      let columns = start..<start + label.columns.count
      guard !columns.overlaps(taken) || taken.isEmpty else { continue }
      canvas.write(
        label.text, x: start, y: layout.times, style: label.isDay ? palette.text : palette.axis)
    }
    if layout.axisX.count >= 4 {
      canvas.write(
        zone, x: layout.axisX.upperBound - zone.count, y: layout.times, style: palette.dim)
    }
  }

  /// `Feb 19`, or `2026-02` where years matter.
  static func day(_ time: Timestamp, years: Bool) -> String {
    let parts = time.description.prefix(10).split(separator: "-")
    guard parts.count == 3, let month = Int(parts[1]), let day = Int(parts[2]) else { return "" }
    return years ? "\(parts[0])-\(parts[1])" : "\(months[month - 1]) \(day)"
  }

  /// `14:32`.
  static func clock(_ time: Timestamp) -> Substring { time.description.dropFirst(11).prefix(5) }
}
