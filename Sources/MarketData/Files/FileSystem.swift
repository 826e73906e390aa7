import Foundation

/// The few calls that market data files are read with.
enum FileSystem {
  /// What stands at a path.
  enum Kind {
    case file
    case folder
  }

  /// A file found by a search.
  struct Entry {
    /// The path that opens it.
    let path: String
    /// The path within the folder that was searched.
    let name: String
  }

  /// How deep folders are searched; data.binance.vision's own tree is seven deep.
  private static let depthLimit = 12

  /// What stands at the path, links followed.
  static func kind(_ path: String) throws(FileError) -> Kind {
    (try status(path).st_mode & S_IFMT) == S_IFDIR ? .folder : .file
  }

  /// All bytes of a file, or its first `prefix` ones; pipes are read to their end.
  static func read(_ path: String, prefix: Int? = nil) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
    var content: [UInt8] = []
    // A pipe has no size; it is held to the limit as it is read.
    let expected = min(Int(status.st_size), prefix ?? .max)
    guard expected <= TableBytes.sizeLimit else {
      throw TableBytes.tooLarge(path, limit: TableBytes.sizeLimit)
    }
    content.reserveCapacity(expected)
    var chunk = [UInt8](repeating: 0, count: 256 << 10)
    while content.count < prefix ?? .max {
      let count = Foundation.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path, errno)
      }
      if count == 0 { break }
      content += chunk[..<count]
      guard content.count <= TableBytes.sizeLimit else {
        throw TableBytes.tooLarge(path, limit: TableBytes.sizeLimit)
      }
    }
    return content
  }

  /// The tables in a folder and the folders within it, by path; hidden ones are passed over.
  /// `unreadable` are folders within it that the operating system keeps closed, and why.
  static func tables(
    in folder: String
  ) throws(FileError) -> (found: [Entry], unreadable: [(name: String, reason: String)]) {
    var found: [Entry] = []
    var unreadable: [(name: String, reason: String)] = []
    // A folder is entered once, so that links in a circle end.
    var entered: Set<[UInt64]> = []
    var pending = [(path: folder, name: "", depth: 0)]
    while let next = pending.popLast() {
      let names: [String]
      do throws(FileError) {
        let status = try status(next.path)
        guard entered.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted else {
          continue
        }
        names = try list(next.path)
      } catch {
        guard next.depth > 0 else { throw error }
        guard case .unreadable(_, let reason) = error else { throw error }
        unreadable.append((next.name, reason))
        continue
      }
      for name in names where !name.hasPrefix(".") {
        let path = next.path + "/" + name
        let shown = next.name.isEmpty ? name : next.name + "/" + name
        var status = stat()
        // A link to nowhere, or a file that went away meanwhile, is no table.
        guard stat(path, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          if next.depth < depthLimit { pending.append((path, shown, next.depth + 1)) }
        } else if status.st_mode & S_IFMT == S_IFREG, FileName.isTable(name) {
          found.append(Entry(path: path, name: shown))
        }
      }
    }
    found.sort { $0.name < $1.name }
    unreadable.sort { $0.name < $1.name }
    return (found, unreadable)
  }

  private static func list(_ folder: String) throws(FileError) -> [String] {
    guard let stream = opendir(folder) else { throw failure(folder, errno) }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee))
        { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw failure(folder, errno) }
    return names
  }

  private static func status(_ path: String) throws(FileError) -> stat {
    var status = stat()
    guard stat(path, &status) == 0 else { throw failure(path, errno) }
    return status
  }

  private static func failure(_ path: String, _ code: Int32) -> FileError {
    if code == ENOENT || code == ENOTDIR { return FileError.notFound(path: path) }
    return FileError.unreadable(path: path, reason: String(cString: strerror(code)))
  }
}
