/// The characters that are drawn as shapes rather than taken out of a font, because they must fill
/// their cells exactly, or are missing in many fonts.
enum BlockShapes {
  /// The shapes of a character; nil for one that a font has to draw.
  static func shapes(of scalar: Unicode.Scalar) -> [Shape]? {
    switch scalar.value {
    case 0x2500...0x257f: BoxShapes.shapes(of: scalar)
    case 0x2580...0x259f: block(scalar.value)
    case 0x2800...0x28ff: braille(scalar.value - 0x2800)
    case 0x25a0...0x25e5: geometric(scalar)
    default: nil
    }
  }

  private static let whole = 0..<Shape.width
  private static let tall = 0..<Shape.height

  private static func block(_ value: UInt32) -> [Shape]? {
    switch value {
    case 0x2580: return [.rectangle(x: whole, y: 0..<16)]
    case 0x2581...0x2588:
      return [.rectangle(x: whole, y: Shape.height - Int(value - 0x2580) * 4..<Shape.height)]
    case 0x2589...0x258f: return [.rectangle(x: 0..<Int(0x2590 - value) * 2, y: tall)]
    case 0x2590: return [.rectangle(x: 8..<16, y: tall)]
    case 0x2591...0x2593: return Shade(rawValue: Int(value - 0x2590)).map { [.shade($0)] }
    case 0x2594: return [.rectangle(x: whole, y: 0..<4)]
    case 0x2595: return [.rectangle(x: 14..<16, y: tall)]
    default: return quadrants(value).map { quadrant($0) }
    }
  }

  /// Which quarters U+2596 to U+259F fill: 1 upper left, 2 upper right, 3 lower left, 4 lower right.
  private static func quadrants(_ value: UInt32) -> [Int] {
    let all = [
      [3], [4], [1], [1, 3, 4], [1, 4], [1, 2, 3], [1, 2, 4], [2], [2, 3], [2, 3, 4],
    ]
    return all[Int(value - 0x2596)]
  }

  private static func quadrant(_ number: Int) -> Shape {
    .rectangle(
      x: number % 2 == 1 ? 0..<8 : 8..<16, y: number <= 2 ? 0..<16 : 16..<32)
  }

  /// The dots of a braille cell: bits 0 to 2 and 6 run down the left, 3 to 5 and 7 down the right.
  private static func braille(_ mask: UInt32) -> [Shape] {
    let places: [(column: Double, row: Double)] = [
      (4, 4), (4, 12), (4, 20), (12, 4), (12, 12), (12, 20), (4, 28), (12, 28),
    ]
    return places.enumerated().filter { mask & 1 << UInt32($0.offset) != 0 }
      .map { .dot(Shape.Point($0.element.column, $0.element.row), radius: 2.5) }
  }

  private static func geometric(_ scalar: Unicode.Scalar) -> [Shape]? {
    func outline(_ points: (Double, Double)...) -> [Shape] {
      [.outline([points.map { Shape.Point($0.0, $0.1) }])]
    }
    switch scalar {
    case "■": return [.rectangle(x: 2..<14, y: 10..<22)]
    case "▲": return outline((8, 8), (15, 23), (1, 23))
    case "▼": return outline((1, 9), (15, 9), (8, 24))
    case "▶": return outline((2, 9), (15, 16), (2, 23))
    case "◀": return outline((14, 9), (14, 23), (1, 16))
    case "▴": return outline((8, 11), (13, 21), (3, 21))
    case "▾": return outline((3, 12), (13, 12), (8, 22))
    case "◆": return outline((8, 8), (15, 16), (8, 24), (1, 16))
    case "◇":
      let outer = [(8.0, 8.0), (15, 16), (8, 24), (1, 16)]
      let inner = [(8.0, 11.0), (12.4, 16), (8, 21), (3.6, 16)]
      return [.outline([outer, inner].map { $0.map { Shape.Point($0.0, $0.1) } })]
    case "●": return [.dot(Shape.Point(8, 16), radius: 6)]
    case "◢": return outline((16, 0), (16, 32), (0, 32))
    case "◣": return outline((0, 0), (16, 32), (0, 32))
    case "◤": return outline((0, 0), (16, 0), (0, 32))
    case "◥": return outline((0, 0), (16, 0), (16, 32))
    default: return nil
    }
  }
}
