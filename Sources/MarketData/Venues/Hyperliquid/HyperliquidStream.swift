import Market

extension HyperliquidAdapter {
  /// Candles, and the contexts that hold mark, oracle, funding and open interest.
  public func streams(of instruments: [VenueInstrument], candles: Span) -> [StreamPlan] {
    var subscriptions: [StreamSubscription] = []
    for instrument in instruments {
      if let interval = Self.candles[candles] {
        // Only trades make candles here, and the smallest coins trade a few times an hour.
        subscriptions.append(
          subscription(
            "candle", #","interval":"\#(interval)""#, of: instrument, [.candle], patience: nil))
      }
      subscriptions.append(
        subscription(
          "activeAssetCtx", "", of: instrument, [.markPrice, .openInterest, .funding],
          patience: .minutes(1)))
    }
    // The venue allows 1000 subscriptions.
    return StreamPlan.connections("main", path: "/ws", subscriptions, atMost: 900)
  }

  private func subscription(
    _ type: String, _ members: String, of instrument: VenueInstrument,
    _ channels: [VenueChannel], patience: Span?
  ) -> StreamSubscription {
    let coin = RequestText.quoted(instrument.symbol)
    let text = { (method: String) in
      #"{"method":"\#(method)","subscription":{"type":"\#(type)","coin":\#(coin)\#(members)}}"#
    }
    return StreamSubscription(
      symbol: instrument.symbol, channels: channels, subscribe: text("subscribe"),
      unsubscribe: text("unsubscribe"), patience: patience)
  }
}
