import Market
import Terminal

/// What stands in the window until the first map arrives; of live venues, how each stands and
/// what a trader can do about it.
enum WaitingView {
  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    guard !state.source.isLive else {
      drawVenues(state, layout: layout, on: &canvas)
      return
    }
    let wish = "\(state.symbol) \(state.timeframe.rawValue)"
    var lines = Wrap.lines(
      "Waiting for \(wish) from \(state.source.name)", width: layout.width - 4, limit: 2)
    switch state.source.health {
    case .refused(let reason), .partial(let reason):
      lines += Wrap.lines(reason, width: layout.width - 4, limit: 3)
    case .catchingUp, .live, .complete, .stale: break
    }
    for (index, line) in lines.enumerated() {
      canvas.writeCentred(
        line, x: 0..<layout.width, y: layout.height / 2 - lines.count / 2 + index,
        style: canvas.palette.dim)
    }
  }

  private static func drawVenues(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    let palette = canvas.palette
    let columns = 0..<layout.width
    let rows = layout.metrics..<layout.footer
    let rest = FeedRows(
      state.source.feeds, width: min(layout.width - 4, 100), limit: rows.count - 6,
      palette: palette)
    let headline = headline(state)
    let isTrouble = state.source.chosen.allSatisfy(\.isFailing)
    var y = rows.lowerBound + max((rows.count - rest.lines.count - 5) / 2, 0)
    canvas.writeCentred(
      headline, x: columns, y: y, style: isTrouble ? palette.warning : palette.strong)
    y += 2
    rest.draw(x: max((layout.width - rest.width) / 2, 1), y: y, isOverlay: false, on: &canvas)
    y += rest.lines.count + 1
    for line in offers(state) where line.unicodeScalars.count <= layout.width - 2 {
      canvas.writeCentred(line, x: columns, y: y, style: palette.text)
      break
    }
  }

  private static func headline(_ state: AppState) -> String {
    let wish = "\(state.symbol) \(state.timeframe.rawValue)"
    if state.source.chosen.isEmpty { return "Every venue is switched off: press e to choose" }
    if state.source.chosen.allSatisfy(\.isFailing) { return "No venue answers for \(wish)" }
    return "Waiting for \(wish) from the venues"
  }

  /// What keys offer, from the longest wording to the shortest.
  private static func offers(_ state: AppState) -> [String] {
    guard state.other != nil else { return ["r ask again   e venues   q quit"] }
    return [
      "r ask again   e venues on or off   d a simulated market instead   q quit",
      "r ask again   e venues   d simulated market   q quit", "r again  e venues  d simulated",
    ]
  }
}
