import MapEngine
import Market
import Terminal

/// A line of a page.
enum AccuracyLine {
  case text(String, Style)
  case heading(Table)
  case row(Table, [TableCell])
  case blank
}

/// Lines over the whole width, then columns of lines side by side, then lines over the whole width
/// again.
struct AccuracyPage {
  var intro: [AccuracyLine] = []
  var columns: [[AccuracyLine]] = []
  var outro: [AccuracyLine] = []

  /// Lines of the longest column.
  var columnLines: Int { columns.map(\.count).max() ?? 0 }

  /// Lines from top to bottom.
  var count: Int { intro.count + columnLines + outro.count }
}

/// What the panes of the accuracy say. Nothing in them is claimed that wasn't measured: on these
/// facts, or before and then with its date.
struct AccuracyPages {
  let state: AppState
  let palette: Palette

  init(_ state: AppState, palette: Palette) {
    self.state = state
    self.palette = palette
  }

  private var insight: MapInsight? { state.currentStudy?.insight }

  private var both: Unicode.Scalar { IntervalMark.both(state.glyphs) }

  /// The page of a pane in so many columns.
  func page(_ pane: AccuracyLook.Pane, width: Int) -> AccuracyPage {
    switch pane {
    case .touch: touch(width)
    case .labels: labels(width)
    case .shipped: shipped(width)
    case .meaning: meaning(width)
    }
  }

  private func wrapped(_ text: String, _ width: Int, _ style: Style) -> [AccuracyLine] {
    Wrap.lines(text, width: max(width, 8), limit: 12).map { .text($0, style) }
  }

  private func waiting(_ what: String, _ width: Int) -> [AccuracyLine] {
    let words =
      state.isLoading
      ? "There is no map yet: \(what) comes after it."
      : "The study is being worked out: \(what) comes with it."
    return wrapped(words, width, palette.text)
  }

  // MARK: Touch

  /// Columns that three horizons need side by side.
  private static let sideBySide = 112
  /// Columns left free between two.
  static let gap = 3

  private func touch(_ width: Int) -> AccuracyPage {
    var page = AccuracyPage()
    guard let insight else {
      page.intro = waiting("the test of touches", width)
      return page
    }
    let tested = insight.touchReliability
    let about = shippedTouch(insight.touchCalibration, width)
    guard !tested.isEmpty else {
      page.intro =
        wrapped("These facts are too few to test touches on them.", width, palette.text) + about
      return page
    }
    page.intro =
      wrapped(
        "How often a price was touched, against how often it was said to be: tested on these facts.",
        width, palette.text)
      + [.text("● came  │ said  \(both) both  ├─┤ 95% by days", palette.dim)]
    if width >= Self.sideBySide {
      let each = (width - Self.gap * (tested.count - 1)) / tested.count
      page.columns = tested.map { lines($0, each) }
      page.outro = [.blank] + about
    } else {
      page.columns = [tested.flatMap { lines($0, width) + [.blank] }]
      page.outro = about
    }
    return page
  }

  private func shippedTouch(_ calibration: TouchCalibration, _ width: Int) -> [AccuracyLine] {
    let date = calibration.asOf.map { "Curves of \($0)" } ?? "Curves"
    return wrapped("\(date): \(calibration.evidence)", width, palette.dim)
  }

  private static let touchColumns = [
    TableColumn("Said", 7, rank: 0), TableColumn("Came", 4, isNumeric: true, rank: 1),
    TableColumn("0 to 100%", 21, 61, rank: 0), TableColumn("Trials", 7, isNumeric: true, rank: 2),
    TableColumn("95%", 7, isNumeric: true, rank: 3),
  ]

  private func lines(_ reliability: TouchReliability, _ width: Int) -> [AccuracyLine] {
    let table = Table(
      Self.touchColumns, count: reliability.rows.count, scroll: TableScroll(), isFocused: false)
    func number(_ value: Double) -> String { Self.bare(value, places: 4) }
    let isBetter = reliability.brier < reliability.brierOfRandomWalk
    let trials = Self.count(reliability.trials)
    let scores = [
      "Brier \(number(reliability.brier)), random walk \(number(reliability.brierOfRandomWalk))"
        + (isBetter ? "" : ": no better"),
      "Brier \(number(reliability.brier)), random walk \(number(reliability.brierOfRandomWalk))",
      "Brier \(number(reliability.brier))",
    ]
    let errors = [
      "off by \(number(reliability.error)) on average, random walk "
        + number(reliability.errorOfRandomWalk),
      "off by \(number(reliability.error)), random walk \(number(reliability.errorOfRandomWalk))",
      "off by \(number(reliability.error))",
    ]
    func fitting(_ wordings: [String]) -> String {
      wordings.first { $0.unicodeScalars.count <= width } ?? ""
    }
    var lines: [AccuracyLine] = [
      .text("Within \(reliability.horizon.rawValue), \(trials) trials", palette.strong),
      .text(fitting(scores), isBetter ? palette.text : palette.warning),
      .text(fitting(errors), palette.text), .heading(table),
    ]
    for row in reliability.rows {
      let tenth = min(Int(row.predicted * 10), 9)
      lines.append(
        .row(
          table,
          [
            .word("\(tenth * 10)–\(tenth * 10 + 10)%", palette.dim),
            .word(LedgerText.share(row.observed), palette.text),
            .interval(
              row.interval.low...row.interval.high, mark: row.observed, against: row.predicted,
              palette.cumulative),
            .word(Self.count(row.trials), palette.dim),
            .word(LedgerText.shares(row.interval), palette.dim),
          ]))
    }
    return lines
  }

