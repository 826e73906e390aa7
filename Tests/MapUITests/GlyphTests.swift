import Terminal
import Testing

@testable import MapUI

/// What the characters of the poorest font can be told apart by.
@Suite struct GlyphTests {
  @Test func `in ASCII whatever the map is made of has a character of its own`() {
    let glyphs = Glyphs(set: .ascii)
    let parts: [(String, Unicode.Scalar)] =
      (0..<5).map { ("layer \($0)", glyphs.texture($0, of: 5, overColor: false)) } + [
        ("cumulative line", glyphs.lower("\u{2812}")), ("magnet", glyphs.lower("◆")),
        ("other cluster", glyphs.lower("◇")), ("tick of an axis", glyphs.lower("┤")),
        ("axis", glyphs.lower("│")), ("grid", glyphs.lower("·")),
        ("ghost above", glyphs.lower("┊")), ("ghost below", glyphs.lower("╎")),
        ("shorts' baseline", glyphs.baseline(false, column: 0)), ("pointer", glyphs.lower("▲")),
      ]
    for (place, part) in parts.enumerated() {
      for other in parts[..<place] {
        #expect(part.1 != other.1, "\(part.0) and \(other.0) are both \(part.1)")
      }
    }
  }

  @Test func `the magnet is none of the shades that an ASCII heatmap is made of`() {
    let magnet = Glyphs(set: .ascii).lower("◆")
    let state = ViewFixture.studied(
      .heatmap, width: 120, height: 35, theme: "default", depth: .mono, glyphs: .ascii)
    let ramp = HeatmapRamp(
      Palette(state.theme, depth: .mono, layerCount: 5), glyphs: .ascii)
    #expect(!ramp.characters.contains(magnet))
  }
}
