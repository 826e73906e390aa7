import Terminal

/// A theme made ready to paint with: styles for words, colours and textures for layers, at the
/// depth of the terminal.
struct Palette {
  /// The ground.
  let background: Color
  /// Words and numbers that are read first.
  let text: Style
  /// The same, heavier.
  let strong: Style
  /// Labels and hints.
  let dim: Style
  /// The numbers of the axes.
  let axis: Style
  /// Rules and the faint grid.
  let border: Style
  /// The price line and its label.
  let price: Style
  /// Whatever speaks of longs.
  let long: Style
  /// Whatever speaks of shorts.
  let short: Style
  /// The cumulative line.
  let cumulative: Style
  /// Marks and labels of magnets.
  let magnet: Style
  /// The crosshair.
  let crosshair: Style
  /// The word SIMULATED.
  let simulated: Style
  /// Whatever limits the trust in the numbers.
  let warning: Style
  /// Words in boxes that lie over the map.
  let overlay: Style
  /// Frames of such boxes.
  let overlayBorder: Style
  /// What is selected.
  let selection: Style
  /// The colours of the layers.
  let layers: [Color]
  /// The cumulative line over each layer.
  private let inks: [Color]
  /// What can be seen but not chosen.
  let faint: Style
  /// Whether layers carry textures.
  let hasTextures: Bool
  /// Whether layers have no colours of their own, so that only textures can show them.
  let hasPlainLayers: Bool
  /// Whether colours are so few that shades of one can't be told apart.
  let isCoarse: Bool
  /// Whether colours are those of xterm's cube, which are too few for mixing.
  let isCube: Bool
  /// Whether there is no colour, so that attributes and textures must say everything.
  let isMono: Bool

  /// The palette of a theme for so many layers.
  init(_ theme: Theme, depth: ColorDepth, layerCount: Int) {
    let mono = depth == .mono || theme.isMono
    let ground = mono ? Color.terminalDefault : theme[.background]
    func style(
      _ role: Theme.Role, on background: Color? = nil, _ always: Attributes = [],
      mono attributes: Attributes = []
    ) -> Style {
      if mono { return Style(attributes: always.union(attributes)) }
      // What is left to the terminal stands out as it does where there is no colour at all: a box
      // by being reversed, words by being dim or bold.
      let isBare = theme[role] == .terminalDefault && (background ?? ground) == .terminalDefault
      let standIns = background == .terminalDefault ? attributes.intersection(.reverse) : []
      return Style(
        foreground: theme[role], background: background ?? ground,
        attributes: always.union(isBare ? attributes : standIns))
    }
    let colors =
      mono
      ? [Color](repeating: .terminalDefault, count: layerCount) : theme.layerColors(layerCount)
    let plain = mono || colors.contains(.terminalDefault)
    isMono = mono
    let coarse = !mono && (depth == .ansi16 || theme.hasTerminalLayers)
    isCoarse = coarse
    isCube = !mono && depth == .ansi256
    // Sixteen colours are too few for neighbouring layers to stay apart by colour alone.
    hasTextures = plain || theme.hasTextures || coarse
    background = ground
    text = style(.text)
    strong = style(.text, .bold)
    dim = style(.dim, mono: .dim)
    axis = style(.axis)
    border = style(.border, mono: .dim)
    price = style(.price, .bold)
    long = style(.long, .bold)
    short = style(.short, .bold)
    cumulative = style(.cumulative, mono: .bold)
    magnet = style(.magnet, .bold)
    crosshair = style(.crosshair, .bold)
    simulated = style(.simulatedText, on: theme[.simulated], .bold, mono: .reverse)
    warning = style(.warning, mono: .bold)
    overlay = style(.text, on: theme[.overlay])
    overlayBorder = style(.dim, on: theme[.overlay])
    selection = style(.selectionText, on: theme[.selection], .bold, mono: .reverse)
    layers = colors
    hasPlainLayers = plain
    let line = cumulative.foreground
    inks = colors.map { Contrast.ratio(line, $0) < 2 ? ground : line }
    faint =
      mono || theme[.dim] == .terminalDefault
      ? dim
      : Style(foreground: Theme.blend(theme[.dim], ground, 0.4), background: ground)
  }

  /// The cumulative line over the colour of a bar: dark where the line's own colour would drown.
  func cumulative(over color: Color) -> Style {
    var style = cumulative
    style.background = color
    for (layer, ink) in zip(layers, inks) where layer == color { style.foreground = ink }
    // Bars keep their colour: the line crosses them as dim as it can be seen.
    for share in [0.5, 0.4, 0.3, 0.2] where isMixable(color) {
      let dimmed = Theme.blend(style.foreground, color, share)
      guard Contrast.ratio(dimmed, color) >= Self.leastInkContrast else { continue }
      style.foreground = dimmed
      break
    }
    return style
  }

  /// The least contrast of the cumulative line with the bar that it crosses.
  private static let leastInkContrast = 2.0

  /// Whether a colour is that of a bar, and can be mixed with others.
  private func isMixable(_ color: Color) -> Bool {
    guard !isCoarse, !isCube, case .rgb = color else { return false }
    return layers.contains(color)
  }

  /// The style of a side.
  func side(_ isLong: Bool) -> Style { isLong ? long : short }

  /// A colour on the ground.
  func onGround(_ color: Color) -> Style { Style(foreground: color, background: background) }

  /// The same style over the ground of boxes.
  func onOverlay(_ style: Style) -> Style {
    Style(
      foreground: style.foreground, background: overlay.background, attributes: style.attributes)
  }
}
