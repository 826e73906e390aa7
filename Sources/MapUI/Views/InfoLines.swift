import MapEngine
import Terminal

/// The crosshair's facts in lines, for plots that have no room for the box: the column in place
/// of the legend, its layers and venues in place of the hints, unless a message stands there.
///
///      95,086.8 – 95,760.9 −1.75% 2.8 ATR $2.40M  to here $6.54M
///      100x $1.60M 50x $800K  Sim A $1.49M Sim B $910K
enum InfoLines {
  static func draw(
    _ scene: Scene, facts: ColumnFacts, hasFooter: Bool, on canvas: inout Canvas
  ) {
    let layout = scene.layout
    let palette = canvas.palette
    let rows = layout.legend..<(hasFooter ? layout.footer : layout.legend) + 1
    canvas.grid.fill(x: 0..<layout.width, y: rows, with: Cell(" ", style: palette.text))
    let columns = 1..<layout.width - 1
    canvas.write(column(facts, palette: palette), x: columns, y: layout.legend)
    if hasFooter {
      canvas.write(parts(scene, facts: facts, palette: palette), x: columns, y: layout.footer)
    }
  }

  private static func column(_ facts: ColumnFacts, palette: Palette) -> [LineItem] {
    let low = NumberText.price(facts.low)
    let high = NumberText.price(facts.high)
    let style = facts.side.map { palette.side($0 == .long) } ?? palette.price
    return [
      LineItem(["\(low) – \(high)", low], palette.strong, rank: 1),
      LineItem(NumberText.percent(facts.percent), palette.text, rank: 0, gap: 1),
      LineItem(NumberText.atr(facts.atr), palette.text, rank: 2, gap: 1),
      LineItem(NumberText.paddedUSD(facts.usd), style, rank: 0, gap: 1),
      LineItem("to here \(NumberText.paddedUSD(facts.cumulative))", palette.text, rank: 2),
    ]
  }

  /// Layers from the most vivid one down, then venues; those without a dollar are left out.
  private static func parts(
    _ scene: Scene, facts: ColumnFacts, palette: Palette
  ) -> [LineItem] {
    let map = scene.snapshot.map
    var items: [LineItem] = []
    for layer in map.layers.indices.reversed() where facts.layers[layer] > 0 {
      let usd = NumberText.usd(facts.layers[layer])
      items.append(LineItem("\(map.layers[layer].label) \(usd)", palette.text, rank: 0, gap: 1))
    }
    for venue in map.venues.indices where facts.venues[venue] > 0 {
      let usd = NumberText.usd(facts.venues[venue])
      let name = map.venues[venue].displayName
      items.append(LineItem(["\(name) \(usd)"], palette.dim, rank: 1, gap: venue == 0 ? 2 : 1))
    }
    if items.isEmpty { items.append(LineItem("nothing stands here", palette.dim, rank: 0)) }
    return items
  }
}
