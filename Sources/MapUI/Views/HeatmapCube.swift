import Terminal

/// The ramps of the heatmap where a terminal has 256 colours: picked by hand from xterm's cube and
/// greys for each hue, so that brightness runs one way and the hue stays. Mixed colours that are
/// lowered one by one would jump between greys and hues, and speckle the picture.
enum HeatmapCube {
  /// Families of hues.
  enum Hue: CaseIterable {
    case red, orange, yellow, olive, green, cyan, blue, purple

    /// The family of a colour, by its angle on the wheel of hues.
    init(_ color: RGB) {
      switch Self.angle(color) {
      case 18..<45: self = .orange
      case 45..<58: self = .yellow
      case 58..<95: self = .olive
      case 95..<165: self = .green
      case 165..<198: self = .cyan
      case 198..<252: self = .blue
      case 252..<330: self = .purple
      default: self = .red
      }
    }

    /// Degrees from red over green to blue.
    private static func angle(_ color: RGB) -> Double {
      let (red, green, blue) = (Double(color.red), Double(color.green), Double(color.blue))
      let high = max(red, green, blue)
      let span = high - min(red, green, blue)
      guard span > 0 else { return 0 }
      let sixth =
        high == red
        ? (green - blue) / span
        : high == green ? 2 + (blue - red) / span : 4 + (red - green) / span
      return (sixth < 0 ? sixth + 6 : sixth) * 60
    }

    /// From dim to bright, for dark grounds.
    var onDark: [UInt8] {
      switch self {
      case .red: [235, 52, 88, 124, 167, 203, 210, 217, 224]
      case .orange: [235, 237, 94, 130, 172, 208, 215, 223, 230]
      case .yellow: [235, 237, 58, 136, 178, 221, 228]
      case .olive: [235, 237, 58, 100, 106, 149, 192, 230]
      case .green: [235, 237, 22, 29, 72, 78, 121, 194]
      case .cyan: [235, 237, 23, 30, 37, 80, 159, 195]
      case .blue: [235, 237, 24, 31, 74, 117, 189, 195]
      case .purple: [235, 54, 91, 134, 177, 183, 225]
      }
    }

    /// From pale to dark, for light grounds.
    var onLight: [UInt8] {
      switch self {
      case .red: [255, 224, 217, 210, 167, 160, 124, 88, 52]
      case .orange: [255, 223, 216, 172, 130, 94, 52]
      case .yellow: [254, 222, 179, 136, 94, 58, 233]
      case .olive: [254, 187, 143, 100, 58, 233]
      case .green: [194, 158, 151, 78, 72, 29, 22, 233]
      case .cyan: [255, 152, 80, 73, 30, 23, 233]
      case .blue: [255, 153, 110, 67, 25, 19, 17]
      case .purple: [255, 225, 183, 140, 97, 54, 233]
      }
    }
  }

  /// The least ratio of contrast at which a step is told from the ground.
  private static let leastContrast = 1.08

  /// The steps of a ramp in the cube's colours: the ground, then for each step the colour of the
  /// side's hue that is about as bright, never less far from the ground than the step before.
  static func steps(_ ideal: [Color], side: Color) -> [Color] {
    guard let ground = ideal.first, case .rgb(let hue) = side else { return ideal }
    let isDark = Contrast.ratio(ground, .rgb(RGB(255, 255, 255))) > 4.5
    let family = Hue(hue)
    let picked = (isDark ? family.onDark : family.onLight).map { Color.rgb(RGB(xterm: $0)) }
      .filter { color in
        let isBeyond = (luminance(color) > luminance(ground)) == isDark
        return isBeyond && Contrast.ratio(color, ground) >= leastContrast
      }
    guard !picked.isEmpty else { return ideal }
    let contrasts = picked.map { Contrast.ratio($0, ground) }
    var place = 0
    return ideal.indices.map { step in
      guard step > 0 else { return ground }
      let wanted = Contrast.ratio(ideal[step], ground)
      while place + 1 < picked.count,
        contrasts[place] * contrasts[place + 1] <= wanted * wanted
      { place += 1 }
      // The end of the ramp is the farthest from the ground, whatever the mixed one reaches.
      return picked[step == ideal.count - 1 ? picked.count - 1 : place]
    }
  }

  private static func luminance(_ color: Color) -> Double {
    guard case .rgb(let rgb) = color else { return 0 }
    return Contrast.luminance(rgb)
  }
}
