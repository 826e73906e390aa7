import MapEngine
import Market
import Testing

@testable import LiveMap

@Suite("Alerts judged in the background")
struct AlertRunnerTests {
  private static let btc = Instrument(base: "BTC")

  /// A runner, and what it reports.
  private final class Bench: Sendable {
    let runner: AlertRunner
    private let signals: AsyncStream<Void>

    init(_ rules: String...) throws {
      let (signals, signal) = AsyncStream<Void>.makeStream()
      self.signals = signals
      runner = AlertRunner(rules: try rules.map { try AlertRule($0) }) { signal.yield() }
    }

    /// The next report.
    func report() async throws -> AlertRunner.Report {
      for await _ in signals {
        if let report = runner.take() { return report }
      }
      throw CancellationError()
    }
  }

  private func seen(
    _ price: Double, second: Int64 = 0, on instrument: Instrument = btc, simulated: Bool = false
  ) -> AlertObservation {
    AlertObservation(
      time: ScriptedFeeds.now + .seconds(second), instrument: instrument, price: price,
      isSimulated: simulated)
  }

  @Test(.timeLimit(.minutes(1)))
  func `what fires is reported once, with the rules that rest`() async throws {
    let bench = try Bench("price:above=100")
    bench.runner.observe(seen(99))
    bench.runner.observe(seen(101, second: 1))
    let report = try await bench.report()
    #expect(report.fired.map(\.price) == [101])
    #expect(report.resting == ["price:above=100": [Self.btc]])
    // Below the level again it is armed, and nothing fires.
    bench.runner.observe(seen(90, second: 2))
    let next = try await bench.report()
    #expect(next.fired.isEmpty && next.resting.isEmpty && bench.runner.take() == nil)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a change to another market is no move of the price`() async throws {
    let bench = try Bench("price:cross=80,on=BTC", "price:above=1,on=ETH")
    for (second, price, simulated) in [(0, 100.0, false), (1, 50, true), (2, 100, false)] {
      bench.runner.observe(seen(price, second: Int64(second), simulated: simulated))
    }
    bench.runner.observe(seen(5, second: 3, on: Instrument(base: "ETH")))
    #expect(try await bench.report().fired.map(\.instrument.base) == ["ETH"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a new rule is judged on a market that stands still`() async throws {
    let bench = try Bench("price:above=1")
    bench.runner.observe(seen(99))
    #expect(try await bench.report().fired.count == 1)
    bench.runner.place([try AlertRule("price:above=1"), try AlertRule("price:below=100")])
    let report = try await bench.report()
    // The old one goes on where it was.
    #expect(report.fired.map(\.rule.description) == ["price:below=100"])
    #expect(report.resting.count == 2)
  }

  @Test(.timeLimit(.minutes(1)))
  func `liquidations wait for an observation of their instrument`() async throws {
    let bench = try Bench("liquidations:usd=5k,within=1m")
    let liquidation = try Liquidation(
      time: ScriptedFeeds.now, side: .long, price: 100, quantity: 60)
    bench.runner.hear([
      MarketEvent(venue: .okx, instrument: Self.btc, fact: .liquidation(liquidation))
    ])
    bench.runner.observe(seen(5, on: Instrument(base: "ETH")))
    bench.runner.observe(seen(100, second: 1))
    let fired = try await bench.report().fired
    #expect(fired.map(\.instrument) == [Self.btc] && fired.first?.usd == 6_000)
  }

  @Test(.timeLimit(.minutes(1)))
  func `few complaints wait, and the rules stay as they are`() async throws {
    let bench = try Bench("price:above=1")
    bench.runner.observe(seen(5))
    _ = try await bench.report()
    for number in 0..<100 { bench.runner.complain("webhook \(number) is gone") }
    let report = try await bench.report()
    #expect(report.complaints.count <= AlertRunner.mostComplaints)
    #expect(report.resting == ["price:above=1": [Self.btc]])
  }

  @Test(arguments: [
    (["TERM": "xterm-256color"], DesktopNotice.Notation.osc9), ([:], .osc9),
    (["TERM": "xterm-256color", "VTE_VERSION": "7600"], .osc777),
    (["TERM": "foot"], .osc777), (["TERM": "rxvt-unicode-256color"], .osc777),
    (["TERM": "xterm-ghostty"], .osc777),
  ])
  func `a terminal is told notices in its own notation`(
    environment: [String: String], notation: DesktopNotice.Notation
  ) {
    #expect(DesktopNotice.Notation(environment: environment) == notation)
  }
}
