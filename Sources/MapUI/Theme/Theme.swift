import Terminal

/// The colours of the screen, and whether layers carry textures as well.
///
/// Every colour is 24-bit, one of the terminal's own sixteen, or the terminal's default; the screen
/// lowers them to what the terminal can show.
public struct Theme: Hashable, Sendable {
  /// The places that a theme colours, besides the layers.
  public enum Role: String, CaseIterable, Hashable, Sendable {
    /// The ground that everything stands on.
    case background
    /// Numbers and words that are read first.
    case text
    /// Labels, hints and other words that are read second.
    case dim
    /// The numbers of the axes.
    case axis
    /// Rules, frames and the faint grid.
    case border
    /// The vertical line of the current price, and its label.
    case price
    /// Whatever speaks of longs.
    case long
    /// Whatever speaks of shorts.
    case short
    /// The cumulative line.
    case cumulative
    /// Marks and labels of magnets.
    case magnet
    /// The crosshair.
    case crosshair
    /// The ground of the word SIMULATED.
    case simulated
    /// The word SIMULATED itself.
    case simulatedText = "simulated_text"
    /// Whatever limits the trust in the numbers.
    case warning
    /// The ground of boxes that lie over the map.
    case overlay
    /// The ground of what is selected.
    case selection
    /// The text of what is selected.
    case selectionText = "selection_text"
  }

  /// The theme's name, as `--theme` takes it.
  public let name: String
  /// A few words on the theme and whom it is for; may be empty.
  public let about: String
  /// Whether layers are told apart by texture as well as by colour.
  public let hasTextures: Bool
  /// The colours of the layers, lowest leverage first; at least one.
  public let layers: [Color]
  private let colors: [Color]

  /// A theme of those colours. Roles that are missing take the terminal's own.
  init(
    name: String, about: String = "", hasTextures: Bool, layers: [Color], colors: [Role: Color]
  ) {
    self.name = name
    self.about = about
    self.hasTextures = hasTextures
    self.layers = layers.isEmpty ? [.terminalDefault] : layers
    self.colors = Role.allCases.map { colors[$0] ?? .terminalDefault }
  }

  /// The colour of a place.
  public subscript(role: Role) -> Color {
    for (index, candidate) in Role.allCases.enumerated() where candidate == role {
      return colors[index]
    }
    return .terminalDefault
  }

  /// Whether the theme knows no colour at all, only the terminal's own.
  public var isMono: Bool {
    (colors + layers).allSatisfy { $0 == .terminalDefault }
  }

  /// Whether some layer has one of the terminal's own colours, which nobody can mix or measure.
  var hasTerminalLayers: Bool {
    layers.contains { color in
      if case .ansi = color { return true }
      return false
    }
  }

  /// The colours of `count` layers, lowest leverage first: the theme's own where the counts are
  /// equal, otherwise spread evenly over them.
  public func layerColors(_ count: Int) -> [Color] {
    guard count != layers.count else { return layers }
    return (0..<max(count, 0)).map { index in
      let place = count > 1 ? Double(index) / Double(count - 1) * Double(layers.count - 1) : 0
      let low = min(Int(place), layers.count - 1)
      let high = min(low + 1, layers.count - 1)
      return Theme.blend(layers[low], layers[high], place - Double(low))
    }
  }

  /// The colour at `share` of the way from one colour to another; the terminal's own colours
  /// don't mix.
  static func blend(_ from: Color, _ to: Color, _ share: Double) -> Color {
    guard case .rgb(let start) = from, case .rgb(let end) = to else {
      return share < 0.5 ? from : to
    }
    func mix(_ low: UInt8, _ high: UInt8) -> UInt8 {
      UInt8((Double(low) + (Double(high) - Double(low)) * min(max(share, 0), 1)).rounded())
    }
    return .rgb(
      RGB(mix(start.red, end.red), mix(start.green, end.green), mix(start.blue, end.blue)))
  }
}
