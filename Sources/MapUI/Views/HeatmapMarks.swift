import MapEngine
import Market
import Terminal

/// What market structure and the tape say, at their bars: swings, breaks, changes of character,
/// sweeps, realised liquidations, and the dollars of magnets. No mark covers another: what matters
/// more is placed first, and of a kind the newest.
struct HeatmapMarks {
  private let scene: HeatmapScene
  /// Cells that hold a mark.
  private var taken: [Bool]

  init(_ scene: HeatmapScene) {
    self.scene = scene
    taken = [Bool](repeating: false, count: scene.scale.width * scene.scale.rows)
  }

  /// Draws all of them.
  mutating func draw(_ bands: [HeatmapBands.Band], columns: [Range<Int>], on canvas: inout Canvas) {
    if scene.history.columns.count > 1, let row = scene.scale.row(ofPrice: scene.price) {
      // The last columns of the price's own row stay free, so that it is seen where it ends.
      for x in max(scene.scale.width - 2, 0)..<scene.scale.width { take(x, row) }
    }
    drawMagnets(bands, on: &canvas)
    drawBreaks(on: &canvas)
    drawSweeps(on: &canvas)
    drawLiquidations(columns, on: &canvas)
    drawSwings(on: &canvas)
  }

  /// The realised liquidations alone.
  mutating func drawTape(_ columns: [Range<Int>], on canvas: inout Canvas) {
    drawLiquidations(columns, on: &canvas)
  }

  // MARK: Magnets

  private mutating func drawMagnets(_ bands: [HeatmapBands.Band], on canvas: inout Canvas) {
    for band in bands where band.magnet.isAlive {
      let text = "◆ \(NumberText.usd(band.magnet.usd))"
      let length = text.unicodeScalars.count
      let row = (band.pixels.lowerBound + band.pixels.upperBound) / 4
      let start = scene.scale.width - length
      guard start >= scene.scale.width / 2 else { continue }
      var style = canvas.palette.magnet
      style.background = canvas.palette.background
      write(text, x: start, row: row, style: style, on: &canvas)
    }
    for band in bands where !band.magnet.isAlive {
      let row = (band.pixels.lowerBound + band.pixels.upperBound) / 4
      var style = canvas.palette.magnet
      style.attributes.remove(.bold)
      // The end can lie beyond the last cell in sight.
      let x = band.columns.upperBound - 1
      guard let end = band.magnet.endedAt, scene.scale.column(ofTime: end) != nil else { continue }
      mark("◇", x: x, row: row, style: style, on: &canvas)
    }
  }

  // MARK: Structure

  /// The least columns of the plot in which breaks are told in words; in fewer they crowd, and a
  /// letter each stands at the level.
  static let leastWithWords = 90

  private var hasWords: Bool { scene.scale.width >= Self.leastWithWords }

  private mutating func drawBreaks(on canvas: inout Canvas) {
    let structure = scene.insight.structure
    let turns = structure.breaks.filter { $0.kind == .changeOfCharacter }.reversed()
    let breaks = structure.breaks.filter { $0.kind == .breakOfStructure }.reversed()
    for each in Array(turns) + Array(breaks) {
      guard let row = scene.scale.row(ofPrice: each.level),
        let x = scene.scale.column(ofTime: structure.openTime(each.brokenAt))
      else { continue }
      let isTurn = each.kind == .changeOfCharacter
      let style = each.direction == .bullish ? canvas.palette.short : canvas.palette.long
      let text = isTurn ? "CHoCH" : "BOS"
      let length = text.unicodeScalars.count
      let start = min(max(x - length + 1, 0), scene.scale.width - length)
      // Beside the level, on the side that price came from.
      let beside = row + (each.direction == .bullish ? -1 : 1)
      if hasWords, start >= 0, isFree(start - 1..<start + length + 1, beside) {
        write(text, x: start, row: beside, style: style, on: &canvas)
      } else {
        mark(isTurn ? "C" : "B", x: x, row: row, style: style, on: &canvas)
      }
    }
  }

  private mutating func drawSweeps(on canvas: inout Canvas) {
    let structure = scene.insight.structure
    for witnessed in structure.sweeps.reversed() {
      let sweep = witnessed.sweep
      guard let row = scene.scale.row(ofPrice: sweep.extreme),
        let x = scene.scale.column(ofTime: structure.openTime(sweep.returnedAt))
      else { continue }
      var style = canvas.palette.crosshair
      if !witnessed.isConfirmed { style.attributes.remove(.bold) }
      mark("×", x: x, row: row + (sweep.kind == .high ? -1 : 1), style: style, on: &canvas)
    }
  }

