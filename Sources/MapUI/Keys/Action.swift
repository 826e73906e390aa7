/// What a key does.
public enum Action: String, Hashable, Sendable, CaseIterable {
  case crosshairLeft, crosshairRight, crosshairUp, crosshairDown, crosshairFirst, crosshairLast
  case zoomIn, zoomOut, zoomReset, panLeft, panRight, centrePrice
  case zoomPricesIn, zoomPricesOut
  case goToMagnet, nextMagnet, previousMagnet
  case goTo, goBelow, goAbove, goHigh, goLow, goPosition
  case search, nextSymbol, previousSymbol, previousTimeframe, nextTimeframe
  case cycleLayer, chooseTheme, cycleTheme, togglePause
  case nextPane, open, cycleSort, cycleSide
  case viewMap, viewHeatmap, viewVenues, viewTape, viewLedger, viewAccuracy
  case toggleSidePanel, toggleStrip, toggleStructure, toggleBands
  case askPosition, openWhatIf, toggleMeaning, toggleLearning
  case setAlert, listAlerts, openWatchlist
  case toggleVenueList, retry, changeSource
  case commands, saveScreen, toggleHelp, leave, redraw, suspend, quit
}
