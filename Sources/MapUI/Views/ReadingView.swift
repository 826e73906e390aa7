import MapEngine
import Market
import Terminal

/// What the map means: the bias by the nearest large cluster with its reason, and those clusters.
/// A bias is called unproven until its record on these facts clears the base rate.
///
///      ▲ SQUEEZE UP  ▼ longs $93,000.0  −4.24%  6.8 ATR  $210M  ▲ shorts $98,400.0  +1.31% ...
///      12 of 31 came true, unproven: the nearest large cluster above is 2.1 ATR away, ...
enum ReadingView {
  static func draw(_ scene: Scene, state: AppState, on canvas: inout Canvas) {
    let layout = scene.layout
    let reading = scene.snapshot.reading
    let columns = 1..<layout.main.upperBound - 1
    let palette = canvas.palette
    let bias = LineItem(BiasText.heading(reading.bias.label), style(reading, palette), rank: 0)
    let long = wordings(reading.nearestLong, side: .long)
    let short = wordings(reading.nearestShort, side: .short)
    // Both sides are worded alike, in the longest way that both have room for.
    var clusters: [LineItem] = []
    for (one, other) in zip(long, short) {
      clusters = [
        LineItem(one, palette.long, rank: 1), LineItem(other, palette.short, rank: 1),
      ]
      if LineItem.total([bias] + clusters) <= columns.count { break }
    }
    canvas.write([bias] + clusters, x: columns, y: layout.reading)
    guard layout.readingRows > 1 else { return }
    let why = NumberText.localized(reading.bias.reason)
    // The record in the longest words beside which the reason stands whole.
    let rows = layout.readingRows - 1
    let wordings = record(reading.bias.label, state)
    func room(_ words: String) -> Int { columns.count - words.unicodeScalars.count - 1 }
    let words =
      wordings.first { Wrap.lines(why, width: room($0), limit: .max).count <= rows }
      ?? wordings[wordings.count - 1]
    let word = LineItem(words, palette.dim, rank: 0)
    let reason = Wrap.lines(why, width: room(words), limit: rows)
    for (index, line) in reason.enumerated() {
      let y = layout.reading + 1 + index
      if index == 0 { canvas.write([word], x: columns, y: y) }
      canvas.write(line, x: columns.lowerBound + word.columns + 1, y: y, style: palette.text)
    }
  }

  /// How much the bias is worth, as far as that was counted.
  private static func record(_ bias: Bias.Label, _ state: AppState) -> [String] {
    guard let label = bias.recorded, let insight = state.currentStudy?.insight else {
      return ["unproven:"]
    }
    return SidePanelText.record(insight.record(of: label)).map { $0 + ":" }
  }

  private static func style(_ reading: MapReading, _ palette: Palette) -> Style {
    switch reading.bias.label {
    case .squeezeUp: palette.short
    case .flushDown: palette.long
    case .pinned: palette.magnet
    case .balanced: palette.strong
    }
  }

  /// What can be said of a side's nearest large cluster, from the longest wording to the shortest.
  private static func wordings(_ cluster: Cluster?, side: Side) -> [String] {
    let arrow = side == .long ? "▼" : "▲"
    let name = "\(arrow) \(side.rawValue)s"
    guard let cluster else {
      return [
        "\(name) none is large", "\(name) none", "\(name) none", "\(arrow) none", "\(arrow) none",
      ]
    }
    let price = "$" + NumberText.price(cluster.price)
    let percent = NumberText.padded(NumberText.percent(cluster.distancePercent), 7)
    let atr = NumberText.padded(NumberText.atr(cluster.distanceATR), 8)
    let usd = NumberText.paddedUSD(cluster.usd)
    return [
      "\(name) \(price) \(percent) \(atr) \(usd)", "\(name) \(price) \(percent) \(usd)",
      "\(name) \(price) \(percent)", "\(arrow) \(price) \(percent)", "\(arrow) \(percent)",
    ]
  }
}
