import MapEngine
import Market
import Terminal

extension AppState {
  /// What a key does in the heatmap; nil where it does what it always does.
  mutating func handleInHeatmap(_ action: Action) -> [Effect]? {
    switch action {
    case .crosshairLeft: moveHeatmapCursor(x: -1, y: 0)
    case .crosshairRight: moveHeatmapCursor(x: 1, y: 0)
    case .crosshairUp: moveHeatmapCursor(x: 0, y: -1)
    case .crosshairDown: moveHeatmapCursor(x: 0, y: 1)
    case .crosshairFirst: moveHeatmapCursor(to: .first)
    case .crosshairLast: moveHeatmapCursor(to: .last)
    case .zoomIn: zoomHeatmapTime(by: 1 / 1.5, atColumn: nil)
    case .zoomOut: zoomHeatmapTime(by: 1.5, atColumn: nil)
    case .zoomPricesIn: zoomHeatmapPrices(by: 1 / 1.5)
    case .zoomPricesOut: zoomHeatmapPrices(by: 1.5)
    case .zoomReset:
      heatmap.span = nil
      heatmap.end = nil
      heatmap.prices = .whole
    case .panLeft: panHeatmap(byQuarters: -1)
    case .panRight: panHeatmap(byQuarters: 1)
    case .centrePrice:
      heatmap.end = nil
      heatmap.prices = .automatic
    case .goToMagnet:
      magnetRank = nil
      walkHeatmapMagnets(by: 1)
    case .nextMagnet: walkHeatmapMagnets(by: 1)
    case .previousMagnet: walkHeatmapMagnets(by: -1)
    case .toggleStructure:
      heatmap.hasStructure.toggle()
      message = Message(heatmap.hasStructure ? "Structure and magnets" : "The map and the price")
    case .leave where heatmap.cursor != nil: heatmap.cursor = nil
    case .cycleLayer: message = Message("Layers stand apart on the map: key 1")
    default: return nil
    }
    return []
  }

  /// What the mouse does in the heatmap: a click sets the crosshair, the wheel zooms time at the
  /// pointer, a drag pans both ways.
  mutating func handleInHeatmap(_ mouse: MouseEvent) -> [Effect]? {
    guard let scene = HeatmapScene(self) else { return [] }
    let layout = scene.layout
    let isInside = layout.plotX.contains(mouse.x) && layout.plotY.contains(mouse.y)
    switch mouse.action {
    case .release: heatmap.drag = nil
    case .drag: dragHeatmap(to: mouse, scene)
    case .press:
      guard mouse.button == .left, isInside else { return [] }
      message = nil
      let x = mouse.x - layout.plotX.lowerBound
      let row = mouse.y - layout.plotY.lowerBound
      setHeatmapCursor(x: x, row: row, scene.scale)
      heatmap.drag = HeatmapState.Drag(
        x: mouse.x, y: mouse.y, end: scene.scale.end, low: scene.scale.low, high: scene.scale.high)
    case .scrollUp, .scrollDown:
      guard isInside else { return [] }
      message = nil
      zoomHeatmapTime(
        by: mouse.action == .scrollUp ? 1 / 1.25 : 1.25,
        atColumn: mouse.x - layout.plotX.lowerBound)
    }
    return []
  }

  // MARK: Crosshair

  /// Puts the crosshair into a cell.
  private mutating func setHeatmapCursor(x: Int, row: Int, _ scale: HeatmapScale) {
    heatmap.cursor = HeatmapState.Cursor(
      time: scale.time(ofColumn: min(max(x, 0), scale.width - 1)),
      logPrice: scale.log(ofRow: min(max(row, 0), scale.rows - 1)))
  }

  /// Moves the crosshair by cells, from the price of now at first; the picture follows it at its
  /// edges.
  private mutating func moveHeatmapCursor(x: Int, y: Int) {
    guard let scene = HeatmapScene(self) else { return }
    let scale = scene.scale
    guard let cursor = heatmap.cursor else {
      let row = scale.clampedPixel(ofLog: LogPrice.log(scene.price)) / 2
      setHeatmapCursor(x: scale.width - 1, row: row, scale)
      return
    }
    // One that was left behind by panning comes back at the edge that it went out by.
    let place = min(max(scale.place(ofTime: cursor.time), 0), Double(scale.width) - 0.5)
    let column = Int(place) + x
    let row = scale.clampedPixel(ofLog: cursor.logPrice) / 2 + y
    if column < 0 || column >= scale.width { panHeatmap(byQuarters: column < 0 ? -1 : 1) }
    if row < 0 || row >= scale.rows {
      let step = (scale.high - scale.low) / 4 * (row < 0 ? 1 : -1)
      heatmap.prices = .fixed(low: scale.low + step, high: scale.high + step)
      settleHeatmapPrices()
    }
    let time = Timestamp(
      milliseconds: scale.start + Int64((Double(column) + 0.5) * scale.cellTime))
    let log = scale.log(ofRow: row)
    guard let moved = HeatmapScene(self)?.scale else { return }
    let log2 = min(max(log, moved.low), moved.high)
    heatmap.cursor = HeatmapState.Cursor(
      time: min(
        max(time, moved.time(ofColumn: 0)), moved.time(ofColumn: moved.width - 1)),
      logPrice: moved.log(ofRow: moved.clampedPixel(ofLog: log2) / 2))
  }

