import ArgumentParser
import Foundation

/// The process: it runs the command that the arguments name and turns failures into a sentence on
/// the standard error and an exit code: 1 for run time, 2 for usage, input or terminal, or what the
/// command gives a meaning of its own.
@main
enum Main {
  static func main() async {
    // A pipe that closes early (`| head`) is no fault of ours to crash on.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try Lodestone.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      StandardOutput.complain("lodestone: \(failure.sentence)")
      exit(failure.kind.rawValue)
    } catch {
      let code = Lodestone.exitCode(for: error)
      let message = Lodestone.fullMessage(for: error)
      if code == .success {
        StandardOutput.print(message)
        exit(0)
      }
      if !message.isEmpty { StandardOutput.complain(message) }
      // ArgumentParser says 64 (EX_USAGE) for what the user typed wrong.
      exit(code == .validationFailure ? CommandFailure.Kind.usage.rawValue : code.rawValue)
    }
  }
}

/// Why a command ended without doing what it was asked to.
struct CommandFailure: Error {
  /// What the exit code tells a script.
  enum Kind: Int32 {
    /// Something failed while running.
    case runTime = 1
    /// The arguments, the input or the terminal are not what the command needs.
    case usage = 2
  }

  /// What the exit code tells a script.
  let kind: Kind
  /// What is wrong, where, and what to do.
  let sentence: String

  /// A failure of that kind.
  init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }
}

/// The standard streams, written to the last byte.
enum StandardOutput {
  /// Writes a text and a line break to the standard output. A reader that has gone away ends the
  /// process quietly, as it does any filter; any other failure is said.
  static func print(_ text: String) {
    write(Array((text + "\n").utf8))
  }

  /// Writes bytes to the standard output, as `print` does.
  static func write(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count > 0 {
        sent += count
        continue
      }
      let code = errno
      if code == EINTR { continue }
      if code != EPIPE {
        complain("lodestone: the output can't be written: \(String(cString: strerror(code)))")
      }
      exit(CommandFailure.Kind.runTime.rawValue)
    }
  }

  /// Writes a control sequence to the standard error, where a terminal may be.
  static func signal(_ sequence: String) {
    // An alert is printed all the same where nobody can hear its bell.
    try? FileHandle.standardError.write(contentsOf: Data(sequence.utf8))
  }

  /// Writes a text and a line break to the standard error.
  static func complain(_ text: String) {
    // There's nobody left to tell when the standard error itself is gone.
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }
}
