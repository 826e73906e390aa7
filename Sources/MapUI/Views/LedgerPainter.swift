import MapEngine
import Market
import Terminal

/// How rows of the ledger are written.
struct LedgerPainter {
  private let palette: Palette
  private let price: Double
  private let insight: MapInsight
  /// Characters of the longest price, and of the longest zone.
  private let priceWidth: Int
  private let zoneWidth: Int

  init(_ rows: LedgerRows, price: Double, palette: Palette) {
    self.palette = palette
    self.price = price
    insight = rows.study.insight
    let prices =
      rows.magnets.flatMap { [$0.low, $0.high] } + rows.hunts.map(\.level)
      + rows.study.insight.plan.compactMap(\.price) + [price]
    priceWidth = prices.reduce(5) { max($0, NumberText.price($1).unicodeScalars.count) }
    zoneWidth = rows.magnets.reduce(priceWidth) {
      max($0, LedgerText.zone($1.low...$1.high).unicodeScalars.count)
    }
  }

  // MARK: Magnets

  var magnetColumns: [TableColumn] {
    [
      TableColumn("No", 3, 4, isNumeric: true, rank: 7),
      TableColumn("Side", 5, rank: 0),
      TableColumn("State", 8, rank: 2),
      TableColumn("Zone", zoneWidth, isNumeric: true, rank: 0),
      TableColumn("Away", 7, isNumeric: true, rank: 3),
      TableColumn("Now", 6, isNumeric: true, rank: 1),
      TableColumn("Peak", 6, isNumeric: true, rank: 4),
      TableColumn("Born", 11, rank: 5),
      TableColumn("Touched", 11, rank: 8),
      TableColumn("Ended", 11, rank: 9),
      TableColumn("Eaten", 5, isNumeric: true, rank: 6),
      TableColumn("Printed", 7, isNumeric: true, rank: 10),
      TableColumn("Now/peak", 8, 24, rank: 11),
    ]
  }

  func cells(_ magnet: Magnet) -> [TableCell] {
    let isLong = magnet.side == .long
    let style = magnet.isAlive ? palette.text : palette.dim
    return [
      .word("\(magnet.number)", palette.dim),
      .word(isLong ? "LONG" : "SHORT", magnet.isAlive ? palette.side(isLong) : palette.dim),
      .word(magnet.state.rawValue, self.style(magnet.state)),
      .word(LedgerText.zone(magnet.low...magnet.high), style),
      away(magnet.price),
      .word(magnet.isAlive ? NumberText.usd(magnet.usd) : "–", style),
      .word(NumberText.usd(magnet.peakUSD), style), time(magnet.bornAt),
      time(magnet.touchedAt), time(magnet.endedAt),
      magnet.touchedAt == nil ? .empty : .word(LedgerText.share(magnet.eatenShare), style),
      .word(magnet.printedUSD.map { NumberText.usd($0) } ?? "", style),
      magnet.isAlive && magnet.peakUSD > 0
        ? .bar(magnet.usd / magnet.peakUSD, palette.side(isLong)) : .empty,
    ]
  }

  private func style(_ state: Magnet.State) -> Style {
    switch state {
    case .standing: palette.text
    case .touched: palette.magnet
    case .swept: palette.warning
    case .faded: palette.dim
    }
  }

  // MARK: Stop hunts

  var huntColumns: [TableColumn] {
    [
      TableColumn("Swing", 5, rank: 0),
      TableColumn("Level", priceWidth, isNumeric: true, rank: 0),
      TableColumn("Phase", 9, 16, rank: 1),
      TableColumn("Away", 7, isNumeric: true, rank: 5),
      TableColumn("Pool", 6, isNumeric: true, rank: 2),
      TableColumn("Eaten", 5, isNumeric: true, rank: 3),
      TableColumn("Grabbed", 11, rank: 4),
      TableColumn("Confirmed", 9, rank: 7),
      TableColumn("Next opposite", max(priceWidth + 7, 13), 30, rank: 6),
      TableColumn("Printed", 7, isNumeric: true, rank: 8),
      TableColumn("Decided", 11, rank: 9),
    ]
  }

