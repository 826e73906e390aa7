import Foundation
import TestSupport

/// Looks at what a program writes to its terminal, at a line's speed, and when.
///
/// What is written is counted in the terminal, before the line takes it: a slow line takes longer to
/// show a frame, and must not keep the program from writing it.
final class Watch {
  private let terminal: PseudoTerminal
  /// Bytes a second that the line takes; nil for all.
  private let bytesPerSecond: Double?
  private let begin = ContinuousClock.now
  private let (beginBytes, beginFrames, beginProcessor): (Int, Int, Double)
  private var taken = 0.0
  private var waits: [(milliseconds: Double, key: String)] = []

  /// How long nothing has to be written for a frame to be over.
  private static let quiet = Duration.milliseconds(3)
  /// How long a key's frame is waited for before the key counts as not answered.
  private static let limit = Duration.seconds(1)

  init(_ terminal: PseudoTerminal, bytesPerSecond: Double? = nil) {
    self.terminal = terminal
    self.bytesPerSecond = bytesPerSecond
    beginBytes = terminal.writtenCount
    beginFrames = terminal.frameCount
    beginProcessor = Self.processorSeconds(of: terminal.process)
  }

  /// Lets time pass.
  @discardableResult func pass(seconds: Double) -> Figures {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end { look() }
    return figures
  }

  /// Presses keys one after another, so many in all, with a pause after each. Each must change what
  /// is seen: otherwise the next frame of the market is taken for its answer.
  @discardableResult func press(_ keys: [String], pause: Double, count: Int) -> Figures {
    for number in 0..<count {
      let next = ContinuousClock.now + .seconds(pause)
      press(keys[number % keys.count])
      while ContinuousClock.now < next { look() }
    }
    return figures
  }

  private func press(_ key: String) {
    let start = ContinuousClock.now
    let before = terminal.writtenCount
    guard terminal.sendWithoutReading(key) else { return }
    var (seen, last) = (before, start)
    while ContinuousClock.now - (seen > before ? last : start + Self.limit) < Self.quiet {
      look()
      let written = terminal.writtenCount
      if written > seen { (seen, last) = (written, ContinuousClock.now) }
    }
    if seen > before { waits.append(((last - start) / .milliseconds(1), key)) }
  }

  /// Takes what the line can take by now, a few hundred times a second.
  private func look() {
    if let bytesPerSecond {
      let due = (ContinuousClock.now - begin) / .seconds(1) * bytesPerSecond
      if due - taken >= 256 { taken += Double(max(terminal.take(atMost: 256), 1)) }
    } else {
      terminal.take(atMost: .max)
    }
    usleep(300)
  }

  private var figures: Figures {
    while terminal.take(atMost: .max) > 0 {}
    return Figures(
      wall: (ContinuousClock.now - begin) / .seconds(1),
      processor: Self.processorSeconds(of: terminal.process) - beginProcessor,
      frames: terminal.frameCount - beginFrames, bytes: terminal.writtenCount - beginBytes,
      waits: waits.sorted { $0.milliseconds < $1.milliseconds })
  }

  /// The processor time of a process so far, in seconds: fields 14 and 15 of Linux's proc(5) stat.
  private static func processorSeconds(of process: Int32) -> Double {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return .nan }
    let fields = text[name...].split(separator: " ")
    guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
      return .nan
    }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
