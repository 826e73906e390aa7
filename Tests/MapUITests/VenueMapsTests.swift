import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct VenueMapsTests {
  private func maps(_ state: AppState) throws -> VenueMaps {
    try #require(VenueMaps(state, width: state.width, height: state.height))
  }

  // MARK: Words

  @Test func `what one venue says shorter or not at all, all of them do`() {
    func heading(_ name: String, _ funding: [String], _ interest: [String]) -> [LineItem] {
      [
        LineItem(name, Style(), rank: 0), LineItem(interest, Style(), rank: 3),
        LineItem(funding, Style(), rank: 4),
      ]
    }
    let lines = [
      heading(
        "A", ["funding +0.0100% in 1h28m", "funding +0.0100%"], ["OI 82,341 BTC", "OI $8B"]),
      heading("A longer one", ["funding +0.02% in 8m", "funding +0.02%"], ["OI 1 BTC", "OI $1M"]),
      heading("Says nothing", [], ["OI 2 BTC", "OI $2M"]),
    ]
    for width in 12...70 {
      let fitted = LineItem.fitEvenly(lines, width: width)
      #expect(fitted.allSatisfy { LineItem.total($0) <= width })
      for (rank, tellers) in [(3, 3), (4, 2)] {
        let left = fitted.compactMap { line in line.first { $0.rank == rank }?.wordings.count }
        #expect(Set(left).count <= 1 && [0, tellers].contains(left.count), "\(width): \(left)")
      }
    }
  }

  @Test(arguments: [(60, 20), (80, 24), (100, 30), (120, 35)])
  func `the word funding stands beside every rate, in every venue's row or in none`(
    _ width: Int, _ height: Int
  ) {
    let state = ViewFixture.live(.venues, width: width, height: height)
    let rows = state.frame.lines.filter { line in
      ["Binance", "Bybit", "OKX"].contains { line.contains(" \($0)  ") }
    }
    #expect(!rows.isEmpty)
    let told = rows.filter { $0.contains("funding +") || $0.contains("funding −") }
    #expect(told.isEmpty || told.count == rows.count, "\(rows.joined(separator: "\n"))")
    for row in rows where !told.contains(row) {
      #expect(!row.replacing("43%", with: "").contains("%"), "\(row)")
    }
  }

  // MARK: Dollars

  @Test func `the venues' dollars add up to the sum's in every column and on each side`() throws {
    for keys in [[Key](), [.character("+"), .character("+"), .pageUp], [.character("L")]] {
      var state = ViewFixture.live(.venues)
      for key in keys { _ = update(&state, .input(.key(key))) }
      let maps = try maps(state)
      let venues = maps.rows.dropFirst()
      #expect(maps.rows[0].venue == nil && venues.count == 5)
      for column in 0..<maps.scene.scale.width {
        let sum = try #require(maps.rows[0].stacks).totals[column]
        let parts = venues.compactMap { $0.stacks?.totals[column] }.reduce(0, +)
        #expect(abs(parts - sum) <= 1e-6 * max(sum, 1))
      }
      for side in Side.allCases {
        let parts = venues.reduce(0) { $0 + $1.totals[side] }
        #expect(abs(parts / maps.rows[0].totals[side] - 1) < 1e-9)
      }
    }
  }

  @Test func `a venue's map is its own cells and nothing else`() {
    let map = MapFixture.snapshot(venues: [.binance, .bybit, .okx]).map
    for venue in map.venues.indices {
      let own = map.only(venue: venue)
      #expect(own.venues == [map.venues[venue]] && own.grid == map.grid)
      for bin in stride(from: 0, to: map.grid.count, by: 7) {
        for layer in map.layers.indices {
          #expect(
            own.usd(bin: bin, layer: layer, venue: 0)
              == map.usd(bin: bin, layer: layer, venue: venue))
        }
      }
    }
  }

  @Test func `rows have scales of their own, or one on request, and keep them`() throws {
    var state = ViewFixture.live(.venues)
    let own = try maps(state)
    for row in own.rows {
      guard let stacks = row.stacks else { continue }
      #expect(row.ceiling == AxisScale.ceiling(stacks.peak))
    }
    _ = update(&state, .input(.key(.character("s"))))
    let shared = try maps(state)
    #expect(
      shared.rows.filter { $0.stacks != nil }.allSatisfy { $0.ceiling == own.rows[0].ceiling })
    #expect(state.message?.text.contains("One scale") == true)
    // A map that is a little smaller leaves the ends where they were.
    let smaller = MapFixture.snapshot(
      isSimulated: false, venues: [.binance, .bybit, .okx, .hyperliquid], dollars: 0.85)
    _ = update(&state, .snapshot(smaller))
    #expect(try maps(state).rows[0].ceiling == own.rows[0].ceiling)
  }

  // MARK: Layout

  @Test func `rows fill the room in order, and what doesn't fit is counted`() {
    for height in 0...70 {
      for bars in [[true], [true, true, true], [true, true, false, true, true, false]] {
        let layout = VenueMapsLayout(y: 3..<3 + height, hasBars: bars)
        var next = 3 + (layout.sides == nil ? 0 : 1)
        for (place, has) in zip(layout.places, bars) {
          #expect(place.heading == next && place.bars.lowerBound == next + 1)
          #expect(has ? !place.bars.isEmpty : place.bars.isEmpty)
          next = place.bars.upperBound
        }
        if let rest = layout.rest {
          #expect(next <= rest && rest == 3 + height - 1 && layout.places.count < bars.count)
        } else if height > 0 {
          #expect(layout.places.count == bars.count && next == 3 + height)
        }
        // Rows are alike but for the sum, which takes what doesn't divide.
        let counts = zip(layout.places, bars).filter { $0.1 }.map { $0.0.bars.count }
        #expect(Set(counts.dropFirst()).count <= 1)
        #expect((counts.first ?? 0) >= (counts.last ?? 0))
      }
    }
  }

  @Test func `every venue has its row even in the least window`() {
    let text = ViewFixture.live(.venues, width: 60, height: 20).frame.lines.joined()
    for name in ["SUM of 4 venues", "Binance", "Bybit", "OKX", "Hyperliquid", "Gate"] {
      #expect(text.contains(name))
    }
  }

  // MARK: Figures

  @Test func `funding is told with its due time and what it comes to in a year`() throws {
    let now = ViewFixture.now
    func words(_ rate: Double, _ ahead: Span, _ interval: Span?) throws -> String? {
      var figures = VenueFigures(venue: .binance)
      figures.take(.funding(try Funding(time: now + ahead, rate: rate, interval: interval)))
      return VenueFigureText.funding(figures, now: now).first
    }
    // Three payments a day, 1,095 a year.
    #expect(
      try words(0.0001, .minutes(88), .hours(8)) == "funding +0.0100% in 1h28m, +11.0% a year")
    #expect(
      try words(-0.00002, .minutes(9), .hours(1)) == "funding −0.0020% in 9m, −17.5% a year")
    #expect(
      try words(0.0001, .minutes(60), nil) == "funding +0.0100% in 1h00m, interval not told")
    let paid = try #require(try words(0, .minutes(-32), .hours(8)))
    #expect(paid == "funding 0.0000% paid 14:00, 0.0% a year")
    #expect(VenueFigureText.funding(VenueFigures(venue: .okx), now: now).isEmpty)
  }

  @Test func `the sum's funding is weighted by open interest, over venues that tell both`() throws {
    let figures = ViewFixture.figures()
    let wanted = (0.0001 * 82_341 + -0.000034 * 51_020) * 3 * 365 / (82_341 + 51_020)
    let mean = try #require(VenueFigureText.meanFunding(figures))
    #expect(abs(mean - wanted) < 1e-12)
    #expect(VenueFigureText.meanFunding([VenueFigures(venue: .gate)]) == nil)
  }

  @Test func `open interest is told in coins and dollars, and by how many venues`() {
    let figures = ViewFixture.figures()
    #expect(
      VenueFigureText.openInterest(figures[0], coin: "BTC").first == "OI 82,341 BTC $8.00B")
    let sum = VenueFigureText.openInterest(figures, of: 4, coin: "BTC")
    #expect(sum == ["OI 160,816 BTC $15.6B of 3 venues", "OI $15.6B of 3 venues"])
    #expect(VenueFigureText.openInterest(figures[3], coin: "BTC").isEmpty)
  }

  @Test func `a wide window says what each venue tells, what it doesn't, and how it stands`() {
    let lines = ViewFixture.live(.venues, width: 200, height: 50).frame.lines
    func line(_ name: String) -> String {
      lines.dropFirst(2).first { $0.contains(name) && $0.contains("──") } ?? ""
    }
    #expect(line("Binance").contains("long/short 1.85 by accounts"))
    #expect(line("Binance").contains("live"))
    #expect(line("Bybit").contains("43%"))
    #expect(line("OKX").contains("partial: asked to wait"))
    #expect(line("OKX").contains("long/short not told"))
    #expect(line("Hyperliquid").contains("STALE since 14:30:02 UTC"))
    #expect(line("Hyperliquid").contains("OI, funding, long/short not told"))
    #expect(line("Gate").contains("refused") && line("Gate").contains("nothing of it"))
  }

  @Test func `a venue that is left out says that it is off`() {
    var state = ViewFixture.live(.venues, width: 160, height: 40)
    state.source.feeds[1].isEnabled = false
    let line = state.frame.lines.dropFirst(2).first { $0.contains("Bybit") } ?? ""
    #expect(line.contains("– Bybit") && line.contains("off"))
  }

  // MARK: Keys

  @Test func `zoom, pan and crosshair are those of the map`() {
    let keys: [Key] = [
      .character("+"), .character("+"), .pageUp, .right, .right, .character("n"),
    ]
    var map = ViewFixture.live(.map)
    var venues = ViewFixture.live(.venues)
    for key in keys {
      _ = update(&map, .input(.key(key)))
      _ = update(&venues, .input(.key(key)))
      #expect(venues.viewport == map.viewport && venues.crosshair == map.crosshair)
    }
  }

  @Test func `the pointer zooms and sets the crosshair in the topmost row as well`() throws {
    var state = ViewFixture.live(.venues)
    let top = ViewArea(layout: Layout(width: 120, height: 35)).y.lowerBound + 2
    let wheel = MouseEvent(action: .scrollUp, button: .none, x: 40, y: top)
    _ = update(&state, .input(.mouse(wheel)))
    #expect(state.viewport != .whole)
    let press = MouseEvent(action: .press, button: .left, x: 50, y: top)
    _ = update(&state, .input(.mouse(press)))
    let scene = try #require(Scene(state, width: 120, height: 35))
    let crosshair = try #require(state.crosshair)
    #expect(
      scene.scale.column(ofDistance: crosshair.distance) == 50 - scene.layout.plotX.lowerBound)
    #expect(crosshair.level == nil)
  }

  @Test func `at the crosshair every row says its dollars`() throws {
    let state = UIState.after(
      .left, .left, .left, .left, .left, .left, .left, .left, in: ViewFixture.live(.venues))
    let maps = try maps(state)
    let crosshair = try #require(state.crosshair)
    let column = try #require(maps.scene.scale.column(ofDistance: crosshair.distance))
    let layout = VenueMapsLayout(
      y: ViewArea(layout: maps.scene.layout).y.lowerBound..<maps.scene.layout.baseline,
      hasBars: maps.rows.map { $0.stacks != nil })
    let lines = state.frame.lines
    for (row, place) in zip(maps.rows, layout.places) {
      guard let stacks = row.stacks else { continue }
      let usd = NumberText.usd(stacks.totals[column])
      #expect(lines[place.bars.upperBound - 1].contains("│\(usd)"))
    }
    #expect(lines[maps.scene.layout.legend].contains("to here"))
  }

  @Test func `without a map the venues say how they stand`() {
    var state = UIState.live(hasMap: false)
    state.view = .venues
    let text = state.frame.lines.joined(separator: "\n")
    #expect(text.contains("There is no map of BTCUSDT 7d yet"))
    #expect(text.contains("Hyperliquid") && text.contains("STALE since"))
  }
}
