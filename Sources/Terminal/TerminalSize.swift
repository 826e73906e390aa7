/// The size of a window, in cells.
public struct TerminalSize: Hashable, Sendable {
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int

  /// A size of those parts.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}
