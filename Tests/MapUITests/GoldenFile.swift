import Foundation
import Testing

/// A file that frames are held against.
struct GoldenFile {
  /// The file's name in the folder of golden files, without its ending.
  let name: String

  private var url: URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name).txt")
  }

  /// Whether files are written anew instead of read.
  static var isRewriting: Bool {
    ProcessInfo.processInfo.environment["LODESTONE_REWRITE_GOLDEN"] != nil
  }

  func write(_ text: String) throws {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  /// What the file holds; nil, and a failure that says what to do, where there is none.
  func read() throws -> String? {
    guard FileManager.default.fileExists(atPath: url.path) else {
      Issue.record("there is no Golden/\(name).txt: LODESTONE_REWRITE_GOLDEN=1 writes it")
      return nil
    }
    return try String(contentsOf: url, encoding: .utf8)
  }
}
