import Foundation
import LiveMap
import MapEngine

/// A program that is run for an alert: directly, never through a shell. It is given the sentence as
/// its last argument, and everything in its environment as `LODESTONE_ALERT_...`.
struct AlertProgram: AlertCommand {
  /// Where the program is.
  let path: String
  /// What it is given before the sentence.
  let arguments: [String]
  /// How long it may run before it and what it started are killed.
  let patience: Duration
  private let environment: [String: String]

  /// The program of that name: a path, or a name to be found in `PATH`.
  /// - Throws: a sentence where there is no such program.
  init(
    _ name: String, arguments: [String] = [], environment: [String: String],
    patience: Duration = .seconds(10)
  ) throws(Refusal) {
    let places =
      name.contains("/")
      ? [name]
      : (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
    var isFolder = ObjCBool(false)
    let found = places.first { path in
      FileManager.default.isExecutableFile(atPath: path)
        && FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
    guard let found else { throw Refusal("\"\(name)\" is no program that can be run") }
    path = found
    self.arguments = arguments
    self.environment = environment
    self.patience = patience
  }

  /// What the environment tells the program.
  static func variables(_ alert: FiredAlert) -> [String: String] {
    var variables = [
      "LODESTONE_ALERT_SENTENCE": alert.sentence,
      "LODESTONE_ALERT_KIND": alert.rule.condition.kind,
      "LODESTONE_ALERT_RULE": alert.rule.description,
      "LODESTONE_ALERT_INSTRUMENT": alert.instrument.symbol,
      "LODESTONE_ALERT_TIME": alert.time.description,
      "LODESTONE_ALERT_BASIS": alert.basis.rawValue,
      "LODESTONE_ALERT_SIMULATED": alert.isSimulated ? "1" : "0",
      "LODESTONE_ALERT_VENUES": alert.venues.map(\.rawValue).joined(separator: ","),
    ]
    variables["LODESTONE_ALERT_PRICE"] = alert.price.map { "\($0)" }
    variables["LODESTONE_ALERT_SIDE"] = alert.side?.rawValue
    variables["LODESTONE_ALERT_LEVEL"] = alert.level.map { "\($0)" }
    variables["LODESTONE_ALERT_USD"] = alert.usd.map { "\($0)" }
    // A zero byte would end a text early.
    return variables.mapValues { $0.replacing("\0", with: " ") }
  }

  func run(_ alert: FiredAlert) async -> String? {
    let process = Process()
    process.executableURL = URL(filePath: path)
    let variables = Self.variables(alert)
    process.arguments = arguments + [variables["LODESTONE_ALERT_SENTENCE"] ?? ""]
    process.environment = environment.merging(variables) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let (ends, ended) = AsyncStream<String?>.makeStream()
    process.terminationHandler = { process in
      let status = process.terminationStatus
      switch process.terminationReason {
      case .exit: ended.yield(status == 0 ? nil : "ended with \(status)")
      default: ended.yield("was ended by signal \(status)")
      }
      ended.finish()
    }
    do {
      try process.run()
    } catch {
      return "\(path) can't be started: \(error.localizedDescription)"
    }
    let identifier = process.processIdentifier
    guard let end = await Self.first(of: ends, within: patience) else {
      Self.kill(identifier)
      return "\(path) was stopped: it ran longer than \(patience)"
    }
    return end.map { "\(path) \($0)" }
  }

  /// The first value; nil where none comes in time, or the task is cancelled.
  private static func first(
    of ends: AsyncStream<String?>, within patience: Duration
  ) async -> String?? {
    await withTaskGroup(of: String??.self) { group in
      group.addTask {
        for await end in ends { return .some(end) }
        return .none
      }
      group.addTask {
        // Cancelled is over as well.
        try? await Task.sleep(for: patience)
        return .none
      }
      defer { group.cancelAll() }
      return await group.next() ?? .none
    }
  }

  /// Kills the program and what it started: it leads a process group of its own.
  private static func kill(_ identifier: Int32) {
    if Foundation.kill(-identifier, SIGKILL) != 0 { _ = Foundation.kill(identifier, SIGKILL) }
  }
}
