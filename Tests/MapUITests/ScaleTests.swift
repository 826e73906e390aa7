import MapEngine
import Market
import Testing

@testable import MapUI

@Suite struct ScaleTests {
  // MARK: Axes

  @Test func `an axis ends at a round number just above its largest value`() {
    var value = 0.013
    while value < 1e13 {
      let ceiling = AxisScale.ceiling(value)
      #expect(ceiling >= value)
      #expect(ceiling <= value * 1.26 + 1e-9, "\(value) under \(ceiling)")
      value *= 1.037
    }
    #expect(AxisScale.ceiling(0) == 1)
    #expect(AxisScale.ceiling(.nan) == 1)
    #expect(AxisScale.ceiling(2e6) == 2e6)
  }

  @Test func `ticks divide the axis into equal round steps`() {
    for ceiling in [
      1, 1.2e6, 1.5e6, 2e7, 2.5e8, 1.8e4, 3e3, 3.5e8, 4e9, 4.5e6, 5e6, 6e6, 7e5, 8e6, 9e7, 1e12,
    ] {
      for limit in 1...12 {
        let ticks = AxisScale.ticks(ceiling: ceiling, limit: limit)
        #expect(ticks.first == 0)
        #expect(ticks.last == ceiling)
        #expect(ticks.count <= max(limit, 1) + 1)
        for tick in ticks.dropFirst() {
          #expect(NumberText.axisUSD(tick).count <= 6, "\(tick) of \(ceiling)")
        }
      }
    }
  }

  @Test func `an axis holds still while its largest value trembles`() {
    #expect(AxisScale.ceiling(101, keeping: 120) == 120)
    #expect(AxisScale.ceiling(99, keeping: 120) == 120)
    #expect(AxisScale.ceiling(121, keeping: 120) == 150)
    #expect(AxisScale.ceiling(85, keeping: 120) == 120)
    // Beyond a third of headroom the axis comes down to its bars.
    #expect(AxisScale.ceiling(79, keeping: 120) == 80)
    #expect(AxisScale.ceiling(59, keeping: 120) == 60)
    #expect(AxisScale.ceiling(59, keeping: nil) == 60)
  }

  @Test func `prices below the map are multiples of one round step`() {
    let prices = AxisScale.prices(low: 82_555, high: 111_691, count: 8)
    #expect(prices == [85_000, 90_000, 95_000, 100_000, 105_000, 110_000])
    #expect(AxisScale.places(of: prices) == 0)
    let small = AxisScale.prices(low: 0.0812, high: 0.0834, count: 5)
    #expect(AxisScale.places(of: small) == 4)
    #expect(AxisScale.prices(low: 5, high: 5, count: 4).isEmpty)
    #expect(AxisScale.prices(low: -1, high: 5, count: 4).isEmpty)
  }

  // MARK: Columns

  @Test(arguments: [44, 64, 104, 184, 384], [20, 400, 2_500])
  func `the whole map is in sight and no bin is lost`(_ width: Int, _ bins: Int) {
    let snapshot = MapFixture.snapshot(bins: bins)
    let scale = ColumnScale(grid: snapshot.map.grid, viewport: .whole, width: width)
    #expect(scale.isWhole)
    #expect(scale.steps.count == width - 1)
    #expect(scale.position(ofStep: scale.steps.lowerBound) <= 1e-9)
    #expect(scale.position(ofStep: scale.steps.upperBound) >= Double(bins) - 1e-9)
    let stacks = ColumnStacks(snapshot.map, scale: scale, isolated: nil)
    let total = snapshot.map.binTotals.reduce(0, +)
    #expect(abs(stacks.totals.reduce(0, +) / total - 1) < 1e-12)
    #expect(scale.priceColumn.map { stacks.totals[$0] } == 0)
  }

  @Test func `no column holds dollars of both sides`() throws {
    let snapshot = MapFixture.snapshot()
    let scale = ColumnScale(grid: snapshot.map.grid, viewport: .whole, width: 101)
    let stacks = ColumnStacks(snapshot.map, scale: scale, isolated: nil)
    let price = try #require(scale.priceColumn)
    let long = stacks.totals[..<price].reduce(0, +)
    let short = stacks.totals[(price + 1)...].reduce(0, +)
    #expect(abs(long / snapshot.map.total(.long) - 1) < 1e-12)
    #expect(abs(short / snapshot.map.total(.short) - 1) < 1e-12)
  }

