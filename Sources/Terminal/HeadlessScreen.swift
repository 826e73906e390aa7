/// A display without a terminal: it keeps what it is shown. For scripted runs and tests.
public final class HeadlessScreen: Display {
  public var size: TerminalSize
  public let colorDepth: ColorDepth
  public let glyphs: GlyphSet
  /// The last frame; nil before the first.
  public private(set) var frame: CellGrid?
  /// How many times the picture changed.
  public private(set) var framesDrawn = 0

  /// A display of that size.
  public init(size: TerminalSize, colorDepth: ColorDepth = .truecolor, glyphs: GlyphSet = .full) {
    self.size = size
    self.colorDepth = colorDepth
    self.glyphs = glyphs
  }

  public func draw(_ grid: CellGrid) {
    let fitted = grid.fitted(to: size)
    guard fitted != frame else { return }
    frame = fitted
    framesDrawn += 1
  }
}
