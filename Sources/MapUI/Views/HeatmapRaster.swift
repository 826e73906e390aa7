import MapEngine
import Market

/// The dollars of a history in the pixels of the screen.
///
/// A pixel's dollars are the sum of the rows of the history in it, shared in proportion to log price
/// where an edge cuts one: no dollar is lost between the pixels of a column. A cell that is as wide
/// as several columns shows, of each pixel, the most that stood in it at any of their closes; one
/// that is narrower than a column shows that column.
struct HeatmapRaster {
  /// Steps of the ramp, nothing left out.
  static let steps = 31

  /// Cells across, and pixels down.
  let width: Int, height: Int
  /// Dollars of pixel p in column x at `x * height + p`; those of longs are negative.
  let values: [Float]
  /// The step of the ramp, from 1 to `steps`; 0 for nothing. Those of shorts have the highest bit.
  let levels: [UInt8]
  /// The columns of the history that each cell shows; empty where there are none.
  let columns: [Range<Int>]
  /// Dollars at the end of the ramp: a round number above all but a two hundredth of the pixels in
  /// sight.
  let top: Double

  /// The bit of a level that shorts have.
  static let shortBit: UInt8 = 0x80

  init(_ history: MapHistory, scale: HeatmapScale) {
    width = scale.width
    height = scale.pixels
    columns = Self.columns(history.columns, scale: scale)
    values = Self.values(history, scale: scale, columns: columns)
    top = Self.top(values)
    var levels = [UInt8](repeating: 0, count: values.count)
    let inverse = Float(1 / top)
    let steps = Float(Self.steps)
    for index in values.indices where values[index] != 0 {
      let value = values[index]
      let share = min(abs(value) * inverse, 1).squareRoot() * steps + 0.5
      let step = UInt8(share)
      levels[index] = step == 0 ? 0 : value > 0 ? step | Self.shortBit : step
    }
    self.levels = levels
  }

  /// Dollars of both pixels of a cell, and whose they are for the most part; nil for nothing.
  func dollars(x: Int, row: Int) -> (usd: Double, isShort: Bool)? {
    let upper = Double(values[x * height + row * 2])
    let lower = Double(values[x * height + row * 2 + 1])
    guard upper != 0 || lower != 0 else { return nil }
    return (abs(upper) + abs(lower), upper + lower > 0)
  }

  /// The columns that each cell shows: those that close within it, else the one at its middle.
  static func columns(_ columns: [MapHistory.Column], scale: HeatmapScale) -> [Range<Int>] {
    var found: [Range<Int>] = []
    found.reserveCapacity(scale.width)
    var first = 0
    var middle = 0
    for x in 0..<scale.width {
      let left = Double(scale.start) + Double(x) * scale.cellTime
      let right = left + scale.cellTime
      while first < columns.count, Double(columns[first].closeTime.milliseconds) <= left {
        first += 1
      }
      var last = first
      while last < columns.count, Double(columns[last].closeTime.milliseconds) <= right + 0.5 {
        last += 1
      }
      if last > first {
        found.append(first..<last)
        continue
      }
      let centre = (left + right) / 2
      while middle < columns.count, Double(columns[middle].closeTime.milliseconds) <= centre {
        middle += 1
      }
      let holds =
        middle < columns.count && Double(columns[middle].openTime.milliseconds) <= centre
      found.append(holds ? middle..<middle + 1 : 0..<0)
    }
    return found
  }

  /// How much of which rows falls into a pixel.
  private struct Slice {
    var first: Int, last: Int
    var firstShare: Float, lastShare: Float
    var middle: Double
  }

  private static func values(
    _ history: MapHistory, scale: HeatmapScale, columns: [Range<Int>]
  ) -> [Float] {
    let height = scale.pixels
    let slices = slices(history, scale: scale)
    let closes = history.columns.map { LogPrice.log($0.close) }
    var values = [Float](repeating: 0, count: scale.width * height)
    history.cells.withUnsafeBufferPointer { cells in
      for x in columns.indices {
        // A column wider than a cell is worked out once.
        if x > 0, columns[x].count == 1, columns[x] == columns[x - 1] {
          for pixel in 0..<height {
            values[x * height + pixel] = values[(x - 1) * height + pixel]
          }
          continue
        }
        for column in columns[x] {
          let start = column * history.rows
          let close = closes[column]
          for pixel in 0..<height {
            let slice = slices[pixel]
            guard slice.last >= slice.first else { continue }
            var sum = cells[start + slice.first] * slice.firstShare
            if slice.last > slice.first {
              sum += cells[start + slice.last] * slice.lastShare
              var row = slice.first + 1
              while row < slice.last {
                sum += cells[start + row]
                row += 1
              }
            }
            let place = x * height + pixel
            if sum > abs(values[place]) { values[place] = slice.middle < close ? -sum : sum }
          }
        }
      }
    }
    return values
  }

  private static func slices(_ history: MapHistory, scale: HeatmapScale) -> [Slice] {
    let bottom = LogPrice.log(history.lowest)
    return (0..<scale.pixels).map { pixel in
      let upper = scale.high - Double(pixel) * scale.pixelHeight
      let low = max((upper - scale.pixelHeight - bottom) / history.step, 0)
      let high = min((upper - bottom) / history.step, Double(history.rows))
      let middle = upper - scale.pixelHeight / 2
      guard high - low > 1e-9 else {
        return Slice(first: 0, last: -1, firstShare: 0, lastShare: 0, middle: middle)
      }
      let first = min(Int(low), history.rows - 1)
      let last = max(min(Int(high.rounded(.up)) - 1, history.rows - 1), first)
      return Slice(
        first: first, last: last,
        firstShare: Float(min(Double(first + 1), high) - low),
        lastShare: Float(high - Double(last)), middle: middle)
    }
  }

  /// The end of the ramp, by a histogram over square roots; a finer one below where a few values
  /// leave all others in its lowest bins.
  private static func top(_ values: [Float]) -> Double {
    var peak = values.reduce(0) { max($0, abs($1)) }
    guard peak > 0 else { return 1 }
    let bins = 512
    var counts = [Int](repeating: 0, count: bins)
    for _ in 0..<6 {
      for bin in 0..<bins { counts[bin] = 0 }
      var total = 0
      let scale = 1 / peak
      for value in values where value != 0 {
        counts[min(Int((abs(value) * scale).squareRoot() * Float(bins)), bins - 1)] += 1
        total += 1
      }
      var above = 0
      var bin = bins - 1
      // What lies beyond the peak of a finer histogram stands in its last bin.
      while bin > 0, above + counts[bin] <= total / 200 {
        above += counts[bin]
        bin -= 1
      }
      let share = Float(bin + 1) / Float(bins)
      peak *= share * share
      if bin >= bins / 8 { break }
    }
    return AxisScale.ceiling(Double(peak))
  }
}
