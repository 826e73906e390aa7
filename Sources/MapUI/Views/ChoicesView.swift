import Market
import Terminal

/// The line of what can be chosen: symbols on the left, timeframes on the right. Those that the
/// source can't fill are dim and in brackets; choosing one tells the reason.
///
///      BTC  ETH  SOL                       12h  1d  3d  7d  14d  30d  90d  (180d) (1y)  all
enum ChoicesView {
  /// What a place on the line chooses.
  enum Target: Hashable {
    case symbol(Instrument)
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
    return tabs + frames.filter { $0.x >= 0 }
  }
}
