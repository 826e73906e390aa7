internal import CVTerm
import Foundation
import Glibc

/// A program that was run to its end as a script would run it: without a terminal.
public struct ProgramRun: Sendable {
  /// The exit code; negative the number of the signal that killed it.
  public let status: Int32
  /// What it wrote to the standard output.
  public let output: String
  /// What it wrote to the standard error.
  public let complaint: String

  /// Thrown when a program can't be started, with the value of `errno`.
  public struct Failure: Error {
    public let step: String
    public let code: Int32
  }

  /// Runs a program of this package with exactly that environment. Its output goes through files,
  /// so that no full pipe can stop it.
  public init(
    _ program: String, _ arguments: [String],
    environment: [String: String] = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
  ) throws {
    try self.init(
      path: BuildProducts.executable(program), arguments, environment: environment)
  }

  /// Runs the program at a path with exactly that environment.
  public init(path executable: String, _ arguments: [String], environment: [String: String])
    throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(at: folder) }
    let output = folder.appending(path: "output").path
    let complaint = folder.appending(path: "complaint").path

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, complaint, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    let words: [UnsafeMutablePointer<CChar>?] =
      ([executable] + arguments).map { strdup($0) } + [nil]
    let settings: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, executable, &actions, nil, words, settings)
    guard code == 0 else { throw Failure(step: "spawn", code: code) }
    var state: Int32 = 0
    while waitpid(process, &state, 0) < 0 {
      guard errno == EINTR else { throw Failure(step: "wait", code: errno) }
    }
    let signal = state & 0x7f
    status = signal == 0 ? state >> 8 & 0xff : -signal
    self.output = String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
    self.complaint = String(
      decoding: try Data(contentsOf: URL(filePath: complaint)), as: UTF8.self)
  }
}
