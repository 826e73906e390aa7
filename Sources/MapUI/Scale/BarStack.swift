/// A bar's height in units of a cell's height, and how its layers share it.
enum BarStack {
  /// Units of the whole bar: `value` over `ceiling` of `rows` cells, rounded.
  static func height(_ value: Double, ceiling: Double, rows: Int, unitsPerCell: Int) -> Int {
    guard value > 0, ceiling > 0 else { return 0 }
    let units = Double(rows * unitsPerCell)
    return Int(min(value / ceiling, 1) * units + 0.5)
  }

  /// Where each layer ends, in units from the bottom. The last end is the bar's height, so the
  /// layers add up to it exactly; written into `ends`, which holds a place for each layer.
  static func ends(
    of layers: ArraySlice<Double>, total: Double, height: Int, into ends: inout [Int]
  ) {
    var sum = 0.0
    var index = 0
    for value in layers {
      sum += value
      ends[index] = total > 0 ? min(Int(sum / total * Double(height) + 0.5), height) : 0
      index += 1
    }
    // The layers' sum can differ from the total in the last bit; the height must not.
    if let last = layers.lastIndex(where: { $0 > 0 }) {
      for layer in (last - layers.startIndex)..<index { ends[layer] = height }
    }
  }

  /// What a cell shows of a bar: at most two layers with one joint.
  struct Cut: Hashable {
    /// The layer below the joint; nil where the cell is empty.
    var lower: Int?
    /// The layer above the joint; nil where the bar ends there.
    var upper: Int?
    /// Units from the bottom of the cell to the joint.
    var joint: Int
  }

  /// The cell whose lowest unit is `bottom`. Where more than two layers, or two and the end of
  /// the bar, meet in a cell, the thinnest go and their neighbours take their place; the bar's
  /// height stays exact.
  static func cut(_ ends: [Int], bottom: Int, unitsPerCell: Int) -> Cut {
    let top = bottom + unitsPerCell
    let height = ends.last ?? 0
    guard height > bottom else { return Cut(lower: nil, upper: nil, joint: 0) }
    var thickest = -1
    var thickness = 0
    var second = -1
    var secondThickness = 0
    var start = 0
    for (layer, end) in ends.enumerated() {
      let inside = min(end, top) - max(start, bottom)
      if inside > thickness {
        (second, secondThickness) = (thickest, thickness)
        (thickest, thickness) = (layer, inside)
      } else if inside > secondThickness {
        (second, secondThickness) = (layer, inside)
      }
      start = max(start, end)
    }
    if height < top { return Cut(lower: thickest, upper: nil, joint: height - bottom) }
    guard second >= 0 else { return Cut(lower: thickest, upper: thickest, joint: unitsPerCell) }
    let lower = min(thickest, second)
    let upper = max(thickest, second)
    // The joint lies at the true end of the lower layer, or where a dropped one between the two
    // would have parted them in the middle.
    let lowerEnd = min(max(ends[lower] - bottom, 1), unitsPerCell - 1)
    let upperStart = upper > 0 ? min(max(ends[upper - 1] - bottom, 1), unitsPerCell - 1) : lowerEnd
    return Cut(lower: lower, upper: upper, joint: (lowerEnd + upperStart + 1) / 2)
  }
}
