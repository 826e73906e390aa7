import Terminal

/// A line of the side panel, and how much it matters.
struct SidePanelLine {
  /// What stands on it, from the left.
  var items: [LineItem]
  /// How much it matters: 0 is never dropped before 1.
  var rank: Int
  /// Why it says so, for the lines below it where there is room for all of them: its wordings, the
  /// longest first.
  var reasons: [String] = []
  /// How much the reason matters among reasons: 0 is told before 1.
  var reasonRank = 0
  /// Whether it goes on with the sentence of the line above it, which stays or goes as a whole.
  var isContinued = false

  init(_ items: [LineItem], rank: Int) {
    self.items = items
    self.rank = rank
  }

  /// A line of one piece, in the first of its wordings that fits.
  init(_ wordings: [String], _ style: Style, rank: Int) {
    self.init([LineItem(wordings, style, rank: 0)], rank: rank)
  }

  /// A whole sentence in lines of so many columns, which stay or go together.
  static func sentence(
    _ text: String, _ style: Style, width: Int, rank: Int
  ) -> [SidePanelLine] {
    var lines = Wrap.lines(text, width: width, limit: .max)
      .map { SidePanelLine([$0], style, rank: rank) }
    for index in lines.indices.dropFirst() { lines[index].isContinued = true }
    return lines
  }

  /// A wording of the reason in lines below this one, indented.
  func reason(_ wording: Int, width: Int, style: Style) -> [SidePanelLine] {
    Self.sentence(reasons[wording], style, width: width - 2, rank: rank).map { line in
      var line = line
      line.items[0].wordings = line.items[0].wordings.map { "  " + $0 }
      line.isContinued = true
      return line
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

  /// The blocks with as many reasons as so many rows have room for, each whole or not at all: what
  /// says something now comes first, by the ranks of the reasons, and is worded longer where rows
  /// are left over.
  static func told(
    _ blocks: [SidePanelBlock], rows: Int, width: Int, style: Style
  ) -> [SidePanelBlock] {
    typealias Place = (block: Int, line: Int, rank: Int)
    var places: [Place] = []
    for (index, block) in blocks.enumerated() {
      for (number, line) in block.lines.enumerated() where !line.reasons.isEmpty {
        places.append((index, number, line.reasonRank))
      }
    }
    // By rank, and in one rank from the top.
    let order = (0...(places.map(\.rank).max() ?? 0)).flatMap { rank in
      places.filter { $0.rank == rank }
    }
    var free = rows - height(blocks, hasAir: true)
    var reasons = blocks.map { $0.lines.map { _ in [SidePanelLine]() } }
    func take(_ place: Place, wording: Int) {
      let line = blocks[place.block].lines[place.line]
      guard line.reasons.indices.contains(wording) else { return }
      let lines = line.reason(wording, width: width, style: style)
      let more = lines.count - reasons[place.block][place.line].count
      guard more <= free else { return }
      reasons[place.block][place.line] = lines
      free -= more
    }
    for place in order {
      take(place, wording: blocks[place.block].lines[place.line].reasons.count - 1)
    }
    for place in order where !reasons[place.block][place.line].isEmpty { take(place, wording: 0) }
    return blocks.indices.map { index in
      var block = blocks[index]
      block.lines = zip(block.lines, reasons[index]).flatMap { [$0] + $1 }
      return block
    }
  }

  /// The blocks in so many rows: first the air between them goes, then the lines that matter
  /// least, the last of them first, a sentence as a whole. A block without a line left goes with
  /// its title.
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
      var first = line
      while first > 0, kept[block].lines[first].isContinued { first -= 1 }
      kept[block].lines.removeSubrange(first...line)
      if kept[block].lines.isEmpty { kept.remove(at: block) }
    }
    return (kept, false)
  }

  /// Rows that blocks take.
  static func height(_ blocks: [SidePanelBlock], hasAir: Bool) -> Int {
    blocks.reduce(0) { $0 + 1 + $1.lines.count } + (hasAir ? max(blocks.count - 1, 0) : 0)
  }
}
