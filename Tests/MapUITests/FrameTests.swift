import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct FrameTests {
  @Test func `frames of any size are drawn within their window`() {
    // A cell outside of the frame stops a debug build.
    let small = MapFixture.snapshot(bins: 60)
    var random = MapFixture.Random(state: 77)
    for _ in 0..<60 {
      let width = 1 + Int(random.unit() * 230)
      let height = 1 + Int(random.unit() * 70)
      var state = UIState.make(
        small, width: width, height: height, theme: UIState.themes[Int(random.unit() * 4)].name,
        glyphs: GlyphSet.allCases[Int(random.unit() * 3)])
      for _ in 0..<3 {
        let keys = Keymap.standard.bindings.flatMap(\.keys)
        _ = update(&state, .input(.key(keys[Int(random.unit() * Double(keys.count))])))
      }
      let frame = state.frame
      #expect(frame.width == width && frame.height == height)
      #expect(frame.lines.count == height)
    }
  }

  @Test(arguments: [(60, 20), (80, 24), (120, 35), (200, 50), (400, 120)])
  func `the right margin stays free: nothing is cut at the edge`(_ width: Int, _ height: Int) {
    for keys in [[Key](), [.right, .left], [.character("m")], [.character("?")]] {
      var state = UIState.make(width: width, height: height)
      for key in keys { _ = update(&state, .input(.key(key))) }
      let frame = state.frame
      for row in 0..<height {
        #expect(frame[width - 1, row].scalar == " ", "row \(row) of \(width)x\(height)")
      }
    }
  }

  @Test(arguments: [(60, 20), (80, 24), (120, 35), (200, 50)])
  func `the header always says what a trader must know`(_ width: Int, _ height: Int) throws {
    let state = UIState.make(width: width, height: height)
    let text = state.frame.lines.prefix(10).joined(separator: "\n")
    let snapshot = try #require(state.snapshot)
    let magnet = try #require(snapshot.reading.magnet)
    for words in [
      "BTCUSDT", "7d", "SIMULATED", "uncalibrated", "Total Long Liq", "Total Short Liq",
      NumberText.usd(snapshot.map.total(.long)), NumberText.usd(snapshot.map.total(.short)),
      NumberText.ratio(snapshot.reading.fuel.whole), "squeeze up",
      NumberText.price(snapshot.price), NumberText.price(magnet.price),
      NumberText.usd(magnet.usd), NumberText.percent(magnet.distancePercent), "ATR",
      "SQUEEZE UP", "15%",
    ] {
      #expect(text.contains(words), "\(words) at \(width)x\(height)")
    }
    let atr = NumberText.atr(magnet.distanceATR)
    #expect(text.contains(atr) || text.contains(atr.replacing(" ATR", with: "ATR")))
  }

  @Test(arguments: ["default", "light", "colorblind", "mono"])
  func `SIMULATED can't be missed in any theme`(_ theme: String) throws {
    for depth in ColorDepth.allCases {
      let frame = UIState.make(theme: theme, depth: depth).frame
      let start = try #require(frame.lines[0].firstRange(of: "SIMULATED")?.lowerBound)
      let x = frame.lines[0].distance(from: frame.lines[0].startIndex, to: start)
      let style = frame[x, 0].style
      #expect(style.attributes.contains(.bold))
      if style.background == .terminalDefault {
        #expect(style.attributes.contains(.reverse))
      } else {
        #expect(Contrast.ratio(style.background, frame[0, 0].style.background) >= 4.5)
      }
    }
  }

  @Test func `a map of real facts says nothing of a simulation`() {
    let snapshot = MapFixture.snapshot(isSimulated: false, venues: [.binance, .bybit])
    let state = AppState(
      showing: snapshot, health: .complete, theme: UIState.themes[0], depth: .truecolor,
      glyphs: .full, width: 120, height: 35)
    #expect(!state.frame.lines.joined().contains("SIMULATED"))
    #expect(state.frame.lines[0].contains("Binance + Bybit"))
  }

  @Test(arguments: [
    (DataQuality.Quality.short, 0, "short: source covers 3 of 7 days"),
    (.openInterestAssumed, 0, "open interest assumed"), (.gaps, 1_234, "1,234 gaps"),
    (.gaps, 1, "1 gap"),
  ])
  func `what is amiss with the facts stands in the header`(
    _ quality: DataQuality.Quality, _ gaps: Int, _ words: String
  ) {
    let state = UIState.make(
      MapFixture.snapshot(quality: quality, gaps: gaps), width: 160, height: 40)
    #expect(state.frame.lines[0].contains(words))
  }

  @Test func `bars have the heights that their dollars call for`() throws {
    let state = UIState.make()
    let scene = try #require(Scene(state, width: 120, height: 35))
    var canvas = Canvas(
      width: 120, height: 35,
      palette: Palette(state.theme, depth: .truecolor, layerCount: 5), glyphs: Glyphs(set: .full))
    let heights = BarsView.draw(scene, on: &canvas)
    let ground = canvas.palette.background
    for column in 0..<scene.scale.width {
      var units = 0
      for row in scene.layout.plotY {
        let cell = canvas.grid[scene.layout.plotX.lowerBound + column, row]
        if cell.style.background != ground {
          units += 8
        } else if cell.scalar != " " {
          units += Int(cell.scalar.value) - 0x2580
        }
      }
      #expect(units == heights[column])
      let exact = scene.stacks.totals[column] / scene.ceilings.bars
      #expect(abs(Double(units) - exact * Double(scene.layout.barRows * 8)) <= 0.5 + 1e-9)
    }
  }

  @Test func `the cumulative line keeps the colour of the bars behind it`() throws {
    let state = UIState.make()
    let scene = try #require(Scene(state, width: 120, height: 35))
    let palette = Palette(state.theme, depth: .truecolor, layerCount: 5)
    var bars = Canvas(width: 120, height: 35, palette: palette, glyphs: Glyphs(set: .full))
    BarsView.draw(scene, on: &bars)
    var both = bars
    CumulativeView.draw(scene, on: &both)
    var over = 0
    for row in scene.layout.plotY {
      for column in scene.layout.plotX where both.grid[column, row] != bars.grid[column, row] {
        let under = bars.grid[column, row].style
        let seen = both.grid[column, row].style.background
        #expect(seen == under.background || seen == under.foreground)
        if seen != palette.background { over += 1 }
      }
    }
    #expect(over > 10)
  }

  @Test func `ASCII frames hold ASCII alone, and blocks no braille and no eighths`() {
    for keys in [[Key](), [.right, .left], [.character("?")], [.character("L")]] {
      for theme in ["default", "mono"] {
        var ascii = UIState.make(theme: theme, glyphs: .ascii)
        var blocks = UIState.make(theme: theme, glyphs: .blocks)
        for key in keys {
          _ = update(&ascii, .input(.key(key)))
          _ = update(&blocks, .input(.key(key)))
        }
        #expect(ascii.frame.cells.allSatisfy { $0.scalar.isASCII })
        #expect(
          blocks.frame.cells.allSatisfy {
            let value = $0.scalar.value
            return value < 0x2580
              || [0x2584, 0x2588, 0x2591, 0x2592, 0x2593, 0x259a].contains(value)
          })
      }
    }
  }

  @Test func `with sixteen colours layers are told apart by texture, and none is invisible`() {
    for glyphs in GlyphSet.allCases {
      let palette = Palette(UIState.themes[0], depth: .ansi16, layerCount: 5)
      let painter = BarPainter(palette, glyphs: Glyphs(set: glyphs), layers: 5)
      let swatches = (0..<5).map { painter.swatch($0) }
      #expect(Set(swatches.map(\.scalar)).count == 5)
      for (swatch, layer) in zip(swatches, palette.layers) {
        #expect(swatch.style.foreground == layer)
        #expect(swatch.style.background == palette.background)
      }
    }
  }

  @Test(arguments: [0.00001234, 0.0821345, 2.12345, 187.3, 3_412.55, 1_234_567.8])
  func `any market fits its frame`(_ price: Double) {
    let layers = (0..<9).map {
      LeverageLayer(
        label: "\(1 << $0)x", minLeverage: Double(1 << $0), maxLeverage: Double(2 << $0))
    }
    let snapshot = MapFixture.snapshot(
      instrument: Instrument(base: "1000000MOG"), price: price, bins: 200, layers: layers,
      venues: Venue.real, dollars: 40_000)
    for (width, height) in [(60, 20), (80, 24), (160, 45)] {
      var state = AppState(
        showing: snapshot, health: .partial(reason: "okx is late"), theme: UIState.themes[0],
        depth: .truecolor, glyphs: .full, width: width, height: height)
      state.crosshair = Crosshair(distance: 0.05)
      let lines = state.frame.lines
      #expect(lines[0].contains("1000000MOGUSDT 7d   SIMULATED "))
      #expect(lines.contains { $0.contains("$" + NumberText.price(price)) })
    }
  }

  @Test func `a theme may leave the layers to the terminal`() throws {
    let theme = Theme(
      name: "mine", hasTextures: false, layers: [.terminalDefault],
      colors: [.text: .rgb(RGB(255, 255, 255)), .background: .rgb(RGB(0, 0, 0))])
    let palette = Palette(theme, depth: .truecolor, layerCount: 5)
    let painter = BarPainter(palette, glyphs: Glyphs(set: .full), layers: 5)
    #expect(Set((0..<5).map { painter.swatch($0).scalar }).count == 5)
  }

  @Test func `the marks of an isolated layer count its dollars alone`() throws {
    let state = UIState.after(.character("L"), .character("L"), in: UIState.make())
    let magnets = try #require(state.snapshot?.reading.magnets)
    let text = state.frame.lines[12...].joined(separator: "\n")
    for magnet in magnets where magnet.layers[1] == 0 {
      #expect(!text.contains("\(NumberText.usd(magnet.usd))"))
    }
    let alone = magnets.map { NumberText.usd($0.layers[1]) }
    #expect(alone.contains { text.contains("◇ \($0)") || text.contains("◆ \($0)") })
  }

  @Test func `text from outside can't break the grid`() {
    var state = UIState.make()
    state.snapshot = nil
    state.source.name = "données\u{7}\u{1b}[31m 漢字.csv"
    for cell in state.frame.cells {
      #expect(cell.scalar.value >= 0x20 && cell.scalar.value != 0x7f)
      #expect(cell.scalar.value < 0x1100 || cell.scalar.value >= 0x2000)
      #expect(cell.scalar.value < 0x2e80)
    }
  }

  @Test func `the sides differ in mono, too`() throws {
    let state = UIState.make(theme: "mono")
    let scene = try #require(Scene(state, width: 120, height: 35))
    let line = state.frame.lines[scene.layout.baseline]
    #expect(line.contains("▔▔ ▔▔") && line.contains("▔▔▔▔▔▔"))
    #expect(state.frame.lines[scene.layout.sides].contains("◀ LONGS"))
    #expect(state.frame.lines[scene.layout.sides].contains("SHORTS liquidated above the price ▶"))
  }

  @Test func `price labels don't touch and stand under their prices`() throws {
    for width in [60, 61, 75, 80, 120, 200, 333] {
      for keys in [[Key](), [.character("+"), .character("+"), .character("+"), .pageUp]] {
        var state = UIState.make(width: width, height: 35)
        state.panels = .none
        for key in keys { _ = update(&state, .input(.key(key))) }
        let scene = try #require(Scene(state, width: width, height: 35))
        let words = state.frame.lines[scene.layout.prices].split(separator: " ")
        #expect(words.count >= 2)
        let prices = words.map { Double($0.replacing(",", with: "")) }
        #expect(prices.allSatisfy { $0 != nil })
        #expect(zip(prices, prices.dropFirst()).allSatisfy { ($0 ?? 0) < ($1 ?? 0) })
      }
    }
  }

  @Test func `the crosshair tells its column's dollars, layers, venues and distance`() throws {
    var state = UIState.make()
    state.crosshair = Crosshair(distance: 0.0401)
    let scene = try #require(Scene(state, width: 120, height: 35))
    let column = try #require(scene.scale.column(ofDistance: 0.0401))
    let facts = ColumnFacts(scene, column: column)
    #expect(facts.side == .short)
    #expect(facts.low < facts.high && facts.low > scene.snapshot.price)
    #expect(abs(facts.layers.reduce(0, +) / facts.usd - 1) < 1e-9)
    #expect(abs(facts.venues.reduce(0, +) / facts.usd - 1) < 1e-9)
    #expect(facts.cumulative >= facts.usd)
    let text = state.frame.lines.joined(separator: "\n")
    for words in [
      NumberText.price(facts.low), NumberText.price(facts.high), NumberText.usd(facts.usd),
      NumberText.percent(facts.percent), NumberText.atr(facts.atr), "shorts", "Sim A", "100x",
      NumberText.usd(facts.cumulative),
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test func `in a small window the crosshair speaks in two lines`() throws {
    var state = UIState.make(width: 60, height: 20)
    state.crosshair = Crosshair(distance: -0.09)
    let scene = try #require(Scene(state, width: 60, height: 20))
    let column = try #require(scene.scale.column(ofDistance: -0.09))
    let facts = ColumnFacts(scene, column: column)
    let line = state.frame.lines[scene.layout.legend]
    #expect(line.contains(NumberText.percent(facts.percent)))
    #expect(line.contains(NumberText.usd(facts.usd)))
    let parts = state.frame.lines[scene.layout.footer]
    for (layer, usd) in zip(scene.snapshot.map.layers, facts.layers) where usd > 0 {
      #expect(parts.contains("\(layer.label) \(NumberText.usd(usd))"))
    }
    #expect(parts.contains("Sim A \(NumberText.usd(facts.venues[0]))"))
    state.message = Message("something happened")
    #expect(state.frame.lines[scene.layout.footer].contains("something happened"))
  }

  @Test func `the price's own column holds nothing`() throws {
    let scene = try #require(Scene(UIState.make(), width: 120, height: 35))
    let facts = ColumnFacts(scene, column: try #require(scene.scale.priceColumn))
    #expect(facts.side == nil && facts.usd == 0 && facts.cumulative == 0)
    #expect(facts.low == scene.snapshot.price && facts.high == scene.snapshot.price)
  }

  @Test func `nothing on the screen moves sideways when the numbers change`() {
    func shape(_ dollars: Double) -> [[Int]] {
      let lines = UIState.make(MapFixture.snapshot(dollars: dollars)).frame.lines
      return lines[3..<6].map { line in
        line.enumerated().filter { index, character in
          character != " " && index > 0
            && line[line.index(line.startIndex, offsetBy: index - 1)] == " "
        }.map(\.offset).filter { $0 % 1 == 0 }
      }
    }
    #expect(shape(1)[0] == shape(0.37)[0])
    #expect(shape(1)[2] == shape(0.37)[2])
  }

  @Test func `the same state gives the same frame`() {
    let state = UIState.after(.character("m"), .left, in: UIState.make())
    #expect(state.frame == state.frame)
  }
}
