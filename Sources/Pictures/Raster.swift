internal import CCairo
import Terminal

/// A drawing as pixels, drawn by cairo.
final class Raster {
  /// The widest and the highest picture that cairo draws, in pixels.
  private static let sideLimit = 32_767
  /// The most pixels: 256 MiB of them.
  private static let pixelLimit = 1 << 26

  private let surface: OpaquePointer
  private let context: OpaquePointer
  private let scale: Int

  /// Draws a drawing; a unit is half of `scale` pixels.
  init(_ drawing: Drawing, scale: Int) throws(PictureError) {
    self.scale = scale
    let width = drawing.width * scale / 2
    let height = drawing.height * scale / 2
    guard width > 0, height > 0 else { throw .empty }
    guard max(width, height) <= Self.sideLimit, width * height <= Self.pixelLimit else {
      throw .tooLarge(width: width, height: height)
    }
    guard
      let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    else { throw .refused("no surface") }
    guard let context = cairo_create(surface) else {
      cairo_surface_destroy(surface)
      throw .refused("no context")
    }
    self.surface = surface
    self.context = context

    cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE)
    paint(drawing.ground)
    cairo_paint(context)
    for block in drawing.grounds + drawing.blocks { fill(block) }
    fill(drawing.patches)
    cairo_set_antialias(context, CAIRO_ANTIALIAS_GRAY)
    cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
    for figure in drawing.figures { draw(figure) }
    write(drawing.words)
    cairo_surface_flush(surface)
    try Self.check(cairo_status(context))
    try Self.check(cairo_surface_status(surface))
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  private static func check(_ status: cairo_status_t) throws(PictureError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw .refused(cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown")
  }

  /// The pixel at which a place in units lies.
  private func pixel(_ units: Int) -> Int { units * scale / 2 }

  private func paint(_ color: RGB) {
    cairo_set_source_rgb(
      context, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
  }

  // MARK: - Shapes

  /// Adds a rectangle to the path, its edges between pixels: what shares an edge in units shares one
  /// in pixels.
  private func add(_ block: Drawing.Block) {
    let x = pixel(block.x.lowerBound)
    let y = pixel(block.y.lowerBound)
    cairo_rectangle(
      context, Double(x), Double(y), Double(max(pixel(block.x.upperBound) - x, 1)),
      Double(max(pixel(block.y.upperBound) - y, 1)))
  }

  private func fill(_ block: Drawing.Block) {
    paint(block.color)
    add(block)
    cairo_fill(context)
  }

  private func fill(_ patches: [Drawing.Patch]) {
    struct Kind: Hashable {
      var shade: Shade
      var color: RGB
    }
    var patterns: [Kind: OpaquePointer] = [:]
    defer { for pattern in patterns.values { cairo_pattern_destroy(pattern) } }
    for patch in patches {
      let kind = Kind(shade: patch.shade, color: patch.area.color)
      guard let pattern = patterns[kind] ?? pattern(kind.shade, kind.color) else { continue }
      patterns[kind] = pattern
      cairo_set_source(context, pattern)
      add(patch.area)
      cairo_fill(context)
    }
  }

  /// A shade's squares as a source that repeats for ever, from the picture's corner on.
  private func pattern(_ shade: Shade, _ color: RGB) -> OpaquePointer? {
    let side = Shade.side * scale / 2
    let period = Int32(2 * side)
    guard let tile = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, period, period) else {
      return nil
    }
    defer { cairo_surface_destroy(tile) }
    guard let brush = cairo_create(tile) else { return nil }
    defer { cairo_destroy(brush) }
    cairo_set_antialias(brush, CAIRO_ANTIALIAS_NONE)
    cairo_set_source_rgb(
      brush, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
    for square in shade.squares {
      cairo_rectangle(
        brush, Double(square.column * side), Double(square.row * side), Double(side), Double(side))
    }
    cairo_fill(brush)
    let pattern = cairo_pattern_create_for_surface(tile)
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_REPEAT)
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST)
    return pattern
  }

  private func draw(_ figure: Drawing.Figure) {
    let unit = Double(scale) / 2
    let left = Double(pixel(figure.x))
    let top = Double(pixel(figure.y))
    func x(_ units: Double) -> Double { left + units * unit }
    func y(_ units: Double) -> Double { top + units * unit }
    paint(figure.color)
    cairo_new_path(context)
    switch figure.shape {
    case .rectangle, .shade: return
    case .outline(let outlines):
      for outline in outlines {
        for (index, point) in outline.enumerated() {
          if index == 0 {
            cairo_move_to(context, x(point.x), y(point.y))
          } else {
            cairo_line_to(context, x(point.x), y(point.y))
          }
        }
        cairo_close_path(context)
      }
    case .dot(let middle, let radius):
      cairo_arc(context, x(middle.x), y(middle.y), radius * unit, 0, 2 * .pi)
    case .quarterRing(let middle, let from):
      let start = Double(from) * .pi / 180
      let end = start + .pi / 2
      cairo_arc(context, x(middle.x), y(middle.y), Shape.ring.outer * unit, start, end)
      cairo_arc_negative(context, x(middle.x), y(middle.y), Shape.ring.inner * unit, end, start)
      cairo_close_path(context)
    }
    cairo_fill(context)
  }

  // MARK: - Words

  private func write(_ words: [Drawing.Word]) {
    let width = Double(Shape.width * scale) / 2
    let height = Double(Shape.height * scale) / 2
    var fonts: [FontChain.Look: FontChain] = [:]
    for word in words {
      let look = FontChain.Look(isBold: word.isBold, isItalic: word.isItalic)
      let chain = fonts[look] ?? FontChain(look, cellWidth: width)
      paint(word.color)
      for (index, scalar) in word.text.enumerated() {
        guard let glyph = chain.glyph(of: scalar) else { continue }
        let left = Double(word.column + index) * width
        var placed = cairo_glyph_t(
          index: glyph.index, x: left + (width - glyph.advance) / 2,
          y: Double(word.row) * height + chain.baseline(height))
        cairo_set_scaled_font(context, glyph.font)
        cairo_show_glyphs(context, &placed, 1)
      }
      fonts[look] = chain
    }
  }

  // MARK: - Bytes

  /// The picture as the bytes of a PNG file.
  func png() throws(PictureError) -> [UInt8] {
    var bytes: [UInt8] = []
    let status = withUnsafeMutablePointer(to: &bytes) { output in
      cairo_surface_write_to_png_stream(
        surface,
        { output, data, count in
          guard let output, let data else { return CAIRO_STATUS_WRITE_ERROR }
          output.assumingMemoryBound(to: [UInt8].self).pointee
            .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
          return CAIRO_STATUS_SUCCESS
        }, output)
    }
    try Self.check(status)
    return bytes
  }
}
