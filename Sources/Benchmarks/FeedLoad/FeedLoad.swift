import Foundation
import Market
import MarketData
import Synchronization

/// Measures what following live venues costs: memory, a core's share, and whether a message is lost.
///
/// It takes where the venues are from the first line of its input, as the emulator's program prints
/// it, follows one coin on all of them for so many seconds, and prints a line every ten:
///
///     VenueEmulatorServer --rate 2000 --seconds 660 | FeedLoad 600
@main
struct FeedLoad {
  static func main() async throws {
    let seconds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 60
    guard let line = readLine() else { return fail("no line of endpoints on the input") }
    guard let settings = try settings(of: line) else { return fail("no endpoints in: \(line)") }
    let feeds = try LiveFeeds(settings: settings, seed: 1)
    let facts = Mutex(0)
    let states = Mutex<[Venue: FeedStatus]>([:])
    let reader = Task { [updates = feeds.updates] in
      for await update in updates {
        switch update {
        case .facts(_, _, let events): facts.withLock { $0 += events.count }
        case .status(let venue, _, let status): states.withLock { $0[venue] = status }
        case .standing, .maintenanceTiers, .instruments: break
        }
      }
    }
    feeds.watch(Instrument(base: "BTC"), back: .days(2))
    // History and its decoding are paid once; the stream is what goes on.
    try await Task.sleep(for: .seconds(20))
    let (begin, beginCPU) = (ContinuousClock.now, Self.processorSeconds)
    let before = await feeds.received().values.reduce(0, +)
    var passed = 0
    while passed < seconds {
      let step = min(10, seconds - passed)
      try await Task.sleep(for: .seconds(step))
      passed += step
      let wall = (ContinuousClock.now - begin) / .seconds(1)
      let cpu = Self.processorSeconds - beginCPU
      let count = await feeds.received().values.reduce(0, +) - before
      print(
        "\(passed) s: \(count) messages, \(Self.rounded(Double(count) / wall)) a second, "
          + "\(Self.rounded(100 * cpu / wall)) % of a core, "
          + "\(Self.rounded(1e6 * cpu / Double(max(count, 1)))) us each, "
          + "\(Self.residentKilobytes / 1_024) MiB, \(facts.withLock { $0 }) facts")
    }
    let received = await feeds.received()
    for (venue, status) in states.withLock({ $0 }).sorted(by: { $0.key.rawValue < $1.key.rawValue })
    {
      print(
        "\(venue.rawValue): \(received[venue] ?? 0) messages, dropped \(status.dropped), "
          + "\(status.health), gaps \(status.gaps.count)")
    }
    await feeds.shutdown()
    await reader.value
  }

  private static func fail(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
    exit(1)
  }

  private static func settings(of line: String) throws -> FeedSettings? {
    guard
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
      let venues = object["venues"] as? [String: [String: String]]
    else { return nil }
    var settings = FeedSettings(venues: [:])
    if let file = object["authority"] as? String { settings.trust = try Trust(extraFile: file) }
    for (name, endpoints) in venues {
      guard let venue = Venue(rawValue: name), let rest = endpoints["rest_url"],
        let stream = endpoints["stream_url"]
      else { return nil }
      settings.venues[venue] = FeedSettings.VenueSettings(
        rest: try Endpoint(rest, kind: .rest), stream: try Endpoint(stream, kind: .stream))
    }
    return settings
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  /// Of this process, its own and the system's on its behalf.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static var residentKilobytes: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return 0  // A system without it shows no memory.
    }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE))) / 1_024
  }
}
