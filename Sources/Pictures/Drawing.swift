import Terminal

/// A frame taken apart into what is drawn, lowest first: grounds, rectangles, patterns, outlines,
/// words. Places are in units; a cell is ``Shape/width`` by ``Shape/height`` of them.
struct Drawing {
  /// A filled rectangle.
  struct Block: Hashable {
    var x: Range<Int>
    var y: Range<Int>
    var color: RGB
  }

  /// A rectangle filled with a pattern.
  struct Patch: Hashable {
    var area: Block
    var shade: Shade
  }

  /// A shape whose edges may be smooth, in a cell whose corner is at `x`, `y`.
  struct Figure: Hashable {
    var shape: Shape
    var x: Int
    var y: Int
    var color: RGB
  }

  /// Characters that stand side by side in one look, none of them a space.
  struct Word: Hashable {
    /// The characters, one a cell.
    var text: [Unicode.Scalar]
    /// The column of the first.
    var column: Int
    /// The row.
    var row: Int
    var color: RGB
    var isBold: Bool
    var isItalic: Bool
  }

  /// Units across and down.
  let width: Int
  let height: Int
  /// The ground of most of the frame; everything else lies on it.
  let ground: RGB
  private(set) var grounds: [Block] = []
  private(set) var blocks: [Block] = []
  private(set) var patches: [Patch] = []
  private(set) var figures: [Figure] = []
  private(set) var words: [Word] = []

  /// The drawing of a frame.
  init(_ grid: CellGrid, colors: PictureColors) {
    width = grid.width * Shape.width
    height = grid.height * Shape.height
    let looks = grid.cells.map { colors.seen($0.style) }
    ground = Self.commonest(looks.map(\.background)) ?? colors.background
    var shades: [Shade: [Block]] = [:]
    for row in 0..<grid.height {
      for column in 0..<grid.width {
        let cell = grid[column, row]
        let look = looks[row * grid.width + column]
        let x = column * Shape.width
        let y = row * Shape.height
        if look.background != ground {
          grounds.append(
            Block(x: x..<x + Shape.width, y: y..<y + Shape.height, color: look.background))
        }
        if cell.style.attributes.contains(.underline) {
          blocks.append(Block(x: x..<x + Shape.width, y: y + 28..<y + 30, color: look.foreground))
        }
        guard cell.scalar != " " else { continue }
        guard let shapes = BlockShapes.shapes(of: cell.scalar) else {
          write(cell, color: look.foreground, column: column, row: row)
          continue
        }
        for shape in shapes {
          switch shape {
          case .rectangle(let across, let down):
            blocks.append(
              Block(
                x: x + across.lowerBound..<x + across.upperBound,
                y: y + down.lowerBound..<y + down.upperBound, color: look.foreground))
          case .shade(let shade):
            shades[shade, default: []].append(
              Block(x: x..<x + Shape.width, y: y..<y + Shape.height, color: look.foreground))
          case .outline, .dot, .quarterRing:
            figures.append(Figure(shape: shape, x: x, y: y, color: look.foreground))
          }
        }
      }
    }
    grounds = BlockMerge.merged(grounds)
    blocks = BlockMerge.merged(blocks)
    for shade in Shade.allCases {
      patches += BlockMerge.merged(shades[shade] ?? []).map { Patch(area: $0, shade: shade) }
    }
  }

  /// Adds a character to the word that it goes on, or begins one.
  private mutating func write(_ cell: Cell, color: RGB, column: Int, row: Int) {
    let isBold = cell.style.attributes.contains(.bold)
    let isItalic = cell.style.attributes.contains(.italic)
    let scalar = Self.writable(cell.scalar)
    if let last = words.last, last.row == row, last.column + last.text.count == column,
      last.color == color, last.isBold == isBold, last.isItalic == isItalic
    {
      words[words.count - 1].text.append(scalar)
    } else {
      words.append(
        Word(
          text: [scalar], column: column, row: row, color: color, isBold: isBold,
          isItalic: isItalic))
    }
  }

  /// The character, or a question mark for one that XML forbids or that isn't drawn.
  private static func writable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0xfffe, 0xffff: return "?"
    default:
      // Marks that change the direction of text would move other cells' characters.
      let isDirection = scalar.properties.isBidiControl
      return isDirection || scalar.properties.isNoncharacterCodePoint ? "?" : scalar
    }
  }

  private static func commonest(_ colors: [RGB]) -> RGB? {
    var counts: [RGB: Int] = [:]
    for color in colors { counts[color, default: 0] += 1 }
    return counts.max { ($0.value, $1.key.number) < ($1.value, $0.key.number) }?.key
  }
}
