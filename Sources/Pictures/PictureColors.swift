import Terminal

/// What stands in a picture for the colours that a frame leaves to the terminal.
public struct PictureColors: Hashable, Sendable {
  /// The terminal's own colour of words.
  public var foreground: RGB
  /// The terminal's own ground.
  public var background: RGB

  /// Those two; the sixteen ANSI colours are xterm's.
  public init(foreground: RGB, background: RGB) {
    self.foreground = foreground
    self.background = background
  }

  /// A dark terminal.
  public static let dark = PictureColors(
    foreground: RGB(0xd8, 0xda, 0xe0), background: RGB(0x10, 0x11, 0x16))
  /// A light terminal.
  public static let light = PictureColors(
    foreground: RGB(0x20, 0x22, 0x28), background: RGB(0xff, 0xff, 0xff))

  /// A cell's two colours as they are seen: reversed and dim are carried out.
  func seen(_ style: Style) -> (foreground: RGB, background: RGB) {
    var front = rgb(style.foreground, default: foreground)
    var back = rgb(style.background, default: background)
    if style.attributes.contains(.reverse) { swap(&front, &back) }
    // Terminals differ in what they make of dim; half-way to the ground is what most come near to.
    if style.attributes.contains(.dim) { front = front.middle(to: back) }
    return (front, back)
  }

  private func rgb(_ color: Color, default own: RGB) -> RGB {
    switch color {
    case .terminalDefault: own
    case .ansi(let color): color.xterm
    case .rgb(let rgb): rgb
    }
  }
}

extension RGB {
  fileprivate func middle(to other: RGB) -> RGB {
    func mean(_ one: UInt8, _ two: UInt8) -> UInt8 { UInt8((Int(one) + Int(two)) / 2) }
    return RGB(mean(red, other.red), mean(green, other.green), mean(blue, other.blue))
  }

  /// The colour as `#rrggbb`.
  var hex: String {
    let digits = String(number, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The colour as `0xrrggbb`.
  var number: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }
}
