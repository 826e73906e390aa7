import MapEngine
import Market
import Terminal

/// The crosshair: a line down its column, a level line, and what stands there: price range,
/// distance, dollars by layer and venue, cumulative dollars from the price. A box where the
/// window has room for it, otherwise a line in place of the legend.
enum CrosshairView {
  static func draw(_ scene: Scene, state: AppState, on canvas: inout Canvas) {
    guard let crosshair = state.crosshair,
      let column = scene.scale.column(ofDistance: crosshair.distance)
    else { return }
    drawLines(scene, crosshair: crosshair, column: column, on: &canvas)
    let facts = ColumnFacts(scene, column: column)
    if !InfoBox.draw(scene, facts: facts, column: column, on: &canvas) {
      InfoLine.draw(scene, facts: facts, on: &canvas)
    }
  }

  private static func drawLines(
    _ scene: Scene, crosshair: Crosshair, column: Int, on canvas: inout Canvas
  ) {
    let layout = scene.layout
    let palette = canvas.palette
    let x = layout.plotX.lowerBound + column
    for row in layout.plotY where isFree(canvas.grid[x, row], canvas) {
      canvas.put("│", x: x, y: row, style: palette.crosshair)
    }
    canvas.put("┼", x: x, y: layout.baseline, style: palette.crosshair)
    let level = crosshair.level ?? scene.stacks.totals[column]
    if level > 0 {
      let row = layout.plotY.upperBound - 1 - scene.barRow(of: level)
      for free in layout.plotX where free % 2 == 0 && isFree(canvas.grid[free, row], canvas) {
        canvas.put("·", x: free, y: row, style: palette.crosshair)
      }
      canvas.write(
        NumberText.paddedUSD(level), x: 0, y: row, style: palette.selection)
    }
    let price = " \(NumberText.price(middlePrice(scene, column: column))) "
    let place = PriceLineView.place(price, around: x, in: 0..<layout.width)
    canvas.write(price, x: place.lowerBound, y: layout.prices, style: palette.selection)
    // Whatever half of a label is left beside it would read as another number.
    clearCut(&canvas, around: place, y: layout.prices)
  }

  private static func middlePrice(_ scene: Scene, column: Int) -> Double {
    guard let step = scene.scale.step(ofColumn: column) else { return scene.snapshot.price }
    return scene.scale.grid.price(
      at: scene.scale.position(ofStep: step) + scene.scale.binsPerColumn / 2)
  }

  private static func clearCut(_ canvas: inout Canvas, around place: Range<Int>, y: Int) {
    let blank = Cell(" ", style: canvas.palette.text)
    var x = place.lowerBound - 1
    while x >= 0, canvas.grid[x, y].scalar != " " {
      canvas.set(blank, x: x, y: y)
      x -= 1
    }
    x = place.upperBound
    while x < canvas.grid.width, canvas.grid[x, y].scalar != " " {
      canvas.set(blank, x: x, y: y)
      x += 1
    }
  }

  /// Whether a cell is empty ground or a dot of the faint grid.
  private static func isFree(_ cell: Cell, _ canvas: Canvas) -> Bool {
    (cell.scalar == " " || cell.style == canvas.palette.border)
      && cell.style.background == canvas.palette.background
  }
}

/// What stands in a column of the screen.
struct ColumnFacts {
  /// Whose positions; nil in the price's own column.
  let side: Side?
  /// The lower and the upper price.
  let low: Double
  let high: Double
  /// From the price to the column's middle, in percent.
  let percent: Double
  /// The same in ATR; nil where the ATR is unknown.
  let atr: Double?
  /// Dollars in the column, of all layers or of the one that stands alone.
  let usd: Double
  /// Dollars by layer and by venue.
  let layers: [Double]
  let venues: [Double]
  /// Dollars from the price to the column's far edge.
  let cumulative: Double

  /// The facts of a column.
  init(_ scene: Scene, column: Int) {
    let map = scene.snapshot.map
    let scale = scene.scale
    var byLayer = [Double](repeating: 0, count: map.layers.count)
    var byVenue = [Double](repeating: 0, count: map.venues.count)
    let price = scene.snapshot.price
    guard let step = scale.step(ofColumn: column) else {
      (side, low, high, percent, atr) = (
        nil, price, price, 0, scene.snapshot.reading.atr.map { _ in 0 }
      )
      (usd, layers, venues, cumulative) = (0, byLayer, byVenue, 0)
      return
    }
    let bottom = scale.position(ofStep: step)
    let top = scale.position(ofStep: step + 1)
    let first = max(Int(bottom.rounded(.down)), step < 0 ? 0 : map.grid.anchor)
    let last = min(Int(top.rounded(.up)), step < 0 ? map.grid.anchor : map.grid.count)
    for bin in stride(from: first, to: last, by: 1) {
      let share = min(top, Double(bin + 1)) - max(bottom, Double(bin))
      guard share > 0 else { continue }
      for layer in map.layers.indices {
        if let alone = scene.ceilings.subject.isolatedLayer, alone != layer { continue }
        for venue in map.venues.indices {
          let dollars = map.usd(bin: bin, layer: layer, venue: venue) * share
          byLayer[layer] += dollars
          byVenue[venue] += dollars
        }
      }
    }
    let middle = map.grid.price(at: (bottom + top) / 2)
    side = step < 0 ? .long : .short
    low = scale.price(ofStep: step)
    high = scale.price(ofStep: step + 1)
    percent = (middle / price - 1) * 100
    atr = scene.snapshot.reading.atr.flatMap { $0 > 0 ? (middle - price) / $0 : nil }
    usd = scene.stacks.totals[column]
    layers = byLayer
    venues = byVenue
    cumulative = scene.outward.usd(at: step < 0 ? bottom : top)
  }
}