  // MARK: Labels

  private static let labelColumns = [
    TableColumn("Label", 18, rank: 0), TableColumn("Hits", 10, rank: 2),
    TableColumn("0 to 100%", 9, 41, rank: 3), TableColumn("Base", 4, isNumeric: true, rank: 4),
    TableColumn("95%", 7, isNumeric: true, rank: 5), TableColumn("Verdict", 8, 12, rank: 1),
  ]

  private func labels(_ width: Int) -> AccuracyPage {
    var page = AccuracyPage()
    if let insight {
      var told = "too few facts for a record yet"
      if let range = insight.told {
        told =
          "\(ClockText.dayAndTime(range.lowerBound)) to "
          + "\(ClockText.dayAndTime(range.upperBound)) UTC"
      }
      page.intro = [.text("On these facts: \(told)", palette.strong)]
      page.intro += records(RecordLabel.allCases.map { insight.record(of: $0) })
    } else {
      page.intro = waiting("the record of the labels", width)
    }
    page.intro += [.text("● hits  │ base  \(both) both  ├─┤ 95%", palette.dim), .blank]
    page.intro += wrapped(
      "Proven: of \(LabelRecord.leastTrials) trials or more, the whole interval lies above the base "
        + "rate, what distance, volatility and drift alone would have given.", width, palette.text)
    page.intro.append(.blank)
    let proven = AccuracyRecord.labels.filter(\.isProven).count
    page.intro += wrapped(
      "Before, on BTC, ETH and SOL (summer 2024, winter 2025-26), measured \(AccuracyRecord.date): "
        + (proven == 0 ? "no label is proven." : "\(proven) labels are proven."), width,
      palette.strong)
    page.intro += records(AccuracyRecord.labels)
    return page
  }

  private func records(_ records: [LabelRecord]) -> [AccuracyLine] {
    let table = Table(
      Self.labelColumns, count: records.count, scroll: TableScroll(), isFocused: false)
    return [.heading(table)] + records.map { .row(table, self.cells($0)) }
  }

  private func cells(_ record: LabelRecord) -> [TableCell] {
    let style =
      record.isProven ? palette.strong : record.isContradicted ? palette.warning : palette.text
    let name = TableCell.word(ReadingText.name(record.label), palette.text)
    guard record.trials > 0 else {
      return [name, .word("no trial", palette.dim), .empty, .empty, .empty]
        + [.word("unproven", palette.dim)]
    }
    return [
      name, .text(["\(record.hits) of \(record.trials)", "\(record.hits)"], palette.text),
      .interval(
        record.interval.low...record.interval.high,
        mark: Double(record.hits) / Double(record.trials), against: record.base, style),
      record.base.map { .word(LedgerText.share($0), palette.text) } ?? .empty,
      .word(LedgerText.shares(record.interval), palette.dim),
      .text(
        record.isProven
          ? ["proven"] : record.isContradicted ? ["the opposite", "opposite"] : ["unproven"],
        record.isProven || record.isContradicted ? style : palette.dim),
    ]
  }

  // MARK: Shipped record

  private static let marketColumns = [
    TableColumn("Market", 18, rank: 0), TableColumn("Share", 5, isNumeric: true, rank: 0),
    TableColumn("90%", 10, rank: 1), TableColumn("0 to 1", 9, 41, rank: 2),
    TableColumn("Volume", 6, isNumeric: true, rank: 3),
    TableColumn("Days", 4, isNumeric: true, rank: 4),
  ]

  private static let methodColumns = [
    TableColumn("Method", 20, rank: 0), TableColumn("EMD10", 5, isNumeric: true, rank: 1),
    TableColumn("off by", 6, isNumeric: true, rank: 0),
    TableColumn("rho", 5, isNumeric: true, rank: 2),
    TableColumn("top8", 5, isNumeric: true, rank: 3),
  ]

