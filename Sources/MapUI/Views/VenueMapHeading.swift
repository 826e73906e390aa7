import MapEngine
import Market
import Terminal

/// The line of words over a row of the venues' maps: name, dollars, open interest, funding, the
/// long/short ratio, how the feed stands. Trouble is kept before figures.
struct VenueMapHeading {
  private let row: VenueMaps.Row
  private let maps: VenueMaps
  private let state: AppState

  init(_ row: VenueMaps.Row, maps: VenueMaps, state: AppState) {
    self.row = row
    self.maps = maps
    self.state = state
  }

  /// The words of each row, the sum first. Venues say the same things in the same words, as many of
  /// them as all have room for; only trouble is told as far as the row's own room goes.
  static func fitted(
    _ headings: [VenueMapHeading], width: Int, palette: Palette
  ) -> [[LineItem]] {
    let lines = headings.map { $0.items(palette) }
    func short(_ items: [LineItem]) -> [LineItem] {
      items.map { item in
        guard item.rank == troubleRank, let last = item.wordings.last else { return item }
        var item = item
        item.wordings = [last]
        return item
      }
    }
    var fitted = lines.prefix(1).map { LineItem.fit($0, width: width) }
    fitted += LineItem.fitEvenly(lines.dropFirst().map(short), width: width)
    for (index, line) in lines.enumerated().dropFirst() {
      guard let trouble = line.first(where: { $0.rank == troubleRank }),
        let place = fitted[index].firstIndex(where: { $0.rank == troubleRank })
      else { continue }
      let room = width - LineItem.total(fitted[index]) + fitted[index][place].columns
      let wordings = trouble.wordings.filter { $0.unicodeScalars.count <= room }
      if !wordings.isEmpty { fitted[index][place].wordings = wordings }
    }
    return fitted
  }

  /// The rank of what keeps a venue from being live.
  private static let troubleRank = 2

  /// Draws the words on a rule.
  static func draw(_ items: [LineItem], x: Range<Int>, y: Int, on canvas: inout Canvas) {
    let palette = canvas.palette
    for column in x { canvas.put("─", x: column, y: y, style: palette.border) }
    var column = x.lowerBound
    for (index, item) in items.enumerated() {
      column += index > 0 ? item.gap - 2 : 0
      // Words stand free of the rule.
      canvas.put(" ", x: column, y: y, style: palette.text)
      column = canvas.write(item.wordings[0], x: column + 1, y: y, style: item.style)
      canvas.put(" ", x: column, y: y, style: palette.text)
      column += 1
    }
  }

  private func items(_ palette: Palette) -> [LineItem] {
    let coin = state.symbol.base
    var items = [LineItem(name, palette.strong, rank: 0)]
    if row.stacks != nil {
      items += [
        LineItem(
          wordings("longs", "L", row.totals.long), palette.long, rank: 1),
        LineItem(wordings("shorts", "S", row.totals.short), palette.short, rank: 1),
      ]
    } else {
      items.append(
        LineItem(
          ["nothing of it in this map", "not in this map", "no map"], palette.dim, rank: 1))
    }
    items += health(palette)
    let figures: ([String], [String], [String])
    if row.venue == nil {
      let all = state.figures
      figures = (
        VenueFigureText.openInterest(all, of: maps.rows.count - 1, coin: coin),
        VenueFigureText.meanFunding(all).map {
          let percent = NumberText.percent($0 * 100)
          return ["funding \(percent) a year, weighted by OI", "funding \(percent) a year"]
        } ?? [], []
      )
    } else if let told = row.figures {
      figures = (
        VenueFigureText.openInterest(told, coin: coin),
        VenueFigureText.funding(told, now: state.newestMoment), VenueFigureText.ratio(told)
      )
    } else {
      figures = ([], [], [])
    }
    items.append(LineItem(figures.0, palette.text, rank: 3))
    items.append(LineItem(figures.1, palette.text, rank: 4))
    items.append(LineItem(figures.2, palette.text, rank: 5))
    let missing = [("OI", figures.0), ("funding", figures.1), ("long/short", figures.2)]
      .filter { $0.1.isEmpty }.map(\.0)
    if row.venue != nil, !missing.isEmpty, row.feed?.isEnabled ?? true {
      let words = missing.joined(separator: ", ")
      items.append(LineItem(["\(words) not told", "– \(words)"], palette.dim, rank: 6))
    }
    return items.filter { !$0.wordings.isEmpty }
  }

  private var name: [String] {
    guard let venue = row.venue else {
      let count = maps.scene.snapshot.map.venues.count
      return count == 1 ? ["SUM of 1 venue", "SUM"] : ["SUM of \(count) venues", "SUM"]
    }
    let sign = row.feed.map { FeedText.sign($0) + " " } ?? ""
    return ["\(sign)\(venue.displayName)"]
  }

  private func wordings(_ long: String, _ short: String, _ usd: Double) -> [String] {
    let text = NumberText.usd(usd)
    return ["\(long) \(text)", "\(short) \(text)"]
  }

  /// How the feed stands: live is said last, trouble before all figures.
  private func health(_ palette: Palette) -> [LineItem] {
    guard let feed = row.feed else { return [] }
    let isFine: Bool
    switch feed.status.health {
    case .live, .complete: isFine = feed.isEnabled
    case .catchingUp, .partial, .stale, .refused: isFine = false
    }
    var words = FeedText.words(feed)
    // Beside figures a share says it without a bar.
    if words.count > 1, !feed.isFailing, let share = words.last {
      words = ["catching up \(share)", share]
    }
    return [
      LineItem(
        words, feed.isFailing ? palette.warning : palette.dim,
        rank: isFine ? 7 : Self.troubleRank)
    ]
  }
}
