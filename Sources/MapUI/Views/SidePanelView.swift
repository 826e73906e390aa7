import MapEngine
import Market
import Terminal

/// The panel beside the map: the position that somebody asks about, the magnet, the plan, market
/// structure, and what comes next.
///
///     │ MAGNET 1 of 7  modelled
///     │ ◆ $83,347.5 longs   $73.8M
///     │ ...
///     │ PLAN  modelled as of 14:32:00 UTC
///     │ for a long
///     │ ● take profit  101,900  12 of 31, unproven
enum SidePanelView {
  static func draw(_ scene: Scene, state: AppState, on canvas: inout Canvas) {
    let layout = scene.layout
    guard let side = layout.side else { return }
    let rows = Self.rows(layout)
    for row in rows { canvas.put("│", x: side.lowerBound, y: row, style: canvas.palette.border) }
    let columns = Self.columns(side)
    let (blocks, hasAir) = fitted(
      scene, state: state, width: columns.count, rows: rows.count, palette: canvas.palette)
    var y = rows.lowerBound
    for block in blocks {
      canvas.write(block.title, x: columns, y: y)
      y += 1
      for line in block.lines {
        canvas.write(line.items, x: columns, y: y)
        y += 1
      }
      if hasAir { y += 1 }
    }
  }

  private static func rows(_ layout: Layout) -> Range<Int> {
    layout.metrics..<(layout.strip ?? layout.legend)
  }

  private static func columns(_ side: Range<Int>) -> Range<Int> {
    side.lowerBound + 2..<side.upperBound
  }

  /// What clicks on the blocks do.
  static func regions(_ scene: Scene, state: AppState, palette: Palette) -> [TargetRegion] {
    guard let side = scene.layout.side else { return [] }
    let (columns, rows) = (columns(side), rows(scene.layout))
    let (blocks, hasAir) = fitted(
      scene, state: state, width: columns.count, rows: rows.count, palette: palette)
    var y = rows.lowerBound
    return blocks.compactMap { block in
      let own = y..<y + 1 + block.lines.count
      y = own.upperBound + (hasAir ? 1 : 0)
      return block.action.map { TargetRegion(x: columns, y: own, target: .action($0)) }
    }
  }

  /// The blocks, with the reasons that there is room for.
  static func fitted(
    _ scene: Scene, state: AppState, width: Int, rows: Int, palette: Palette
  ) -> (blocks: [SidePanelBlock], hasAir: Bool) {
    let blocks = blocks(scene, state: state, width: width, palette: palette)
    guard SidePanelBlock.height(blocks, hasAir: true) <= rows else {
      return SidePanelBlock.fit(blocks, rows: rows)
    }
    return (SidePanelBlock.told(blocks, rows: rows, width: width, style: palette.dim), true)
  }

  private static func blocks(
    _ scene: Scene, state: AppState, width: Int, palette: Palette
  ) -> [SidePanelBlock] {
    let text = SidePanelText(
      state: state, snapshot: scene.snapshot, insight: state.currentStudy?.insight, width: width,
      palette: palette)
    let blocks = [
      text.position?.doing(.askPosition), text.magnet?.doing(.nextMagnet),
      text.plan?.doing(.viewLedger), text.structure?.doing(.toggleStructure),
      text.events?.doing(.viewLedger),
    ].compactMap { $0 }
    return blocks.filter { !$0.lines.isEmpty }
  }
}

/// What the blocks of the side panel are made from.
struct SidePanelText {
  let state: AppState
  let snapshot: MapSnapshot
  /// What the map means; nil while it is being worked out.
  let insight: MapInsight?
  /// Columns of a line.
  let width: Int
  let palette: Palette

  /// What stands where the study is missing.
  var working: SidePanelLine {
    SidePanelLine(["being worked out"], palette.dim, rank: 1)
  }

  // MARK: Words

  /// How often a label came true: `12 of 31 came true, unproven`.
  static func record(_ record: LabelRecord) -> [String] {
    guard record.trials > 0 else { return ["unproven, no trial", "unproven"] }
    let word = record.isProven ? "proven" : "unproven"
    let count = "\(record.hits) of \(record.trials)"
    return [
      "\(count) came true, \(word)", "\(count), \(word)",
      "\(word) \(record.hits)/\(record.trials)", word,
    ]
  }

  /// Probabilities of a touch: `1 h <1%  4 h 3%  24 h 12%`.
  static func touch(_ touch: [TouchHorizon: Double]) -> String {
    TouchHorizon.allCases.map { horizon in
      "\(horizon.hours) h \(touch[horizon].map(share) ?? "–")"
    }.joined(separator: "  ")
  }

  /// A probability: never 0 or 100%.
  static func share(_ share: Double) -> String {
    let percent = (share * 100).rounded()
    if percent < 1 { return "<1%" }
    if percent > 99 { return ">99%" }
    return "\(Int(percent))%"
  }

  /// A length of time in its two largest units: `3 d 4 h`, `2 h 5 m`, `12 m`, `40 s`.
  static func age(_ span: Span) -> String {
    let seconds = max(span.milliseconds, 0) / 1_000
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60)
    if days > 0 { return hours > 0 ? "\(days) d \(hours) h" : "\(days) d" }
    if hours > 0 { return minutes > 0 ? "\(hours) h \(minutes) m" : "\(hours) h" }
    return minutes > 0 ? "\(minutes) m" : "\(seconds) s"
  }

  /// Parts of a sum that aren't nothing, each with its name.
  func parts(_ names: [String], _ usd: [Double]) -> [LineItem] {
    zip(names, usd).enumerated().filter { $0.element.1 > 0 }.map { index, part in
      LineItem("\(part.0) \(NumberText.usd(part.1))", palette.text, rank: index)
    }
  }

  /// A cluster in a line: its price, its dollars, how far it is.
  func cluster(_ name: String, _ cluster: Cluster, rank: Int) -> SidePanelLine {
    SidePanelLine(
      [
        LineItem(name, palette.dim, rank: 1),
        LineItem(
          "$" + NumberText.price(cluster.price), palette.side(cluster.side == .long), rank: 0,
          gap: 1),
        LineItem(NumberText.usd(cluster.usd), palette.text, rank: 0, gap: 1),
        LineItem(NumberText.percent(cluster.distancePercent), palette.text, rank: 2, gap: 1),
      ], rank: rank)
  }
}
