import MapEngine
import Market
import Terminal

/// The map of each venue on one axis of price, the sum on top:
///
///      ── SUM of 4  longs $2.10B  shorts $1.92B  OI 160,816 BTC $15.6B ──────────
///      $40M ┤      ▂▄█▂      │   ▃▇▂
///      ── ● Binance  longs $1.30B  shorts $1.19B  OI 82,341 BTC $7.99B  funding … live ──
///      $25M ┤      ▁▃▆▁      │   ▂▅▁
///           ╵▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔│▔▔▔▔▔▔▔▔▔▔╵
///            92,500          97,123     101,000
enum VenuesView {
  static func draw(_ state: AppState, area: ViewArea, on canvas: inout Canvas) {
    guard let maps = VenueMaps(state, width: canvas.grid.width, height: canvas.grid.height) else {
      drawWithoutMap(state, area: area, on: &canvas)
      return
    }
    let scene = maps.scene
    let layout = VenueMapsLayout(
      y: area.y.lowerBound..<scene.layout.baseline, hasBars: maps.rows.map { $0.stacks != nil })
    if let row = layout.sides { VenueMapSides.draw(scene, y: row, on: &canvas) }
    let crosshair = state.crosshair.flatMap { scene.scale.column(ofDistance: $0.distance) }
    for (row, place) in zip(maps.rows, layout.places) {
      drawBars(row, scene: scene, place: place, crosshair: crosshair, on: &canvas)
    }
    let shown = layout.sides.map { $0 + 1 } ?? area.y.lowerBound
    drawLines(scene, rows: shown..<scene.layout.baseline, crosshair: crosshair, on: &canvas)
    let headings = maps.rows.prefix(layout.places.count).map {
      VenueMapHeading($0, maps: maps, state: state)
    }
    let words = VenueMapHeading.fitted(
      headings, width: area.x.count - 2, palette: canvas.palette)
    for (items, place) in zip(words, layout.places) {
      VenueMapHeading.draw(items, x: area.x, y: place.heading, on: &canvas)
    }
    if let row = layout.rest {
      let names = maps.rows.dropFirst(layout.places.count).compactMap { $0.venue?.displayName }
      canvas.write(
        [
          LineItem(
            [
              "not shown: \(names.joined(separator: ", ")); a taller window shows them",
              "\(names.count) more in a taller window",
            ], canvas.palette.warning, rank: 0)
        ], x: area.x, y: row)
    }
    AxesView.drawPrices(scene, on: &canvas)
    drawFoot(maps, state: state, crosshair: crosshair, on: &canvas)
  }

  private static func drawBars(
    _ row: VenueMaps.Row, scene: Scene, place: VenueMapsLayout.Place, crosshair: Int?,
    on canvas: inout Canvas
  ) {
    guard let stacks = row.stacks, !place.bars.isEmpty else { return }
    let palette = canvas.palette
    let left = scene.layout.plotX.lowerBound - 1
    let right = scene.layout.plotX.upperBound
    for y in place.bars {
      canvas.put("│", x: left, y: y, style: palette.border)
      canvas.put("│", x: right, y: y, style: palette.border)
    }
    canvas.put("┤", x: left, y: place.bars.lowerBound, style: palette.border)
    canvas.write(
      NumberText.padded(NumberText.axisUSD(row.ceiling), 6), x: 0, y: place.bars.lowerBound,
      style: palette.axis)
    BarsView.draw(
      stacks, ceiling: row.ceiling, rows: place.bars.count, x: scene.layout.plotX.lowerBound,
      floor: place.bars.upperBound - 1, on: &canvas)
    if let crosshair {
      canvas.write(
        NumberText.usd(stacks.totals[crosshair]), x: right + 1, y: place.bars.upperBound - 1,
        style: palette.crosshair)
    }
  }

