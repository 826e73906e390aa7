import Foundation
import TestSupport

/// Measures what a person at the screen waits for, and what the open screen costs: the program on a
/// terminal of 200x50 in direct colour, over live venues that send what they are told to.
///
///     VenueEmulatorServer --plain --rate 100 --config live.toml &
///     ScreenLoad .build/release/lodestone live.toml recorded.csv 0.046
///
/// The last argument is how many seconds the engine's C reference takes on this machine, for shares
/// of a core are worth what the core is: on one on which it takes longer than on the machine that
/// the budget was set for, more is allowed, in proportion.
///
/// Each line is one part of a day: how long the last byte of the frame that answers a key took, the
/// program's share of a core, and bytes a frame. Exits 1 where a budget isn't kept.
@main
struct ScreenLoad {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count == 5, let reference = Double(words[4]), reference > 0 else {
      print(
        "usage: ScreenLoad <lodestone> <configuration of live venues> <recorded file> "
          + "<seconds of the reference>")
      exit(2)
    }
    let bench = ScreenLoad(
      program: words[1], configuration: words[2], recording: words[3],
      share: 0.03 * max(reference / 0.05, 1))
    exit(try bench.run() ? 0 : 1)
  }

  private let program, configuration, recording: String
  /// The share of a core that the moving screen may take: 3 % where the reference takes 50 ms.
  private let share: Double

  /// How long the last byte of a key's frame may take, at the 99th percentile, and that of another
  /// symbol, in milliseconds.
  private static let (patience, symbolPatience) = (16.0, 50.0)
  /// Bytes a second of a slow line.
  private static let slowLine = 20_000

  private func run() throws -> Bool {
    let live = try start(["--config", configuration])
    defer { live.signal(SIGTERM) }
    guard live.shows("BTC"), live.shows("magnet") else {
      print("no map within 20 seconds")
      return false
    }
    // History and its studies are paid once.
    Watch(live).pass(seconds: 60)
    var isKept = true
    func check(_ name: String, _ figures: Figures, _ budgets: Figures.Budgets) {
      let broken = figures.broken(budgets)
      print("\(name): \(figures)" + (broken.isEmpty ? "" : "  OVER: " + broken))
      isKept = isKept && broken.isEmpty
    }
    check("open, nothing pressed", Watch(live).pass(seconds: 60), .init(share: share))
    check(
      "crosshair, 10 keys a second",
      Watch(live).press(["\u{1b}[C", "\u{1b}[C", "\u{1b}[D"], pause: 0.1, count: 600),
      .init(share: share, patience: Self.patience))
    live.send("\u{1b}")
    check(
      "every view, zoom, panels, help",
      Watch(live).press(
        ["2", "3", "4", "5", "6", "1", "+", "+", "-", "0", "i", "i", "g", "m", "?", "?"],
        pause: 0.3, count: 160),
      .init(patience: Self.patience))
    Watch(live).press(["\t"], pause: 3, count: 8)
    check(
      "the next of the warm symbols", Watch(live).press(["\t"], pause: 0.5, count: 60),
      .init(patience: Self.symbolPatience))
    let slow = try start(
      ["--config", configuration], ["LODESTONE_BYTES_PER_SECOND": "\(Self.slowLine)"])
    defer { slow.signal(SIGTERM) }
    guard slow.shows("magnet") else { return false }
    Watch(slow).pass(seconds: 30)
    check(
      "crosshair on a line of \(Self.slowLine) bytes a second, and told so",
      Watch(slow, bytesPerSecond: Double(Self.slowLine))
        .press(["\u{1b}[C", "\u{1b}[C", "\u{1b}[D"], pause: 0.3, count: 120),
      .init(patience: Self.patience))
    let file = try start(["--source", recording, "--timeframe", "1d"])
    defer { file.signal(SIGTERM) }
    guard file.shows("magnet") else {
      print("no map of \(recording) within 20 seconds")
      return false
    }
    Watch(file).pass(seconds: 5)
    check("a recording, nothing pressed", Watch(file).pass(seconds: 10), .init(bytes: 0))
    return isKept
  }

  private func start(
    _ arguments: [String], _ changes: [String: String] = [:]
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      executable: program, arguments: arguments + ["--no-state"],
      environment: PseudoTerminal.environment(
        changes.merging(["HOME": NSTemporaryDirectory()]) { $1 }), width: 200, height: 50)
  }
}
