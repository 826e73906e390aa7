/// A frame as a value: rows of cells. Views draw into it, screens show it, tests compare it.
/// Writing outside of it does nothing.
public struct CellGrid: Hashable, Sendable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The cells, row by row.
  public private(set) var cells: [Cell]

  /// An empty frame.
  public init(width: Int, height: Int, fill: Cell = Cell()) {
    self.width = max(width, 0)
    self.height = max(height, 0)
    cells = [Cell](repeating: fill, count: self.width * self.height)
  }

  /// Whether a cell lies inside of the frame.
  public func contains(x: Int, y: Int) -> Bool {
    x >= 0 && x < width && y >= 0 && y < height
  }

  /// The cell in column `x` of row `y`, both from zero at the top left; an empty cell outside.
  public subscript(x: Int, y: Int) -> Cell {
    get { contains(x: x, y: y) ? cells[y * width + x] : Cell() }
    set { if contains(x: x, y: y) { cells[y * width + x] = newValue } }
  }

  /// Writes text from column `x` of row `y` to the right, cut at the frame's edge.
  /// Returns the column after its last character.
  @discardableResult
  public mutating func write(_ text: String, x: Int, y: Int, style: Style) -> Int {
    var column = x
    for scalar in text.unicodeScalars {
      self[column, y] = Cell(scalar, style: style)
      column += 1
    }
    return column
  }

  /// Fills a rectangle with a cell.
  public mutating func fill(x: Range<Int>, y: Range<Int>, with cell: Cell) {
    for row in y.clamped(to: 0..<height) {
      for column in x.clamped(to: 0..<width) { cells[row * width + column] = cell }
    }
  }

  /// The characters of each row, without style; a question mark stands for control characters.
  public var lines: [String] {
    (0..<height).map { row in
      var line = String.UnicodeScalarView()
      for cell in cells[row * width..<(row + 1) * width] { line.append(cell.scalar.printable) }
      return String(line)
    }
  }
}
