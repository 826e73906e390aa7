import Terminal

/// How far two colours stand apart to the eye.
public enum Contrast {
  /// The contrast ratio of WCAG 2: 1 for equal colours, 21 for black and white, 4.5 or more for
  /// text that everyone can read. The terminal's own colours are unknown and count as readable.
  public static func ratio(_ first: Color, _ second: Color) -> Double {
    guard case .rgb(let one) = first, case .rgb(let two) = second else { return 21 }
    let high = max(luminance(one), luminance(two))
    let low = min(luminance(one), luminance(two))
    return (high + 0.05) / (low + 0.05)
  }

  /// Relative luminance by WCAG 2, 0 to 1.
  static func luminance(_ color: RGB) -> Double {
    0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
  }

  /// A channel of sRGB as linear light, 0 to 1.
  static func linear(_ channel: UInt8) -> Double { table[Int(channel)] }

  private static let table: [Double] = (0...255).map { value in
    let share = Double(value) / 255
    return share <= 0.04045 ? share / 12.92 : power24((share + 0.055) / 1.055)
  }

  /// `base` to the power of 2.4, as the square of `base` times its fifth root squared; the root
  /// by Newton's method, since this room has no mathematics library.
  private static func power24(_ base: Double) -> Double {
    var root = 0.9
    for _ in 0..<40 {
      root -= (root - base / (root * root * root * root)) / 5
    }
    return base * base * root * root
  }
}
