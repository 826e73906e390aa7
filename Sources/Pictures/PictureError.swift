/// Why a picture can't be drawn.
public enum PictureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The picture would have more pixels than can be held.
  case tooLarge(width: Int, height: Int)
  /// The frame has no cells.
  case empty
  /// The drawing library refused, in its own words.
  case refused(String)

  public var description: String {
    switch self {
    case .tooLarge(let width, let height):
      "a picture of \(width)x\(height) pixels is too large; draw fewer columns or rows"
    case .empty: "a frame without cells makes no picture"
    case .refused(let words): "the picture can't be drawn: \(words)"
    }
  }
}
