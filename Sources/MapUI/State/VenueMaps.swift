import MapEngine
import Market

/// How the maps of the venues are looked at.
struct VenueMapsLook: Hashable, Sendable {
  /// Whether all rows end at the dollars that the sum ends at, so that heights compare.
  var sharesScale = false
  /// The ends of the rows' axes, kept so that they don't tremble.
  var ends: VenueMaps.Ends?
}

/// The map of the sum and of each venue, laid out below each other in the columns of the map.
struct VenueMaps {
  /// Where the axes of the rows end, and what they were made for.
  struct Ends: Hashable, Sendable {
    var subject: Ceilings.Subject
    var sharesScale: Bool
    /// Dollars at the top of the sum's row.
    var sum: Double
    /// Dollars at the top of each venue's row.
    var venues: [Venue: Double]
  }

  /// A row.
  struct Row {
    /// The venue; nil for the sum.
    let venue: Venue?
    /// Its dollars by column; nil where the map holds none of it.
    let stacks: ColumnStacks?
    /// Dollars of each side over the whole map, of the isolated layer only where there is one.
    let totals: BySide<Double>
    /// What the venue says besides candles.
    let figures: VenueFigures?
    /// How its feed stands; nil where there are no feeds.
    let feed: FeedState?
    /// Dollars at the top of the row.
    let ceiling: Double
  }

  /// The map that it is made of.
  let scene: Scene
  /// The sum, then the venues: those of feeds in their order, then any that the map holds besides.
  let rows: [Row]
  /// The ends of the axes, to be kept.
  let ends: Ends

  /// The maps of a state in a window of that size; nil where there is no map, or no room.
  init?(_ state: AppState, width: Int, height: Int) {
    guard let scene = Scene(state, width: width, height: height) else { return nil }
    let map = scene.snapshot.map
    let isolated = scene.ceilings.subject.isolatedLayer
    var venues = state.source.feeds.map(\.venue)
    for venue in map.venues where !venues.contains(venue) { venues.append(venue) }
    let parts = venues.map { venue in
      (venue, map.venues.firstIndex(of: venue).map { map.only(venue: $0) })
    }
    let stacks = parts.map { part in
      part.1.map { ColumnStacks($0, scale: scene.scale, isolated: isolated) }
    }
    let shares = state.venueMapsLook.sharesScale
    let kept = state.venueMapsLook.ends.flatMap {
      $0.subject == scene.ceilings.subject && $0.sharesScale == shares ? $0 : nil
    }
    let sum = AxisScale.ceiling(scene.stacks.peak, keeping: kept?.sum)
    var tops: [Venue: Double] = [:]
    for (venue, stacks) in zip(venues, stacks) {
      guard let stacks else { continue }
      tops[venue] =
        shares ? sum : AxisScale.ceiling(stacks.peak, keeping: kept?.venues[venue])
    }
    func totals(_ map: LiquidationMap) -> BySide<Double> {
      BySide { side in
        guard let isolated else { return map.total(side) }
        return map.bins(of: side).reduce(0) { $0 + map.usd(bin: $1, layer: isolated) }
      }
    }
    self.scene = scene
    ends = Ends(
      subject: scene.ceilings.subject, sharesScale: shares, sum: sum, venues: tops)
    let whole = Row(
      venue: nil, stacks: scene.stacks, totals: totals(map), figures: nil, feed: nil, ceiling: sum)
    rows =
      [whole]
      + zip(parts, stacks).map { part, stacks in
        Row(
          venue: part.0, stacks: stacks,
          totals: part.1.map(totals) ?? BySide(long: 0, short: 0),
          figures: state.figures.first { $0.venue == part.0 },
          feed: state.source.feeds.first { $0.venue == part.0 }, ceiling: tops[part.0] ?? 1)
      }
  }
}

extension LiquidationMap {
  /// The map of one of its venues, by its index.
  func only(venue: Int) -> LiquidationMap {
    var own: [Double] = []
    own.reserveCapacity(layers.count * grid.count)
    for layer in layers.indices {
      let start = (layer * venues.count + venue) * grid.count
      own += cells[start..<start + grid.count]
    }
    return LiquidationMap(grid: grid, layers: layers, venues: [venues[venue]], cells: own)
  }
}

extension AppState {
  /// What a key does to the maps of the venues; nil where it does what it does to the map.
  mutating func handleInVenueMaps(_ action: Action) -> [Effect]? {
    switch action {
    case .cycleSort:
      venueMapsLook.sharesScale.toggle()
      message = Message(
        venueMapsLook.sharesScale
          ? "One scale for all rows: heights compare" : "Each row on a scale of its own")
      return []
    case .crosshairUp, .crosshairDown:
      message = Message("Level lines are the map's: 1 shows it")
      return []
    default:
      return nil
    }
  }
}
