import MapEngine
import Market
import Terminal

/// The ramp with its dollars, or what the crosshair is at; and what the marks mean.
enum HeatmapLegend {
  /// Cells of each ramp.
  private static let swatch = 8

  // MARK: Ramp

  ///     longs ░░▒▒▓▓██  shorts ░░▒▒▓▓██  $0 to $2.40M or more in 0.12% of price, square-root scale
  static func drawRamp(
    _ scene: HeatmapScene, raster: HeatmapRaster, ramp: HeatmapRamp, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let top = NumberText.axisUSD(raster.top)
    let width = NumberText.decimal(scene.scale.pixelHeight * 100, places: 2)
    let blank = String(repeating: " ", count: swatch)
    let items = [
      LineItem("longs \(blank)", palette.text, rank: 0),
      LineItem("shorts \(blank)", palette.text, rank: 0),
      LineItem(
        [
          "$0 to \(top) or more in \(width)% of price, square-root scale",
          "$0 to \(top) in \(width)% of price, sqrt scale",
          "\(top) in \(width)%, sqrt scale", "\(top) in \(width)%",
        ], palette.text, rank: 1),
      LineItem([columnText(scene)], palette.dim, rank: 3),
      LineItem(["to \(ClockText.dateAndTime(scene.now))"], palette.dim, rank: 4),
    ]
    let columns = span(scene)
    let fitted = LineItem.fit(items, width: columns.count)
    canvas.write(fitted, x: columns, y: scene.layout.legend)
    var x = columns.lowerBound
    for (index, item) in fitted.enumerated() {
      if index > 0 { x += item.gap }
      let end = x + item.columns
      if index < 2 {
        for cell in 0..<swatch {
          let step = UInt8((cell + 1) * HeatmapRaster.steps / swatch)
          canvas.set(
            ramp.cell(index == 0 ? step : step | HeatmapRaster.shortBit), x: end - swatch + cell,
            y: scene.layout.legend)
        }
      }
      x = end
    }
  }

