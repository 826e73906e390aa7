import MapEngine
import Terminal

/// What was liquidated, as published, under the cells of the heatmap that it belongs to: a bar of
/// shorts and one of longs, or one of both in the colour of the larger, by square roots so that small
/// ones are seen beside the largest.
///
///      ▁    ▂█▁      ▁     shorts to $2.10M
///        ▁▂   ▁  ▅         longs to $2.10M
///
/// The key's line says that they are published.
enum HeatmapTape {
  /// Dollars of both sides.
  struct Sums: Hashable {
    var long = 0.0
    var short = 0.0
    var both: Double { long + short }
  }

  /// What was liquidated in the columns of the history that each cell shows.
  static func sums(_ history: MapHistory, columns: [Range<Int>]) -> [Sums] {
    columns.map { shown in
      history.columns[shown].reduce(into: Sums()) { sums, column in
        sums.long += column.liquidatedLong ?? 0
        sums.short += column.liquidatedShort ?? 0
      }
    }
  }

  static func draw(_ scene: HeatmapScene, columns: [Range<Int>], on canvas: inout Canvas) {
    let rows = scene.layout.tape
    guard !rows.isEmpty else { return }
    let palette = canvas.palette
    let sums = sums(scene.history, columns: columns)
    let isSplit = rows.count > 1
    let peak = sums.map { isSplit ? max($0.long, $0.short) : $0.both }.max() ?? 0
    for (x, sum) in sums.enumerated() where peak > 0 {
      func bar(_ usd: Double, isShort: Bool, y: Int) {
        let style = isShort ? palette.short : palette.long
        canvas.set(
          Cell(canvas.glyphs.spark((usd / peak).squareRoot()), style: style),
          x: scene.layout.plotX.lowerBound + x, y: y)
      }
      if isSplit {
        bar(sum.short, isShort: true, y: rows.lowerBound)
        bar(sum.long, isShort: false, y: rows.upperBound - 1)
      } else {
        bar(sum.both, isShort: sum.short > sum.long, y: rows.lowerBound)
      }
    }
    // One scale for both, so that heights compare.
    let names = isSplit ? ["shorts", "longs"] : ["both"]
    let start = scene.layout.profileX?.lowerBound ?? scene.layout.axisX.lowerBound + 1
    for (name, y) in zip(names, rows) {
      let top = NumberText.usd(peak)
      let words = peak > 0 ? ["\(name) to \(top)", "to \(top)"] : ["none \(name)", "none"]
      let room = scene.layout.axisX.upperBound - start
      guard let text = words.first(where: { $0.unicodeScalars.count <= room }) else { continue }
      canvas.write(text, x: start, y: y, style: palette.dim)
    }
  }
}
