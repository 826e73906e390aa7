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

  static func draw(
    _ state: AppState, sliders: WhatIfSliders, layout: Layout, on canvas: inout Canvas
  ) {
    guard let map = state.snapshot?.map, !map.layers.isEmpty else { return }
    let palette = canvas.palette
    let layers = Array(map.layers.indices.reversed())
    let shown = min(layers.count, max(layout.height - 6, 1))
    // The chosen layer stays in sight where there are more than the window is high.
    let place = layers.firstIndex(of: min(sliders.layer, layers.count - 1)) ?? 0
    let first = max(place - shown + 1, 0)
    let left = (layout.width - width) / 2
    let height = shown + 3
    let top = max(layout.legend - height, 0)
    Box.draw(x: left..<left + width, y: top..<top + height, title: " What if ", on: &canvas)
    let painter = BarPainter(palette, glyphs: canvas.glyphs, layers: map.layers.count)
    for (row, layer) in layers[first..<first + shown].enumerated() {
      let y = top + 1 + row
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
      x: left + 2, y: top + height - 2,
      style: palette.onOverlay(isMoved ? palette.warning : palette.dim))
    let note = " ↑↓ layer · ←→ factor · 0 as inferred · Esc closes "
    canvas.write(
      note, x: left + width - 1 - note.unicodeScalars.count, y: top + height - 1,
      style: palette.overlayBorder)
  }

  /// A factor's place among the steps.
  private static func slider(_ factor: Double) -> String {
    WhatIfSliders.steps.map { abs($0 - factor) < 1e-9 ? "●" : "─" }.joined()
  }
}
