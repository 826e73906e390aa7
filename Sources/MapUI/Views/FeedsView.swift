import Market
import Terminal

/// The line of venues in a high window: how each stands, in as many words as there is room for.
///
///      ● Binance  ● Bybit  ◐ OKX ███░░░░░ 43%  ○ Hyperliquid STALE since 14:02:11 UTC  – Gate off
enum FeedsView {
  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    guard let row = layout.feeds, state.source.isLive else { return }
    let palette = canvas.palette
    let items = state.source.feeds.map { feed in
      let name = "\(FeedText.sign(feed)) \(feed.venue.displayName)"
      let isPlain = !feed.isEnabled || feed.status.health == .live
      let words = FeedText.words(feed).map { "\(name) \($0)" }
      return LineItem(
        isPlain ? words + [name] : words, FeedRows.style(feed, palette), rank: 0)
    }
    canvas.write(items, x: 1..<layout.width - 1, y: row)
  }
}
