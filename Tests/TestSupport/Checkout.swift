import Foundation

/// The project's own files, as they stand in the checkout that the tests were built from.
public enum Checkout {
  /// The top level.
  public static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// What a file holds, by its path from the top.
  public static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }
}
