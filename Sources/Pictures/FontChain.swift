internal import CCairo

/// The fonts that characters are taken from: the first one that has the character.
final class FontChain {
  /// What a word's characters look like.
  struct Look: Hashable {
    var isBold: Bool
    var isItalic: Bool
  }

  /// A character in a font.
  struct Glyph {
    /// The font, at the size of the cells.
    let font: OpaquePointer
    /// Its number in the font.
    let index: UInt
    /// How wide it is, in pixels.
    let advance: Double
  }

  /// Where the machine has none of them, fontconfig names the nearest that it has.
  private static let families = [
    "DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono", "monospace", "DejaVu Sans",
    "Noto Sans Symbols 2", "sans-serif",
  ]

  private var fonts: [OpaquePointer] = []
  private var known: [Unicode.Scalar: Glyph?] = [:]
  private let ascent: Double
  private let descent: Double

  /// The fonts of a look, so large that a letter of the first is as wide as a cell.
  init(_ look: Look, cellWidth: Double) {
    let slant = look.isItalic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL
    let weight = look.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL
    // Hints depend on the machine's settings; without them the picture depends on the font alone.
    let options = cairo_font_options_create()
    defer { cairo_font_options_destroy(options) }
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    var size = cellWidth
    for family in Self.families {
      guard let face = cairo_toy_font_face_create(family, slant, weight) else { continue }
      defer { cairo_font_face_destroy(face) }
      if fonts.isEmpty, let trial = Self.scaled(face, size: 100, options) {
        let width = Self.glyph("M", in: trial)?.advance ?? 60
        cairo_scaled_font_destroy(trial)
        if width > 0 { size = cellWidth / width * 100 }
      }
      if let font = Self.scaled(face, size: size, options) { fonts.append(font) }
    }
    var extents = cairo_font_extents_t()
    if let first = fonts.first { cairo_scaled_font_extents(first, &extents) }
    ascent = extents.ascent
    descent = extents.descent
  }

  deinit {
    for font in fonts { cairo_scaled_font_destroy(font) }
  }

  private static func scaled(
    _ face: OpaquePointer, size: Double, _ options: OpaquePointer?
  ) -> OpaquePointer? {
    var place = cairo_matrix_t()
    var whole = cairo_matrix_t()
    cairo_matrix_init_scale(&place, size, size)
    cairo_matrix_init_identity(&whole)
    guard let font = cairo_scaled_font_create(face, &place, &whole, options) else { return nil }
    guard cairo_scaled_font_status(font) == CAIRO_STATUS_SUCCESS else {
      cairo_scaled_font_destroy(font)
      return nil
    }
    return font
  }

  /// Pixels from the top of a cell of that height to the line on which characters stand.
  func baseline(_ cellHeight: Double) -> Double {
    ((cellHeight - ascent - descent) / 2 + ascent).rounded()
  }

  /// A character in the first font that has it; in the first font's sign for what it lacks where none
  /// has it. Nil where there is no font at all.
  func glyph(of scalar: Unicode.Scalar) -> Glyph? {
    if let glyph = known[scalar] { return glyph }
    var found: Glyph?
    for font in fonts {
      guard let glyph = Self.glyph(scalar, in: font) else { continue }
      if found == nil || glyph.index != 0 { found = glyph }
      if glyph.index != 0 { break }
    }
    known[scalar] = .some(found)
    return found
  }

  private static func glyph(_ scalar: Unicode.Scalar, in font: OpaquePointer) -> Glyph? {
    var text = Array(String(scalar).utf8CString)
    var glyphs: UnsafeMutablePointer<cairo_glyph_t>?
    var count: Int32 = 0
    let status = cairo_scaled_font_text_to_glyphs(
      font, 0, 0, &text, Int32(text.count - 1), &glyphs, &count, nil, nil, nil)
    guard status == CAIRO_STATUS_SUCCESS, let glyphs, count > 0 else { return nil }
    defer { cairo_glyph_free(glyphs) }
    var extents = cairo_text_extents_t()
    cairo_scaled_font_glyph_extents(font, glyphs, 1, &extents)
    return Glyph(font: font, index: glyphs[0].index, advance: extents.x_advance)
  }
}
