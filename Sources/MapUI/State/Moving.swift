import MapEngine
import Market

/// An edge of the screen.
enum ScreenEdge {
  case first, last
}

extension AppState {
  private var scene: Scene? { Scene(self, width: width, height: height) }

  // MARK: Crosshair

  /// Moves the crosshair by columns; the picture follows it at its edges.
  mutating func moveCrosshair(by columns: Int) {
    guard var scale = scene?.scale else { return }
    guard let crosshair else {
      setCrosshair(column: scale.priceColumn ?? scale.width / 2, scale: scale)
      return
    }
    let current: Int
    if let column = scale.column(ofDistance: crosshair.distance) {
      current = column
    } else {
      // It was left behind by panning: it comes back at the edge that it went out by.
      current = crosshair.distance < scale.centre ? -columns : scale.width - 1 - columns
    }
    var column = current + columns
    if column < 0 || column >= scale.width {
      pan(to: scale.centre + Double(columns) * scale.columnWidth, scale: scale)
      guard let moved = scene?.scale else { return }
      scale = moved
      column = min(max(column, 0), scale.width - 1)
    }
    setCrosshair(column: column, scale: scale)
  }

  /// Moves the crosshair to an edge of the screen.
  mutating func moveCrosshair(to edge: ScreenEdge) {
    guard let scale = scene?.scale else { return }
    setCrosshair(column: edge == .first ? 0 : scale.width - 1, scale: scale)
  }

  /// Moves the level line by rows, from the bar's top or from where it is.
  mutating func moveLevel(by rows: Int) {
    guard let scene else { return }
    guard let crosshair else {
      moveCrosshair(by: 0)
      return
    }
    let step = scene.ceilings.bars / Double(scene.layout.barRows)
    let column = scene.scale.column(ofDistance: crosshair.distance)
    let top = column.map { scene.stacks.totals[$0] } ?? 0
    let level = (crosshair.level ?? top) + Double(rows) * step
    self.crosshair?.level = min(max(level, 0), scene.ceilings.bars)
  }

  /// Puts the crosshair into a column of the screen.
  mutating func setCrosshair(column: Int, scale: ColumnScale, level: Double? = nil) {
    let step = scale.step(ofColumn: min(max(column, 0), scale.width - 1))
    crosshair = Crosshair(
      distance: step.map { (Double($0) + 0.5) * scale.columnWidth } ?? 0, level: level)
  }

  // MARK: Zoom and pan

  /// Makes the stretch in sight `factor` times as wide. What stands in `column` stays there; the
  /// crosshair's column, the price's or the middle one where none is named.
  mutating func zoom(by factor: Double, atColumn column: Int?) {
    guard let scale = scene?.scale else { return }
    let pivot =
      column ?? crosshair.flatMap { scale.column(ofDistance: $0.distance) } ?? scale.priceColumn
      ?? scale.width / 2
    if factor < 1 && scale.binsPerColumn <= ColumnScale.leastBins * 1.001 {
      let bin = NumberText.decimal((scale.grid.binWidth) * 100, places: 2)
      message = Message("No finer: the map's own bins are \(bin)% wide")
      return
    }
    let span = max(
      scale.span * factor, ColumnScale.leastBins * scale.grid.binWidth * Double(scale.width - 1))
    let distance = scale.step(ofColumn: pivot).map { (Double($0) + 0.5) * scale.columnWidth } ?? 0
    let place = Double(pivot) - Double(scale.width - 1) / 2
    let centre = distance - place * span / Double(scale.width - 1)
    pan(to: centre, span: span)
  }

  /// Moves the stretch in sight by quarters of its width.
  mutating func pan(byQuarters quarters: Int) {
    guard let scale = scene?.scale else { return }
    pan(to: scale.centre + Double(quarters) * scale.span / 4, scale: scale)
  }

  /// Moves the stretch in sight to another middle.
  mutating func pan(to centre: Double, scale: ColumnScale) {
    guard !scale.isWhole else { return }
    pan(to: centre, span: scale.span)
  }

  /// Centres the stretch in sight on a log distance from the price.
  mutating func centre(on distance: Double) {
    guard let scale = scene?.scale else { return }
    pan(to: distance, scale: scale)
  }

  /// Shows a stretch, held on the grid.
  private mutating func pan(to centre: Double, span: Double) {
    viewport = Viewport(centre: centre, span: span)
    guard let scale = scene?.scale else { return }
    viewport = scale.isWhole ? .whole : Viewport(centre: scale.centre, span: span)
  }

  // MARK: Magnets

  /// Goes to the densest cluster and zooms in around it.
  mutating func goToMagnet() {
    guard let scene, let magnet = scene.snapshot.reading.magnet else {
      message = Message("This map has no magnet")
      return
    }
    zoom(to: magnet.price, zone: magnet.low...magnet.high, scale: scene.scale)
    show(magnet, rank: 0)
  }

  /// Goes to a price and zooms in around its zone; false where the map doesn't reach it.
  mutating func goTo(price: Double, zone: ClosedRange<Double>) -> Bool {
    guard let scale = scene?.scale else { return false }
    let place = scale.grid.position(of: price)
    guard place > 0, place < Double(scale.grid.count) else { return false }
    zoom(to: price, zone: zone, scale: scale)
    guard let zoomed = scene?.scale, let column = zoomed.column(ofPrice: price) else {
      return false
    }
    setCrosshair(column: column, scale: zoomed)
    return true
  }

  /// Shows the surroundings of a zone, its price in the middle.
  private mutating func zoom(to price: Double, zone: ClosedRange<Double>, scale: ColumnScale) {
    let whole = ColumnScale(grid: scale.grid, viewport: .whole, width: scale.width).span
    let low = scale.distance(ofPrice: zone.lowerBound)
    let high = scale.distance(ofPrice: zone.upperBound)
    let span = min(max((high - low) * 6, whole / 12), whole / 2)
    pan(to: scale.distance(ofPrice: price), span: span)
  }

  /// Goes to the magnet so many ranks below the last one, around the end of the list.
  mutating func walkMagnets(by step: Int) {
    guard let magnets = snapshot?.reading.magnets, !magnets.isEmpty else {
      message = Message("This map has no magnet")
      return
    }
    let rank: Int
    if let last = magnetRank {
      rank = (last + step + magnets.count) % magnets.count
    } else {
      rank = step > 0 ? 0 : magnets.count - 1
    }
    show(magnets[rank], rank: rank)
  }

  /// Puts the crosshair onto a cluster and brings it into sight.
  private mutating func show(_ cluster: Cluster, rank: Int) {
    guard let scene else { return }
    magnetRank = rank
    let distance = scene.scale.distance(ofPrice: cluster.price)
    if scene.scale.column(ofDistance: distance) == nil {
      pan(to: distance, scale: scene.scale)
    }
    if let scale = self.scene?.scale, let column = scale.column(ofDistance: distance) {
      setCrosshair(column: column, scale: scale)
    } else {
      crosshair = nil
    }
    let count = scene.snapshot.reading.magnets.count
    // The magnet is the densest one alone.
    let place = "\(rank == 0 ? "Magnet" : "Cluster") \(rank + 1) of \(count)"
    let price = "$\(NumberText.price(cluster.price))"
    let usd = NumberText.usd(cluster.usd)
    let percent = NumberText.percent(cluster.distancePercent)
    message = Message([
      "\(place): \(cluster.side.rawValue)s at \(price), \(usd), \(percent), "
        + NumberText.atr(cluster.distanceATR),
      "\(place): \(cluster.side.rawValue)s \(price), \(usd), \(percent)",
    ])
  }
}
