import Foundation

/// The facts that some tests read from beside the project. They are never committed.
public enum SharedData {
  /// The folder `shared` beside the checkout; nil where it is absent.
  public static let folder: URL? = {
    let shared = Checkout.folder.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: shared.path) ? shared : nil
  }()

  /// Whether the folder is there: the condition of every test that reads it.
  public static var isPresent: Bool { folder != nil }

  /// Why a test that needs the folder was skipped.
  public static let absence = "no folder `shared` stands beside the checkout"

  /// A file within the folder.
  public static func file(_ path: String) throws -> URL {
    guard let folder else { throw Absent() }
    return folder.appending(path: path)
  }

  /// Thrown when a test reads the folder without asking first.
  public struct Absent: Error {}
}
