/// A style as a terminal of some depth can show it.
public struct LoweredStyle: Hashable, Sendable {
  /// The number of the character's colour at the depth; -1 is the terminal's default.
  /// In truecolor `0xrrggbb`, or `0x1000000` and an index of the terminal's own sixteen; else an
  /// index into xterm's palette.
  public let foreground: Int32
  /// The number of the colour behind it.
  public let background: Int32
  /// The attributes.
  public let attributes: Attributes

  /// The same look of a blank with another colour of the character, which a blank doesn't show: so
  /// a run of cells needs no new colour for its sake. Reversed and underlined blanks do show it, and
  /// a blank in the terminal's own colour is best sent as plain as it is.
  func blank(foreground other: Int32) -> LoweredStyle {
    guard background >= 0, attributes.isDisjoint(with: [.reverse, .underline]) else { return self }
    return LoweredStyle(foreground: other, background: background, attributes: attributes)
  }

  /// The one look of all blanks that look the same: without what they don't show.
  var onBlank: LoweredStyle {
    guard attributes.isDisjoint(with: [.reverse, .underline]) else { return self }
    return LoweredStyle(foreground: -1, background: background, attributes: [])
  }
}

/// Lowers 24-bit colours to what a terminal can show: to the nearest colour by perceived distance
/// (OKLab; among sixteen the hue counts most), or to attributes where there is no colour. It
/// remembers what it was asked.
public struct ColorLowering: Sendable {
  /// The depth that it lowers to.
  public let depth: ColorDepth
  private var styles: [Style: LoweredStyle] = [:]
  private var nearest: [RGB: Int32] = [:]

  // Themes have few colours, but a heat map may pass many; beyond this the memory starts anew.
  private static let memory = 1 << 16

  /// In truecolor the terminal's own sixteen are numbered from here, behind all the others.
  static let ownBase: Int32 = 1 << 24

  /// A lowering to a depth.
  public init(depth: ColorDepth) {
    self.depth = depth
  }

  /// A style at the depth. Two different colours of one style stay different wherever the palette
  /// allows it, so that text and the joints of stacked bars don't vanish.
  public mutating func lower(_ style: Style) -> LoweredStyle {
    if let known = styles[style] { return known }
    let lowered = compute(style)
    if styles.count >= Self.memory { styles.removeAll(keepingCapacity: true) }
    styles[style] = lowered
    return lowered
  }

  private mutating func compute(_ style: Style) -> LoweredStyle {
    guard depth != .mono else {
      return LoweredStyle(
        foreground: -1, background: -1, attributes: Self.monochrome(style))
    }
    let background = number(style.background)
    var foreground = number(style.foreground)
    if foreground == background, foreground >= 0, style.foreground != style.background,
      case .rgb(let color) = style.foreground
    {
      foreground = nearestIndex(to: color, except: background)
    }
    return LoweredStyle(
      foreground: foreground, background: background, attributes: style.attributes)
  }

  /// The number of a colour at the depth.
  private mutating func number(_ color: Color) -> Int32 {
    guard depth != .mono else { return -1 }
    let rgb: RGB
    switch color {
    case .terminalDefault: return -1
    case .ansi(let own): return Int32(own.rawValue) + (depth == .truecolor ? Self.ownBase : 0)
    case .rgb(let value): rgb = value
    }
    if depth == .truecolor {
      return Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue)
    }
    if let known = nearest[rgb] { return known }
    let index = nearestIndex(to: rgb, except: nil)
    if nearest.count >= Self.memory { nearest.removeAll(keepingCapacity: true) }
    nearest[rgb] = index
    return index
  }

  private func nearestIndex(to color: RGB, except excluded: Int32?) -> Int32 {
    let wanted = PerceivedColor(color)
    var best: Int32 = -1
    var bestDistance = Double.infinity
    // Users redefine the first sixteen of the 256 colours, so only the fixed ones are chosen.
    for index in depth == .ansi256 ? 16..<256 : 0..<16 where Int32(index) != excluded {
      let candidate = XtermPalette.perceived[index]
      let distance =
        depth == .ansi256
        ? wanted.squaredDistance(to: candidate) : wanted.coarseDistance(to: candidate)
      if distance < bestDistance {
        best = Int32(index)
        bestDistance = distance
      }
    }
    return best
  }

  /// The attributes that stand for colours: what is brighter behind than before is reversed, and
  /// a dark character on the terminal's own or a dark background is dim.
  static func monochrome(_ style: Style) -> Attributes {
    var attributes = style.attributes
    let foreground = lightness(style.foreground)
    if let background = lightness(style.background), background > foreground ?? 0.6 {
      attributes.formSymmetricDifference(.reverse)
    } else if let foreground, foreground < 0.55, !attributes.contains(.bold) {
      attributes.insert(.dim)
    }
    return attributes
  }

  private static func lightness(_ color: Color) -> Double? {
    switch color {
    case .terminalDefault: nil
    case .ansi(let own): XtermPalette.perceived[Int(own.rawValue)].lightness
    case .rgb(let rgb): PerceivedColor(rgb).lightness
    }
  }
}
