import Foundation

/// The programs that were built along with the tests.
public enum BuildProducts {
  /// Thrown when a program was not built along with the tests.
  public struct Missing: Error {
    public let name: String
    public let searched: [String]
  }

  /// The path of a program of this package.
  public static func executable(_ name: String) throws -> String {
    var folders = [URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()]
    // Where a helper runs the tests it is told of the bundle that it shall load.
    folders += CommandLine.arguments.filter { $0.hasSuffix(".xctest") }.map { URL(filePath: $0) }
    let paths = folders.map { $0.deletingLastPathComponent().appending(path: name).path }
    guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw Missing(name: name, searched: paths)
    }
    return path
  }
}
