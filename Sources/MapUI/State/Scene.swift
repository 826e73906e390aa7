import MapEngine

/// A map laid out in a window: what drawing and pointing both need to know.
struct Scene {
  let layout: Layout
  let snapshot: MapSnapshot
  let scale: ColumnScale
  let stacks: ColumnStacks
  let outward: OutwardSum
  let ceilings: Ceilings

  /// The bands of the bars, where they are shown and known.
  let bands: ColumnBands?

  /// The scene of a state in a window of that size; nil where there is no map, or no room.
  init?(_ state: AppState, width: Int, height: Int) {
    let layout = Layout(state, width: width, height: height)
    guard !layout.isTooSmall, let snapshot = state.snapshot else { return nil }
    let map = snapshot.map
    let isolated = state.isolatedLayer.flatMap { $0 < map.layers.count ? $0 : nil }
    self.layout = layout
    self.snapshot = snapshot
    scale = ColumnScale(grid: map.grid, viewport: state.viewport, width: layout.plotX.count)
    stacks = ColumnStacks(map, scale: scale, isolated: isolated)
    outward = OutwardSum(map, isolated: isolated)
    bands = state.panels.bands ? ColumnBands(state, scale: scale) : nil
    let steps = scale.steps
    let farthest = max(
      outward.usd(at: scale.position(ofStep: steps.lowerBound)),
      outward.usd(at: scale.position(ofStep: steps.upperBound)))
    let subject = Ceilings.Subject(
      instrument: snapshot.instrument, timeframe: snapshot.timeframe, span: state.viewport.span,
      isolatedLayer: isolated, hasBands: bands != nil, width: width,
      unit: state.formatting.unit)
    let previous = state.ceilings.flatMap { $0.subject == subject ? $0 : nil }
    // Axes end at round numbers of the unit on the screen, and keep them while the price moves.
    let rate = state.writing.rate
    func ceiling(_ usd: Double, keeping end: Double?) -> Double {
      let kept = end.flatMap { end in previous.map { end / $0.rate } }
      return AxisScale.ceiling(usd / rate, keeping: kept) * rate
    }
    ceilings = Ceilings(
      subject: subject,
      bars: ceiling(bands?.ceiling(of: stacks.peak) ?? stacks.peak, keeping: previous?.bars),
      cumulative: ceiling(farthest, keeping: previous?.cumulative), rate: rate)
  }

  /// The row that dollars of a bar reach, counted from the bottom of the plot.
  func barRow(of usd: Double) -> Int {
    let rows = Double(layout.barRows)
    return min(max(Int((usd / ceilings.bars * rows).rounded(.up)) - 1, 0), layout.plotY.count - 1)
  }
}
