import Glibc

/// A file that stands for the standard error, so that a message of some library doesn't spoil the
/// picture.
final class StandardErrorLog {
  /// The log, readable.
  let descriptor: Int32
  /// The standard error as it was found.
  let original: Int32
  /// The log's length when it was opened.
  let start: Int64
  private let path: String

  /// Appends the standard error to a file, which is made where it is missing, for its owner alone.
  init(path: String) throws(TerminalError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .systemCallFailed(attempt: "open the log '\(path)'", code: errno)
    }
    original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard original >= 0 else {
      let code = errno
      close(descriptor)
      throw .systemCallFailed(attempt: "keep the standard error", code: code)
    }
    start = Int64(lseek(descriptor, 0, SEEK_END))
    fflush(nil)
    dup2(descriptor, STDERR_FILENO)
  }

  /// Gives the standard error back; a log that nothing was written to goes. To be called once.
  func restore() {
    fflush(nil)
    dup2(original, STDERR_FILENO)
    close(original)
    if lseek(descriptor, 0, SEEK_END) == 0 { unlink(path) }
    close(descriptor)
  }
}
