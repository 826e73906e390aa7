import LiveMap
import MapEngine
import Market

/// Watches a market without a screen and judges every map and liquidation of it.
struct AlertWatch {
  let origin: MapOrigin
  let instrument: Instrument
  let timeframe: Timeframe

  /// Judges until `take`, which is given what fired, returns false, or the time is over.
  /// - Parameter limit: real time; nil for ever.
  func run(
    _ engine: AlertEngine, limit: Duration?, take: ([FiredAlert]) -> Bool
  ) async throws {
    var engine = engine
    let heard = HeardLiquidations()
    let (signals, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let mailbox = Mailbox<MapUpdate> { signal.yield() }
    let instrument = instrument
    let live = LiveMap(
      origin: origin, instrument: instrument, timeframe: timeframe, mailbox: mailbox
    ) { events in
      heard.add(events, of: instrument)
    }
    let timer = limit.map { limit in
      Task {
        // Cancelled is over as well.
        try? await Task.sleep(for: limit)
        signal.finish()
      }
    }
    await live.start()
    var failure: CommandFailure?
    var trouble: String?
    for await _ in signals {
      guard let update = mailbox.take() else { continue }
      if case .refused(let reason) = update.health, update.snapshot == nil {
        if update.feeds.isEmpty {
          failure = CommandFailure(.usage, reason)
          break
        }
        if trouble != reason { StandardOutput.complain("lodestone: \(reason)") }
        trouble = reason
      }
      guard let observation = AlertObservation(update, liquidations: heard.take()) else { continue }
      let fired = engine.observe(observation)
      if !fired.isEmpty, !take(fired) { break }
    }
    timer?.cancel()
    if case .live = origin {
      await live.stop()
    } else {
      // A simulated market may be at work on its past; nobody need wait for that.
      Task { await live.stop() }
    }
    if let failure { throw failure }
  }
}

extension AlertObservation {
  /// What an update says, with the liquidations heard since the last one. Nil where it doesn't say
  /// when.
  init?(_ update: MapUpdate, liquidations: [LiquidationPrint]) {
    guard let time = update.time else { return nil }
    var healths: [Venue: FeedHealth] = [:]
    for feed in update.feeds where feed.isEnabled { healths[feed.venue] = feed.status.health }
    let isCatchingUp =
      update.feeds.isEmpty
      ? update.health == .catchingUp && update.unavailable[update.timeframe] != nil
      : healths.values.contains(.catchingUp)
    self.init(
      time: time, instrument: update.instrument, snapshot: update.snapshot,
      liquidations: liquidations, healths: healths, isFillingIn: isCatchingUp,
      isSimulated: update.isSimulated)
  }
}
