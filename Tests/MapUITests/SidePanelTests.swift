import Foundation
import MapEngine
import Market
import Terminal
import TestSupport
import Testing

@testable import MapUI

/// The panel beside the map, the rows below it and the ghost on it.
@Suite struct SidePanelTests {
  private func state(
    _ width: Int = 200, _ height: Int = 60, theme: String = "default",
    depth: ColorDepth = .truecolor, glyphs: GlyphSet = .full
  ) -> AppState {
    ViewFixture.studied(
      .map, width: width, height: height, theme: theme, depth: depth, glyphs: glyphs)
  }

  private func everything(_ start: AppState) -> AppState {
    var state = start
    state.panels = MapPanels(side: true, strip: true)
    state.panels.structure = true
    state.panels.bands = true
    return state
  }

  /// The lines of the side panel.
  private func panel(_ state: AppState) throws -> [String] {
    let layout = Layout(state, width: state.width, height: state.height)
    let side = try #require(layout.side)
    return state.frame.lines[layout.metrics..<(layout.strip ?? layout.legend)].map { line in
      String(line.dropFirst(side.lowerBound))
    }
  }

  // MARK: Side panel

  @Test func `the panel tells the magnet, the plan, structure and what comes next`() throws {
    let state = state()
    let text = try panel(state).joined(separator: "\n")
    let magnets = try #require(state.snapshot).reading.magnets
    let magnet = try #require(magnets.first)
    for words in [
      "MAGNET 1 of \(magnets.count)  modelled", NumberText.price(magnet.price),
      NumberText.usd(magnet.usd), NumberText.percent(magnet.distancePercent),
      NumberText.atr(magnet.distanceATR), "80% bands of its bins", "touched within", "1 h",
      "24 h", "PLAN  modelled as of", "for a long", "for a short", "take profit", "wall",
      "sweep", "confirm", "unproven", "STRUCTURE  measured on 1 h bars", "NEXT", "funding in 2 h",
    ] {
      #expect(text.contains(words), "\(words)\n\(text)")
    }
  }

