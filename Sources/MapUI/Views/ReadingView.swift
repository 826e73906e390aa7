import MapEngine
import Market
import Terminal

/// What the map means: the bias by the nearest large cluster with its reason, and those clusters.
/// No track record backs a bias yet, so it is called unproven.
///
///      ▲ SQUEEZE UP unproven · shorts at 98,400 are 2.1 ATR away, longs at 93,000 are 6.8
///      nearest ▼ longs $93,000.0  −4.24%  6.8 ATR $ 210M   ▲ shorts $98,400.0 ...
enum ReadingView {
  static func draw(_ scene: Scene, on canvas: inout Canvas) {
    let layout = scene.layout
    let reading = scene.snapshot.reading
    let columns = 1..<layout.width - 1
    let palette = canvas.palette
    let bias = LineItem(BiasText.heading(reading.bias.label), style(reading, palette), rank: 0)
    let clusters = [
      nearest(reading.nearestLong, side: .long, palette: palette),
      nearest(reading.nearestShort, side: .short, palette: palette),
    ]
    guard layout.readingRows > 1 else {
      canvas.write([bias] + clusters, x: columns, y: layout.reading)
      return
    }
    var first = [bias, LineItem("unproven", palette.dim, rank: 2, gap: 1)]
    let room = columns.count - LineItem.total(first) - 2
    if let line = Wrap.lines(reading.bias.reason, width: room, limit: 1).first {
      first.append(LineItem(line, palette.text, rank: 1))
    }
    canvas.write(first, x: columns, y: layout.reading)
    let heading = LineItem("nearest large", palette.dim, rank: 3)
    canvas.write([heading] + clusters, x: columns, y: layout.reading + 1)
  }

  private static func style(_ reading: MapReading, _ palette: Palette) -> Style {
    switch reading.bias.label {
    case .squeezeUp: palette.short
    case .flushDown: palette.long
    case .pinned: palette.magnet
    case .balanced: palette.strong
    }
  }

  private static func nearest(_ cluster: Cluster?, side: Side, palette: Palette) -> LineItem {
    let name = side == .long ? "▼ longs" : "▲ shorts"
    let style = palette.side(side == .long)
    guard let cluster else {
      return LineItem(["\(name) none", name], style, rank: 1)
    }
    let price = "$" + NumberText.price(cluster.price)
    let percent = NumberText.padded(NumberText.percent(cluster.distancePercent), 7)
    let atr = NumberText.padded(NumberText.atr(cluster.distanceATR), 8)
    let usd = NumberText.paddedUSD(cluster.usd)
    let short = NumberText.percent(cluster.distancePercent)
    return LineItem(
      [
        "\(name) \(price) \(percent) \(atr) \(usd)", "\(name) \(price) \(percent) \(usd)",
        "\(name) \(price) \(short)", "\(name) \(short)",
      ], style, rank: 1)
  }
}
