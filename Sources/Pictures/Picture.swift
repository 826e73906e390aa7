import Terminal

/// A frame as a picture, with its exact colours: to be shared, printed, put into a document.
///
/// Blocks, lines, braille and marks are drawn as shapes, so that bars join without seams whatever
/// font there is; all other characters are words in a monospaced font. The same frame gives the same
/// bytes; those of a PNG depend on the fonts of the machine as well.
public enum Picture {
  /// The frame as SVG, self-contained: no scripts, no links, no embedded fonts. A title is told to
  /// screen readers and shown by browsers.
  public static func svg(
    _ grid: CellGrid, title: String? = nil, colors: PictureColors = .dark
  ) -> String {
    SVGWriter(Drawing(grid, colors: colors), title: title).text
  }

  /// The frame as a PNG. A cell is 8 by 16 pixels times `scale`, which is kept between 1 and 8.
  public static func png(
    _ grid: CellGrid, colors: PictureColors = .dark, scale: Int = 2
  ) throws(PictureError) -> [UInt8] {
    let raster = try Raster(Drawing(grid, colors: colors), scale: min(max(scale, 1), 8))
    return try raster.png()
  }
}
