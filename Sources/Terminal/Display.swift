/// What frames are shown on: a terminal, or a store of values for scripted runs.
public protocol Display: AnyObject {
  /// The size that a frame should have.
  var size: TerminalSize { get }
  /// How many colours can be told apart.
  var colorDepth: ColorDepth { get }
  /// Which characters can be drawn.
  var glyphs: GlyphSet { get }
  /// Shows a frame. What reaches beyond the display is cut, what a frame lacks is blank.
  func draw(_ grid: CellGrid)
}
