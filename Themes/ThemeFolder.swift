import Foundation

/// The theme files of a user's own folder.
public struct ThemeFolder: Sendable {
  /// A file, or the folder itself, that couldn't be read.
  public struct Unreadable: Hashable, Sendable {
    /// Its path.
    public let path: String
    /// Why not, as a sentence without a full stop.
    public let reason: String
  }

  /// Files larger than this, in bytes, are no themes.
  public static let sizeLimit = 1 << 18

  /// The texts of all files whose names end in `.toml`, by name.
  public private(set) var sources: [ThemeSource] = []
  /// What couldn't be read.
  public private(set) var unreadable: [Unreadable] = []

  /// Reads the folder at that path. A folder that isn't there holds no themes, and that is no fault.
  public init(path: String) {
    let folder = URL(filePath: path, directoryHint: .isDirectory)
    guard FileManager.default.fileExists(atPath: folder.path) else { return }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    } catch {
      unreadable.append(Unreadable(path: path, reason: Self.reason(error)))
      return
    }
    for name in names.sorted() where name.hasSuffix(".toml") && !name.hasPrefix(".") {
      read(folder.appending(path: name), name: String(name.dropLast(5)))
    }
  }

  private mutating func read(_ file: URL, name: String) {
    do {
      let values = try file.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
      let target = try file.resolvingSymlinksInPath().resourceValues(
        forKeys: [.isRegularFileKey, .fileSizeKey])
      // A pipe would never end, so nothing but a file is opened.
      guard values.isRegularFile == true || target.isRegularFile == true else {
        unreadable.append(Unreadable(path: file.path, reason: "is no file"))
        return
      }
      guard (target.fileSize ?? 0) <= Self.sizeLimit else {
        unreadable.append(
          Unreadable(
            path: file.path, reason: "is larger than the \(Self.sizeLimit) bytes of any theme"))
        return
      }
      let data = try Data(contentsOf: file)
      guard let text = String(data: data, encoding: .utf8) else {
        unreadable.append(Unreadable(path: file.path, reason: "is no text in UTF-8"))
        return
      }
      sources.append(ThemeSource(name: name, path: file.path, toml: text))
    } catch {
      unreadable.append(Unreadable(path: file.path, reason: Self.reason(error)))
    }
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let underlying, underlying.domain == NSPOSIXErrorDomain else {
      return "can't be read: \(error.localizedDescription)"
    }
    return "can't be read: \(String(cString: strerror(Int32(underlying.code))))"
  }
}
