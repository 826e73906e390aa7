/// The lines of box drawing: arms from the middle of a cell to its edges, of three weights.
enum BoxShapes {
  private enum Weight {
    case none, light, heavy, double
  }

  /// What leads from the middle to each edge.
  private struct Arms {
    var up = Weight.none
    var right = Weight.none
    var down = Weight.none
    var left = Weight.none
  }

  /// The arms of the characters, clockwise from the upper one: `-` none, `l` light, `h` heavy,
  /// `d` double.
  static let table: [Unicode.Scalar: String] = [
    "─": "-l-l", "━": "-h-h", "│": "l-l-", "┃": "h-h-", "┌": "-ll-",
    "┍": "-hl-", "┎": "-lh-", "┏": "-hh-", "┐": "--ll", "┑": "--lh",
    "┒": "--hl", "┓": "--hh", "└": "ll--", "┕": "lh--", "┖": "hl--",
    "┗": "hh--", "┘": "l--l", "┙": "l--h", "┚": "h--l", "┛": "h--h",
    "├": "lll-", "┝": "lhl-", "┞": "hll-", "┟": "llh-", "┠": "hlh-",
    "┡": "hhl-", "┢": "lhh-", "┣": "hhh-", "┤": "l-ll", "┥": "l-lh",
    "┦": "h-ll", "┧": "l-hl", "┨": "h-hl", "┩": "h-lh", "┪": "l-hh",
    "┫": "h-hh", "┬": "-lll", "┭": "-llh", "┮": "-hll", "┯": "-hlh",
    "┰": "-lhl", "┱": "-lhh", "┲": "-hhl", "┳": "-hhh", "┴": "ll-l",
    "┵": "ll-h", "┶": "lh-l", "┷": "lh-h", "┸": "hl-l", "┹": "hl-h",
    "┺": "hh-l", "┻": "hh-h", "┼": "llll", "┽": "lllh", "┾": "lhll",
    "┿": "lhlh", "╀": "hlll", "╁": "llhl", "╂": "hlhl", "╃": "hllh",
    "╄": "hhll", "╅": "llhh", "╆": "lhhl", "╇": "hhlh", "╈": "lhhh",
    "╉": "hlhh", "╊": "hhhl", "╋": "hhhh", "═": "-d-d", "║": "d-d-",
    "╒": "-dl-", "╓": "-ld-", "╔": "-dd-", "╕": "--ld", "╖": "--dl",
    "╗": "--dd", "╘": "ld--", "╙": "dl--", "╚": "dd--", "╛": "l--d",
    "╜": "d--l", "╝": "d--d", "╞": "ldl-", "╟": "dld-", "╠": "ddd-",
    "╡": "l-ld", "╢": "d-dl", "╣": "d-dd", "╤": "-dld", "╥": "-ldl",
    "╦": "-ddd", "╧": "ld-d", "╨": "dl-l", "╩": "dd-d", "╪": "ldld",
    "╫": "dldl", "╬": "dddd", "╴": "---l", "╵": "l---", "╶": "-l--",
    "╷": "--l-", "╸": "---h", "╹": "h---", "╺": "-h--", "╻": "--h-",
    "╼": "-h-l", "╽": "l-h-", "╾": "-l-h", "╿": "h-l-",
  ]

  /// How many dashes lie in a cell, and whether they are heavy and upright.
  private static let dashes: [Unicode.Scalar: (count: Int, isHeavy: Bool, isUpright: Bool)] = [
    "┄": (3, false, false), "┅": (3, true, false), "┆": (3, false, true), "┇": (3, true, true),
    "┈": (4, false, false), "┉": (4, true, false), "┊": (4, false, true), "┋": (4, true, true),
    "╌": (2, false, false), "╍": (2, true, false), "╎": (2, false, true), "╏": (2, true, true),
  ]

  /// The shapes of a character; nil for one that a font has to draw.
  static func shapes(of scalar: Unicode.Scalar) -> [Shape]? {
    if let letters = table[scalar] { return lines(arms(letters)) }
    if let dash = dashes[scalar] { return dashed(dash.count, dash.isHeavy, dash.isUpright) }
    return corner(scalar)
  }

