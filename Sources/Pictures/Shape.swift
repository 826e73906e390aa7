/// A filled shape within a cell. Places are in units from the cell's top left corner: a cell has 16
/// of them across and 32 down, so that eighths and quarters are whole numbers.
enum Shape: Hashable {
  /// A rectangle. Its edges are drawn sharp, so that those of neighbouring cells join.
  case rectangle(x: Range<Int>, y: Range<Int>)
  /// A pattern over the whole cell.
  case shade(Shade)
  /// The area within some outlines; one within another is a hole.
  case outline([[Point]])
  /// A dot.
  case dot(Point, radius: Double)
  /// A quarter of a ring around a point outside of the cell's middle, from `from` to `from` + 90
  /// degrees clockwise, where 0 points right.
  case quarterRing(Point, from: Int)

  /// A place in a cell.
  struct Point: Hashable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// Units across a cell.
  static let width = 16
  /// Units down a cell.
  static let height = 32
  /// The radii of a ring.
  static let ring = (inner: 7.0, outer: 9.0)
}

/// How much of a cell a pattern of small squares covers.
enum Shade: Int, CaseIterable, Hashable, Comparable {
  case light = 1
  case medium = 2
  case dark = 3

  /// The side of a square, in units. A cell is four of them wide and eight high.
  static let side = 4
  /// The side of the square that the pattern repeats: two by two squares.
  static let period = 2 * side

  /// The squares of a period that are filled, by column and row.
  var squares: [(column: Int, row: Int)] {
    switch self {
    case .light: [(0, 0)]
    case .medium: [(0, 0), (1, 1)]
    case .dark: [(0, 0), (1, 0), (0, 1)]
    }
  }

  static func < (one: Shade, other: Shade) -> Bool { one.rawValue < other.rawValue }
}