  private func shipped(_ width: Int) -> AccuracyPage {
    var page = AccuracyPage()
    let base = state.symbol.base
    let isMeasured = AccuracyRecord.realMarkets.contains { $0.base == base }
    page.intro = wrapped(
      isMeasured
        ? "Real liquidations, Binance by the hour, measured \(AccuracyRecord.date): the share of "
          + "what the best null, a flat map, leaves open that the map explains."
        : "\(base) was not measured. Other markets, Binance by the hour, measured "
          + "\(AccuracyRecord.date): the share of what a flat map leaves open that the map explains.",
      width, isMeasured ? palette.text : palette.warning)
    let markets = Table(
      Self.marketColumns, count: 4, scroll: TableScroll(), isFocused: false)
    page.intro.append(.heading(markets))
    for market in AccuracyRecord.realMarkets {
      let style = market.base == base ? palette.strong : palette.dim
      let flat = market.overFlat
      page.intro.append(
        .row(
          markets,
          [
            .word("\(market.base) \(market.period)", style),
            .word(Self.bare(flat.value, places: 2), style),
            .word(
              "\(Self.bare(flat.low, places: 2)) to \(Self.bare(flat.high, places: 2))", style),
            .interval(
              flat.low...flat.high, mark: flat.value, against: market.volumeAlone.value, style),
            .word(Self.bare(market.volumeAlone.value, places: 2), style),
            .word("\(market.days)", palette.dim),
          ]))
    }
    page.intro.append(
      .text("● the map  │ volume x way alone  \(both) both  ├─┤ 90%", palette.dim))
    page.intro.append(.blank)
    page.intro += wrapped(
      "80 simulated markets with known positions, none seen before; off by: dollars within 5% of "
        + "the price.", width, palette.text)
    let methods = Table(
      Self.methodColumns, count: AccuracyRecord.methods.count, scroll: TableScroll(),
      isFocused: false)
    page.intro.append(.heading(methods))
    for (index, method) in AccuracyRecord.methods.enumerated() {
      let style = index == 0 ? palette.strong : palette.text
      let factor = NumberText.decimal(
        method.factor5, places: method.factor5 < 10 ? 2 : method.factor5 < 100 ? 1 : 0)
      page.intro.append(
        .row(
          methods,
          [
            .word(method.name, style), .word(Self.bare(method.emd10, places: 3), style),
            .word("x\(factor)", style), .word(Self.bare(method.rho, places: 3), style),
            .word(Self.bare(method.top8, places: 3), style),
          ]))
    }
    return page
  }

  // MARK: What is what

  private func meaning(_ width: Int) -> AccuracyPage {
    var page = AccuracyPage()
    func part(_ name: String, _ style: Style, _ words: String) {
      page.intro += [.text(name, style)] + wrapped(words, width, palette.text)
    }
    part(
      state.snapshot?.isSimulated == true ? "SIMULATED, NOT MEASURED" : "MEASURED", palette.strong,
      "Prices, volume, open interest, funding, long/short ratios; liquidations as far as they are "
        + "published, which is a lower bound.")
    part(
      "MODELLED", palette.magnet,
      "Every dollar of a bar, a cluster, a magnet or a pool: where positions of that leverage would "
        + "be closed. Bands say how wrong it may be.")
    part(
      "ESTIMATED", palette.magnet,
      "Probabilities of touch: from realised volatility, calibrated; the Touch pane tests them here."
    )
    let unproven: [String]
    if let insight {
      unproven = RecordLabel.allCases.filter { !insight.record(of: $0).isProven }
        .map { ReadingText.name($0).lowercased() }
    } else {
      unproven = ["all labels until their record is known"]
    }
    part(
      "UNPROVEN", palette.warning,
      unproven.isEmpty
        ? "No label: each lies above its base rate." : unproven.joined(separator: ", ") + ".")
    part(
      "WHERE IT FALLS SHORT", palette.warning,
      "Which bins are the brightest is known little better than by the fixed peers' maps: rho "
        + "\(Self.bare(AccuracyRecord.methods[0].rho, places: 3)) against "
        + "\(Self.bare(AccuracyRecord.methods[4].rho, places: 3)). "
        + "On hourly BTC candles of summer 2024 standing positions add next to nothing to way times "
        + "volume. Placement on real prints was measured on one half day: nothing is claimed.")
    return page
  }

  // MARK: Numbers

  /// A number between -1 and 1 without its leading zero: `.33`.
  static func bare(_ value: Double, places: Int) -> String {
    let text = NumberText.decimal(value, places: places)
    return text.hasPrefix("0.") ? String(text.dropFirst()) : text
  }

  static func count(_ value: Int) -> String {
    NumberText.decimal(Double(value), places: 0, grouped: true)
  }
}
