import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct HeatmapTests {
  /// Twelve columns of twenty rows, all different, closing in the middle.
  private let history = HeatmapFixture.history(columns: 12, rows: 20, close: { _ in 110.5 }) {
    Float(1 + ($0 * 37 + $1 * 101) % 97)
  }

  private func scale(
    _ history: MapHistory, width: Int, rows: Int, _ state: HeatmapState = HeatmapState()
  ) throws -> HeatmapScale {
    var state = state
    if state.prices == .automatic { state.prices = .whole }
    return try #require(HeatmapScale(state, history: history, width: width, rows: rows))
  }

  // MARK: Scales

  @Test func `times and prices lead to cells and back`() throws {
    let scale = try scale(history, width: 37, rows: 11)
    for column in 0..<scale.width {
      #expect(scale.column(ofTime: scale.time(ofColumn: column)) == column)
    }
    for row in 0..<scale.rows {
      let log = scale.log(ofRow: row)
      #expect(scale.pixel(ofLog: log).map { $0 / 2 } == row)
      #expect(scale.row(ofPrice: LogPrice.price(log)) == row)
    }
    #expect(scale.column(ofTime: Timestamp(milliseconds: scale.start - 1)) == nil)
    #expect(scale.column(ofTime: Timestamp(milliseconds: scale.end + 1)) == nil)
    #expect(scale.column(ofTime: Timestamp(milliseconds: scale.end)) == scale.width - 1)
    #expect(scale.pixel(ofLog: scale.high + 1e-6) == nil)
    #expect(abs(LogPrice.log(LogPrice.price(11.3)) - 11.3) < 1e-12)
  }

  @Test func `what is in sight stays within the history`() throws {
    var state = HeatmapState()
    state.span = .hours(1_000)
    state.end = Timestamp(milliseconds: 0)
    state.prices = .fixed(low: -5, high: 50)
    let all = try scale(history, width: 20, rows: 10, state)
    #expect(all.start == history.columns[0].openTime.milliseconds)
    #expect(all.end == history.columns[11].closeTime.milliseconds)
    #expect(abs(all.high - all.low - 0.2) < 1e-9)
    state.span = .hours(1)
    state.prices = .fixed(low: 4.65, high: 4.650_1)
    let least = try scale(history, width: 20, rows: 10, state)
    #expect(least.end - least.start == 10 * 3_600_000)
    #expect(abs(least.high - least.low - 0.12) < 1e-9)
    #expect(least.low >= all.low - 1e-9)
  }

  // MARK: Dollars

  @Test(arguments: [1, 3, 7, 10, 25, 60])
  func `no dollar of a column is lost between its pixels`(_ rows: Int) throws {
    let raster = HeatmapRaster(history, scale: try scale(history, width: 12, rows: rows))
    for column in 0..<12 {
      let wanted = (0..<20).reduce(0) { $0 + history.usd(row: $1, column: column) }
      let pixels = raster.values[column * raster.height..<(column + 1) * raster.height]
      let found = pixels.reduce(0.0) { $0 + Double(abs($1)) }
      #expect(abs(found - wanted) < wanted * 1e-5, "\(found) of \(wanted)")
    }
  }

  @Test func `a cell of several columns shows the most that stood in it`() throws {
    let raster = HeatmapRaster(history, scale: try scale(history, width: 4, rows: 10))
    #expect(raster.columns == [0..<3, 3..<6, 6..<9, 9..<12])
    for x in 0..<4 {
      for pixel in 0..<20 {
        let row = 19 - pixel
        let most = (x * 3..<x * 3 + 3).map { history.usd(row: row, column: $0) }.max() ?? 0
        let found = Double(abs(raster.values[x * raster.height + pixel]))
        #expect(abs(found - most) < 1e-3)
      }
    }
  }

  @Test(arguments: [5, 11, 12, 13, 40])
  func `every column of the history is shown, in order`(_ width: Int) throws {
    let columns = HeatmapRaster.columns(
      history.columns, scale: try scale(history, width: width, rows: 4))
    #expect(columns.count == width)
    #expect(Set(columns.flatMap { Array($0) }) == Set(0..<12))
    for (left, right) in zip(columns, columns.dropFirst()) {
      #expect(left.lowerBound <= right.lowerBound && !right.isEmpty)
    }
  }

  @Test func `longs stand below the close of their column, shorts above`() throws {
    let moving = HeatmapFixture.history(
      columns: 12, rows: 20, close: { 101 + Double($0) * 1.5 }, usd: { _, _ in 5 })
    let scale = try scale(moving, width: 12, rows: 10)
    let raster = HeatmapRaster(moving, scale: scale)
    for x in 0..<12 {
      let close = LogPrice.log(moving.columns[x].close)
      for pixel in 0..<raster.height {
        let middle = scale.high - (Double(pixel) + 0.5) * scale.pixelHeight
        let value = raster.values[x * raster.height + pixel]
        let level = raster.levels[x * raster.height + pixel]
        #expect((value < 0) == (middle < close))
        #expect((level & HeatmapRaster.shortBit == 0) == (middle < close))
      }
    }
  }

  @Test func `a few huge cells don't darken the rest`() throws {
    let spiked = HeatmapFixture.history(columns: 100, rows: 40, close: { _ in 120 }) {
      $0 == 50 && $1 < 4 ? 1e9 : 100 + Float(($0 + $1) % 10)
    }
    let raster = HeatmapRaster(spiked, scale: try scale(spiked, width: 100, rows: 20))
    #expect(raster.top >= 100 && raster.top <= 250)
    #expect(raster.levels.allSatisfy { $0 & ~HeatmapRaster.shortBit <= UInt8(HeatmapRaster.steps) })
    let empty = HeatmapFixture.history(columns: 3, rows: 4, close: { _ in 101 }) { _, _ in 0 }
    let nothing = HeatmapRaster(empty, scale: try scale(empty, width: 10, rows: 10))
    #expect(nothing.levels.allSatisfy { $0 == 0 })
  }

  // MARK: Colours

  @Test(arguments: ThemeTests.measured)
  func `the ramp leaves the ground behind step by step, and ends where all can see it`(
    _ name: String
  ) throws {
    let theme = try Theme.named(name, in: UIState.themes)
    let palette = Palette(theme, depth: .truecolor, layerCount: 5)
    let ramp = HeatmapRamp(palette, glyphs: .full)
    for colors in [ramp.longs, ramp.shorts] {
      #expect(colors[0] == palette.background)
      let ratios = colors.map { Contrast.ratio($0, palette.background) }
      for (low, high) in zip(ratios, ratios.dropFirst()) { #expect(high >= low - 0.02, "\(name)") }
      #expect(ratios[HeatmapRaster.steps] >= 6, "\(name): \(ratios[HeatmapRaster.steps])")
      let quarter = HeatmapRaster.steps / 4
      for step in stride(from: 0, to: HeatmapRaster.steps - quarter, by: quarter) {
        let difference = Eye.difference(colors[step], colors[step + quarter], vision: .common)
        #expect(difference >= 0.05, "\(name), step \(step)")
      }
    }
  }

  @Test(arguments: ThemeTests.forEyes)
  func `the sides of the ramp stay apart for colour-blind eyes`(
    _ name: String, _ visions: [Eye.Vision]
  ) throws {
    let theme = try Theme.named(name, in: UIState.themes)
    let ramp = HeatmapRamp(Palette(theme, depth: .truecolor, layerCount: 5), glyphs: .full)
    for vision in visions {
      for step in HeatmapRaster.steps * 3 / 4...HeatmapRaster.steps * 9 / 10 {
        let difference = Eye.difference(ramp.longs[step], ramp.shorts[step], vision: vision)
        #expect(difference >= 0.08, "\(name), step \(step), \(vision)")
      }
    }
  }

  @Test(arguments: ThemeTests.measured, [ColorDepth.truecolor, .ansi256])
  func `each step of the ramp is farther from the ground than the one before, as it is shown`(
    _ name: String, _ depth: ColorDepth
  ) throws {
    let theme = try Theme.named(name, in: UIState.themes)
    let ramp = HeatmapRamp(Palette(theme, depth: depth, layerCount: 5), glyphs: .full)
    #expect(ramp.mode == .halfBlocks)
    var lowering = ColorLowering(depth: depth)
    for colors in [ramp.longs, ramp.shorts] {
      let shown = colors.map { color in
        let number = lowering.lower(Style(background: color)).background
        return depth == .ansi256
          ? Color.rgb(RGB(xterm: UInt8(number)))
          : .rgb(RGB(UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255)))
      }
      // Equal steps after each other are one; no colour comes back.
      var steps: [Color] = []
      for color in shown where color != steps.last { steps.append(color) }
      #expect(Set(steps).count == steps.count, "\(name)")
      #expect(steps.count >= 6, "\(name): \(steps.count)")
      let ratios = steps.map { Contrast.ratio($0, shown[0]) }
      for (low, high) in zip(ratios, ratios.dropFirst()) {
        #expect(high >= low - (depth == .truecolor ? 0.02 : 0), "\(name): \(ratios)")
      }
      guard depth == .ansi256 else { continue }
      for (one, other) in zip(steps, steps.dropFirst()) {
        #expect(Eye.difference(one, other, vision: .common) >= 0.03, "\(name)")
      }
      // What lies over the ramp mixes no colours of its own into it.
      #expect(colors.dropFirst().allSatisfy { steps.contains($0) }, "\(name)")
    }
  }

  @Test(arguments: ["default", "light", "terminal"])
  func `in sixteen colours a few shades of the side's own colour rise with the dollars`(
    _ name: String
  ) throws {
    let theme = try Theme.named(name, in: UIState.themes)
    let palette = Palette(theme, depth: .ansi16, layerCount: 5)
    let ramp = HeatmapRamp(palette, glyphs: .full)
    #expect(ramp.mode == .shades)
    for bit in [0, HeatmapRaster.shortBit] {
      let cells = (0...HeatmapRaster.steps).map { ramp.cell(UInt8($0) | bit) }
      let shades = cells.map { ramp.characters.firstIndex(of: $0.scalar) ?? -1 }
      #expect(zip(shades, shades.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(Set(shades) == Set(ramp.characters.indices))
      #expect(Set(cells.map(\.style.foreground)).count == 1)
    }
  }

  @Test func `hues have ramps that get brighter on dark grounds and darker on light ones`() {
    for hue in HeatmapCube.Hue.allCases {
      let dark = hue.onDark.map { Contrast.luminance(RGB(xterm: $0)) }
      let light = hue.onLight.map { Contrast.luminance(RGB(xterm: $0)) }
      #expect(zip(dark, dark.dropFirst()).allSatisfy { $0 < $1 }, "\(hue)")
      #expect(zip(light, light.dropFirst()).allSatisfy { $0 > $1 }, "\(hue)")
    }
    let hues = [(179, 38, 30), (255, 164, 92), (163, 184, 50), (122, 217, 168), (108, 184, 255)]
      .map { HeatmapCube.Hue(RGB(UInt8($0.0), UInt8($0.1), UInt8($0.2))) }
    #expect(hues == [.red, .orange, .olive, .green, .blue])
  }

  // MARK: Marks

  @Test func `where words would crowd a letter at the level tells breaks, and dollars have a word`()
    throws
  {
    let state = try HeatmapFixture.state(width: 80, height: 24)
    let scene = try scene(state)
    let frame = state.frame
    let plot = scene.layout.plotY.map { row in
      scene.layout.plotX.map { frame[$0, row].scalar }
    }
    let rows = plot.map { String(String.UnicodeScalarView($0)) }
    #expect(!rows.contains { $0.contains("BOS") || $0.contains("CHoCH") })
    #expect(rows.contains { $0.contains("B") } && rows.contains { $0.contains("C") })
    #expect(frame.lines[scene.layout.key].contains("B break C turn"))
    let times = frame.lines[scene.layout.times]
    let profile = try #require(scene.layout.profileX)
    #expect(times.dropFirst(profile.lowerBound).contains("to $"), "\(times)")
  }

  private func scene(_ state: AppState) throws -> HeatmapScene {
    try #require(HeatmapScene(state))
  }

  @Test func `swings, breaks and sweeps stand at their bars`() throws {
    let state = try HeatmapFixture.state(width: 200, height: 50)
    let scene = try scene(state)
    let frame = state.frame
    let structure = scene.insight.structure
    func columns(_ bars: [Int]) -> Set<Int> {
      Set(
        bars.compactMap { scene.scale.column(ofTime: structure.openTime($0)) }
          .map { $0 + scene.layout.plotX.lowerBound })
    }
    let highs = columns(structure.swings.filter { $0.kind == .high }.map(\.index))
    let lows = columns(structure.swings.filter { $0.kind == .low }.map(\.index))
    let sweeps = columns(structure.sweeps.map(\.sweep.returnedAt))
    let breaks = columns(structure.breaks.map(\.brokenAt))
    var found: [Unicode.Scalar: Int] = [:]
    for y in scene.layout.plotY {
      for x in scene.layout.plotX {
        let scalar = frame[x, y].scalar
        found[scalar, default: 0] += 1
        switch scalar {
        case "▴": #expect(highs.contains(x))
        case "▾": #expect(lows.contains(x))
        case "×": #expect(sweeps.contains(x))
        case "S" where frame[x - 1, y].scalar == "O": #expect(breaks.contains(x))
        case "H" where frame[x + 1, y].scalar != "o": #expect(breaks.contains(x))
        default: break
        }
      }
    }
    for scalar: Unicode.Scalar in ["▴", "▾", "×", "S", "◆"] {
      #expect(found[scalar, default: 0] > 0, "\(scalar)")
    }
  }

  @Test func `bands run from birth to end`() throws {
    let scene = try scene(try HeatmapFixture.state(width: 160, height: 45))
    for band in HeatmapBands.magnets(scene) {
      let born = Int(scene.scale.place(ofTime: band.magnet.bornAt).rounded(.down))
      #expect(band.columns.lowerBound == max(born, 0))
      if band.magnet.isAlive { #expect(band.columns.upperBound == scene.scale.width) }
      let middle = LogPrice.log(band.magnet.price)
      if let pixel = scene.scale.pixel(ofLog: middle) { #expect(band.pixels.contains(pixel)) }
    }
    #expect(!HeatmapBands.magnets(scene).isEmpty)
    let late = scene.now + .hours(1)
    #expect(HeatmapBands.columns(from: late, to: nil, scene) == nil)
  }

  @Test func `the profile holds the map's dollars in sight`() throws {
    var state = try HeatmapFixture.state(width: 160, height: 45)
    state.heatmap.prices = .whole
    let scene = try scene(state)
    let map = try #require(scene.snapshot?.map)
    let bars = HeatmapProfile.bars(map, scale: scene.scale)
    #expect(bars.count == scene.layout.plotY.count)
    let all = map.total(.long) + map.total(.short)
    #expect(abs(bars.totals.reduce(0, +) - all) < all * 1e-6)
  }

  @Test func `labels of time are round, apart and in sight`() throws {
    for width in [30, 45, 80, 150, 300] {
      let scene = try scene(try HeatmapFixture.state(width: max(width, 60), height: 30))
      let labels = HeatmapAxes.timeLabels(scene.scale)
      #expect(labels.count >= 2)
      for (left, right) in zip(labels, labels.dropFirst()) {
        #expect(left.columns.upperBound + 2 <= right.columns.lowerBound)
      }
      #expect(labels.allSatisfy { $0.columns.lowerBound >= 0 })
      #expect(labels.allSatisfy { $0.columns.upperBound <= scene.scale.width })
    }
  }

  // MARK: Keys and mouse

  @Test func `arrows move the crosshair by a cell, and the line says what stands there`() throws {
    let plain = try HeatmapFixture.state(width: 120, height: 35)
    var state = UIState.after(.left, .left, .left, .down, .down, .down, .down, in: plain)
    let scene = try scene(state)
    let cursor = try #require(state.heatmap.cursor)
    let cell = try #require(HeatmapView.cell(of: cursor, scene))
    #expect(cell.x == scene.scale.width - 3)
    let start = scene.scale.clampedPixel(ofLog: LogPrice.log(scene.price)) / 2
    #expect(cell.row == start + 4)
    let raster = HeatmapRaster(scene.history, scale: scene.scale)
    let line = state.frame.lines[scene.layout.legend]
    if let dollars = raster.dollars(x: cell.x, row: cell.row) {
      let words = "\(NumberText.usd(dollars.usd)) \(dollars.isShort ? "shorts" : "longs") here"
      #expect(line.contains(words), "\(line)")
    } else {
      #expect(line.contains("nothing stands here"))
    }
    #expect(line.contains(NumberText.price(LogPrice.price(cursor.logPrice))))
    _ = update(&state, .input(.key(.escape)))
    #expect(state.heatmap.cursor == nil && state.view == .heatmap)
  }

  @Test func `the crosshair pulls the picture with it at the edges`() throws {
    let zoomed = UIState.after(
      .character("+"), .character("+"), .character("+"), .home,
      in: try HeatmapFixture.state(width: 120, height: 35))
    let before = try scene(zoomed).scale
    let after = UIState.after(.left, in: zoomed)
    let scale = try scene(after).scale
    #expect(scale.start < before.start)
    let cursor = try #require(after.heatmap.cursor)
    #expect(cursor.time < Timestamp(milliseconds: before.start + Int64(before.cellTime)))
    #expect(scale.column(ofTime: cursor.time) != nil)
  }

  @Test func `keys zoom and pan both axes, and lead back to now`() throws {
    let start = try HeatmapFixture.state(width: 120, height: 35)
    let whole = try scene(start).scale
    let zoomed = UIState.after(.character("+"), .character("+"), in: start)
    let near = try scene(zoomed).scale
    #expect(near.end - near.start < (whole.end - whole.start) * 6 / 10)
    #expect(near.end == whole.end)
    let panned = UIState.after(.character("<"), in: zoomed)
    let past = try scene(panned).scale
    #expect(past.end < near.end && past.end - past.start == near.end - near.start)
    #expect(try scene(UIState.after(.character(">"), in: panned)).scale.end == near.end)
    let tall = try scene(UIState.after(.character("}"), in: zoomed)).scale
    #expect(tall.high - tall.low < (near.high - near.low) * 0.7)
    let low = try scene(UIState.after(.character("}"), .character("{"), in: zoomed)).scale
    #expect(abs(low.high - low.low - (near.high - near.low)) < 1e-6)
    let back = UIState.after(.character("c"), in: panned)
    #expect(back.heatmap.end == nil && back.heatmap.prices == .automatic)
    let all = try scene(UIState.after(.character("0"), in: panned))
    #expect(all.scale.end - all.scale.start == whole.end - whole.start)
    #expect(
      abs(all.scale.high - all.scale.low - all.history.step * Double(all.history.rows)) < 1e-9)
    var bare = UIState.after(.character("f"), in: start)
    #expect(!bare.heatmap.hasStructure)
    bare.message = nil
    #expect(!bare.frame.lines.joined().contains("CHoCH"))
  }

  @Test func `another symbol begins now, at its own prices`() throws {
    let start = UIState.after(
      .character("+"), .character("+"), .character("}"), .character("<"), .left,
      in: try HeatmapFixture.state(width: 120, height: 35))
    #expect(start.heatmap.prices != .automatic && start.heatmap.end != nil)
    let other = UIState.after(.tab, in: start)
    #expect(other.heatmap.prices == .automatic && other.heatmap.end == nil)
    #expect(other.heatmap.cursor == nil && other.heatmap.span == start.heatmap.span)
    #expect(other.frame.lines.joined().contains("ETHUSDT 7d over time is being worked out"))
    var state = HeatmapState()
    state.prices = .fixed(low: 20, high: 21)
    let scale = try scale(history, width: 20, rows: 10, state)
    #expect(scale.high < 10)
  }

  @Test func `a price out of sight is told at the edge that it lies beyond`() throws {
    var state = try HeatmapFixture.state(width: 120, height: 35)
    let plain = try scene(state)
    let (now, half) = (LogPrice.log(plain.price), plain.history.step * 10)
    for (low, arrow) in [(now + half, "↓"), (now - 3 * half, "↑")] {
      state.heatmap.prices = .fixed(low: low, high: low + 2 * half)
      let row = arrow == "↓" ? plain.layout.plotY.upperBound - 1 : plain.layout.plotY.lowerBound
      #expect(state.frame.lines[row].contains(arrow + NumberText.price(plain.price)))
    }
  }

  @Test func `zooming in ends where the history knows nothing finer`() throws {
    var state = try HeatmapFixture.state(width: 120, height: 35)
    for _ in 0..<20 {
      state = UIState.after(.character("+"), .character("}"), in: state)
    }
    let scene = try scene(state)
    let span = Double(scene.scale.end - scene.scale.start)
    #expect(span >= scene.columnTime * Double(HeatmapScale.leastColumns) * 0.99)
    let rows = (scene.scale.high - scene.scale.low) / scene.history.step
    #expect(rows >= HeatmapScale.leastRows * 0.99)
    #expect(state.message != nil)
  }

  private func mouse(
    _ action: MouseEvent.Action, _ button: MouseEvent.Button = .left, _ x: Int, _ y: Int,
    _ state: inout AppState
  ) {
    _ = update(&state, .input(.mouse(MouseEvent(action: action, button: button, x: x, y: y))))
  }

  @Test func `a click sets the crosshair, the wheel zooms at the pointer, a drag pans`() throws {
    var state = try HeatmapFixture.state(width: 120, height: 35)
    let layout = try scene(state).layout
    let (x, y) = (layout.plotX.lowerBound + 30, layout.plotY.lowerBound + 9)
    mouse(.press, .left, x, y, &state)
    var scene = try scene(state)
    let cursor = try #require(state.heatmap.cursor)
    let cell = try #require(HeatmapView.cell(of: cursor, scene))
    #expect(cell.x == 30 && cell.row == 9)
    mouse(.release, .left, x, y, &state)
    let pointed = scene.scale.time(ofColumn: 30)
    mouse(.scrollUp, .none, x, y, &state)
    mouse(.scrollUp, .none, x, y, &state)
    scene = try self.scene(state)
    let place = try #require(scene.scale.column(ofTime: pointed))
    #expect(abs(place - 30) <= 2, "\(place)")
    let before = scene.scale
    mouse(.press, .left, x, y, &state)
    mouse(.drag, .left, x + 10, y + 3, &state)
    mouse(.release, .left, x + 10, y + 3, &state)
    let after = try self.scene(state).scale
    let moved = Double(before.end - after.end) / before.cellTime
    #expect(abs(moved - 10) <= 1.5, "\(moved)")
    #expect(abs((after.high - before.high) / before.pixelHeight - 6) < 1e-6)
    #expect(state.heatmap.drag == nil && state.crosshair == nil)
  }

  @Test func `magnets of now can be walked through`() throws {
    let state = UIState.after(
      .character("n"), .character("n"), in: try HeatmapFixture.state(width: 120, height: 35))
    let magnets = try #require(state.snapshot?.reading.magnets)
    let cursor = try #require(state.heatmap.cursor)
    #expect(abs(LogPrice.price(cursor.logPrice) - magnets[1].price) < magnets[1].price * 1e-3)
    #expect(HeatmapView.cell(of: cursor, try scene(state)) != nil)
  }

  // MARK: Sizes

  static let sizes: [(Int, Int)] = {
    var random = MapFixture.Random(state: 5)
    let fixed = [(60, 20), (60, 120), (80, 24), (120, 35), (200, 50), (400, 20), (400, 120)]
    let any = (0..<33).map { _ in
      (60 + Int(random.unit() * 200), 20 + Int(random.unit() * 50))
    }
    return fixed + any
  }()

  @Test(arguments: sizes)
  func `nothing is cut at any size`(_ width: Int, _ height: Int) throws {
    let glyphs = GlyphSet.allCases[(width + height) % 3]
    var state = try HeatmapFixture.state(width: width, height: height, glyphs: glyphs)
    if width % 2 == 0 { state = UIState.after(.left, .left, .up, .up, in: state) }
    let scene = try scene(state)
    let frame = state.frame
    let lines = frame.lines
    for row in scene.layout.plotY.lowerBound..<height {
      // The narrowest window's hints begin at its very edge.
      #expect(frame[0, row].scalar == " " || row == height - 1)
      #expect(frame[width - 1, row].scalar == " ")
    }
    // Prices on the axis are whole numbers of their format.
    for row in scene.layout.plotY {
      let label = lines[row].dropFirst(scene.layout.axisX.lowerBound + 1)
        .filter { $0 != " " }
      #expect(
        label.isEmpty || label.count >= 6 && label.allSatisfy { $0.isNumber || ",.".contains($0) })
    }
    // Each label of the times stands whole, at least two columns apart.
    for label in HeatmapAxes.timeLabels(scene.scale) where state.heatmap.cursor == nil {
      #expect(lines[scene.layout.times].contains(label.text))
    }
    if state.heatmap.cursor == nil {
      #expect(lines[scene.layout.legend].contains("longs"))
      #expect(lines[scene.layout.legend].contains("shorts"))
      #expect(lines[scene.layout.legend].contains("%"))
    }
    #expect(lines[scene.layout.key].contains("magnet"))
    if width < HeatmapLayout.leastWithProfile { #expect(scene.layout.profileX == nil) }
  }

  @Test func `while there is no history the view says so`() throws {
    let state = UIState.after(.character("2"), in: UIState.make(width: 80, height: 24))
    let text = state.frame.lines.joined(separator: " ")
    #expect(text.contains("over time is being worked out"))
    #expect(text.contains("the map of now: done") && text.contains("under way"))
    #expect(text.contains("map of now is on key 1"))
    // The seconds go on while nothing comes, and begin anew elsewhere.
    var later = state
    #expect(later.isAging)
    for _ in 0..<3 { #expect(update(&later, .tick) == [.draw]) }
    #expect(later.frame.lines.joined().contains("3 s so far"))
    #expect(UIState.after(.character("1"), in: later).heatmap.waitedTicks == 0)
    let waiting = UIState.after(.character("2"), in: UIState.make(nil, width: 80, height: 24))
    #expect(waiting.frame.lines.joined().contains("Waiting for"))
  }

  // MARK: What was liquidated

  private func published(_ usd: [(long: Double, short: Double)]) -> MapHistory {
    let plain = HeatmapFixture.history(columns: usd.count, rows: 4, close: { _ in 102 }) { _, _ in
      1
    }
    return MapHistory(
      instrument: plain.instrument, timeframe: plain.timeframe,
      columns: zip(plain.columns, usd).map { column, usd in
        MapHistory.Column(
          openTime: column.openTime, closeTime: column.closeTime, open: column.open,
          high: column.high, low: column.low, close: column.close, liquidatedLong: usd.long,
          liquidatedShort: usd.short, openInterest: column.openInterest)
      }, lowest: plain.lowest, step: plain.step, rows: plain.rows, cells: plain.cells)
  }

  @Test func `what was liquidated in a cell's columns stands under it`() {
    let history = published([(1, 0), (2, 10), (0, 0), (4, 30)])
    let sums = HeatmapTape.sums(history, columns: [0..<1, 1..<2, 1..<2, 2..<4, 0..<0])
    #expect(sums.map(\.long) == [1, 2, 2, 4, 0])
    #expect(sums.map(\.short) == [0, 10, 10, 30, 0])
  }

  @Test(arguments: [(200, 50), (120, 35), (80, 24)])
  func `the strip under the heatmap shows each side, the largest as a full bar`(
    _ width: Int, _ height: Int
  ) throws {
    let state = try HeatmapFixture.state(width: width, height: height)
    let scene = try #require(HeatmapScene(state))
    let rows = scene.layout.tape
    #expect(rows.count == (height >= 35 ? 2 : 1) && rows.upperBound == scene.layout.times)
    #expect(scene.layout.plotY.upperBound == rows.lowerBound)
    let grid = state.frame
    let columns = HeatmapRaster.columns(scene.history.columns, scale: scene.scale)
    let sums = HeatmapTape.sums(scene.history, columns: columns)
    let palette = Palette(state.theme, depth: state.depth, layerCount: 5)
    var isFull = false
    for (x, sum) in sums.enumerated() {
      for (index, y) in rows.enumerated() {
        let cell = grid[scene.layout.plotX.lowerBound + x, y]
        let usd = rows.count == 1 ? sum.both : index == 0 ? sum.short : sum.long
        #expect((cell.scalar == " ") == (usd == 0))
        let isShort = rows.count == 1 ? sum.short > sum.long : index == 0
        if usd > 0 { #expect(cell.style == (isShort ? palette.short : palette.long)) }
        isFull = isFull || cell.scalar == "█"
      }
    }
    #expect(isFull && grid.lines[rows.lowerBound].contains(" to $"))
  }

  @Test func `the strip gives way in low windows, and where nothing is published`() throws {
    let area = { (rows: Int) in ViewArea(x: 1..<119, y: 2..<2 + rows) }
    for (rows, count) in [(15, 0), (16, 1), (25, 1), (26, 2), (60, 2)] {
      let layout = HeatmapLayout(area: area(rows), priceLength: 8, hasTape: true)
      #expect(layout.tape.count == count && layout.plotY.count == rows - 3 - count)
      #expect(HeatmapLayout(area: area(rows), priceLength: 8).tape.isEmpty)
    }
  }

  @Test(arguments: [(60, 20), (120, 35), (200, 50)])
  func `few magnets have bands, each at a distance from the others, and the key counts them`(
    _ width: Int, _ height: Int
  ) throws {
    let state = try HeatmapFixture.state(width: width, height: height)
    let scene = try #require(HeatmapScene(state))
    let bands = HeatmapBands.magnets(scene)
    let limit = HeatmapBands.limit(rows: scene.scale.rows)
    let alive = bands.filter(\.magnet.isAlive)
    #expect((1...limit).contains(alive.count) && limit <= 4)
    #expect(bands.count - alive.count <= (limit + 1) / 2)
    for (index, band) in alive.enumerated() {
      for other in alive[(index + 1)...] {
        #expect(other.magnet.usd <= band.magnet.usd)
        #expect(
          other.pixels.lowerBound > band.pixels.upperBound + 2
            || other.pixels.upperBound < band.pixels.lowerBound - 2)
      }
    }
    guard width >= 120 else { return }
    let known = scene.insight.ledger.count(where: \.isAlive)
    #expect(state.frame.lines[scene.layout.key].contains("◆ magnet \(alive.count) of \(known)"))
    let labels =
      state.frame.lines[scene.layout.plotY.lowerBound..<scene.layout.plotY.upperBound]
      .joined().split(separator: "◆ $", omittingEmptySubsequences: false).count - 1
    #expect(labels == alive.count)
  }
}
