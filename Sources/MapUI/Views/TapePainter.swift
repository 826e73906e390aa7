import MapEngine
import Market
import Terminal

/// How a row of the tape is written.
struct TapePainter {
  private let palette: Palette
  private let price: Double?
  private let now: Timestamp?
  private let largest: Double
  private let sizeTitle: String

  init(_ state: AppState, rows: TapeRows, palette: Palette) {
    self.palette = palette
    price = state.currentPrice
    now = state.newestMoment
    largest = rows.largest
    sizeTitle = state.glyphs == .full ? "Size √" : "Size sqrt"
  }

  /// The columns; prices get the room that those in sight need.
  func columns(_ inSight: some Sequence<TapeRow>) -> [TableColumn] {
    var priceWidth = 5
    var isOld = false
    for row in inSight {
      let (time, price) = place(row)
      priceWidth = max(priceWidth, NumberText.price(price).unicodeScalars.count)
      isOld = isOld || self.isOld(time)
    }
    return [
      TableColumn("", 1, rank: 0),
      TableColumn("UTC", 8, isOld ? 14 : 8, rank: 1),
      TableColumn("Side", 5, rank: 0),
      TableColumn("USD", 6, isNumeric: true, rank: 0),
      TableColumn("Venue", 5, 11, rank: 3),
      TableColumn("Price", priceWidth, isNumeric: true, rank: 2),
      TableColumn("Away", 7, isNumeric: true, rank: 4),
      TableColumn("Cascade", 8, 12, rank: 5),
      TableColumn(sizeTitle, sizeTitle.count, 80, rank: 6),
    ]
  }

  /// The cells of a row, one a column.
  func cells(_ row: TapeRow) -> [TableCell] {
    switch row {
    case .event(let event, let isOpen):
      return [
        event.isCascade ? .word(isOpen ? "▼" : "▶", palette.strong) : .empty,
        time(event.end), side(event.side), usd(event.usd, event.side), venues(event.venues),
        .word(NumberText.price(event.price), palette.text), away(event.price), cascade(event),
        .bar(size(event.usd), palette.side(event.side == .long)),
      ]
    case .print(let print, let isLast):
      let side = print.liquidation.side
      return [
        .word(isLast ? "└" : "│", palette.border), time(print.liquidation.time),
        .word(side == .long ? "long" : "short", palette.dim),
        .word(NumberText.usd(print.usd), palette.text), venues([print.venue]),
        .word(NumberText.price(print.liquidation.price), palette.text),
        away(print.liquidation.price), .empty, .bar(size(print.usd), palette.dim),
      ]
    }
  }

  private func place(_ row: TapeRow) -> (Timestamp, Double) {
    switch row {
    case .event(let event, _): (event.end, event.price)
    case .print(let print, _): (print.liquidation.time, print.liquidation.price)
    }
  }

  /// The length of a bar: the square root of the dollars' share of the largest event's, so that all
  /// but the largest are seen as well.
  private func size(_ usd: Double) -> Double {
    largest > 0 ? (usd / largest).squareRoot() : 0
  }

  private func isOld(_ time: Timestamp) -> Bool {
    now.map { $0 - time >= .days(1) } ?? false
  }

  private func time(_ moment: Timestamp) -> TableCell {
    let day = ClockText.dateAndTime(moment).prefix(10).dropFirst(5)
    let clock = String(ClockText.time(moment).prefix(8))
    return .text(isOld(moment) ? ["\(day) \(clock)", "\(day)"] : [clock], palette.dim)
  }

  private func side(_ side: Side) -> TableCell {
    .word(side == .long ? "LONG" : "SHORT", palette.side(side == .long))
  }

  private func usd(_ usd: Double, _ side: Side) -> TableCell {
    .word(NumberText.usd(usd), palette.side(side == .long))
  }

  private func venues(_ venues: [Venue]) -> TableCell {
    guard let first = venues.first else { return .empty }
    guard venues.count > 1 else {
      return .text([first.displayName, FeedText.code(first)], palette.text)
    }
    return .text(
      ["\(first.displayName) +\(venues.count - 1)", "\(FeedText.code(first))+\(venues.count - 1)"],
      palette.text)
  }

  private func away(_ level: Double) -> TableCell {
    guard let price, price > 0 else { return .word("–", palette.dim) }
    return .word(NumberText.percent((level / price - 1) * 100), palette.dim)
  }

  private func cascade(_ event: TapeEvent) -> TableCell {
    guard event.isCascade else { return .empty }
    let seconds = (event.end - event.start).milliseconds / 1_000
    return .text(
      ["\(event.prints.count) in \(seconds) s", "\(event.prints.count)"], palette.magnet)
  }
}
