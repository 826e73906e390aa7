import CCairo
import Terminal

@testable import Pictures

/// A PNG read back into pixels.
struct Pixels {
  let width: Int
  let height: Int
  private let values: [UInt32]

  struct Unreadable: Error {}

  /// Decodes the bytes of a PNG.
  init(png: [UInt8]) throws {
    struct Reader {
      var bytes: [UInt8]
      var place = 0
    }
    var reader = Reader(bytes: png)
    let surface = withUnsafeMutablePointer(to: &reader) { reader in
      cairo_image_surface_create_from_png_stream(
        { reader, data, count in
          guard let reader, let data else { return CAIRO_STATUS_READ_ERROR }
          let input = reader.assumingMemoryBound(to: Reader.self)
          let (place, count) = (input.pointee.place, Int(count))
          guard place + count <= input.pointee.bytes.count else { return CAIRO_STATUS_READ_ERROR }
          for index in 0..<count { data[index] = input.pointee.bytes[place + index] }
          input.pointee.place += count
          return CAIRO_STATUS_SUCCESS
        }, reader)
    }
    guard let surface, cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else {
      throw Unreadable()
    }
    defer { cairo_surface_destroy(surface) }
    width = Int(cairo_image_surface_get_width(surface))
    height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    guard let data = cairo_image_surface_get_data(surface) else { throw Unreadable() }
    var values: [UInt32] = []
    for y in 0..<height {
      for x in 0..<width {
        let place = y * stride + 4 * x
        values.append(
          UInt32(data[place + 2]) << 16 | UInt32(data[place + 1]) << 8 | UInt32(data[place]))
      }
    }
    self.values = values
  }

  /// The picture of a frame.
  init(_ grid: CellGrid, colors: PictureColors = .dark, scale: Int = 2) throws {
    try self.init(png: Picture.png(grid, colors: colors, scale: scale))
  }

  /// The colour of a pixel as `0xrrggbb`.
  subscript(x: Int, y: Int) -> UInt32 { values[y * width + x] }

  /// How many pixels of a rectangle have a colour.
  func count(_ color: UInt32, x: Range<Int>, y: Range<Int>) -> Int {
    y.reduce(0) { sum, row in sum + x.filter { self[$0, row] == color }.count }
  }

  /// How many pixels of a rectangle have another colour.
  func ink(on color: UInt32, x: Range<Int>, y: Range<Int>) -> Int {
    x.count * y.count - count(color, x: x, y: y)
  }
}

/// Frames to draw.
enum Sample {
  static let front = RGB(0xf0, 0x10, 0x20)
  static let back = RGB(0x10, 0x40, 0xa0)
  static let style = Style(foreground: .rgb(front), background: .rgb(back))

  /// Rows of text in one style.
  static func grid(_ rows: String..., style: Style = style) -> CellGrid {
    let width = rows.map(\.unicodeScalars.count).max() ?? 0
    var grid = CellGrid(width: width, height: rows.count, fill: Cell(" ", style: style))
    for (y, row) in rows.enumerated() { grid.write(row, x: 0, y: y, style: style) }
    return grid
  }

  /// Cells of all kinds in colours of all kinds, the same for the same seed.
  static func mixed(seed: UInt64, scalars: [Unicode.Scalar], width: Int, height: Int) -> CellGrid {
    var state = seed
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    func color() -> Color {
      switch next(6) {
      case 0: .terminalDefault
      case 1: .ansi(AnsiColor.allCases[next(16)])
      default: .rgb([front, back, RGB(1, 2, 3), RGB(250, 240, 9)][next(4)])
      }
    }
    var grid = CellGrid(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        let attributes = Attributes(rawValue: UInt8(next(4) == 0 ? next(32) : 0))
        grid[x, y] = Cell(
          scalars[next(scalars.count)],
          style: Style(foreground: color(), background: color(), attributes: attributes))
      }
    }
    return grid
  }

  static func scalars(_ range: ClosedRange<UInt32>) -> [Unicode.Scalar] {
    range.compactMap { Unicode.Scalar($0) }
  }
}
