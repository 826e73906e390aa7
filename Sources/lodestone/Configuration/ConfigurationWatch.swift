import Foundation

/// Looks once a second whether the configuration has been saved, and reads it then.
///
/// A file that has gone for the moment, as editors make it, changes nothing until it is back.
final class ConfigurationWatch: Sendable {
  /// What a look found: a configuration, or why there's none.
  typealias Found = Result<Configuration, ConfigurationError>

  /// What tells a saved file from the one before.
  private struct Stamp: Hashable {
    let inode: UInt64
    let size: Int64
    let seconds: Int
    let nanoseconds: Int

    init?(_ path: String) {
      var facts = stat()
      guard stat(path, &facts) == 0 else { return nil }
      inode = UInt64(facts.st_ino)
      size = Int64(facts.st_size)
      seconds = facts.st_mtim.tv_sec
      nanoseconds = facts.st_mtim.tv_nsec
    }
  }

  private let looking: Task<Void, Never>

  /// Watches the file at a path from now on. `found` is called after every save, off the screen's
  /// thread; `read` makes a configuration of the file.
  init(
    path: String, every interval: Duration = .seconds(1),
    read: @escaping @Sendable (String) throws(ConfigurationError) -> Configuration,
    found: @escaping @Sendable (Found) -> Void
  ) {
    let first = Stamp(path)
    looking = Task.detached(priority: .background) {
      var last = first
      while true {
        do {
          try await Task.sleep(for: interval)
        } catch {
          // Cancelled: nobody listens any more.
          return
        }
        guard let stamp = Stamp(path), stamp != last else { continue }
        last = stamp
        do throws(ConfigurationError) {
          found(.success(try read(path)))
        } catch {
          found(.failure(error))
        }
      }
    }
  }

  /// Looks no more.
  func stop() {
    looking.cancel()
  }

  deinit {
    looking.cancel()
  }
}
