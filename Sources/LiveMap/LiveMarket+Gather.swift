import Market
import MarketData

extension LiveMarket {
  /// Watches an instrument until each chosen venue is live or has refused, or the wait is over.
  /// The feeds are left running.
  public static func gather(
    _ instrument: Instrument, from source: LiveSource, back: Span?, within wait: Span
  ) async -> LiveMarket {
    enum Input: Sendable {
      case update(FeedUpdate)
      case end
    }
    let (inputs, input) = AsyncStream<Input>.makeStream()
    let reading = Task {
      for await update in source.feeds.updates { input.yield(.update(update)) }
      input.yield(.end)
    }
    let timing = Task {
      // Cancelled is over as well.
      try? await Task.sleep(for: .milliseconds(wait.milliseconds))
      input.yield(.end)
    }
    defer {
      reading.cancel()
      timing.cancel()
    }
    var market = LiveMarket(instrument, venues: source.venues, back: back, at: source.now())
    source.feeds.watch(instrument, back: back)
    for await next in inputs {
      guard case .update(let update) = next else { break }
      _ = market.take(update, at: source.now())
      if market.isSettled { break }
    }
    return market
  }
}
