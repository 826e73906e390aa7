import Glibc

/// A colour in OKLab, where equal distances look about equally far apart.
/// Source: Björn Ottosson, "A perceptual color space for image processing", 2020.
struct PerceivedColor: Sendable {
  /// Lightness, 0 (black) to 1 (white).
  let lightness: Double
  /// From green to red.
  let a: Double
  /// From blue to yellow.
  let b: Double

  /// The place of an sRGB colour.
  init(_ color: RGB) {
    let red = Self.linear(color.red)
    let green = Self.linear(color.green)
    let blue = Self.linear(color.blue)
    let l = cbrt(0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue)
    let m = cbrt(0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue)
    let s = cbrt(0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue)
    lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s
    a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s
    b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s
  }

  private static func linear(_ value: UInt8) -> Double {
    let part = Double(value) / 255
    return part <= 0.040_45 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
  }

  /// The square of the distance to another colour.
  func squaredDistance(to other: PerceivedColor) -> Double {
    let l = lightness - other.lightness
    let da = a - other.a
    let db = b - other.b
    return l * l + da * da + db * db
  }

  /// How saturated it is.
  var chroma: Double { hypot(a, b) }

  /// How badly another colour stands for it in a palette so coarse that the nearest may be of
  /// another hue: there a pale purple is nearest to grey and a pale blue to cyan, and layers that
  /// are told apart by hue would be confused. So a colour that is seen as one goes by its hue, and
  /// by its lightness next; one that is seen as grey goes to the greys.
  func coarseDistance(to other: PerceivedColor) -> Double {
    let l = lightness - other.lightness
    let isHued = chroma >= 0.08 && lightness >= 0.25
    guard isHued == (other.chroma >= 0.05) else { return 16 + l * l }
    guard isHued else { return l * l }
    let da = a / chroma - other.a / other.chroma
    let db = b / chroma - other.b / other.chroma
    return da * da + db * db + 3 * l * l
  }
}

extension RGB {
  /// What xterm shows for an index of its 256 colours. From 16 on users seldom change them, and a
  /// terminal of 256 colours is sent that very index.
  public init(xterm index: UInt8) { self = XtermPalette.colors[Int(index)] }
}

/// The 256 colours of xterm: 16 by name, a cube of 6x6x6, and 24 greys.
enum XtermPalette {
  /// The colours by index.
  static let colors: [RGB] = {
    var colors = [
      RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0),
      RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
      RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
      RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
    ]
    let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
    for red in steps {
      for green in steps {
        for blue in steps { colors.append(RGB(red, green, blue)) }
      }
    }
    for step in 0..<24 {
      let grey = UInt8(8 + 10 * step)
      colors.append(RGB(grey, grey, grey))
    }
    return colors
  }()

  /// The colours by index, as they are seen.
  static let perceived: [PerceivedColor] = colors.map { PerceivedColor($0) }
}
