import MapEngine
import Market

/// Magnets and fair value gaps as bands from their birth to their end.
enum HeatmapBands {
  /// A magnet that is drawn.
  struct Band: Hashable {
    var magnet: Magnet
    /// Columns from its birth to its end, as far as they are in sight.
    var columns: Range<Int>
    /// Pixels from its upper to its lower edge.
    var pixels: ClosedRange<Int>
  }

  /// How many magnets of now have a band, in a plot of so many rows; of those that have ended, half
  /// as many.
  static func limit(rows: Int) -> Int { min(max(rows / 10, 2), 4) }

  /// The magnets worth a band: the largest that live, and the largest that were swept. Of two whose
  /// edges would touch the larger one is drawn, so that each has its own place and its own label.
  static func magnets(_ scene: HeatmapScene) -> [Band] {
    let limit = limit(rows: scene.scale.rows)
    let bands = scene.insight.ledger.compactMap { band($0, scene) }
    let alive = bands.filter(\.magnet.isAlive).sorted { $0.magnet.usd > $1.magnet.usd }
    let ended = bands.filter { $0.magnet.state == .swept }
      .sorted { $0.magnet.peakUSD > $1.magnet.peakUSD }
    // Beside a large one a small one is no landmark.
    let least = (alive.first?.magnet.usd ?? 0) / 10
    var chosen: [Band] = []
    for band in alive where chosen.count < limit && band.magnet.usd >= least {
      if !chosen.contains(where: { touches($0, band) }) { chosen.append(band) }
    }
    let living = chosen.count
    for band in ended where chosen.count < living + (limit + 1) / 2 {
      let isApart = !chosen.contains { touches($0, band) && $0.columns.overlaps(band.columns) }
      if isApart { chosen.append(band) }
    }
    return chosen
  }

  /// Whether no row lies between two bands.
  private static func touches(_ first: Band, _ second: Band) -> Bool {
    let wide = first.pixels.lowerBound - 2...first.pixels.upperBound + 2
    return wide.overlaps(second.pixels)
  }

  private static func band(_ magnet: Magnet, _ scene: HeatmapScene) -> Band? {
    guard
      let columns = columns(from: magnet.bornAt, to: magnet.endedAt, scene),
      let pixels = HeatmapPrices.span(magnet.low, magnet.high, scene.scale)
    else { return nil }
    return Band(magnet: magnet, columns: columns, pixels: pixels)
  }

  /// The columns from a moment to another, or to now; nil where none is in sight.
  static func columns(
    from start: Timestamp, to end: Timestamp?, _ scene: HeatmapScene
  ) -> Range<Int>? {
    let scale = scene.scale
    let first = scale.place(ofTime: start).rounded(.down)
    let last = end.map { scale.place(ofTime: $0).rounded(.down) } ?? Double(scale.width)
    guard last >= 0, first < Double(scale.width), last >= first else { return nil }
    let lower = Int(max(first, 0))
    return lower..<max(Int(min(last + (end == nil ? 0 : 1), Double(scale.width))), lower + 1)
  }

  static func draw(_ bands: [Band], on pixels: inout HeatmapPixels) {
    for band in bands {
      let layer: HeatmapPixels.Layer = band.magnet.isAlive ? .magnet : .endedMagnet
      for pixel in [band.pixels.lowerBound, band.pixels.upperBound] {
        pixels.row(layer, x: band.columns, pixel: pixel, every: band.magnet.isAlive ? 3 : 4)
      }
    }
  }

  /// Gaps: open ones as boxes with an edge, filled ones as their faint edges until they were filled.
  /// Those that are thinner than a pixel, and the smallest where there are too many, are left out.
  ///
  /// - Parameter every: edges have a dot in every so many columns; where colours don't mix, whole lines
  ///   would hide what is below.
  static func drawGaps(_ scene: HeatmapScene, every: Int, on pixels: inout HeatmapPixels) {
    let structure = scene.insight.structure
    let limit = max(scene.scale.width / 8, 6)
    let seen = structure.gaps.filter {
      LogPrice.log($0.top) - LogPrice.log($0.bottom) >= scene.scale.pixelHeight * 0.75
        && HeatmapPrices.span($0.bottom, $0.top, scene.scale) != nil
    }
    let open = seen.filter { $0.mitigation != .filled }
    let filled = seen.filter { $0.mitigation == .filled }
    for gap in largest(filled, limit) + largest(open, limit) {
      let end = gap.filledAt.map { structure.closeTime($0) }
      guard let columns = columns(from: structure.openTime(gap.index), to: end, scene),
        let range = HeatmapPrices.span(gap.bottom, gap.top, scene.scale)
      else { continue }
      let isOpen = gap.filledAt == nil
      if isOpen {
        for pixel in range { pixels.row(.gap, x: columns, pixel: pixel) }
        pixels.column(.openGap, x: columns.lowerBound, pixels: range)
      }
      for pixel in [range.lowerBound, range.upperBound] {
        pixels.row(isOpen ? .openGap : .filledGap, x: columns, pixel: pixel, every: every)
      }
    }
  }

  private static func largest(_ gaps: [FairValueGap], _ limit: Int) -> [FairValueGap] {
    Array(gaps.sorted { $0.top / $0.bottom > $1.top / $1.bottom }.prefix(limit))
  }
}
