import MapEngine
import Market

/// The simulated markets of a background, and what moves them.
struct DemoMarkets {
  fileprivate var markets: [Instrument: DemoMarket] = [:]
  /// Whether they stand still.
  var isPaused = false
  fileprivate var owed = Duration.zero
  /// The moment that the markets have reached, whichever of them is shown.
  fileprivate(set) var time: Timestamp?
  fileprivate var loop: Task<Void, Never>?
  fileprivate var filling: Task<Void, Never>?

  /// Whether the market of an instrument has been made.
  func holds(_ instrument: Instrument) -> Bool { markets[instrument] != nil }

  /// Takes a market that was made elsewhere, unless there is one by now.
  mutating func keep(_ demo: DemoMarket, of instrument: Instrument) {
    if markets[instrument] == nil { markets[instrument] = demo }
  }

  /// The facts of an instrument; its market is made where there is none yet.
  mutating func facts(
    of instrument: Instrument, settings: DemoSettings
  ) throws(MapError) -> (MarketHistory, MapSource, FeedHealth, MarketTicker) {
    if markets[instrument] == nil, let demo = DemoMarket(instrument, settings: settings) {
      markets[instrument] = demo
    }
    guard var demo = markets.removeValue(forKey: instrument) else {
      throw DemoMarket.absence(of: instrument)
    }
    if let time, demo.time < time { demo.advance(to: time) }
    markets[instrument] = demo
    return (demo.history, demo.source, demo.isFilled ? .live : .catchingUp, demo.ticker)
  }
}

extension LiveMap {
  /// Lets the simulated markets live, if they are what is shown.
  func startDemo() {
    guard case .demo(let settings) = current, demos.loop == nil else { return }
    demos.loop = Task { [weak self] in
      let clock = ContinuousClock()
      var last = clock.now
      while !Task.isCancelled {
        do {
          try await clock.sleep(for: .milliseconds(250))
        } catch {
          return
        }
        let now = clock.now
        let passed = (now - last) * settings.speed
        last = now
        await self?.tick(passed)
      }
    }
    fillBehind()
  }

  /// Lets the simulated markets stand still until they are shown again.
  func stopDemo() {
    demos.loop?.cancel()
    demos.filling?.cancel()
    demos.loop = nil
    demos.filling = nil
  }

  /// Lets the shown market go on by some simulated time, in whole seconds.
  private func tick(_ passed: Duration) {
    guard case .demo = current, !demos.isPaused,
      var demo = demos.markets.removeValue(forKey: instrument)
    else { return }
    demos.owed += passed
    let seconds = demos.owed.components.seconds
    if seconds > 0 {
      demos.owed -= .seconds(seconds)
      tell(demo.advance(to: demo.time + .seconds(seconds)))
      demos.time = demo.time
    }
    demos.markets[instrument] = demo
    if seconds > 0 { publish() }
  }

  /// Makes the older past of the shown market, a segment at a time, so that wishes come between.
  func fillBehind() {
    guard case .demo = current, demos.filling == nil else { return }
    demos.filling = Task { [weak self] in
      while !Task.isCancelled {
        guard let self, await self.fillOne() else { return }
        await Task.yield()
      }
    }
  }

  /// Makes one older segment; false, and no longer filling, when there is none left to make. The
  /// map is drawn anew only when it reaches further, or more timeframes can be shown.
  private func fillOne() -> Bool {
    guard case .demo = current, var demo = demos.markets[instrument], !demo.isFilled else {
      demos.filling = nil
      return false
    }
    demos.markets[instrument] = nil
    let before = Self.unavailable(history: demo.history, health: .catchingUp)
    demo.addSegment()
    let after = Self.unavailable(history: demo.history, health: .catchingUp)
    demos.markets[instrument] = demo
    let reachesFurther = timeframe == .all || before[timeframe] != nil
    if reachesFurther || before.count != after.count || demo.isFilled { publish() }
    return true
  }
}
