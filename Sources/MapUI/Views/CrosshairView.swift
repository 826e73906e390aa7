import MapEngine
import Market
import Terminal

/// The crosshair: a line down its column, a level line, and what stands there: price range,
/// distance, dollars by layer and venue, cumulative dollars from the price. A box where the
/// window has room for it, otherwise lines in place of the legend and the hints.
enum CrosshairView {
  static func draw(_ scene: Scene, state: AppState, on canvas: inout Canvas) {
    guard let crosshair = state.crosshair,
      let column = scene.scale.column(ofDistance: crosshair.distance)
    else { return }
    drawLines(scene, crosshair: crosshair, column: column, on: &canvas)
    let facts = ColumnFacts(scene, column: column)
    if !InfoBox.draw(scene, facts: facts, column: column, on: &canvas) {
      InfoLines.draw(scene, facts: facts, hasFooter: state.message == nil, on: &canvas)
    }
  }

  private static func drawLines(
    _ scene: Scene, crosshair: Crosshair, column: Int, on canvas: inout Canvas
  ) {
    let layout = scene.layout
    let palette = canvas.palette
    let x = layout.plotX.lowerBound + column
    for row in layout.plotY {
      let under = canvas.grid[x, row]
      if isFree(under, canvas) {
        canvas.put("│", x: x, y: row, style: palette.crosshair)
      } else if under.scalar == " " {
        // A cell full of one layer keeps its colour behind the line.
        var style = palette.crosshair
        style.background = under.style.background
        canvas.put("│", x: x, y: row, style: style)
      }
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
    let place = PriceLineView.place(price, around: x, in: layout.main)
    canvas.write(price, x: place.lowerBound, y: layout.prices, style: palette.selection)
    // Whatever half of a label is left beside it would read as another number.
    clearCut(&canvas, around: place, y: layout.prices, in: layout.main)
  }

  private static func middlePrice(_ scene: Scene, column: Int) -> Double {
    guard let step = scene.scale.step(ofColumn: column) else { return scene.snapshot.price }
    return scene.scale.grid.price(
      at: scene.scale.position(ofStep: step) + scene.scale.binsPerColumn / 2)
  }

  private static func clearCut(
    _ canvas: inout Canvas, around place: Range<Int>, y: Int, in columns: Range<Int>
  ) {
    let blank = Cell(" ", style: canvas.palette.text)
    var x = place.lowerBound - 1
    while x >= 0, canvas.grid[x, y].scalar != " " {
      canvas.set(blank, x: x, y: y)
      x -= 1
    }
    x = place.upperBound
    while x < columns.upperBound, canvas.grid[x, y].scalar != " " {
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
