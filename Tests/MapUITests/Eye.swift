import Foundation
import Terminal

/// How far apart two colours look, for common eyes and colour-blind ones.
enum Eye {
  enum Vision: CaseIterable {
    case common, protanopia, deuteranopia, tritanopia
    /// Tritanopia by another model, since the one above is weakest there.
    case tritanopiaOfBrettel
  }

  /// The distance in OKLab: 0 for equal colours, about 0.02 for the least that can be seen.
  static func difference(_ first: Color, _ second: Color, vision: Vision) -> Double {
    guard case .rgb(let one) = first, case .rgb(let two) = second else { return 1 }
    let left = lab(seen(one, vision))
    let right = lab(seen(two, vision))
    return zip(left, right).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
  }

  /// The full-strength matrices of Machado, Oliveira and Fernandes (2009), on linear light.
  private static func seen(_ color: RGB, _ vision: Vision) -> [Double] {
    let light = [color.red, color.green, color.blue].map { linear($0) }
    let rows: [[Double]]
    switch vision {
    case .common: return light
    case .protanopia:
      rows = [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deuteranopia:
      rows = [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanopia:
      rows = [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    case .tritanopiaOfBrettel:
      // Brettel, Viénot and Mollon (1997) project onto one of two half-planes that meet in the greys;
      // the matrices for sRGB are those of Burrus (libDaltonLens, 2021).
      let side = 0.03901 * light[0] - 0.02788 * light[1] - 0.01113 * light[2]
      rows =
        side >= 0
        ? [
          [1.01277, 0.13548, -0.14826], [-0.01243, 0.86812, 0.14431], [0.07589, 0.80500, 0.11911],
        ]
        : [
          [0.93678, 0.18979, -0.12657], [0.06154, 0.81526, 0.12320],
          [-0.37562, 1.12767, 0.24796],
        ]
    }
    return rows.map { row in min(max(zip(row, light).map { $0 * $1 }.reduce(0, +), 0), 1) }
  }

  private static func linear(_ channel: UInt8) -> Double {
    let share = Double(channel) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }

  private static func lab(_ light: [Double]) -> [Double] {
    let (red, green, blue) = (light[0], light[1], light[2])
    let long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return [
      0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
      1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
      0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    ]
  }
}
