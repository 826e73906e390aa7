import MapEngine
import Terminal

/// The crosshair's facts as a box, on the side of the plot that the crosshair is not on. It never
/// covers what the crosshair was sent to.
///
///     ╭ 95,120.0 – 95,310.0 ─────────────────╮
///     │ −1.96%  2.1 ATR   longs       $ 120M │
///     │ ██ 5x     $20.1M   Binance    $80.0M │
///     │ ▓▓ 10x    $31.0M   Bybit      $40.0M │
///     │ from the price to here        $ 820M │
///     ╰──────────────────────────────────────╯
enum InfoBox {
  private static let width = 42

  /// Columns on both sides of the crosshair that stay free: about the cluster that it is at, which
  /// fills a sixth of the plot once somebody has gone to it.
  static func clearance(_ scene: Scene) -> Int { max(scene.scale.width / 12, 4) }

  /// Where the box stands; nil where the plot has no room for it beside the crosshair.
  static func place(_ scene: Scene, column: Int) -> (x: Range<Int>, y: Range<Int>)? {
    let plot = scene.layout.plotX
    let map = scene.snapshot.map
    let height = max(map.layers.count, map.venues.count) + 4
    guard scene.layout.plotY.count >= height + 2 else { return nil }
    let isLeft = column >= scene.scale.width / 2
    let left = isLeft ? plot.lowerBound + 1 : plot.upperBound - width - 1
    let clearance = clearance(scene)
    let kept = plot.lowerBound + column - clearance..<plot.lowerBound + column + clearance + 1
    let x = left..<left + width
    guard x.lowerBound >= plot.lowerBound, x.upperBound <= plot.upperBound, !x.overlaps(kept)
    else { return nil }
    return (x, scene.layout.plotY.lowerBound..<scene.layout.plotY.lowerBound + height)
  }

  /// Draws the box; false where the plot has no room for it.
  static func draw(
    _ scene: Scene, facts: ColumnFacts, column: Int, on canvas: inout Canvas
  ) -> Bool {
    guard let place = place(scene, column: column) else { return false }
    let map = scene.snapshot.map
    let lines = max(map.layers.count, map.venues.count)
    let top = place.y.lowerBound
    let palette = canvas.palette
    let title = " \(NumberText.price(facts.low)) – \(NumberText.price(facts.high)) "
    Box.draw(x: place.x, y: place.y, title: title, on: &canvas)
    let inner = place.x.lowerBound + 2
    let end = place.x.upperBound - 2
    let name = facts.side.map { $0.rawValue + "s" } ?? "the price"
    let sideStyle = facts.side.map { palette.side($0 == .long) } ?? palette.price
    let distance =
      NumberText.percent(facts.percent) + "  " + NumberText.filled(NumberText.atr(facts.atr), 9)
    var x = canvas.write(distance, x: inner, y: top + 1, style: palette.overlay)
    x = canvas.write(name, x: x + 1, y: top + 1, style: palette.onOverlay(sideStyle))
    amount(facts.usd, end: end, y: top + 1, style: palette.onOverlay(palette.strong), &canvas)
    let painter = BarPainter(palette, glyphs: canvas.glyphs, layers: map.layers.count)
    // The order of the stack: the most vivid layer on top.
    for (row, layer) in map.layers.indices.reversed().enumerated() {
      let y = top + 2 + row
      canvas.set(painter.swatch(layer), x: inner, y: y)
      canvas.set(painter.swatch(layer), x: inner + 1, y: y)
      canvas.write(clipped(map.layers[layer].label, 7), x: inner + 3, y: y, style: palette.overlay)
      amount(facts.layers[layer], end: inner + 17, y: y, style: palette.overlay, &canvas)
    }
    for (index, venue) in map.venues.enumerated() {
      let y = top + 2 + index
      canvas.write(clipped(venue.displayName, 12), x: inner + 20, y: y, style: palette.overlay)
      amount(facts.venues[index], end: end, y: y, style: palette.overlay, &canvas)
    }
    let last = top + 2 + lines
    canvas.write("from the price to here", x: inner, y: last, style: palette.overlay)
    amount(facts.cumulative, end: end, y: last, style: palette.overlay, &canvas)
    return true
  }

  private static func amount(
    _ usd: Double, end: Int, y: Int, style: Style, _ canvas: inout Canvas
  ) {
    canvas.write(NumberText.paddedUSD(usd), x: end - 6, y: y, style: style)
  }

  private static func clipped(_ text: String, _ length: Int) -> String {
    text.unicodeScalars.count <= length
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(length - 1))) + "…"
  }
}
