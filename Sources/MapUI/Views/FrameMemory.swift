import Terminal

/// What of a frame can serve the next one: all that lies below the crosshair, as long as nothing
/// but the crosshair moves.
public struct FrameMemory: Sendable {
  private var ground: FrameGround?

  /// A memory of nothing.
  public init() {}

  /// What lies below the crosshair of a state, remembered or drawn. Views that have no use for
  /// the memory of a map are drawn anew.
  mutating func ground(of state: AppState, width: Int, height: Int) -> FrameGround {
    guard state.view == .map else {
      ground = nil
      return FrameGround(state, width: width, height: height)
    }
    var state = state
    state.crosshair = nil
    if let ground, ground.width == width, ground.height == height, ground.state == state {
      return ground
    }
    let drawn = FrameGround(state, width: width, height: height)
    ground = drawn
    return drawn
  }
}

/// A frame without the map's crosshair and what lies over the view.
struct FrameGround: Sendable {
  let state: AppState
  let width: Int
  let height: Int
  let layout: Layout
  let canvas: Canvas
  /// The map laid out; nil where another view is shown, or no map.
  let scene: Scene?

  init(_ state: AppState, width: Int, height: Int) {
    self.state = state
    self.width = width
    self.height = height
    layout = Layout(state, width: width, height: height)
    let palette = Palette(
      state.theme, depth: state.depth, layerCount: state.snapshot?.map.layers.count ?? 0)
    var canvas = Canvas(
      width: width, height: height, palette: palette, glyphs: Glyphs(set: state.glyphs))
    scene = Self.draw(state, layout: layout, on: &canvas)
    self.canvas = canvas
  }

  private static func draw(
    _ state: AppState, layout: Layout, on canvas: inout Canvas
  ) -> Scene? {
    guard !layout.isTooSmall else {
      SmallWindowView.draw(state, layout: layout, on: &canvas)
      return nil
    }
    TitleView.draw(state, layout: layout, on: &canvas)
    ChoicesView.draw(state, layout: layout, on: &canvas)
    guard state.view == .map else {
      drawView(state, layout: layout, on: &canvas)
      return nil
    }
    guard let scene = Scene(state, width: layout.width, height: layout.height) else {
      WaitingView.draw(state, layout: layout, on: &canvas)
      FooterView.draw(state, layout: layout, on: &canvas)
      return nil
    }
    FeedsView.draw(state, layout: layout, on: &canvas)
    MetricsView.draw(scene, on: &canvas)
    ReadingView.draw(scene, state: state, on: &canvas)
    PlotView.draw(scene, state: state, on: &canvas)
    StructureStripView.draw(scene, state: state, on: &canvas)
    StripView.draw(state, layout: layout, on: &canvas)
    LegendView.draw(scene, state: state, on: &canvas)
    SidePanelView.draw(scene, state: state, on: &canvas)
    FooterView.draw(state, layout: layout, on: &canvas)
    return scene
  }

  /// Draws a view other than the map between the choices and the footer.
  private static func drawView(
    _ state: AppState, layout: Layout, on canvas: inout Canvas
  ) {
    let area = ViewArea(layout: layout)
    switch state.view {
    case .map: break
    case .heatmap: HeatmapView.draw(state, area: area, on: &canvas)
    case .venues: VenuesView.draw(state, area: area, on: &canvas)
    case .tape: TapeView.draw(state, area: area, on: &canvas)
    case .ledger: LedgerView.draw(state, area: area, on: &canvas)
    case .accuracy: AccuracyView.draw(state, area: area, on: &canvas)
    }
    FooterView.draw(state, layout: layout, on: &canvas)
  }
}