  private static func arms(_ letters: String) -> Arms {
    let weights = letters.map { letter -> Weight in
      switch letter {
      case "l": .light
      case "h": .heavy
      case "d": .double
      default: .none
      }
    }
    return Arms(up: weights[0], right: weights[1], down: weights[2], left: weights[3])
  }

  private static func lines(_ arms: Arms) -> [Shape] {
    upright(arms.up, sides: (arms.left, arms.right), opposite: arms.down, isUp: true)
      + upright(arms.down, sides: (arms.left, arms.right), opposite: arms.up, isUp: false)
      + level(arms.left, sides: (arms.up, arms.down), opposite: arms.right, isLeft: true)
      + level(arms.right, sides: (arms.up, arms.down), opposite: arms.left, isLeft: false)
  }

  /// The arm to the upper or the lower edge.
  private static func upright(
    _ weight: Weight, sides: (Weight, Weight), opposite: Weight, isUp: Bool
  ) -> [Shape] {
    strokes(weight, middle: 8, sides: sides, opposite: opposite).map { stroke in
      let reach = 16 + (isUp ? stroke.reach : -stroke.reach)
      return .rectangle(x: stroke.across, y: isUp ? 0..<reach : reach..<Shape.height)
    }
  }

  /// The arm to the left or the right edge.
  private static func level(
    _ weight: Weight, sides: (Weight, Weight), opposite: Weight, isLeft: Bool
  ) -> [Shape] {
    strokes(weight, middle: 16, sides: sides, opposite: opposite).map { stroke in
      let reach = 8 + (isLeft ? stroke.reach : -stroke.reach)
      return .rectangle(x: isLeft ? 0..<reach : reach..<Shape.width, y: stroke.across)
    }
  }

  /// The strokes of an arm: where each lies across the arm's way, and how far it reaches beyond the
  /// cell's middle (negative where it ends before). `sides` are the arms that cross it, the one at
  /// the smaller coordinate first.
  private static func strokes(
    _ weight: Weight, middle: Int, sides: (Weight, Weight), opposite: Weight
  ) -> [(across: Range<Int>, reach: Int)] {
    switch weight {
    case .none: return []
    case .light, .heavy:
      let half = weight == .light ? 1 : 2
      // It ends at a double line that it meets, unless it goes on behind it.
      let meetsDouble = sides.0 == .double || sides.1 == .double
      let ends = meetsDouble && opposite == .none
      let widest = sides.0 == .heavy || sides.1 == .heavy ? 2 : half
      return [(middle - half..<middle + half, ends ? -2 : widest)]
    case .double:
      // Each line turns into the nearer line of a double arm on its own side, or into the farther
      // one of an arm on the other side.
      func reach(_ own: Weight, _ other: Weight) -> Int {
        own == .double ? -2 : other == .double ? 4 : 1
      }
      return [
        (middle - 4..<middle - 2, reach(sides.0, sides.1)),
        (middle + 2..<middle + 4, reach(sides.1, sides.0)),
      ]
    }
  }

  private static func dashed(_ count: Int, _ isHeavy: Bool, _ isUpright: Bool) -> [Shape] {
    let half = isHeavy ? 2 : 1
    let length = isUpright ? Shape.height : Shape.width
    return (0..<count).map { index in
      let start = index * length / count
      let end = (index + 1) * length / count
      let dash = start..<end - max((end - start) / 3, 1)
      return isUpright
        ? .rectangle(x: 8 - half..<8 + half, y: dash)
        : .rectangle(x: dash, y: 16 - half..<16 + half)
    }
  }

  /// Rounded corners, and the crossing diagonals.
  private static func corner(_ scalar: Unicode.Scalar) -> [Shape]? {
    switch scalar {
    case "╭": [.quarterRing(.init(16, 24), from: 180), .rectangle(x: 7..<9, y: 24..<32)]
    case "╮": [.quarterRing(.init(0, 24), from: 270), .rectangle(x: 7..<9, y: 24..<32)]
    case "╯": [.quarterRing(.init(0, 8), from: 0), .rectangle(x: 7..<9, y: 0..<8)]
    case "╰": [.quarterRing(.init(16, 8), from: 90), .rectangle(x: 7..<9, y: 0..<8)]
    default: nil
    }
  }
}