  private static func columnText(_ scene: HeatmapScene) -> String {
    let minutes = Int((scene.scale.cellTime / 60_000).rounded())
    let hours = minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes / 60)h \(minutes % 60)m"
    return "a cell is \(minutes >= 60 ? hours : "\(minutes)m")"
  }

  // MARK: Marks

  static func drawKey(
    _ scene: HeatmapScene, hasStructure: Bool, ramp: HeatmapRamp, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    // Where pixels have colours, boxes are tinted; elsewhere they have edges alone.
    let isSoft = ramp.mode == .halfBlocks
    let signs = HeatmapMarks.liquidationSigns(canvas.glyphs.set)
    let sizes = String(String.UnicodeScalarView(signs))
    let hasWords = scene.scale.width >= HeatmapMarks.leastWithWords
    let candles = scene.columnTime >= 1.5 * scene.scale.cellTime
    var items = [LineItem(candles ? "█ up ▒ down" : "─ price", palette.price, rank: 4)]
    if hasStructure {
      var plain = palette.magnet
      plain.attributes.remove(.bold)
      items += [
        LineItem("◆ magnet", palette.magnet, rank: 0),
        LineItem([magnetCount(scene)], palette.dim, rank: 3, gap: 1),
        LineItem(["◇ swept"], plain, rank: 2, gap: 1),
        LineItem(
          [isSoft ? "▒ open gap" : "┄ open gap", isSoft ? "▒ gap" : "┄ gap"]
            .suffix(hasWords ? 2 : 1), palette.dim, rank: 1),
        LineItem("▴▾ swing", palette.text, rank: 1),
        LineItem(
          hasWords ? ["BOS break", "BOS"] : ["B break"], palette.text, rank: hasWords ? 3 : 2),
        LineItem(
          hasWords ? ["CHoCH turn", "CHoCH"] : ["C turn"], palette.text, rank: hasWords ? 3 : 2,
          gap: hasWords ? 2 : 1),
        LineItem("× sweep", palette.crosshair, rank: 2),
      ]
    } else {
      items.append(LineItem("f shows structure", palette.dim, rank: 3))
    }
    let columns = span(scene)
    let isKnown = scene.history.columns.contains(where: \.isPublished)
    let words =
      isKnown
      ? ["\(sizes) liquidated, published", "\(sizes) liquidated"].suffix(hasWords ? 2 : 1)
      : ["no liquidations published"]
    // The sizes come from another table than the other characters.
    let tape = LineItem(words, palette.text, rank: isKnown ? 1 : 5)
    items.append(tape)
    let fitted = LineItem.fit(items, width: columns.count)
    canvas.write(fitted, x: columns, y: scene.layout.key)
    guard isKnown, let last = fitted.last,
      last.wordings == tape.wordings.suffix(last.wordings.count)
    else { return }
    let x = columns.lowerBound + LineItem.total(fitted) - last.columns
    for (index, sign) in signs.enumerated() {
      canvas.set(Cell(sign, style: palette.text), x: x + index, y: scene.layout.key)
    }
  }

  /// How many of the magnets of now are drawn: `4 of 11`.
  private static func magnetCount(_ scene: HeatmapScene) -> String {
    let alive = scene.insight.ledger.count(where: \.isAlive)
    let shown = HeatmapBands.magnets(scene).count(where: \.magnet.isAlive)
    return "\(shown) of \(alive)"
  }

  // MARK: Crosshair

  /// What stands at the crosshair: the moment, the price, the dollars, what traded, and what market
  /// structure says of the place.
  static func drawCursor(
    _ scene: HeatmapScene, raster: HeatmapRaster, cursor: HeatmapState.Cursor, x: Int, row: Int,
    on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let price = LogPrice.price(cursor.logPrice)
    var items = [
      LineItem(
        [
          ClockText.dateAndTime(cursor.time),
          "\(HeatmapAxes.day(cursor.time, years: false)) \(HeatmapAxes.clock(cursor.time))",
        ], palette.text, rank: 2),
      LineItem(NumberText.price(price), palette.strong, rank: 0),
      LineItem(
        NumberText.percent((price / scene.price - 1) * 100), palette.text, rank: 2, gap: 1),
    ]
    if let dollars = raster.dollars(x: x, row: row) {
      let side = dollars.isShort ? "shorts" : "longs"
      let style = dollars.isShort ? palette.short : palette.long
      items.append(
        LineItem(
          ["\(NumberText.usd(dollars.usd)) \(side) here", NumberText.usd(dollars.usd)], style,
          rank: 0))
    } else {
      items.append(LineItem(["nothing stands here", "$0"], palette.dim, rank: 0))
    }
    items += place(scene, time: cursor.time, price: price, palette: palette)
    let shown = raster.columns[x]
    if let first = shown.first, let last = shown.last {
      let columns = scene.history.columns
      let open = NumberText.price(columns[first].open)
      let close = NumberText.price(columns[last].close)
      items.append(LineItem(["open \(open) close \(close)"], palette.dim, rank: 3))
      let long = columns[shown].reduce(0) { $0 + ($1.liquidatedLong ?? 0) }
      let short = columns[shown].reduce(0) { $0 + ($1.liquidatedShort ?? 0) }
      if long + short > 0 {
        let text = "liquidated \(NumberText.usd(long)) longs \(NumberText.usd(short)) shorts"
        items.append(LineItem([text], palette.dim, rank: 4))
      }
    }
    canvas.write(items, x: span(scene), y: scene.layout.legend)
  }

  /// The gap and the magnet that the crosshair is in.
  private static func place(
    _ scene: HeatmapScene, time: Timestamp, price: Double, palette: Palette
  ) -> [LineItem] {
    let structure = scene.insight.structure
    var items: [LineItem] = []
    let gap = structure.gaps.last { gap in
      gap.bottom <= price && price <= gap.top && structure.openTime(gap.index) <= time
        && (gap.filledAt.map { structure.closeTime($0) >= time } ?? true)
    }
    if let gap {
      let state =
        switch gap.mitigation {
        case .open: "open"
        case .touched: "touched"
        case .halfFilled: "half filled"
        case .filled: "filled later"
        }
      items.append(LineItem(["in a gap, \(state)", "gap"], palette.text, rank: 1))
    }
    let magnet = scene.insight.ledger.last { magnet in
      magnet.low <= price && price <= magnet.high && magnet.bornAt <= time
        && (magnet.endedAt.map { $0 >= time } ?? true)
    }
    if let magnet {
      let text = "magnet \(magnet.number), \(magnet.state.rawValue)"
      items.append(LineItem([text, "magnet"], palette.magnet, rank: 1))
    }
    return items
  }

  private static func span(_ scene: HeatmapScene) -> Range<Int> {
    scene.layout.plotX.lowerBound..<scene.layout.axisX.upperBound
  }
}