  /// Moves the crosshair to the first moment in sight, or to the last.
  private mutating func moveHeatmapCursor(to edge: ScreenEdge) {
    guard let scene = HeatmapScene(self) else { return }
    let log = heatmap.cursor?.logPrice ?? LogPrice.log(scene.price)
    setHeatmapCursor(
      x: edge == .first ? 0 : scene.scale.width - 1, row: scene.scale.clampedPixel(ofLog: log) / 2,
      scene.scale)
  }

  /// Puts the crosshair onto a magnet of the map of now, at its end in time.
  private mutating func walkHeatmapMagnets(by step: Int) {
    walkMagnets(by: step)
    guard let rank = magnetRank, let magnets = snapshot?.reading.magnets,
      magnets.indices.contains(rank), let scene = HeatmapScene(self)
    else { return }
    let log = LogPrice.log(magnets[rank].price)
    heatmap.end = nil
    if scene.scale.pixel(ofLog: log) == nil {
      let half = (scene.scale.high - scene.scale.low) / 2
      heatmap.prices = .fixed(low: log - half, high: log + half)
      settleHeatmapPrices()
    }
    guard let scale = HeatmapScene(self)?.scale else { return }
    heatmap.cursor = HeatmapState.Cursor(
      time: scale.time(ofColumn: scale.width - 1), logPrice: min(max(log, scale.low), scale.high))
  }

  // MARK: Zoom and pan

  /// Makes the stretch of time in sight `factor` times as long. What stands in `column` stays there:
  /// the crosshair's or the last one where none is named. A column of the history that is wider than
  /// a cell fills whole cells.
  private mutating func zoomHeatmapTime(by factor: Double, atColumn column: Int?) {
    guard let scene = HeatmapScene(self) else { return }
    let scale = scene.scale
    let whole = Double((scene.now - scene.history.columns[0].openTime).milliseconds)
    let least = scene.columnTime * Double(HeatmapScale.leastColumns)
    let current = Double(scale.end - scale.start)
    if factor < 1, current <= least * 1.05 {
      message = Message(
        "No finer: \(HeatmapScale.leastColumns) columns of the history are in sight")
      return
    }
    var span = min(max(current * factor, least), whole)
    let cells = (scene.columnTime * Double(scale.width) / span).rounded()
    if cells >= 2, span < whole {
      let exact = scene.columnTime * Double(scale.width) / cells
      if (exact - current) * (factor - 1) > 0 { span = max(exact, least) }
    }
    let pivot = column ?? heatmap.cursor.flatMap { scale.column(ofTime: $0.time) }
    let share = pivot.map { (Double($0) + 0.5) / Double(scale.width) } ?? 1
    let fixed = Double(scale.start) + share * current
    heatmap.span = span >= whole * 0.999 ? nil : Span(milliseconds: Int64(span.rounded()))
    setHeatmapEnd(fixed + (1 - share) * span, scene)
  }

  /// Moves the stretch of time in sight by quarters of its length.
  private mutating func panHeatmap(byQuarters quarters: Int) {
    guard let scene = HeatmapScene(self) else { return }
    let span = Double(scene.scale.end - scene.scale.start)
    setHeatmapEnd(Double(scene.scale.end) + Double(quarters) * span / 4, scene)
  }

  /// Ends the stretch in sight at a moment on the edge of a column; at now or later it follows now.
  private mutating func setHeatmapEnd(_ end: Double, _ scene: HeatmapScene) {
    let now = scene.now.milliseconds
    let steps = ((Double(now) - end) / scene.columnTime).rounded()
    let first = Double(scene.history.columns[0].openTime.milliseconds)
    let span = heatmap.span.map { Double($0.milliseconds) } ?? Double(now) - first
    let moment = max(Double(now) - steps * scene.columnTime, first + span)
    heatmap.end = moment >= Double(now) ? nil : Timestamp(milliseconds: Int64(moment.rounded()))
  }

  /// Makes the stretch of prices in sight `factor` times as high, around the crosshair's price or the
  /// price of now.
  private mutating func zoomHeatmapPrices(by factor: Double) {
    guard let scene = HeatmapScene(self) else { return }
    let scale = scene.scale
    if factor < 1, scale.high - scale.low <= HeatmapScale.leastRows * scene.history.step * 1.01 {
      message = Message("No finer: rows of the history are in sight one by one")
      return
    }
    let wanted = heatmap.cursor?.logPrice ?? LogPrice.log(scene.price)
    let pivot = min(max(wanted, scale.low), scale.high)
    heatmap.prices = .fixed(
      low: pivot - (pivot - scale.low) * factor, high: pivot + (scale.high - pivot) * factor)
    settleHeatmapPrices()
  }

  /// Holds the stretch of prices within the history.
  private mutating func settleHeatmapPrices() {
    guard let scale = HeatmapScene(self)?.scale else { return }
    heatmap.prices = .fixed(low: scale.low, high: scale.high)
  }

  private mutating func dragHeatmap(to mouse: MouseEvent, _ scene: HeatmapScene) {
    guard var drag = heatmap.drag else { return }
    let scale = scene.scale
    if mouse.x != drag.x || heatmap.end != nil {
      setHeatmapEnd(Double(drag.end) - Double(mouse.x - drag.x) * scale.cellTime, scene)
    }
    if mouse.y != drag.y || drag.hasMovedPrices {
      drag.hasMovedPrices = true
      heatmap.drag = drag
      let step = Double(mouse.y - drag.y) * 2 * scale.pixelHeight
      heatmap.prices = .fixed(low: drag.low + step, high: drag.high + step)
      settleHeatmapPrices()
    }
  }
}