  /// The lines of the price and of the crosshair through all rows.
  private static func drawLines(
    _ scene: Scene, rows: Range<Int>, crosshair: Int?, on canvas: inout Canvas
  ) {
    let left = scene.layout.plotX.lowerBound
    if let column = scene.scale.priceColumn {
      for y in rows { canvas.put("│", x: left + column, y: y, style: canvas.palette.price) }
    }
    guard let crosshair, crosshair != scene.scale.priceColumn else { return }
    for y in rows {
      let under = canvas.grid[left + crosshair, y]
      // A cell full of one layer keeps its colour behind the line; one with a joint stays.
      guard under.scalar == " " else { continue }
      var style = canvas.palette.crosshair
      style.background = under.style.background
      canvas.put("│", x: left + crosshair, y: y, style: style)
    }
  }

  /// The crosshair's column in words and its price below the axis, or else the legend.
  private static func drawFoot(
    _ maps: VenueMaps, state: AppState, crosshair: Int?, on canvas: inout Canvas
  ) {
    let scene = maps.scene
    guard let crosshair else {
      LegendView.draw(scene, state: state, hasMarks: false, on: &canvas)
      return
    }
    let facts = ColumnFacts(scene, column: crosshair)
    InfoLines.draw(scene, facts: facts, hasFooter: false, on: &canvas)
    canvas.put(
      "┼", x: scene.layout.plotX.lowerBound + crosshair, y: scene.layout.baseline,
      style: canvas.palette.crosshair)
  }

  /// The venues as far as they have answered, where there is no map yet.
  private static func drawWithoutMap(
    _ state: AppState, area: ViewArea, on canvas: inout Canvas
  ) {
    let words = "There is no map of \(state.symbol) \(state.timeframe.rawValue) yet"
    guard state.source.isLive else {
      canvas.writeCentred(
        words, x: area.x, y: area.y.lowerBound + area.y.count / 2, style: canvas.palette.text)
      return
    }
    canvas.write(
      [LineItem([words, "No map yet"], canvas.palette.text, rank: 0)], x: area.x,
      y: area.y.lowerBound)
    let rows = FeedRows(
      state.source.feeds, width: area.x.count, limit: max(area.y.count - 2, 0),
      palette: canvas.palette)
    rows.draw(x: area.x.lowerBound, y: area.y.lowerBound + 2, isOverlay: false, on: &canvas)
  }
}

/// Whose side is where, and the price over its line.
enum VenueMapSides {
  static func draw(_ scene: Scene, y: Int, on canvas: inout Canvas) {
    let palette = canvas.palette
    let plot = scene.layout.plotX
    let number = NumberText.price(scene.snapshot.price)
    let column = scene.scale.priceColumn ?? (scene.scale.first > 0 ? 0 : scene.scale.width - 1)
    let text =
      scene.scale.priceColumn != nil
      ? number : scene.scale.first > 0 ? "← price \(number)" : "price \(number) →"
    let tag = PriceLineView.place(text, around: plot.lowerBound + column, in: plot)
    canvas.write(text, x: tag.lowerBound, y: y, style: palette.price)
    let longs = ["◀ LONGS liquidated below the price", "◀ LONGS below", "◀ LONGS", "◀"]
    if scene.scale.steps.lowerBound < 0,
      let words = longs.first(where: {
        $0.unicodeScalars.count <= tag.lowerBound - 2 - plot.lowerBound
      })
    {
      canvas.write(words, x: plot.lowerBound, y: y, style: palette.long)
    }
    let shorts = ["SHORTS liquidated above the price ▶", "SHORTS above ▶", "SHORTS ▶", "▶"]
    if scene.scale.steps.upperBound > 0,
      let words = shorts.first(where: {
        $0.unicodeScalars.count <= plot.upperBound - tag.upperBound - 2
      })
    {
      canvas.write(
        words, x: plot.upperBound - words.unicodeScalars.count, y: y, style: palette.short)
    }
  }
}
