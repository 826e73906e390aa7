import MapEngine
import Market

/// What stands in a column of the screen.
struct ColumnFacts {
  /// Whose positions; nil in the price's own column.
  let side: Side?
  /// The lower and the upper price.
  let low: Double
  let high: Double
  /// From the price to the column's middle, in percent.
  let percent: Double
  /// The same in ATR; nil where the ATR is unknown.
  let atr: Double?
  /// Dollars in the column, of all layers or of the one that stands alone.
  let usd: Double
  /// Dollars by layer and by venue.
  let layers: [Double]
  let venues: [Double]
  /// Dollars from the price to the column's far edge.
  let cumulative: Double

  /// The facts of a column.
  init(_ scene: Scene, column: Int) {
    let map = scene.snapshot.map
    let scale = scene.scale
    var byLayer = [Double](repeating: 0, count: map.layers.count)
    var byVenue = [Double](repeating: 0, count: map.venues.count)
    let price = scene.snapshot.price
    guard let step = scale.step(ofColumn: column) else {
      (side, low, high, percent, atr) = (
        nil, price, price, 0, scene.snapshot.reading.atr.map { _ in 0 }
      )
      (usd, layers, venues, cumulative) = (0, byLayer, byVenue, 0)
      return
    }
    let bottom = scale.position(ofStep: step)
    let top = scale.position(ofStep: step + 1)
    let first = max(Int(bottom.rounded(.down)), step < 0 ? 0 : map.grid.anchor)
    let last = min(Int(top.rounded(.up)), step < 0 ? map.grid.anchor : map.grid.count)
    for bin in stride(from: first, to: last, by: 1) {
      let share = min(top, Double(bin + 1)) - max(bottom, Double(bin))
      guard share > 0 else { continue }
      for layer in map.layers.indices {
        if let alone = scene.ceilings.subject.isolatedLayer, alone != layer { continue }
        for venue in map.venues.indices {
          let dollars = map.usd(bin: bin, layer: layer, venue: venue) * share
          byLayer[layer] += dollars
          byVenue[venue] += dollars
        }
      }
    }
    let middle = map.grid.price(at: (bottom + top) / 2)
    side = step < 0 ? .long : .short
    low = scale.price(ofStep: step)
    high = scale.price(ofStep: step + 1)
    percent = (middle / price - 1) * 100
    atr = scene.snapshot.reading.atr.flatMap { $0 > 0 ? (middle - price) / $0 : nil }
    usd = scene.stacks.totals[column]
    layers = byLayer
    venues = byVenue
    cumulative = scene.outward.usd(at: step < 0 ? bottom : top)
  }
}
