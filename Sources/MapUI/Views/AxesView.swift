import MapEngine
import Market
import Terminal

/// Dollars on the left, cumulative dollars on the right, prices and distances below.
enum AxesView {
  // MARK: Dollars

  /// Both axes of dollars, and the faint grid of the left one.
  static func drawUSD(_ scene: Scene, on canvas: inout Canvas) {
    let layout = scene.layout
    let palette = canvas.palette
    let left = layout.plotX.lowerBound - 1
    let right = layout.plotX.upperBound
    for row in layout.plotY {
      canvas.put("│", x: left, y: row, style: palette.border)
      canvas.put("│", x: right, y: row, style: palette.border)
    }
    canvas.write(
      NumberText.padded(Wrap.cut(Formatting.current.unitName, width: 6), 6), x: 0, y: layout.sides,
      style: palette.dim)
    canvas.write("cumul.", x: right + 1, y: layout.sides, style: palette.dim)
    let limit = max(layout.barRows / 3, 1)
    for tick in ticks(scene, scene.ceilings.bars, limit: limit) {
      let row = tickRow(tick / scene.ceilings.bars, layout: layout)
      if row < layout.baseline {
        for x in stride(from: layout.plotX.lowerBound + 1, to: layout.plotX.upperBound, by: 4) {
          canvas.put("·", x: x, y: row, style: palette.border)
        }
        canvas.put("┤", x: left, y: row, style: palette.border)
      }
      let text = NumberText.padded(NumberText.axisUSD(tick), 6)
      canvas.write(text, x: 0, y: row, style: palette.axis)
    }
    for tick in ticks(scene, scene.ceilings.cumulative, limit: limit) {
      let row = tickRow(tick / scene.ceilings.cumulative, layout: layout)
      if row < layout.baseline { canvas.put("├", x: right, y: row, style: palette.border) }
      let text = NumberText.axisUSD(tick)
      canvas.write(text, x: right + 1, y: row, style: palette.axis)
    }
  }

  /// Dollars that are round numbers of the unit on the screen, from 0 to a ceiling.
  private static func ticks(_ scene: Scene, _ ceiling: Double, limit: Int) -> [Double] {
    let rate = scene.ceilings.rate
    return AxisScale.ticks(ceiling: ceiling / rate, limit: limit).map { $0 * rate }
  }

  /// The row whose top edge lies at a share of the axis; the baseline for nothing.
  private static func tickRow(_ share: Double, layout: Layout) -> Int {
    layout.baseline - Int((share * Double(layout.barRows)).rounded())
  }

  // MARK: Prices

  /// The baseline, the prices below it and, where there is room, their distances.
  static func drawPrices(_ scene: Scene, on canvas: inout Canvas) {
    let layout = scene.layout
    let palette = canvas.palette
    let left = layout.plotX.lowerBound
    for column in 0..<scene.scale.width {
      // The two sides differ in their line, so that colour isn't the only sign.
      let isLong = scene.scale.step(ofColumn: column).map { $0 < 0 }
      let style = isLong.map { palette.side($0) } ?? palette.price
      let line = isLong.map { canvas.glyphs.baseline($0, column: column) } ?? "│"
      canvas.put(line, x: left + column, y: layout.baseline, style: style)
    }
    canvas.put("╵", x: left - 1, y: layout.baseline, style: palette.border)
    canvas.put("╵", x: layout.plotX.upperBound, y: layout.baseline, style: palette.border)
    for label in priceLabels(scene) {
      let isLong = scene.scale.step(ofColumn: label.column).map { $0 < 0 } ?? true
      if label.column != scene.scale.priceColumn {
        canvas.put(
          canvas.glyphs.baselineTick(isLong), x: left + label.column, y: layout.baseline,
          style: palette.side(isLong))
      }
      canvas.write(label.text, x: label.x, y: layout.prices, style: palette.axis)
    }
    guard let row = layout.distances else { return }
    for label in distanceLabels(scene) {
      canvas.write(label.text, x: label.x, y: row, style: palette.dim)
    }
  }

  private struct Label {
    var column: Int
    var x: Int
    var text: String
  }

  private static func priceLabels(_ scene: Scene) -> [Label] {
    let scale = scene.scale
    let low = scale.price(ofStep: scale.steps.lowerBound)
    let high = scale.price(ofStep: scale.steps.upperBound)
    return densest(scene, low: low, high: high) { price, places in
      scale.column(ofPrice: price).map {
        ($0, NumberText.decimal(price, places: places, grouped: true))
      }
    }
  }

  private static func distanceLabels(_ scene: Scene) -> [Label] {
    let scale = scene.scale
    let price = scale.grid.price
    // Distances count from 100 %, which keeps the search for round numbers above zero.
    let low = scale.price(ofStep: scale.steps.lowerBound) / price * 100
    let high = scale.price(ofStep: scale.steps.upperBound) / price * 100
    return densest(scene, low: low, high: high) { share, places in
      let percent = share - 100
      let isZero = abs(percent) < 1e-9
      let column = isZero ? scale.priceColumn : scale.column(ofPrice: price * share / 100)
      let sign = isZero ? "" : percent < 0 ? "−" : "+"
      return column.map { ($0, sign + NumberText.decimal(abs(percent), places: places) + "%") }
    }
  }

  /// The labels of the finest round steps at which none has to be left out.
  private static func densest(
    _ scene: Scene, low: Double, high: Double,
    label: (_ value: Double, _ places: Int) -> (column: Int, text: String)?
  ) -> [Label] {
    var best: [Label] = []
    for count in stride(from: max(scene.scale.width / 7, 3), through: 2, by: -1) {
      let values = AxisScale.prices(low: low, high: high, count: count)
      let places = AxisScale.places(of: values)
      let wanted = values.compactMap { label($0, places) }
      let labels = placed(wanted, scene: scene)
      if labels.count > best.count { best = labels }
      if labels.count == wanted.count { return labels }
    }
    return best
  }

  /// Labels under their columns, inside the window and two columns apart; those that would touch
  /// an earlier one are left out.
  private static func placed(_ wanted: [(column: Int, text: String)], scene: Scene) -> [Label] {
    var labels: [Label] = []
    var free = 1
    for (column, text) in wanted {
      let length = text.unicodeScalars.count
      let x = scene.layout.plotX.lowerBound + column - (length - 1) / 2
      guard x >= free, x + length < scene.layout.main.upperBound else { continue }
      labels.append(Label(column: column, x: x, text: text))
      free = x + length + 2
    }
    return labels
  }
}
