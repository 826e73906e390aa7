import MapEngine
import Market
import Terminal

/// The row of the last liquidations, the newest on the left; what doesn't fit whole is left out.
///
///      published  ▼ $1.2M  63,120 Binance 14:32:07   ▲ $84.1K  63,180 Bybit 14:31:58   ...
enum StripView {
  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    guard let row = layout.strip else { return }
    let palette = canvas.palette
    let end = layout.width - 1
    // Feeds are throttled: what was published is a sample of what happened.
    var x = canvas.write("published", x: 1, y: row, style: palette.dim) + 2
    guard !state.tape.prints.isEmpty else {
      canvas.write("no liquidation of \(state.symbol.base) yet", x: x, y: row, style: palette.dim)
      return
    }
    for print in state.tape.prints.reversed() {
      let isLong = print.liquidation.side == .long
      let amount = "\(isLong ? "▼" : "▲") \(NumberText.paddedUSD(print.usd))"
      let price = " " + NumberText.price(print.liquidation.price)
      let place = " \(print.venue.displayName) \(Self.time(print.liquidation.time))"
      let length = (amount + price + place).unicodeScalars.count
      guard x + length <= end else { break }
      x = canvas.write(amount, x: x, y: row, style: palette.side(isLong))
      x = canvas.write(price, x: x, y: row, style: palette.text)
      x = canvas.write(place, x: x, y: row, style: palette.dim) + 3
    }
  }

  /// The time of day, UTC as all times on the screen.
  private static func time(_ moment: Timestamp) -> Substring { ClockText.time(moment).prefix(8) }
}
