import MapEngine
import Terminal

/// The crosshair's facts in one line, in place of the legend.
enum InfoLine {
  static func draw(_ scene: Scene, facts: ColumnFacts, on canvas: inout Canvas) {
    let layout = scene.layout
    let palette = canvas.palette
    let map = scene.snapshot.map
    canvas.grid.fill(
      x: 0..<layout.width, y: layout.legend..<layout.legend + 1,
      with: Cell(" ", style: palette.text))
    let low = NumberText.price(facts.low)
    let high = NumberText.price(facts.high)
    let style = facts.side.map { palette.side($0 == .long) } ?? palette.price
    var items = [
      LineItem(["\(low) – \(high)", low], palette.strong, rank: 1),
      LineItem(NumberText.percent(facts.percent), palette.text, rank: 0, gap: 1),
      LineItem(NumberText.atr(facts.atr), palette.text, rank: 2, gap: 1),
      LineItem(NumberText.paddedUSD(facts.usd), style, rank: 0, gap: 1),
      LineItem(["to here \(NumberText.paddedUSD(facts.cumulative))"], palette.text, rank: 2),
    ]
    for (index, layer) in map.layers.enumerated() where facts.layers[index] > 0 {
      items.append(
        LineItem(
          "\(layer.label) \(NumberText.usd(facts.layers[index]))", palette.dim, rank: 3, gap: 1))
    }
    for (index, venue) in map.venues.enumerated() where facts.venues[index] > 0 {
      items.append(
        LineItem(
          "\(venue.displayName) \(NumberText.usd(facts.venues[index]))", palette.dim, rank: 4,
          gap: 1))
    }
    canvas.write(items, x: 1..<layout.width - 1, y: layout.legend)
  }
}
