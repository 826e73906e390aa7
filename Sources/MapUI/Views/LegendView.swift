import MapEngine
import Terminal

/// What the colours and textures mean, and how many dollars each layer holds.
///
///      ██ 5x $ 820M  ▓▓ 10x $ 640M  ...  ◆ magnet  a column is 0.23% wide
enum LegendView {
  /// Draws the legend; `hasMarks` says whether the cumulative line and magnets are drawn, too.
  static func draw(
    _ scene: Scene, state: AppState, hasMarks: Bool = true, on canvas: inout Canvas
  ) {
    let layout = scene.layout
    let palette = canvas.palette
    let painter = BarPainter(
      palette, glyphs: canvas.glyphs, layers: scene.snapshot.map.layers.count)
    let items = items(
      scene, state: state, hasMarks: hasMarks, palette: palette, glyphs: canvas.glyphs)
    canvas.write(items, x: 1..<layout.width - 1, y: layout.legend)
    for region in LineItem.regions(items, x: 1..<layout.width - 1, y: layout.legend) {
      guard case .layer(let index) = region.target else { continue }
      for column in region.x.prefix(2) {
        canvas.set(painter.swatch(index), x: column, y: layout.legend)
      }
      canvas.put(" ", x: region.x.lowerBound + 2, y: layout.legend, style: palette.text)
    }
  }

  /// The legend: its layers, marks, and how wide a column is.
  static func items(
    _ scene: Scene, state: AppState, hasMarks: Bool = true, palette: Palette, glyphs: Glyphs
  ) -> [LineItem] {
    let layout = scene.layout
    let map = scene.snapshot.map
    let isolated = scene.ceilings.subject.isolatedLayer
    var names: [LineItem] = []
    var amounts: [LineItem] = []
    for (index, layer) in map.layers.enumerated() {
      let bins = index * map.grid.count..<(index + 1) * map.grid.count
      let usd = NumberText.paddedUSD(map.layerCells[bins].reduce(0, +))
      let style =
        isolated == nil ? palette.text : isolated == index ? palette.selection : palette.dim
      let factor = scene.snapshot.weights.layerFactor(index)
      let moved = factor == 1 ? "" : "×\(NumberText.decimal(factor, places: 2))"
      // The swatch stands over the first columns.
      let name = "   \(layer.label)\(moved)"
      names.append(LineItem(name, style, rank: 0, target: .layer(index)))
      amounts.append(LineItem("\(name) \(usd)", style, rank: 0, target: .layer(index)))
    }
    // Dollars for all layers or for none: a few of them would look like the only ones.
    var items = LineItem.total(amounts) <= layout.width - 2 ? amounts : names
    if hasMarks {
      items.append(LineItem(cumulativeText(glyphs), palette.cumulative, rank: 2))
      items.append(
        LineItem(
          ["◆ densest cluster", "◆ magnet"], palette.magnet, rank: 1,
          target: .action(.goToMagnet)))
      if let words = GhostView.legend(scene, state: state) {
        items.append(LineItem(words, palette.dim, rank: 1))
      }
      if layout.structure != nil {
        items.append(LineItem(StructureStripView.legend, palette.axis, rank: 1))
      }
    }
    let width = NumberText.decimal(scene.scale.columnWidth * 100, places: 2)
    items.append(
      LineItem(
        ["a column is \(width)% of the price", "\(width)%/column"],
        palette.dim, rank: 3))
    return items
  }

  private static func cumulativeText(_ glyphs: Glyphs) -> [String] {
    switch glyphs.set {
    case .full: ["⣀⠤⠒⠉ cumulative", "⠤⠒ cumul."]
    case .blocks: ["── cumulative", "── cumul."]
    case .ascii: ["** cumulative", "** cumul."]
    }
  }
}
