import Terminal

/// The frame of a state in a window of that size. Pure: the same state gives the same frame, the
/// one on the screen and the one that `snapshot` prints.
public func draw(_ state: AppState, width: Int, height: Int) -> CellGrid {
  Formatting.$current.withValue(state.writing) { paint(state, width: width, height: height) }
}

private func paint(_ state: AppState, width: Int, height: Int) -> CellGrid {
  let layout = Layout(state, width: width, height: height)
  let palette = Palette(
    state.theme, depth: state.depth, layerCount: state.snapshot?.map.layers.count ?? 0)
  var canvas = Canvas(
    width: width, height: height, palette: palette, glyphs: Glyphs(set: state.glyphs))
  guard !layout.isTooSmall else {
    SmallWindowView.draw(state, layout: layout, on: &canvas)
    return canvas.grid
  }
  TitleView.draw(state, layout: layout, on: &canvas)
  ChoicesView.draw(state, layout: layout, on: &canvas)
  if state.view != .map {
    drawView(state, layout: layout, on: &canvas)
  } else if let scene = Scene(state, width: width, height: height) {
    FeedsView.draw(state, layout: layout, on: &canvas)
    MetricsView.draw(scene, on: &canvas)
    ReadingView.draw(scene, state: state, on: &canvas)
    PlotView.draw(scene, state: state, on: &canvas)
    StructureStripView.draw(scene, state: state, on: &canvas)
    StripView.draw(state, layout: layout, on: &canvas)
    LegendView.draw(scene, state: state, on: &canvas)
    SidePanelView.draw(scene, state: state, on: &canvas)
    FooterView.draw(state, layout: layout, on: &canvas)
    CrosshairView.draw(scene, state: state, on: &canvas)
  } else {
    WaitingView.draw(state, layout: layout, on: &canvas)
    FooterView.draw(state, layout: layout, on: &canvas)
  }
  if let list = state.alertList { AlertListView.draw(state, list: list, on: &canvas) }
  if let table = state.watchTable { WatchView.draw(state, table: table, on: &canvas) }
  if state.isVenueListOpen { VenueListView.draw(state, layout: layout, on: &canvas) }
  if let search = state.search {
    SearchView.draw(state, search: search, layout: layout, on: &canvas)
  }
  if let prompt = state.alertPrompt { AlertPromptView.draw(state, prompt: prompt, on: &canvas) }
  if let sliders = state.sliders {
    WhatIfView.draw(state, sliders: sliders, layout: layout, on: &canvas)
  }
  if state.mode == .goTo { GoToView.draw(state, layout: layout, on: &canvas) }
  if let prompt = state.positionPrompt {
    PositionPromptView.draw(prompt, layout: layout, on: &canvas)
  }
  if let palette = state.commandPalette {
    CommandPaletteView.draw(state, open: palette, layout: layout, on: &canvas)
  }
  if let preview = state.themePreview {
    ThemePreviewView.draw(state, preview: preview, layout: layout, on: &canvas)
  }
  if let help = state.help {
    HelpView.draw(help, keymap: state.keymap, layout: layout, on: &canvas)
  }
  ToastView.draw(state, on: &canvas)
  return canvas.grid
}

/// Draws a view other than the map between the choices and the footer.
private func drawView(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
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
