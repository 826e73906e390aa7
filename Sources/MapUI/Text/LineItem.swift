import Terminal

/// A piece of a line: its wordings from the longest to the shortest, and how much it matters.
struct LineItem {
  /// The wordings, longest first.
  var wordings: [String]
  /// How it is painted.
  var style: Style
  /// How much it matters: 0 is never dropped before 1.
  var rank: Int
  /// Columns left free before it, unless it is the first.
  var gap: Int = 2
  /// What a click on it does; nil for nothing.
  var target: Target?

  /// An item of one wording or more.
  init(
    _ wordings: [String], _ style: Style, rank: Int, gap: Int = 2, target: Target? = nil
  ) {
    self.wordings = wordings
    self.style = style
    self.rank = rank
    self.gap = gap
    self.target = target
  }

  /// An item of one wording.
  init(_ text: String, _ style: Style, rank: Int, gap: Int = 2, target: Target? = nil) {
    self.init([text], style, rank: rank, gap: gap, target: target)
  }

  /// Where clicks on the items that fit between two columns of a row do something.
  static func regions(_ items: [LineItem], x: Range<Int>, y: Int) -> [TargetRegion] {
    var column = x.lowerBound
    var regions: [TargetRegion] = []
    for (index, item) in fit(items, width: x.count).enumerated() {
      if index > 0 { column += item.gap }
      let columns = column..<column + item.columns
      if let target = item.target, !columns.isEmpty {
        regions.append(TargetRegion(x: columns, y: y..<y + 1, target: target))
      }
      column = columns.upperBound
    }
    return regions
  }

  /// The items that fit into `width` columns, each in one wording. Of what matters
  /// least the longest is shortened first, then the last is dropped, until the rest fits:
  /// nothing is ever cut.
  static func fit(_ items: [LineItem], width: Int) -> [LineItem] {
    var kept = items.filter { !$0.wordings.isEmpty }
    while total(kept) > width {
      guard let rank = kept.map(\.rank).max() else { break }
      let least = kept.indices.filter { kept[$0].rank == rank }
      let wordy = least.filter { kept[$0].wordings.count > 1 }
      if let longest = wordy.max(by: { kept[$0].columns < kept[$1].columns }) {
        kept[longest].wordings.removeFirst()
      } else if let last = least.last {
        kept.remove(at: last)
      }
    }
    return kept
  }

  /// The items of several lines that are read as a table, each line into `width` columns: what is
  /// shortened or dropped in one goes in all, by rank, so that neighbours say the same things in the
  /// same words.
  static func fitEvenly(_ lines: [[LineItem]], width: Int) -> [[LineItem]] {
    var kept = lines.map { $0.filter { !$0.wordings.isEmpty } }
    while kept.contains(where: { total($0) > width }) {
      guard let rank = kept.joined().map(\.rank).max() else { break }
      let most = kept.joined().filter { $0.rank == rank }.map(\.wordings.count).max() ?? 0
      for line in kept.indices {
        if most > 1 {
          // Those with fewer wordings have the shorter ones.
          for item in kept[line].indices
          where kept[line][item].rank == rank && kept[line][item].wordings.count == most {
            kept[line][item].wordings.removeFirst()
          }
        } else {
          kept[line].removeAll { $0.rank == rank }
        }
      }
    }
    return kept
  }

  /// Columns that the items take in their first wordings.
  static func total(_ items: [LineItem]) -> Int {
    var columns = 0
    for (index, item) in items.enumerated() {
      columns += item.columns + (index > 0 ? item.gap : 0)
    }
    return columns
  }

  /// Columns of the first wording.
  var columns: Int { wordings.first?.unicodeScalars.count ?? 0 }
}