  func cells(_ hunt: StopHunt) -> [TableCell] {
    let isGrabbed = hunt.grabbedAt != nil
    return [
      .word(hunt.kind == .high ? "▲high" : "▼low", palette.side(hunt.side == .long)),
      .word(NumberText.price(hunt.level), palette.text),
      .text(
        hunt.failedAt == nil ? [hunt.phase.rawValue] : ["reversed, failed", "failed"],
        style(hunt)),
      away(hunt.level),
      .word(NumberText.usd(hunt.pool.usd), palette.text),
      isGrabbed ? .word(LedgerText.share(hunt.eatenShare), palette.text) : .empty,
      time(hunt.grabbedAt),
      hunt.decidedAt == nil
        ? .empty : .word(hunt.isConfirmed ? "yes" : "no", palette.dim),
      opposite(hunt.opposite),
      .word(hunt.printedUSD.map { NumberText.usd($0) } ?? "", palette.text),
      time(hunt.decidedAt),
    ]
  }

  private func style(_ hunt: StopHunt) -> Style {
    switch hunt.phase {
    case .building: palette.dim
    case .grabbed: palette.magnet
    case .reversed: hunt.failedAt == nil ? palette.strong : palette.warning
    case .continued: palette.warning
    }
  }

  private func opposite(_ pool: StopHunt.NextPool?) -> TableCell {
    guard let pool else { return .empty }
    let price = NumberText.price(pool.price)
    let usd = NumberText.usd(pool.usd)
    return .text(
      ["\(price) \(usd) \(NumberText.percent(pool.distancePercent))", "\(price) \(usd)", price],
      palette.side(pool.side == .long))
  }

  // MARK: The reading

  var readingColumns: [TableColumn] {
    [
      TableColumn("What", 18, 20, rank: 0),
      TableColumn("Now", 8, 24, rank: 2),
      TableColumn("Price", priceWidth, isNumeric: true, rank: 3),
      TableColumn("Away", 7, isNumeric: true, rank: 6),
      TableColumn("Record", 9, 11, rank: 4),
      TableColumn("95%", 7, isNumeric: true, rank: 7),
      TableColumn("Base", 4, isNumeric: true, rank: 5),
      TableColumn("0 to 100%", 11, 31, rank: 8),
      TableColumn("Verdict", 8, 12, rank: 1),
    ]
  }

  func cells(_ row: LedgerRows.Reading) -> [TableCell] {
    let price = ReadingText.price(row)
    let now = ReadingText.now(row)
    return [
      .word(ReadingText.name(row), isNow(row) ? palette.text : palette.dim),
      .text(now, style(row)),
      price.map { .word(NumberText.price($0), palette.text) } ?? .empty,
      price.map(away) ?? .empty,
    ] + record(row.label.map { insight.record(of: $0) })
  }

  private func isNow(_ row: LedgerRows.Reading) -> Bool {
    if case .label = row { false } else { true }
  }

  /// The cells of a record: hits of trials, interval, base, drawing, verdict.
  func record(_ record: LabelRecord?) -> [TableCell] {
    guard let record else { return [.empty, .empty, .empty, .empty, .empty] }
    guard record.trials > 0 else {
      return [.word("no trial", palette.dim), .empty, .empty, .empty, verdict(record)]
    }
    let share = Double(record.hits) / Double(record.trials)
    return [
      .word("\(record.hits) of \(record.trials)", palette.text),
      .word(LedgerText.shares(record.interval), palette.text),
      record.base.map { .word(LedgerText.share($0), palette.text) } ?? .empty,
      .interval(
        record.interval.low...record.interval.high, mark: share, against: record.base,
        verdictStyle(record)),
      verdict(record),
    ]
  }

  private func verdict(_ record: LabelRecord) -> TableCell {
    .text(
      record.isProven
        ? ["proven"] : record.isContradicted ? ["the opposite", "opposite"] : ["unproven"],
      verdictStyle(record))
  }

  private func verdictStyle(_ record: LabelRecord) -> Style {
    record.isProven ? palette.strong : record.isContradicted ? palette.warning : palette.dim
  }

  private func style(_ row: LedgerRows.Reading) -> Style {
    switch row {
    case .bias(let bias):
      switch bias.label {
      case .squeezeUp: palette.short
      case .flushDown: palette.long
      case .pinned: palette.magnet
      case .balanced: palette.strong
      }
    case .nearest(let side, _): palette.side(side == .long)
    case .plan(let item):
      switch item.state {
      case .met: palette.strong
      case .wait: palette.magnet
      case .against: palette.warning
      case .none: palette.dim
      }
    case .label: palette.dim
    }
  }

  // MARK: Common cells

  private func away(_ level: Double) -> TableCell {
    .word(NumberText.percent((level / price - 1) * 100), palette.dim)
  }

  private func time(_ moment: Timestamp?) -> TableCell {
    moment.map { .word(ClockText.dayAndTime($0), palette.dim) } ?? .empty
  }
}