  @Test func `an isolated layer stands alone`() {
    let snapshot = MapFixture.snapshot()
    let scale = ColumnScale(grid: snapshot.map.grid, viewport: .whole, width: 90)
    for layer in snapshot.map.layers.indices {
      let stacks = ColumnStacks(snapshot.map, scale: scale, isolated: layer)
      let bins = snapshot.map.grid.count
      let wanted = snapshot.map.layerCells[layer * bins..<(layer + 1) * bins].reduce(0, +)
      #expect(abs(stacks.totals.reduce(0, +) - wanted) < 1e-6 * max(wanted, 1))
    }
  }

  @Test func `the view stays on the grid wherever it is sent`() {
    let grid = MapFixture.snapshot().map.grid
    var random = MapFixture.Random(state: 3)
    for _ in 0..<2_000 {
      let width = 20 + Int(random.unit() * 200)
      let viewport = Viewport(
        centre: (random.unit() - 0.5) * 2, span: random.unit() * random.unit() * 0.5 + 1e-9)
      let scale = ColumnScale(grid: grid, viewport: viewport, width: width)
      // The price's place among the columns is rounded to a whole one.
      let slack = scale.binsPerColumn * 1.5
      #expect(scale.binsPerColumn >= ColumnScale.leastBins - 1e-12)
      #expect(scale.steps.count == (scale.priceColumn == nil ? width : width - 1))
      #expect(
        scale.position(ofStep: scale.steps.lowerBound) > -slack)
      #expect(
        scale.position(ofStep: scale.steps.upperBound)
          < Double(grid.count) + slack)
    }
  }

  @Test func `columns, steps and prices lead to each other`() {
    let grid = MapFixture.snapshot().map.grid
    for viewport in [
      Viewport.whole, Viewport(centre: 0.02, span: 0.08),
      Viewport(centre: -0.1, span: 0.05), Viewport(centre: 0.1, span: 0.05),
    ] {
      let scale = ColumnScale(grid: grid, viewport: viewport, width: 91)
      for column in 0..<91 {
        guard let step = scale.step(ofColumn: column) else {
          #expect(column == scale.priceColumn)
          #expect(scale.column(ofPrice: grid.price) == column)
          continue
        }
        #expect(scale.column(ofStep: step) == column)
        let middle = (Double(step) + 0.5) * scale.columnWidth
        #expect(scale.column(ofDistance: middle) == column)
        let low = scale.price(ofStep: step)
        let high = scale.price(ofStep: step + 1)
        #expect(low < high)
        #expect(scale.column(ofPrice: (low + high) / 2) == column)
        #expect((low < grid.price) == (step < 0))
      }
    }
  }

  // MARK: Cumulative

  @Test func `the cumulative line grows outwards and ends at each side's total`() {
    let map = MapFixture.snapshot().map
    let outward = OutwardSum(map, isolated: nil)
    var previous = 0.0
    for place in stride(from: Double(map.grid.anchor), through: Double(map.grid.count), by: 0.3) {
      let usd = outward.usd(at: place)
      #expect(usd >= previous)
      previous = usd
    }
    previous = 0
    for place in stride(from: Double(map.grid.anchor), through: 0, by: -0.3) {
      let usd = outward.usd(at: place)
      #expect(usd >= previous)
      previous = usd
    }
    #expect(outward.usd(at: Double(map.grid.anchor)) == 0)
    #expect(abs(outward.usd(at: -5) / map.total(.long) - 1) < 1e-12)
    #expect(abs(outward.usd(at: 1e6) / map.total(.short) - 1) < 1e-12)
    let curve = map.cumulative()
    #expect(abs(outward.usd(at: 100) - curve[100]) < 1)
    #expect(abs(outward.usd(at: 301) - curve[300]) < 1)
  }

  @Test func `the cumulative line of an isolated layer ends at that layer's dollars`() {
    let map = MapFixture.snapshot().map
    let whole = map.layers.indices.reduce(0.0) {
      $0 + OutwardSum(map, isolated: $1).usd(at: 0)
    }
    #expect(abs(whole / map.total(.long) - 1) < 1e-12)
  }
}
