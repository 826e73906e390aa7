import MapEngine
import Market
import Terminal

/// Dollars by price and time: the map of every moment as a column of colours, and over it what
/// traded, what was liquidated, and what market structure says.
enum HeatmapView {
  static func draw(_ state: AppState, area: ViewArea, on canvas: inout Canvas) {
    guard let scene = HeatmapScene(state, area: area) else {
      drawWaiting(state, area: area, on: &canvas)
      return
    }
    let raster = HeatmapRaster(scene.history, scale: scene.scale)
    let ramp = HeatmapRamp(canvas.palette, glyphs: canvas.glyphs.set)
    let bands = state.heatmap.hasStructure ? HeatmapBands.magnets(scene) : []
    var pixels = HeatmapPixels(raster)
    if state.heatmap.hasStructure {
      HeatmapBands.drawGaps(scene, every: canvas.palette.isCube ? 4 : 1, on: &pixels)
      HeatmapBands.draw(bands, on: &pixels)
      drawLevels(scene, on: &pixels)
    }
    HeatmapPrices.draw(scene, columns: raster.columns, on: &pixels)
    let cursor = state.heatmap.cursor.flatMap { cell(of: $0, scene) }
    if let cursor {
      pixels.row(.crosshair, x: 0..<scene.scale.width, pixel: cursor.row * 2 + 1, every: 2)
      for pixel in stride(from: 0, to: scene.scale.pixels, by: 2) {
        pixels.lay(.crosshair, x: cursor.x, pixel: pixel)
      }
    }
    pixels.draw(ramp, layout: scene.layout, on: &canvas)
    var marks = HeatmapMarks(scene)
    if state.heatmap.hasStructure {
      marks.draw(bands, columns: raster.columns, on: &canvas)
    } else {
      marks.drawTape(raster.columns, on: &canvas)
    }
    HeatmapTape.draw(scene, columns: raster.columns, on: &canvas)
    HeatmapProfile.draw(scene, on: &canvas)
    HeatmapAxes.drawPrices(
      scene, cursor: cursor.flatMap { _ in state.heatmap.cursor?.logPrice }, on: &canvas)
    HeatmapAxes.drawTimes(
      scene, cursor: cursor.flatMap { _ in state.heatmap.cursor?.time }, on: &canvas)
    if let cursor, let place = state.heatmap.cursor {
      HeatmapLegend.drawCursor(
        scene, raster: raster, cursor: place, x: cursor.x, row: cursor.row, on: &canvas)
    } else {
      HeatmapLegend.drawRamp(scene, raster: raster, ramp: ramp, on: &canvas)
    }
    HeatmapLegend.drawKey(scene, hasStructure: state.heatmap.hasStructure, ramp: ramp, on: &canvas)
  }

  /// The cell of the crosshair; nil where it is out of sight.
  static func cell(of cursor: HeatmapState.Cursor, _ scene: HeatmapScene) -> (x: Int, row: Int)? {
    guard let x = scene.scale.column(ofTime: cursor.time),
      let pixel = scene.scale.pixel(ofLog: cursor.logPrice)
    else { return nil }
    return (x, pixel / 2)
  }

  /// Levels from their swing to the bar that broke them.
  private static func drawLevels(_ scene: HeatmapScene, on pixels: inout HeatmapPixels) {
    let structure = scene.insight.structure
    for each in structure.breaks {
      guard let pixel = scene.scale.pixel(ofLog: LogPrice.log(each.level)),
        let columns = HeatmapBands.columns(
          from: structure.openTime(each.swingIndex), to: structure.openTime(each.brokenAt), scene)
      else { continue }
      pixels.row(
        .level, x: columns, pixel: pixel, every: each.kind == .changeOfCharacter ? 1 : 2)
    }
  }

  /// What is done while there is no map over time, step by step, and for how long.
  private static func drawWaiting(
    _ state: AppState, area: ViewArea, on canvas: inout Canvas
  ) {
    guard state.snapshot != nil else {
      WaitingView.draw(
        state, layout: Layout(width: canvas.grid.width, height: canvas.grid.height), on: &canvas)
      return
    }
    let palette = canvas.palette
    let wish = "\(state.symbol) \(state.timeframe.rawValue)"
    let seconds = state.heatmap.waitedTicks
    let so = seconds > 1 ? ", \(seconds) s so far" : ""
    let heading = Wrap.lines(
      "\(wish) over time is being worked out\(so)", width: area.x.count - 4, limit: 2)
    let hasStory = state.currentStudy != nil
    let steps: [(sign: String, words: String, style: Style)] = [
      ("●", "the map of now: done", palette.dim),
      hasStory
        ? ("●", "structure, magnets and their record: done", palette.dim)
        : ("◐", "structure, magnets and their record: under way", palette.text),
      ("◐", "the map at each moment: " + (hasStory ? "under way" : "with it"), palette.text),
    ]
    let offer = state.keymap.shown(.viewMap).map { "The map of now is on key \($0)" }
    let rows = heading.count + steps.count + 3
    var y = area.y.lowerBound + max((area.y.count - rows) / 2, 0)
    for line in heading {
      canvas.writeCentred(line, x: area.x, y: y, style: palette.strong)
      y += 1
    }
    y += 1
    let widest = steps.map { $0.words.unicodeScalars.count + 2 }.max() ?? 0
    let left = area.x.lowerBound + max((area.x.count - widest) / 2, 0)
    for step in steps {
      canvas.write("\(step.sign) \(step.words)", x: left, y: y, style: step.style)
      y += 1
    }
    if let offer { canvas.writeCentred(offer, x: area.x, y: y + 1, style: palette.dim) }
  }
}
