import Testing

@testable import MapUI

@Suite struct BarStackTests {
  private func ends(_ layers: [Double], height: Int) -> [Int] {
    var ends = [Int](repeating: 0, count: layers.count)
    BarStack.ends(of: layers[...], total: layers.reduce(0, +), height: height, into: &ends)
    return ends
  }

  @Test func `stacked layers add up to the bar's height`() {
    var random = MapFixture.Random(state: 11)
    for _ in 0..<5_000 {
      let count = 1 + Int(random.unit() * 8)
      let layers = (0..<count).map { _ in
        random.unit() < 0.3 ? 0 : random.unit() * random.unit() * 1e7
      }
      let total = layers.reduce(0, +)
      let rows = 1 + Int(random.unit() * 40)
      let height = BarStack.height(total, ceiling: 1.1e7, rows: rows, unitsPerCell: 8)
      let ends = ends(layers, height: height)
      #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 <= $1 })
      guard total > 0 else {
        #expect(ends.allSatisfy { $0 == 0 })
        continue
      }
      #expect(ends.last == height)
      #expect(abs(Double(height) - min(total / 1.1e7, 1) * Double(rows * 8)) <= 0.5)
      var sum = 0.0
      for (index, value) in layers.enumerated() {
        sum += value
        let exact = sum / total * Double(height)
        #expect(abs(Double(ends[index]) - exact) <= 0.5 + 1e-9)
      }
    }
  }

  @Test(arguments: [1, 2, 8])
  func `a cell has two layers at most and a bar's cells add up to its height`(_ units: Int) {
    var random = MapFixture.Random(state: 5)
    for _ in 0..<3_000 {
      let count = 1 + Int(random.unit() * 7)
      let layers = (0..<count).map { _ in random.unit() * random.unit() }
      let height = Int(random.unit() * 60)
      let ends = ends(layers, height: height)
      var drawn = 0
      for bottom in stride(from: 0, to: 80, by: units) {
        let cut = BarStack.cut(ends, bottom: bottom, unitsPerCell: units)
        guard let lower = cut.lower else {
          #expect(bottom >= height)
          continue
        }
        #expect(ends[lower] > bottom)
        if let upper = cut.upper {
          #expect(upper >= lower)
          #expect(upper == lower || (cut.joint > 0 && cut.joint < units) || units == 1)
          drawn += units
        } else {
          #expect(cut.joint > 0 && cut.joint < units)
          drawn += cut.joint
        }
      }
      #expect(drawn == height)
    }
  }

  @Test func `a joint between two layers is exact`() {
    let cut = BarStack.cut([3, 8], bottom: 0, unitsPerCell: 8)
    #expect(cut == BarStack.Cut(lower: 0, upper: 1, joint: 3))
  }

  @Test func `the thinnest of three layers gives way`() {
    let between = BarStack.cut([3, 4, 8], bottom: 0, unitsPerCell: 8)
    #expect(between == BarStack.Cut(lower: 0, upper: 2, joint: 4))
    let below = BarStack.cut([1, 5, 8], bottom: 0, unitsPerCell: 8)
    #expect(below == BarStack.Cut(lower: 1, upper: 2, joint: 5))
    let above = BarStack.cut([3, 7, 8], bottom: 0, unitsPerCell: 8)
    #expect(above == BarStack.Cut(lower: 0, upper: 1, joint: 3))
  }

  @Test func `the end of a bar is exact even where two layers meet in its last cell`() {
    let cut = BarStack.cut([2, 5], bottom: 0, unitsPerCell: 8)
    #expect(cut == BarStack.Cut(lower: 1, upper: nil, joint: 5))
  }

  @Test func `nothing has no height and too much fills the axis`() {
    #expect(BarStack.height(0, ceiling: 10, rows: 4, unitsPerCell: 8) == 0)
    #expect(BarStack.height(.nan, ceiling: 10, rows: 4, unitsPerCell: 8) == 0)
    #expect(BarStack.height(99, ceiling: 10, rows: 4, unitsPerCell: 8) == 32)
    #expect(BarStack.height(5, ceiling: 10, rows: 4, unitsPerCell: 8) == 16)
  }
}
