import Terminal

/// A column of a table.
struct TableColumn: Hashable {
  /// Its heading; it must fit into the least width.
  var title: String
  /// The least and the most characters that it takes.
  var width: ClosedRange<Int>
  /// Whether its words stand at its right edge, as numbers do.
  var isNumeric = false
  /// How much it matters: 0 is dropped last.
  var rank: Int

  /// A column of at least `least` and at most `most` characters.
  init(_ title: String, _ least: Int, _ most: Int? = nil, isNumeric: Bool = false, rank: Int) {
    self.title = title
    width = least...max(most ?? least, least)
    self.isNumeric = isNumeric
    self.rank = rank
  }
}

/// What stands in a cell of a table.
enum TableCell: Hashable {
  /// Nothing.
  case empty
  /// Words, from the longest wording to the shortest: the first that fits is shown.
  case text([String], Style)
  /// A bar from the left, a share of the column's width.
  case bar(Double, Style)
  /// A share of the column's width from one end to the other, a mark within and a mark to hold it
  /// against, all between 0 and 1.
  case interval(ClosedRange<Double>, mark: Double?, against: Double?, Style)
  /// Cells as they are, from the longest row of them to the shortest: the first that fits is shown.
  case cells([[Cell]])

  /// A cell of one wording.
  static func word(_ text: String, _ style: Style) -> TableCell { .text([text], style) }
}

/// Which columns of a table fit into a width, and where they stand. Columns are dropped from the
/// highest rank down until the rest fits in its least widths; what is left over widens them from
/// the lowest rank up. Nothing is ever cut.
struct TableLayout: Hashable {
  /// A column in its place.
  struct Place: Hashable {
    /// The column, by its index.
    var column: Int
    /// The screen's columns that it takes.
    var x: Range<Int>
  }

  /// Columns left free between two.
  static let gap = 2

  /// The columns that fit, from the left.
  let places: [Place]

  /// The layout of columns between two columns of the screen.
  init(_ columns: [TableColumn], x: Range<Int>) {
    var kept = Array(columns.indices)
    func least() -> Int {
      kept.reduce(0) { $0 + columns[$1].width.lowerBound } + max(kept.count - 1, 0) * Self.gap
    }
    while least() > x.count,
      let last = kept.indices.max(by: { columns[kept[$0]].rank <= columns[kept[$1]].rank })
    {
      kept.remove(at: last)
    }
    var widths = kept.map { columns[$0].width.lowerBound }
    var rest = x.count - least()
    let order = kept.indices.sorted { columns[kept[$0]].rank < columns[kept[$1]].rank }
    for index in order {
      let more = min(columns[kept[index]].width.upperBound - widths[index], max(rest, 0))
      widths[index] += more
      rest -= more
    }
    var start = x.lowerBound
    places = zip(kept, widths).map { column, width in
      defer { start += width + Self.gap }
      return Place(column: column, x: start..<start + width)
    }
  }
}

/// Rows under a heading, of which one is selected:
///
///      UTC       Side   USD     Venue     Price      Away
///      14:32:07  LONG   $1.20M  Binance   97,001.0  −0.13%
struct Table {
  /// The columns.
  let columns: [TableColumn]
  /// How many rows there are.
  let count: Int
  /// Where it is scrolled to, and what is selected.
  let scroll: TableScroll
  /// Whether keys go to it, so that the selection is shown.
  let isFocused: Bool
  /// Whether it stands in a box over the map.
  let isOverlay: Bool

  /// A table of so many rows.
  init(
    _ columns: [TableColumn], count: Int, scroll: TableScroll, isFocused: Bool = true,
    isOverlay: Bool = false
  ) {
    self.columns = columns
    self.count = count
    self.scroll = scroll
    self.isFocused = isFocused
    self.isOverlay = isOverlay
  }

  /// Rows that a table of so many lines shows below its heading.
  static func visibleRows(_ lines: Int) -> Int { max(lines - 1, 0) }

  /// Draws the heading and the rows in sight; `cells` gives those of a row, one a column.
  func draw(
    x: Range<Int>, y: Range<Int>, on canvas: inout Canvas, cells: (_ row: Int) -> [TableCell]
  ) {
    guard !y.isEmpty else { return }
    drawHeading(x: x, y: y.lowerBound, on: &canvas)
    let visible = Self.visibleRows(y.count)
    let settled = scroll.settled(count: count, visible: visible)
    for line in 0..<min(visible, count - settled.top) {
      let row = settled.top + line
      drawRow(
        cells(row), x: x, y: y.lowerBound + 1 + line,
        isSelected: isFocused && row == settled.selected, on: &canvas)
    }
  }

  /// Draws the heading alone.
  func drawHeading(x: Range<Int>, y: Int, on canvas: inout Canvas) {
    let dim = canvas.palette.dim
    let style = isOverlay ? canvas.palette.onOverlay(dim) : dim
    for place in TableLayout(columns, x: x).places {
      let column = columns[place.column]
      let length = column.title.unicodeScalars.count
      guard length <= place.x.count else { continue }
      let start = column.isNumeric ? place.x.upperBound - length : place.x.lowerBound
      canvas.write(column.title, x: start, y: y, style: style)
    }
  }