  private mutating func drawSwings(on canvas: inout Canvas) {
    let structure = scene.insight.structure
    for swing in structure.swings.reversed() {
      guard let row = scene.scale.row(ofPrice: swing.price),
        let x = scene.scale.column(ofTime: structure.openTime(swing.index))
      else { continue }
      let isHigh = swing.kind == .high
      mark(
        isHigh ? "▴" : "▾", x: x, row: row + (isHigh ? -1 : 1), style: canvas.palette.text,
        on: &canvas)
    }
  }

  // MARK: Tape

  /// The signs of realised liquidations by size.
  static func liquidationSigns(_ glyphs: GlyphSet) -> [Unicode.Scalar] {
    glyphs == .full ? ["·", "•", "●"] : [".", "o", "O"]
  }

  /// Realised liquidations, longs' under the price, shorts' over it, by their share of the largest in
  /// sight; those under a tenth of it are left out.
  private mutating func drawLiquidations(_ columns: [Range<Int>], on canvas: inout Canvas) {
    var sizes: [(usd: Double, x: Int, isShort: Bool, price: Double)] = []
    var largest = 0.0
    for (x, range) in merged(columns) {
      let shown = scene.history.columns[range]
      let long = shown.reduce(0) { $0 + ($1.liquidatedLong ?? 0) }
      let short = shown.reduce(0) { $0 + ($1.liquidatedShort ?? 0) }
      largest = max(largest, long, short)
      if long > 0, let low = shown.map(\.low).min() { sizes.append((long, x, false, low)) }
      if short > 0, let high = shown.map(\.high).max() { sizes.append((short, x, true, high)) }
    }
    guard largest > 0 else { return }
    let signs = Self.liquidationSigns(canvas.glyphs.set)
    for size in sizes.sorted(by: { $0.usd > $1.usd }) where size.usd >= largest / 10 {
      guard let row = scene.scale.row(ofPrice: size.price) else { continue }
      let share = size.usd / largest
      let sign = signs[share >= 0.6 ? 2 : share >= 0.25 ? 1 : 0]
      let style = size.isShort ? canvas.palette.short : canvas.palette.long
      // Where something else stands already, a little farther from the price.
      let outward = (1...3).map { row + (size.isShort ? -$0 : $0) }
      guard let free = outward.first(where: { isFree(size.x..<size.x + 1, $0) }) else { continue }
      mark(sign, x: size.x, row: free, style: style, isLowered: false, on: &canvas)
    }
  }

  /// Each stretch of columns once, at the middle of the cells that show it.
  private func merged(_ columns: [Range<Int>]) -> [(x: Int, range: Range<Int>)] {
    var found: [(x: Int, range: Range<Int>)] = []
    var start = 0
    while start < columns.count {
      var end = start + 1
      while end < columns.count, columns[end] == columns[start] { end += 1 }
      if !columns[start].isEmpty { found.append(((start + end - 1) / 2, columns[start])) }
      start = end
    }
    return found
  }

  // MARK: Cells

  private func isFree(_ columns: Range<Int>, _ row: Int) -> Bool {
    guard row >= 0, row < scene.scale.rows else { return false }
    return columns.clamped(to: 0..<scene.scale.width).allSatisfy {
      !taken[row * scene.scale.width + $0]
    }
  }

  private mutating func take(_ x: Int, _ row: Int) { taken[row * scene.scale.width + x] = true }

  /// Words, if nothing is in their way and all of them are in sight.
  private mutating func write(
    _ text: String, x: Int, row: Int, style: Style, on canvas: inout Canvas
  ) {
    let columns = x..<x + text.unicodeScalars.count
    guard columns.lowerBound >= 0, columns.upperBound <= scene.scale.width,
      isFree(columns.lowerBound - 1..<columns.upperBound + 1, row)
    else { return }
    for column in columns { take(column, row) }
    canvas.write(
      text, x: scene.layout.plotX.lowerBound + x, y: scene.layout.plotY.lowerBound + row,
      style: style)
  }

  /// A sign over the colours of its cell, if it is in sight and none stands there.
  private mutating func mark(
    _ scalar: Unicode.Scalar, x: Int, row: Int, style: Style, isLowered: Bool = true,
    on canvas: inout Canvas
  ) {
    guard x >= 0, x < scene.scale.width, isFree(x..<x + 1, row) else { return }
    take(x, row)
    let place = (
      x: scene.layout.plotX.lowerBound + x, y: scene.layout.plotY.lowerBound + row
    )
    var style = style
    let below = canvas.grid[place.x, place.y].style
    if !canvas.palette.isMono {
      style.background = below.background
      style.foreground = HeatmapInk.readable(
        style.foreground, over: style.background, canvas.palette)
    }
    canvas.set(
      Cell(isLowered ? canvas.glyphs.lower(scalar) : scalar, style: style), x: place.x, y: place.y)
  }
}
