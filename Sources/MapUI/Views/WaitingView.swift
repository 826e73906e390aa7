import Market
import Terminal

/// What stands in the window until the first map arrives.
enum WaitingView {
  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
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
}
