import MapEngine
import Terminal

/// The sliders of the layers as a box over the map.
///
///     ╭─ What if ──────────────────────────────╮
///     │ ▓▓ 100x  ×1.00  ─────●─────  $10.1M    │
///     │ ▓▓ 50x   ×2.00  ────────●──  $92.8M    │
///     │ moved by hand: not what was inferred   │
///     ╰─ ↑↓ layer · ←→ factor · 0 as inferred ─╯
enum WhatIfView {
  private static let width = 56

  /// Where the box stands, and the layers in sight.
  struct Place: Hashable {
    let x: Range<Int>
    let y: Range<Int>
    /// The layers in sight by their indices, the most vivid on top, and their rows.
    let rows: [Row]
    /// Columns of the sliders, one a step.
    let steps: Range<Int>

    struct Row: Hashable {
      let layer: Int
      let y: Int
    }

    init(layers count: Int, sliders: WhatIfSliders, _ layout: Layout) {
      let layers = Array((0..<count).reversed())
      let shown = min(count, max(layout.height - 6, 1))
      // The chosen layer stays in sight where there are more than the window is high.
      let place = layers.firstIndex(of: min(sliders.layer, count - 1)) ?? 0
      let first = max(place - shown + 1, 0)
      let left = (layout.width - width) / 2
      let height = shown + 3
      let top = max(layout.legend - height, 0)
      x = left..<left + width
      y = top..<top + height
      rows = layers[first..<first + shown].enumerated().map {
        Row(layer: $0.element, y: top + 1 + $0.offset)
      }
      steps = left + 21..<left + 21 + WhatIfSliders.steps.count
    }
  }

  static func draw(
    _ state: AppState, sliders: WhatIfSliders, layout: Layout, on canvas: inout Canvas
  ) {
    guard let map = state.snapshot?.map, !map.layers.isEmpty else { return }
    let palette = canvas.palette
    let place = Place(layers: map.layers.count, sliders: sliders, layout)
    let (left, bottom) = (place.x.lowerBound, place.y.upperBound - 1)
    Box.draw(x: place.x, y: place.y, title: " What if ", on: &canvas)
    let painter = BarPainter(palette, glyphs: canvas.glyphs, layers: map.layers.count)
    for row in place.rows {
      let (layer, y) = (row.layer, row.y)
      let style = layer == sliders.layer ? palette.selection : palette.overlay
      canvas.set(painter.swatch(layer), x: left + 2, y: y)
      canvas.set(painter.swatch(layer), x: left + 3, y: y)
      let bins = layer * map.grid.count..<(layer + 1) * map.grid.count
      let usd = NumberText.paddedUSD(map.layerCells[bins].reduce(0, +))
      let label = NumberText.filled(String(map.layers[layer].label.prefix(7)), 8)
      let factor = state.weights.layerFactor(layer)
      let text =
        " \(label)×\(NumberText.decimal(factor, places: 2))  \(slider(factor))  \(usd) "
      canvas.write(text, x: left + 5, y: y, style: style)
    }
    let isMoved = state.weights.isWhatIf
    canvas.write(
      isMoved ? "moved by hand: not what was inferred" : "as inferred: nothing is moved",
      x: left + 2, y: bottom - 1,
      style: palette.onOverlay(isMoved ? palette.warning : palette.dim))
    let note = " ↑↓ layer · ←→ factor · 0 as inferred · Esc closes "
    canvas.write(
      note, x: place.x.upperBound - 1 - note.unicodeScalars.count, y: bottom,
      style: palette.overlayBorder)
  }

  /// A factor's place among the steps.
  private static func slider(_ factor: Double) -> String {
    WhatIfSliders.steps.map { abs($0 - factor) < 1e-9 ? "●" : "─" }.joined()
  }
}
