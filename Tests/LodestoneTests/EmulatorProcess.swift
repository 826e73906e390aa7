import Foundation
import TestSupport

/// The emulated venues as a program of their own, for programs that are run against them.
final class EmulatorProcess {
  /// Why it doesn't serve.
  struct Failure: Error {
    let said: String
  }

  /// What it says of the venues when it is ready.
  struct Endpoint: Decodable {
    let rest_url, stream_url: String
  }

  /// What its clients did that the venues' documentation forbids.
  struct Report: Decodable {
    let violations: Int
  }

  private struct Announcement: Decodable {
    let venues: [String: Endpoint]
  }

  /// The configuration that leads to it.
  let configuration: String
  /// The certificate authority to trust; empty where everything is plain.
  let authority: String
  /// Where each venue is.
  let venues: [String: Endpoint]
  private let process = Process()
  private let folder: URL
  private var output: URL { folder.appending(path: "output") }

  /// Starts it and waits until it serves.
  init(_ options: [String]) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    configuration = folder.appending(path: "config.toml").path
    authority = options.contains("--plain") ? "" : folder.appending(path: "authority.pem").path
    let output = folder.appending(path: "output")
    try Data().write(to: output)
    process.executableURL = URL(filePath: try BuildProducts.executable("VenueEmulatorServer"))
    process.arguments =
      ["--config", configuration] + (authority.isEmpty ? [] : ["--authority", authority])
      + options
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    let deadline = ContinuousClock.now + .seconds(120)
    while true {
      let said = try String(contentsOf: output, encoding: .utf8)
      if let end = said.firstIndex(of: "\n") {
        venues = try JSONDecoder().decode(Announcement.self, from: Data(said[..<end].utf8)).venues
        return
      }
      guard process.isRunning, ContinuousClock.now < deadline else {
        process.terminate()
        throw Failure(said: said)
      }
      usleep(50_000)
    }
  }

  deinit {
    if process.isRunning { process.terminate() }
    // The system empties its folder of temporary files.
    _ = try? FileManager.default.removeItem(at: folder)
  }

  /// Ends it and reads its report.
  func end() throws -> Report {
    process.terminate()
    process.waitUntilExit()
    let said = try String(contentsOf: output, encoding: .utf8)
    guard let line = said.split(separator: "\n").last else { throw Failure(said: said) }
    return try JSONDecoder().decode(Report.self, from: Data(line.utf8))
  }
}
