import MapEngine
import Terminal

/// What stands around the map and on it, as far as somebody chose.
public struct MapPanels: Hashable, Sendable {
  /// The panel beside the map; nil for as the window's width says.
  public var side: Bool?
  /// The row of the last liquidations; nil for as the window's height says.
  public var strip: Bool?
  /// The row of open fair value gaps and swings under the axis.
  public var structure = false
  /// The bands of the bars.
  public var bands = false

  /// What the window's size says, and neither structure nor bands.
  public init(side: Bool? = nil, strip: Bool? = nil) {
    self.side = side
    self.strip = strip
  }

  /// A map alone, as a picture of it shows it.
  public static let none = MapPanels(side: false, strip: false)
}

extension Layout {
  /// The layout of a state in a window of that size.
  init(_ state: AppState, width: Int, height: Int) {
    // Other views fill the window.
    self.init(
      width: width, height: height, panels: state.view == .map ? state.panels : .none)
  }
}

extension AppState {
  /// Shows or hides something of the map's; tells why it can't be seen where that is so.
  mutating func togglePanel(_ action: Action) {
    guard view == .map else {
      message = Message("That belongs to the map: 1 shows it")
      return
    }
    let layout = Layout(self, width: width, height: height)
    switch action {
    case .toggleSidePanel:
      guard width >= Layout.leastWidthBesidePanel else {
        message = Message(
          "The side panel needs \(Layout.leastWidthBesidePanel) columns; this window has \(width)")
        return
      }
      panels.side = layout.side == nil
    case .toggleStrip: panels.strip = layout.strip == nil
    case .toggleStructure: panels.structure.toggle()
    case .toggleBands: panels.bands.toggle()
    default: break
    }
  }
}
