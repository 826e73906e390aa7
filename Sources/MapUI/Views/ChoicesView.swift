import Market
import Terminal

/// The line of what can be chosen: symbols on the left, views, timeframes on the right. Timeframes
/// that the source can't fill are dim and in brackets; choosing one tells the reason.
///
///      BTC  ETH  SOL     1 Map  2 Heatmap  3 Venues ...     12h  1d  3d  7d  14d (180d) (1y)  all
enum ChoicesView {
  /// What a place on the line chooses.
  enum Target: Hashable {
    case symbol(Instrument)
    case view(ViewKind)
    case timeframe(TimeframeChoice)
  }

  /// A place on the line.
  struct Tab {
    var x: Int
    var text: String
    var target: Target
    var columns: Range<Int> { x..<x + text.unicodeScalars.count }
  }

  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    guard let row = layout.choices else { return }
    let palette = canvas.palette
    for tab in places(state, layout: layout) {
      let style: Style
      switch tab.target {
      case .symbol(let symbol):
        style = symbol == state.symbol ? palette.selection : palette.dim
      case .view(let view):
        style = view == state.view ? palette.selection : palette.dim
      case .timeframe(let choice):
        style =
          choice.timeframe == state.timeframe
          ? palette.selection : choice.reason == nil ? palette.dim : palette.faint
      }
      canvas.write(tab.text, x: tab.x, y: row, style: style)
    }
  }

  /// What the place in column `x` of the line chooses.
  static func target(_ state: AppState, layout: Layout, x: Int) -> Target? {
    places(state, layout: layout).first { $0.columns.contains(x) }?.target
  }

  /// The tabs and where they stand. Symbols that have no room are left out, the chosen one last.
  static func places(_ state: AppState, layout: Layout) -> [Tab] {
    var frames: [Tab] = []
    var length = 0
    for choice in state.timeframes {
      let name = choice.timeframe.rawValue
      let text = choice.reason == nil ? " \(name) " : "(\(name))"
      frames.append(Tab(x: length, text: text, target: .timeframe(choice)))
      length += text.unicodeScalars.count
    }
    let start = layout.width - 1 - length
    for index in frames.indices { frames[index].x += start }
    var names = state.symbols.map { (symbol: $0, text: " \($0.base) ") }
    while names.count > 1,
      names.reduce(0, { $0 + $1.text.unicodeScalars.count }) > start - 3
    {
      let last = names.lastIndex { $0.symbol != state.symbol } ?? 0
      names.remove(at: last)
    }
    var x = 0
    var tabs: [Tab] = []
    for name in names where x + name.text.unicodeScalars.count < start {
      tabs.append(Tab(x: x, text: name.text, target: .symbol(name.symbol)))
      x += name.text.unicodeScalars.count
    }
    return tabs + views(state, between: x, and: start) + frames.filter { $0.x >= 0 }
  }

  /// The views in the middle of the free columns: all by name, else the one that is shown by name
  /// and the others by their keys, else that one alone.
  private static func views(_ state: AppState, between low: Int, and high: Int) -> [Tab] {
    let named = ViewKind.allCases.map { (view: $0, text: " \($0.rawValue) \($0.title) ") }
    let short = named.map {
      (view: $0.view, text: $0.view == state.view ? $0.text : " \($0.view.rawValue) ")
    }
    let tight = short.map {
      (view: $0.view, text: $0.view == state.view ? $0.text : "\($0.view.rawValue) ")
    }
    for wording in [named, short, tight, named.filter { $0.view == state.view }] {
      let length = wording.reduce(0) { $0 + $1.text.unicodeScalars.count }
      guard length <= high - low - 2 else { continue }
      var x = low + (high - low - length + 1) / 2
      return wording.map { entry in
        defer { x += entry.text.unicodeScalars.count }
        return Tab(x: x, text: entry.text, target: .view(entry.view))
      }
    }
    return []
  }
}
