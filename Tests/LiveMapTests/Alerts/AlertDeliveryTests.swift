import MapEngine
import Market
import MarketData
import Synchronization
import Testing

@testable import LiveMap

@Suite("Alerts on their way")
struct AlertDeliveryTests {
  /// A command that a test holds up; it gives up when it is cancelled.
  private final class Gate: AlertCommand {
    let started = Mutex<[String]>([])
    private let isHung: Bool
    private let ends: AsyncStream<Void>
    private let end: AsyncStream<Void>.Continuation

    init(isHung: Bool = true) {
      self.isHung = isHung
      (ends, end) = AsyncStream.makeStream()
    }

    func run(_ alert: FiredAlert) async -> String? {
      started.withLock { $0.append(alert.sentence) }
      if isHung { for await _ in ends {} }
      return Task.isCancelled ? "given up" : nil
    }

    func open() { end.finish() }
  }

  private final class Reports: Sendable {
    private let sentences = Mutex<[String]>([])
    var all: [String] { sentences.withLock { $0 } }
    func add(_ sentence: String) { sentences.withLock { $0.append(sentence) } }
  }

  /// An alert of a rule, at a price.
  private static func alert(_ rule: String, price: Double = 101) throws -> FiredAlert {
    var engine = AlertEngine(rules: [try AlertRule(rule)])
    let fired = engine.observe(
      AlertObservation(
        time: ScriptedFeeds.now, instrument: Instrument(base: "BTC"), price: price,
        isSimulated: true))
    return try #require(fired.first)
  }

  private func delivery(
    _ command: (any AlertCommand)? = nil, webhooks: [String: WebhookTarget] = [:],
    queue: Int = 32, workers: Int = 2, reporting reports: Reports
  ) -> AlertDelivery {
    var limits = AlertDelivery.Limits()
    limits.queue = queue
    limits.commands = workers
    return AlertDelivery(
      command: command, webhooks: webhooks, sender: WebhookSender(patience: .seconds(2)),
      limits: limits, json: { Array($0.sentence.utf8) }, report: reports.add)
  }

  @Test("What the terminal does is given back at once, as a value")
  func notices() async throws {
    let reports = Reports()
    let delivery = delivery(reporting: reports)
    let all = delivery.deliver(try Self.alert("price:above=100,to=toast+bell+desktop"))
    #expect(all.toast == "BTCUSDT at 101.00 is above 100.00" && all.bell)
    #expect(
      all.desktop?.osc777
        == "\u{1b}]777;notify;Lodestone BTCUSDT (SIMULATED);BTCUSDT at 101.00 is above 100.00\u{1b}\\"
    )
    let none = delivery.deliver(try Self.alert("price:above=100,to=none"))
    #expect(none == AlertNotices(toast: nil, bell: false, desktop: nil))
    await delivery.finish()
    #expect(reports.all.isEmpty)
  }

  @Test("Words can't break out of a terminal's sequence")
  func harmless() {
    let notice = DesktopNotice(title: "a;b\u{07}", body: "x\u{1b}]0;y\u{9c}\n\u{202e}z")
    #expect(notice.osc777 == "\u{1b}]777;notify;a,b ;x ]0;y   z\u{1b}\\")
    #expect(notice.osc9 == "\u{1b}]9;a,b : x ]0;y   z\u{1b}\\")
    #expect(DesktopNotice(title: "", body: String(repeating: "x", count: 999)).body.count == 240)
  }

  @Test("A command that hangs holds up nobody: what overflows is told, what waits is given up")
  func hangingCommand() async throws {
    let gate = Gate()
    let reports = Reports()
    let delivery = delivery(gate, queue: 3, workers: 2, reporting: reports)
    let alert = try Self.alert("price:above=100,to=command")
    for _ in 0..<50 { _ = delivery.deliver(alert) }
    // Two run, one is in the worker's hand, three wait.
    #expect(reports.all.count >= 50 - 6)
    #expect(reports.all.allSatisfy { $0.contains("too many alerts are waiting") })
    let overflow = reports.all.count
    await delivery.finish(within: .milliseconds(50))
    #expect(gate.started.withLock { $0.count } == 50 - overflow || reports.all.count > overflow)
    #expect(reports.all.count > overflow)
  }

  @Test("Everything that was taken is told before the end")
  func finish() async throws {
    let gate = Gate(isHung: false)
    let reports = Reports()
    let delivery = delivery(gate, reporting: reports)
    for price in 101...120 {
      _ = delivery.deliver(try Self.alert("price:above=100,to=command", price: Double(price)))
    }
    await delivery.finish()
    #expect(gate.started.withLock { $0.count } == 20)
    #expect(reports.all.isEmpty)
  }

  @Test("A webhook that can't be told is reported by its name, and so is one that isn't known")
  func webhooks() async throws {
    let reports = Reports()
    let nobody = try WebhookTarget("http://127.0.0.1:1/s3cret")
    let delivery = delivery(webhooks: ["desk": nobody], reporting: reports)
    _ = delivery.deliver(try Self.alert("price:above=100,to=desk+slack+command"))
    await delivery.finish()
    let all = reports.all
    #expect(all.count == 3)
    #expect(all.contains { $0.hasPrefix("webhook desk: 127.0.0.1 refuses the connection") })
    #expect(all.contains { $0.hasPrefix("no webhook is named slack") })
    #expect(all.contains { $0.hasPrefix("no alert command is configured") })
    #expect(!all.joined().contains("s3cret"))
  }
}

@Suite("What a background tells of liquidations")
struct HeardLiquidationsTests {
  @Test("Liquidations of the instrument are kept until they are taken")
  func taken() throws {
    let heard = HeardLiquidations()
    let one = try Liquidation(
      time: ScriptedFeeds.now, side: .long, price: 100, quantity: 2)
    func event(_ base: String, _ fact: MarketEvent.Fact) -> MarketEvent {
      MarketEvent(venue: .okx, instrument: Instrument(base: base), fact: fact)
    }
    heard.add(
      [
        event("BTC", .liquidation(one)), event("ETH", .liquidation(one)),
        event("BTC", .markPrice(try MarkPrice(time: ScriptedFeeds.now, mark: 1))),
      ], of: Instrument(base: "BTC"))
    heard.add([event("BTC", .liquidation(one))], of: Instrument(base: "BTC"))
    #expect(heard.take() == [.init(venue: .okx, one), .init(venue: .okx, one)])
    #expect(heard.take().isEmpty)
  }

  @Test(.timeLimit(.minutes(2)))
  func `A live background tells each liquidation, also between two maps`() async throws {
    let feeds = ScriptedFeeds()
    let bitcoin = Instrument(base: "BTC")
    let (told, teller) = AsyncStream<[MarketEvent]>.makeStream()
    let live = LiveMap(
      origin: .live(feeds.source(.okx)), instrument: bitcoin, timeframe: .hours12,
      mailbox: Mailbox<MapUpdate> {}
    ) { teller.yield($0) }
    await live.start()
    let liquidation = try Liquidation(
      time: ScriptedFeeds.now, side: .short, price: 100, quantity: 2)
    let event = MarketEvent(venue: .okx, instrument: bitcoin, fact: .liquidation(liquidation))
    feeds.say(.facts(.okx, bitcoin, [event]))
    feeds.say(.facts(.okx, bitcoin, [event, event]))
    var counts: [Int] = []
    for await events in told {
      counts.append(events.count)
      if counts.count == 2 { break }
    }
    #expect(counts == [1, 2])
    await live.stop()
  }
}