  @Test func `every rule stands there with its price and its record`() throws {
    let state = state()
    let lines = try panel(state)
    let insight = try #require(state.currentStudy?.insight)
    for item in insight.plan {
      let name = SidePanelText.name(item.rule)
      let record = insight.record(of: item.label)
      let word = record.isProven ? "proven" : "unproven"
      let price = item.price.map { NumberText.price($0) } ?? "–"
      #expect(
        lines.contains {
          $0.contains("\(SidePanelText.sign(item.state)) \(name)") && $0.contains(price)
            && $0.contains(word)
        }, "\(item.rule) \(item.side)\n\(lines.joined(separator: "\n"))")
    }
  }

  @Test func `without a study the panel says that it is being worked out`() throws {
    let text = try panel(UIState.make(width: 200, height: 50)).joined(separator: "\n")
    #expect(text.contains("MAGNET 1 of"))
    #expect(text.contains("being worked out"))
    #expect(!text.contains("take profit"))
  }

  @Test func `the card follows the magnet that was gone to`() throws {
    let state = UIState.after(.character("n"), .character("n"), in: state())
    let magnets = try #require(state.snapshot).reading.magnets
    let text = try panel(state).joined(separator: "\n")
    #expect(text.contains("CLUSTER 2 of \(magnets.count)"))
    #expect(text.contains("◇ $\(NumberText.price(magnets[1].price))"))
  }

  @Test func `what there is no room for goes by rank, never cut`() throws {
    let palette = Palette(UIState.themes[0], depth: .truecolor, layerCount: 5)
    func lines(_ ranks: [Int]) -> [SidePanelLine] {
      ranks.map { SidePanelLine(["rank \($0)"], palette.text, rank: $0) }
    }
    let blocks = [
      SidePanelBlock("A", ["a"], palette, lines: lines([0, 3, 1])),
      SidePanelBlock("B", ["b"], palette, lines: lines([2, 2])),
    ]
    func left(_ rows: Int) -> [[Int]] {
      let (kept, hasAir) = SidePanelBlock.fit(blocks, rows: rows)
      #expect(SidePanelBlock.height(kept, hasAir: hasAir) <= max(rows, 0))
      return kept.map { $0.lines.map(\.rank) }
    }
    #expect(SidePanelBlock.fit(blocks, rows: 8).hasAir)
    #expect(!SidePanelBlock.fit(blocks, rows: 7).hasAir)
    #expect(left(7) == [[0, 3, 1], [2, 2]])
    #expect(left(6) == [[0, 1], [2, 2]])
    #expect(left(5) == [[0, 1], [2]])
    #expect(left(4) == [[0, 1]])
    #expect(left(2) == [[0]])
    #expect(left(1).isEmpty)
  }

  @Test func `a sentence of several lines goes as a whole`() {
    let palette = Palette(UIState.themes[0], depth: .truecolor, layerCount: 5)
    let words = "$4.2M of longs and 3 clusters stand between, counted to the map's edge"
    let sentence = SidePanelLine.sentence(words, palette.text, width: 30, rank: 1)
    #expect(sentence.count == 3)
    #expect(sentence.map { $0.items[0].wordings[0] }.joined(separator: " ") == words)
    let first = SidePanelLine(["first"], palette.text, rank: 0)
    let block = SidePanelBlock("A", ["a"], palette, lines: [first] + sentence)
    for rows in 2..<5 {
      #expect(SidePanelBlock.fit([block], rows: rows).blocks[0].lines.count == 1)
    }
    #expect(SidePanelBlock.fit([block], rows: 5).blocks[0].lines.count == 4)
  }

  @Test(arguments: [(140, 40), (200, 44), (200, 50), (200, 60), (240, 80)])
  func `reasons are told whole or not at all, and rows aren't left while one would fit`(
    _ width: Int, _ height: Int
  ) throws {
    let state = state(width, height)
    let lines = try panel(state)
    #expect(!lines.contains { $0.contains("…") }, "\(lines.joined(separator: "\n"))")
    let insight = try #require(state.currentStudy?.insight)
    let side = try #require(Layout(state, width: width, height: height).side)
    func words(_ text: some StringProtocol) -> String {
      text.split(separator: " ").joined(separator: " ")
    }
    let text = words(lines.map { $0.dropFirst(2) }.joined(separator: " "))
    let free = lines.reversed().prefix { $0.dropFirst().allSatisfy { $0 == " " } }.count
    for item in insight.plan {
      let short = SidePanelText.short(item.reason)
      guard !text.contains(words(short)) else { continue }
      let needed = Wrap.lines(short, width: side.count - 4, limit: .max).count
      #expect(needed > free, "\(free) rows free, \(needed) needed for: \(short)")
    }
    if height >= 60 {
      #expect(insight.plan.allSatisfy { text.contains(words(SidePanelText.short($0.reason))) })
    }
  }

  @Test func `feeds in trouble and funding stand among what comes next`() throws {
    var state = ViewFixture.live(.map, width: 200, height: 60)
    state.panels.side = true
    let text = try panel(state).joined(separator: "\n")
    for feed in state.source.feeds where feed.isFailing {
      #expect(text.contains("\(FeedText.sign(feed)) \(feed.venue.displayName)"))
    }
    #expect(text.contains("funding 1 h 28 m: Bin +0.010% Byb −0.003% OKX +0.021%"))
  }

  @Test func `funding that was told long ago is reckoned on by its interval`() throws {
    let now = ViewFixture.now
    let known = try Funding(time: now - .hours(3), rate: 0.0001, interval: .hours(8))
    #expect(SidePanelText.next(known, after: now) == now + .hours(5))
    #expect(SidePanelText.next(try Funding(time: now, rate: 0.1), after: now) == nil)
    #expect(
      SidePanelText.next(try Funding(time: now + .minutes(1), rate: 0.1), after: now)
        == now + .minutes(1))
    #expect(SidePanelText.rate(-0.000034) == "−0.003%")
  }

  @Test func `a probability is never said to be certain`() {
    #expect(SidePanelText.share(0.0001) == "<1%")
    #expect(SidePanelText.share(0.9999) == ">99%")
    #expect(SidePanelText.share(0.125) == "13%")
    #expect(SidePanelText.age(.minutes(125)) == "2 h 5 m")
    #expect(SidePanelText.age(.days(3)) == "3 d")
    #expect(SidePanelText.age(.seconds(40)) == "40 s")
  }

  @Test func `a key opens and closes the panel, or says what it needs`() {
    var state = state(120, 35)
    _ = update(&state, .input(.key(.character("i"))))
    #expect(Layout(state, width: 120, height: 35).side != nil)
    _ = update(&state, .input(.key(.character("i"))))
    #expect(Layout(state, width: 120, height: 35).side == nil)
    var small = self.state(80, 24)
    _ = update(&small, .input(.key(.character("i"))))
    #expect(small.message?.text == "The side panel needs 104 columns; this window has 80")
    #expect(small.panels.side == nil)
    var tape = ViewFixture.studied(.ledger)
    _ = update(&tape, .input(.key(.character("u"))))
    #expect(tape.message?.text == "That belongs to the map: 1 shows it")
  }

  @Test func `other views fill the window, and their pointers don't reckon with the panel`() {
    var state = everything(state())
    #expect(Layout(state, width: 200, height: 60).side != nil)
    for view in ViewKind.allCases where view != .map {
      state.view = view
      #expect(Layout(state, width: 200, height: 60) == Layout(width: 200, height: 60))
    }
  }

  // MARK: At any size

  @Test func `with everything open no cell is written outside and margins stay free`() {
    for (width, height) in LayoutTests.sizes where width * height < 20_000 {
      var state = everything(state(width, height))
      state.position = wish
      let frame = state.frame
      let layout = Layout(state, width: width, height: height)
      for row in 0..<height {
        #expect(frame[width - 1, row].scalar == " ", "row \(row) of \(width)x\(height)")
      }
      guard let side = layout.side else { continue }
      // Nothing of the map reaches over the rule.
      for row in layout.metrics..<(layout.strip ?? layout.legend) {
        #expect(frame[side.lowerBound, row].scalar == "│", "row \(row) of \(width)x\(height)")
      }
    }
  }

  @Test func `it stays readable in ASCII, in blocks, in sixteen colours and in none`() {
    for depth in [ColorDepth.ansi16, .mono] {
      var state = everything(state(depth: depth, glyphs: .ascii))
      state.position = wish
      let frame = state.frame
      #expect(frame.cells.allSatisfy { $0.scalar.isASCII })
      #expect(frame.lines.allSatisfy { !$0.contains("?") || $0.contains("? help") })
      state.glyphs = .blocks
      let allowed: Set<UInt32> = [0x2580, 0x2584, 0x2588, 0x2591, 0x2592, 0x2593, 0x259a]
      #expect(
        state.frame.cells.allSatisfy {
          $0.scalar.value < 0x2580 || allowed.contains($0.scalar.value)
        })
    }
  }

  private var wish: PositionWish? {
    guard case .position(let wish) = PositionPrompt(text: "long:97000:10x:0.5").answer else {
      return nil
    }
    return wish
  }

  // MARK: Strip

  @Test func `the strip tells the newest liquidations first, each of them whole`() throws {
    for width in [60, 97, 200, 400] {
      var state = state(width, 40)
      state.panels.strip = true
      let row = try #require(Layout(state, width: width, height: 40).strip)
      let line = state.frame.lines[row]
      var rest = line[...]
      let prints = Array(state.tape.prints.reversed())
      var count = 0
      for print in prints {
        let words = NumberText.usd(print.usd)
        guard let found = rest.firstRange(of: words) else { break }
        rest = rest[found.upperBound...]
        let clock = ClockText.time(print.liquidation.time).prefix(8)
        #expect(rest.contains(clock))
        count += 1
      }
      #expect(count >= width / 45)
      #expect(line.contains("published"))
    }
    var quiet = UIState.make(width: 120, height: 40)
    quiet.panels.strip = true
    #expect(quiet.frame.lines.contains { $0.contains("no liquidation of BTC yet") })
  }

  // MARK: Structure

  @Test func `open gaps and untaken swings are marked at their prices`() throws {
    var state = state()
    state.panels.structure = true
    let scene = try #require(Scene(state, width: state.width, height: state.height))
    let row = try #require(scene.layout.structure)
    let structure = try #require(state.currentStudy?.insight.structure)
    let frame = state.frame
    let left = scene.layout.plotX.lowerBound
    for swing in StructureStripView.standing(structure) {
      guard let column = scene.scale.column(ofPrice: swing.price) else { continue }
      #expect(["▾", "▴"].contains(frame[left + column, row].scalar))
      // No later bar has traded through it.
      for bar in structure.bars.dropFirst(swing.index + 1) {
        #expect(swing.kind == .high ? bar.high <= swing.price : bar.low >= swing.price)
      }
    }
    let open = structure.gaps.filter { $0.mitigation != .filled }
    for gap in open {
      guard let column = scene.scale.column(ofPrice: gap.middle) else { continue }
      #expect(["▒", "░", "▾", "▴"].contains(frame[left + column, row].scalar))
    }
    // Which way a gap points is told by colour, and without colour by texture.
    for x in scene.layout.plotX {
      let cell = frame[left + x - scene.layout.plotX.lowerBound, row]
      let palette = Palette(state.theme, depth: state.depth, layerCount: 5)
      if cell.scalar == "▒" { #expect(cell.style == palette.side(false)) }
      if cell.scalar == "░" { #expect(cell.style == palette.side(true)) }
    }
    let marks = scene.layout.plotX.filter { ["▒", "░"].contains(frame[$0, row].scalar) }
    #expect(marks.isEmpty == open.isEmpty)
    #expect(frame.lines[scene.layout.legend].contains("gap"))
  }

  // MARK: Bands

  @Test func `bands are the bins' own, by price, and stay on their side`() throws {
    var state = state()
    state.panels.bands = true
    let scene = try #require(Scene(state, width: state.width, height: state.height))
    let bands = try #require(scene.bands)
    let known = try #require(ViewFixture.study.snapshot.bands)
    // The whole map is in sight, so no dollar is lost on the way from bins to columns.
    for (columns, bins) in [(bands.low, known.low), (bands.high, known.high)] {
      let drawn = columns.reduce(0, +)
      let whole = bins.reduce(0, +)
      #expect(abs(drawn / whole - 1) < 1e-9)
    }
    for column in 0..<scene.scale.width {
      #expect(bands.low[column] <= scene.stacks.totals[column] + 1)
      #expect(bands.high[column] >= scene.stacks.totals[column] - 1)
    }
    #expect(scene.ceilings.bars >= scene.stacks.peak)
    let plain = try #require(Scene(self.state(), width: state.width, height: state.height))
    #expect(scene.ceilings.bars <= plain.ceilings.bars / ColumnBands.leastBarShare * 1.5)
    let ghosts = state.frame.cells.filter { $0.scalar == "┊" }.count
    #expect(ghosts > 20)
    #expect(
      state.frame.lines[scene.layout.legend].contains(
        "80% band, measured: covers 86% of bins on simulated markets"))
  }

  @Test func `there is no ghost of what has no band, and the legend says why`() throws {
    var waiting = UIState.make(width: 160, height: 40)
    waiting.panels.bands = true
    #expect(waiting.frame.lines.contains { $0.contains("80% band is being worked out") })
    var state = state()
    state.panels.bands = true
    state.isolatedLayer = 1
    #expect(state.frame.lines.contains { $0.contains("no band for a single layer") })
    #expect(!state.frame.cells.contains { $0.scalar == "┊" })
  }

  @Test func `the coverage in the legend is the one on record`() throws {
    let words = try Checkout.text("Sources/MapEngine/MapEngine.docc/HowGoodItIs.md").split {
      $0.isWhitespace
    }
    .joined(separator: " ")
    #expect(words.contains("80 % bands hold \(GhostView.coverage) % of the bins"))
  }

  // MARK: Tabs and hints

  @Test func `the views stand on the line of choices, the shown one marked, and can be clicked`()
    throws
  {
    var state = state(200, 50)
    let row = try #require(Layout(state, width: 200, height: 50).choices)
    let line = state.frame.lines[row]
    for view in ViewKind.allCases { #expect(line.contains("\(view.rawValue) \(view.title)")) }
    let start = try #require(line.firstRange(of: "3 Venues")?.lowerBound)
    let x = line.distance(from: line.startIndex, to: start)
    let palette = Palette(state.theme, depth: .truecolor, layerCount: 5)
    #expect(state.frame[x, row].style != palette.selection)
    let click = MouseEvent(action: .press, button: .left, x: x, y: row)
    #expect(update(&state, .input(.mouse(click))).contains(.look(.venues)))
    #expect(state.view == .venues)
    #expect(state.frame[x, row].style == palette.selection)
    let narrow = self.state(80, 24)
    #expect(narrow.frame.lines[1].contains("1 Map"))
    for width in 60...200 {
      let texts = self.state(width, 24).frame.lines[1].split(separator: " ")
      #expect(texts.contains("BTC") && texts.contains("7d"), "\(width)")
    }
  }

  @Test func `hints fit the view that is shown`() {
    let wide = state(400, 50)
    let map = wide.frame.lines[49]
    for word in ["bands", "position", "what if", "panel"] { #expect(map.contains(word)) }
    var tape = wide
    tape.view = .tape
    for word in ["bands", "position", "what if", "panel", "magnet"] {
      #expect(!tape.frame.lines[49].contains(word))
    }
  }
}
