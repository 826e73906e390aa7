import Terminal

/// A line of the side panel, and how much it matters.
struct SidePanelLine {
  /// What stands on it, from the left.
  var items: [LineItem]
  /// How much it matters: 0 is never dropped before 1.
  var rank: Int
  /// Why it says so, for the lines below it where there is room for them.
  var reason: String?

  init(_ items: [LineItem], rank: Int) {
    self.items = items
    self.rank = rank
  }

  /// A line of one piece, in the first of its wordings that fits.
  init(_ wordings: [String], _ style: Style, rank: Int) {
    self.init([LineItem(wordings, style, rank: 0)], rank: rank)
  }

  /// A sentence in lines of so many columns that matter alike, at most `limit` of them.
  static func sentence(
    _ text: String, _ style: Style, width: Int, limit: Int, rank: Int
  ) -> [SidePanelLine] {
    Wrap.lines(text, width: width, limit: limit).map { SidePanelLine([$0], style, rank: rank) }
  }

  /// The line with its reason in at most so many lines of so many columns below it.
  func told(inLines limit: Int, width: Int, style: Style) -> [SidePanelLine] {
    guard let reason else { return [self] }
    return [self]
      + Wrap.lines(reason, width: width - 2, limit: limit).map {
        SidePanelLine(["  " + $0], style, rank: rank)
      }
  }
}

/// A part of the side panel under a title of its own.
struct SidePanelBlock {
  /// What it is about, and whether that is measured or modelled.
  var title: [LineItem]
  var lines: [SidePanelLine]
  /// What a click on it does; nil for nothing.
  var action: Action?

  init(_ title: String, _ note: [String], _ palette: Palette, lines: [SidePanelLine]) {
    self.title = [
      LineItem(title, palette.strong, rank: 0), LineItem(note, palette.dim, rank: 1),
    ]
    self.lines = lines
  }

  /// The block, with what a click on it does.
  func doing(_ action: Action) -> SidePanelBlock {
    var block = self
    block.action = action
    return block
  }

  /// The block with its reasons in at most so many lines each.
  func told(inLines limit: Int, width: Int, style: Style) -> SidePanelBlock {
    var block = self
    block.lines = lines.flatMap { $0.told(inLines: limit, width: width, style: style) }
    return block
  }

  /// The blocks in so many rows: first the air between them goes, then the lines that matter
  /// least, the last of them first. A block without a line left goes with its title.
  static func fit(
    _ blocks: [SidePanelBlock], rows: Int
  ) -> (blocks: [SidePanelBlock], hasAir: Bool) {
    var kept = blocks.filter { !$0.lines.isEmpty }
    if height(kept, hasAir: true) <= rows { return (kept, true) }
    while height(kept, hasAir: false) > rows,
      let rank = kept.flatMap(\.lines).map(\.rank).max(),
      let block = kept.lastIndex(where: { $0.lines.contains { $0.rank == rank } }),
      let line = kept[block].lines.lastIndex(where: { $0.rank == rank })
    {
      kept[block].lines.remove(at: line)
      if kept[block].lines.isEmpty { kept.remove(at: block) }
    }
    return (kept, false)
  }

  /// Rows that blocks take.
  static func height(_ blocks: [SidePanelBlock], hasAir: Bool) -> Int {
    blocks.reduce(0) { $0 + 1 + $1.lines.count } + (hasAir ? max(blocks.count - 1, 0) : 0)
  }
}
