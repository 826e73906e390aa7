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
    let isTrouble = state.silentTicks >= AppState.patience || isFailing(state)
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
    if state.source.chosen.isEmpty {
      let way = state.keymap.shown(.toggleVenueList).map { ": press \($0) to choose" } ?? ""
      return "Every venue is switched off" + way
    }
    if isFailing(state) { return "No venue answers for \(wish)" }
    if state.silentTicks >= AppState.patience {
      return "No venue has answered yet for \(wish): is there a network?"
    }
    return "Waiting for \(wish) from the venues"
  }

  private static func isFailing(_ state: AppState) -> Bool {
    state.source.chosen.allSatisfy(\.isFailing)
  }

  /// What keys offer, from the longest wording to the shortest.
  private static func offers(_ state: AppState) -> [String] {
    func offers(_ words: (Action, String)..., gap: String) -> String {
      words.map { state.keymap.offer($0.0, $0.1) }.filter { !$0.isEmpty }.joined(separator: gap)
    }
    guard state.other != nil else {
      return [
        offers((.retry, "ask again"), (.toggleVenueList, "venues"), (.quit, "quit"), gap: "   ")
      ]
    }
    return [
      offers(
        (.retry, "ask again"), (.toggleVenueList, "venues on or off"),
        (.changeSource, "a simulated market instead"), (.quit, "quit"), gap: "   "),
      offers(
        (.retry, "ask again"), (.toggleVenueList, "venues"), (.changeSource, "simulated market"),
        (.quit, "quit"), gap: "   "),
      offers(
        (.retry, "again"), (.toggleVenueList, "venues"), (.changeSource, "simulated"), gap: "  "),
    ]
  }
}
