import Terminal

/// The keymap as a box over the map; it scrolls where the window is too low for it.
enum HelpView {
  private enum Line {
    case heading(String)
    case binding(Keymap.Binding)
    case empty
  }

  /// Columns of a column of keys, keys included.
  private static let columnWidth = 47

  /// Where the box stands.
  static func place(_ keymap: Keymap, _ layout: Layout) -> (x: Range<Int>, y: Range<Int>) {
    let columns = columns(keymap, layout)
    let width = columns.count * columnWidth + 3
    let height = min(columns.map(\.count).max() ?? 0, rows(layout)) + 2
    let left = (layout.width - width) / 2
    let top = (layout.height - height) / 2
    return (left..<left + width, top..<top + height)
  }

  static func draw(
    _ help: HelpOverlay, keymap: Keymap, layout: Layout, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let columns = columns(keymap, layout)
    let body = rows(layout)
    let place = place(keymap, layout)
    let (left, width) = (place.x.lowerBound, place.x.count)
    let (top, height) = (place.y.lowerBound, place.y.count)
    Box.draw(x: place.x, y: place.y, title: " Keys ", on: &canvas)
    let scroll = min(help.scroll, scrollLimit(keymap, width: layout.width, height: layout.height))
    for (index, lines) in columns.enumerated() {
      let x = left + 2 + index * columnWidth
      for (row, line) in lines.dropFirst(scroll).prefix(body).enumerated() {
        switch line {
        case .heading(let text):
          var style = palette.overlay
          style.attributes.insert(.bold)
          style.attributes.insert(.underline)
          canvas.write(text, x: x, y: top + 1 + row, style: style)
        case .binding(let binding):
          canvas.write(
            Wrap.cut(binding.keyText, width: 9), x: x + 1, y: top + 1 + row,
            style: palette.onOverlay(palette.magnet))
          canvas.write(binding.help, x: x + 11, y: top + 1 + row, style: palette.overlay)
        case .empty: break
        }
      }
    }
    let limit = scrollLimit(keymap, width: layout.width, height: layout.height)
    let closes = keymap.offer(.leave, "closes")
    let scrolls = limit > 0 ? scrolling(keymap) : ""
    let note =
      " " + [scrolls, closes].filter { !$0.isEmpty }.joined(separator: " · ") + " "
    canvas.write(
      note, x: left + width - 2 - note.unicodeScalars.count, y: top + height - 1,
      style: palette.overlayBorder)
  }

  /// What clicks on the lines in sight do; those of the mouse do nothing.
  static func regions(
    _ help: HelpOverlay, keymap: Keymap, layout: Layout
  ) -> [TargetRegion] {
    let place = place(keymap, layout)
    let scroll = min(help.scroll, scrollLimit(keymap, width: layout.width, height: layout.height))
    var regions: [TargetRegion] = []
    for (index, lines) in columns(keymap, layout).enumerated() {
      let x = place.x.lowerBound + 2 + index * columnWidth
      for (row, line) in lines.dropFirst(scroll).prefix(rows(layout)).enumerated() {
        guard case .binding(let binding) = line, let action = binding.action else { continue }
        let y = place.y.lowerBound + 1 + row
        regions.append(
          TargetRegion(x: x..<x + columnWidth - 2, y: y..<y + 1, target: .action(action)))
      }
    }
    return regions
  }

  /// How far the help can be scrolled in a window.
  static func scrollLimit(_ keymap: Keymap, width: Int, height: Int) -> Int {
    let layout = Layout(width: width, height: height)
    let longest = columns(keymap, layout).map(\.count).max() ?? 0
    return max(longest - rows(layout), 0)
  }

  /// What scrolls, in the order of up and down: `↑↓ scroll`.
  private static func scrolling(_ keymap: Keymap) -> String {
    let keys = [Action.crosshairUp, .crosshairDown].compactMap { keymap.shown($0) }
    return keys.isEmpty
      ? ""
      : keys.joined(separator: keys.allSatisfy { $0.count == 1 } ? "" : "/")
        + " scroll"
  }

  private static func rows(_ layout: Layout) -> Int { max(layout.height - 4, 1) }

  /// The table in one column, or in two where the window is wide enough.
  private static func columns(_ keymap: Keymap, _ layout: Layout) -> [[Line]] {
    var parts: [[Line]] = []
    for section in Keymap.Section.allCases {
      var lines: [Line] = [.heading(section.rawValue)]
      for binding in keymap.bindings where binding.section == section {
        lines.append(.binding(binding))
      }
      parts.append(lines)
    }
    func joined(_ parts: some Sequence<[Line]>) -> [Line] {
      Array(parts.joined(separator: [.empty]))
    }
    guard layout.width >= columnWidth * 2 + 5 else { return [joined(parts)] }
    let total = parts.reduce(0) { $0 + $1.count }
    var split = 0
    var length = 0
    while split < parts.count && length + parts[split].count / 2 < total / 2 {
      length += parts[split].count
      split += 1
    }
    return [joined(parts[..<split]), joined(parts[split...])]
  }
}
