import Market
import Terminal

/// The venues, one or more lines each: number, sign, name, state in words, what is missing.
///
///      1 ● Binance      live
///      2 ◐ Bybit        catching up █████░░░░░░░ 43%
///      3 × OKX          refused: Service unavailable from a restricted location
///      4 – Hyperliquid  off
struct FeedRows {
  /// A stretch of a line in one style.
  struct Part {
    var text: String
    var style: Style
  }

  /// The lines.
  let lines: [[Part]]
  /// The number of each line's venue, from 1.
  let numbers: [Int]

  /// Columns before the words of a state.
  private static let indent = 17

  /// The lines in so many columns, at most `limit` of them as far as words can give way.
  init(_ feeds: [FeedState], width: Int, limit: Int, palette: Palette) {
    var lines: [[Part]] = []
    var numbers: [Int] = []
    for (reason, gaps) in [(4, 4), (3, 2), (2, 1), (2, 0), (1, 0)] {
      let parts = feeds.enumerated().map { index, feed in
        Self.lines(
          feed, number: index + 1, width: width, reason: reason, gaps: gaps, palette: palette)
      }
      lines = Array(parts.joined())
      numbers = parts.enumerated().flatMap { index, own in own.map { _ in index + 1 } }
      if lines.count <= limit { break }
    }
    self.lines = Array(lines.prefix(limit))
    self.numbers = Array(numbers.prefix(limit))
  }

  /// Writes the lines, from the top.
  func draw(x: Int, y: Int, isOverlay: Bool, on canvas: inout Canvas) {
    for (row, line) in lines.enumerated() {
      var column = x
      for part in line {
        let style = isOverlay ? canvas.palette.onOverlay(part.style) : part.style
        column = canvas.write(part.text, x: column, y: y + row, style: style)
      }
    }
  }

  /// Columns of the longest line.
  var width: Int {
    lines.map { $0.reduce(0) { $0 + $1.text.unicodeScalars.count } }.max() ?? 0
  }

  private static func lines(
    _ feed: FeedState, number: Int, width: Int, reason: Int, gaps: Int, palette: Palette
  ) -> [[Part]] {
    let style = style(feed, palette)
    let name = NumberText.filled(feed.venue.displayName, 12)
    let room = width - indent
    var words = Wrap.lines(FeedText.words(feed)[0], width: room, limit: reason)
    var first = [
      Part(text: "\(number) ", style: palette.strong),
      Part(text: FeedText.sign(feed), style: style),
      Part(text: " \(name) ", style: feed.isEnabled ? palette.text : palette.dim),
    ]
    if !words.isEmpty { first.append(Part(text: words.removeFirst(), style: style)) }
    var lines = [first]
    let margin = String(repeating: " ", count: indent)
    func add(_ text: String, _ style: Style) {
      lines.append([Part(text: margin, style: palette.text), Part(text: text, style: style)])
    }
    for line in words { add(line, style) }
    guard feed.isEnabled else { return lines }
    if feed.status.dropped > 0 {
      let count = NumberText.decimal(Double(feed.status.dropped), places: 0, grouped: true)
      add("\(count) messages dropped", palette.warning)
    }
    for gap in feed.status.gaps.prefix(gaps) {
      for line in Wrap.lines(gap, width: room, limit: 2) { add(line, palette.dim) }
    }
    let more = feed.status.gaps.count - gaps
    if more > 0, gaps > 0 { add("and \(more) more gaps", palette.dim) }
    return lines
  }

  /// The style of a state.
  static func style(_ feed: FeedState, _ palette: Palette) -> Style {
    feed.isFailing ? palette.warning : palette.dim
  }
}
