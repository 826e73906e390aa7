import MapEngine
import Market
import Terminal

/// The map itself: axes, bars, the cumulative line, the price, the magnets.
enum PlotView {
  static func draw(_ scene: Scene, state: AppState, on canvas: inout Canvas) {
    AxesView.drawUSD(scene, on: &canvas)
    let heights = BarsView.draw(scene, on: &canvas)
    GhostView.draw(scene, heights: heights, on: &canvas)
    CumulativeView.draw(scene, on: &canvas)
    AxesView.drawPrices(scene, on: &canvas)
    PriceLineView.draw(scene, on: &canvas)
    MagnetsView.draw(scene, heights: heights, on: &canvas)
    PositionView.draw(scene, state: state, on: &canvas)
    if scene.stacks.peak <= 0 {
      let layout = scene.layout
      canvas.writeCentred(
        " no positions stand in this stretch of the map ", x: layout.plotX,
        y: layout.plotY.lowerBound + layout.plotY.count / 2, style: canvas.palette.dim)
    }
  }
}