  /// Draws a row alone; `cells` has one a column.
  func drawRow(
    _ cells: [TableCell], x: Range<Int>, y: Int, isSelected: Bool = false, on canvas: inout Canvas
  ) {
    if isSelected {
      canvas.grid.fill(x: x, y: y..<y + 1, with: Cell(" ", style: canvas.palette.selection))
    }
    for place in TableLayout(columns, x: x).places where cells.indices.contains(place.column) {
      draw(cells[place.column], in: place, y: y, isSelected: isSelected, on: &canvas)
    }
  }

  private func draw(
    _ cell: TableCell, in place: TableLayout.Place, y: Int, isSelected: Bool,
    on canvas: inout Canvas
  ) {
    func style(_ own: Style) -> Style { isSelected ? canvas.palette.selection : own }
    switch cell {
    case .empty: break
    case .text(let wordings, let own):
      guard let text = wordings.first(where: { $0.unicodeScalars.count <= place.x.count }) else {
        return
      }
      let length = text.unicodeScalars.count
      let start =
        columns[place.column].isNumeric ? place.x.upperBound - length : place.x.lowerBound
      canvas.write(text, x: start, y: y, style: style(own))
    case .bar(let share, let own):
      for (index, scalar) in canvas.glyphs.bar(share, width: place.x.count).enumerated() {
        canvas.set(
          Cell(scalar, style: style(own)), x: place.x.lowerBound + index, y: y)
      }
    case .cells(let rows):
      guard let row = rows.first(where: { $0.count <= place.x.count }) else { return }
      for (index, cell) in row.enumerated() {
        canvas.set(
          Cell(cell.scalar, style: style(cell.style)), x: place.x.lowerBound + index, y: y)
      }
    case .interval(let range, let mark, let against, let own):
      IntervalMark(range: range, mark: mark, against: against).draw(
        x: place.x, y: y, style: style(own),
        quiet: isSelected ? canvas.palette.selection : canvas.palette.border,
        other: style(canvas.palette.strong), on: &canvas)
    }
  }
}

/// A share with its interval on a scale from 0 to 1, and what it is held against:
///
///      ····├──●────┤··│····
struct IntervalMark {
  /// From where to where.
  let range: ClosedRange<Double>
  /// The share itself.
  let mark: Double?
  /// What it is held against.
  let against: Double?

  /// The mark of a share and of what it is held against in one cell.
  static func both(_ set: GlyphSet) -> Unicode.Scalar { set == .ascii ? "#" : "◆" }

  /// The column of a share among so many.
  static func column(_ share: Double, width: Int) -> Int {
    Int((min(max(share, 0), 1) * Double(max(width - 1, 0))).rounded())
  }

  /// Draws the scale, the interval over it, and the marks over that.
  func draw(
    x: Range<Int>, y: Int, style: Style, quiet: Style, other: Style, on canvas: inout Canvas
  ) {
    guard !x.isEmpty else { return }
    // In ASCII the scale's dots would look like the interval's line.
    let dot: Unicode.Scalar = canvas.glyphs.set == .ascii ? "." : "·"
    for column in x { canvas.put(dot, x: column, y: y, style: quiet) }
    func place(_ share: Double) -> Int {
      x.lowerBound + Self.column(share, width: x.count)
    }
    let low = place(range.lowerBound)
    let high = place(range.upperBound)
    for column in low...high { canvas.put("─", x: column, y: y, style: style) }
    if high > low {
      canvas.put("├", x: low, y: y, style: style)
      canvas.put("┤", x: high, y: y, style: style)
    }
    if let mark { canvas.put("●", x: place(mark), y: y, style: style) }
    guard let against else { return }
    // Where both fall into a cell it shows that both are there.
    let isBoth = mark.map { place($0) == place(against) } ?? false
    canvas.put(
      isBoth ? Self.both(canvas.glyphs.set) : "│", x: place(against), y: y, style: other)
  }
}

extension Glyphs {
  /// A bar from the left over a share of `width` cells: in eighths of a cell where the set has
  /// them, else in whole cells. What isn't nothing shows.
  func bar(_ share: Double, width: Int) -> [Unicode.Scalar] {
    guard share > 0, width > 0 else { return [] }
    let whole: Unicode.Scalar = lower("█")
    guard set == .full else {
      let cells = Int((min(share, 1) * Double(width)).rounded())
      return cells > 0 ? Array(repeating: whole, count: min(cells, width)) : [lower("░")]
    }
    let units = max(Int((min(share, 1) * Double(width * 8)).rounded()), 1)
    var cells = Array(repeating: whole, count: units / 8)
    if units % 8 > 0 { cells.append(Self.leftEighths[units % 8 - 1]) }
    return cells
  }

  private static let leftEighths: [Unicode.Scalar] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A cell of a row of small bars, `share` of it high: in eighths where the set has them, else as
  /// a density. What isn't nothing shows.
  func spark(_ share: Double) -> Unicode.Scalar {
    guard share > 0 else { return " " }
    let steps: [Unicode.Scalar]
    switch set {
    case .full: steps = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    case .blocks: steps = ["░", "▒", "▓", "█"]
    case .ascii: steps = [".", ":", "+", "#"]
    }
    let step = Int((min(share, 1) * Double(steps.count)).rounded(.up))
    return steps[min(max(step, 1), steps.count) - 1]
  }
}
