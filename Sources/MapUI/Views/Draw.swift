import Terminal

/// The frame of a state in a window of that size. Pure: the same state gives the same frame, the
/// one on the screen and the one that `snapshot` prints.
public func draw(_ state: AppState, width: Int, height: Int) -> CellGrid {
  var memory = FrameMemory()
  return draw(state, width: width, height: height, memory: &memory)
}

/// The same frame, sooner where the memory holds what lies below the crosshair.
public func draw(
  _ state: AppState, width: Int, height: Int, memory: inout FrameMemory
) -> CellGrid {
  Formatting.$current.withValue(state.writing) {
    paint(state, width: width, height: height, memory: &memory)
  }
}

private func paint(
  _ state: AppState, width: Int, height: Int, memory: inout FrameMemory
) -> CellGrid {
  let ground = memory.ground(of: state, width: width, height: height)
  var canvas = ground.canvas
  guard !ground.layout.isTooSmall else { return canvas.grid }
  if let scene = ground.scene { CrosshairView.draw(scene, state: state, on: &canvas) }
  drawOverlays(state, layout: ground.layout, on: &canvas)
  return canvas.grid
}

/// Draws what lies over the view: lists, lines to type into, help, what has fired.
private func drawOverlays(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
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
}
