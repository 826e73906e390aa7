import MapEngine
import Market
import Terminal

/// The four metrics of the trade, as cards of three lines: what it is, how much, and what it
/// means.
///
///      Total Long Liq   Total Short Liq    Price         Magnet $ 320M
///      ▼ $1.23B         ▲ $2.34B           $97,123.4     ◆ $98,400.0 ▲
///      below, to −15%   1.90× squeeze up   ATR 0.62%     +1.32% 2.1 ATR
enum MetricsView {
  private struct Card {
    var least: Int
    var label: [String]
    var value: String
    var style: Style
    var meaning: [String]
    /// A second amount: behind the value where there is room, else behind the label.
    var amount: String?
  }

  static func draw(_ scene: Scene, on canvas: inout Canvas) {
    let cards = cards(scene.snapshot, palette: canvas.palette)
    let width = scene.layout.main.count - 2
    let least = cards.reduce(0) { $0 + $1.least } + cards.count - 1
    // On wide windows the cards stop growing: numbers far apart are hard to compare.
    let more = min(max((width - least) / cards.count, 0), 30)
    var x = 1
    for card in cards {
      let room = card.least + more - (more > 1 ? 1 : 0)
      let y = scene.layout.metrics
      let palette = canvas.palette
      let beside = card.amount.map { "  " + $0 } ?? ""
      let fits = (card.value + beside).unicodeScalars.count <= room
      let labelRoom = room - (fits ? 0 : beside.unicodeScalars.count - 1)
      if let label = longest(card.label, labelRoom) {
        let end = canvas.write(label, x: x, y: y, style: palette.dim)
        if !fits, let amount = card.amount {
          canvas.write(amount, x: end + 1, y: y, style: card.style)
        }
      }
      canvas.write(card.value + (fits ? beside : ""), x: x, y: y + 1, style: card.style)
      if let meaning = longest(card.meaning, room) {
        canvas.write(meaning, x: x, y: y + 2, style: palette.dim)
      }
      x += card.least + more + 1
    }
  }

  private static func longest(_ wordings: [String], _ room: Int) -> String? {
    wordings.first { $0.unicodeScalars.count <= room }
  }

  private static func cards(_ snapshot: MapSnapshot, palette: Palette) -> [Card] {
    let map = snapshot.map
    let reading = snapshot.reading
    let range = NumberText.decimal(
      snapshot.rangePercent,
      places: snapshot.rangePercent.rounded() == snapshot.rangePercent
        ? 0 : 1)
    let ratio = NumberText.padded(NumberText.ratio(reading.fuel.whole), 5)
    let lean = BiasText.words(reading.bias.fuelLabel)
    let atr = reading.atr.map { NumberText.decimal($0 / snapshot.price * 100, places: 2) + "%" }
    return [
      Card(
        least: 14, label: ["Total Long Liq (below price)", "Total Long Liq"],
        value: "▼ " + NumberText.paddedUSD(map.total(.long)), style: palette.long,
        meaning: ["force-closed down to −\(range)%", "below, to −\(range)%", "to −\(range)%"]),
      Card(
        least: 16, label: ["Total Short Liq (above price)", "Total Short Liq"],
        value: "▲ " + NumberText.paddedUSD(map.total(.short)), style: palette.short,
        meaning: [
          "to +\(range)% · \(ratio) longs: \(lean)", "\(ratio) longs: \(lean)",
          "\(ratio) \(lean)", lean,
        ]),
      Card(
        least: 10, label: ["Current Price", "Price"],
        value: "$" + NumberText.price(snapshot.price), style: palette.price,
        meaning: atr.map { ["ATR \($0) of the price", "ATR \($0)"] }
          ?? ["ATR unknown yet", "no ATR yet"]),
      magnetCard(reading.magnet, palette: palette),
    ]
  }

  private static func magnetCard(_ magnet: Cluster?, palette: Palette) -> Card {
    guard let magnet else {
      return Card(
        least: 15, label: ["Magnet"], value: "none", style: palette.dim,
        meaning: ["no cluster stands out", "no cluster"])
    }
    let usd = NumberText.paddedUSD(magnet.usd)
    let percent = NumberText.padded(NumberText.percent(magnet.distancePercent), 7)
    let atr = NumberText.atr(magnet.distanceATR)
    let arrow = magnet.side == .long ? "▼" : "▲"
    return Card(
      least: 15, label: ["Magnet (densest cluster)", "Magnet"],
      value: "◆ $\(NumberText.price(magnet.price)) \(arrow)", style: palette.magnet,
      meaning: [
        "\(percent) · \(atr) · \(magnet.side.rawValue)s", "\(percent) \(atr)",
        "\(percent) \(atr)".replacing(" ATR", with: "ATR"), percent,
      ], amount: usd)
  }
}
