import Market

extension BybitAdapter {
  /// One connection for each category. Each topic is asked for by itself, since a wrong one may
  /// take those of the same message with it.
  public func streams(of instruments: [VenueInstrument], candles: Span) -> [StreamPlan] {
    ["linear", "inverse"].flatMap { category in
      let subscriptions = instruments.filter { Self.category(of: $0) == category }.flatMap {
        self.subscriptions(of: $0, candles: candles)
      }
      // All topics of a connection may have 21,000 characters; the longest have some 40.
      return StreamPlan.connections(
        category, path: "/v5/public/" + category, subscriptions, atMost: 480)
    }
  }

  private func subscriptions(
    of instrument: VenueInstrument, candles: Span
  ) -> [StreamSubscription] {
    var subscriptions: [StreamSubscription] = []
    if let interval = Self.candles[candles] {
      // Pushed every 60 s at least.
      subscriptions.append(
        subscription("kline.\(interval)", of: instrument, [.candle], patience: .minutes(5)))
    }
    // Only what changes is pushed, but the mark price follows several markets.
    subscriptions.append(
      subscription(
        "tickers", of: instrument, [.markPrice, .openInterest, .funding], patience: .minutes(1)))
    subscriptions.append(
      subscription("allLiquidation", of: instrument, [.liquidation], patience: nil))
    return subscriptions
  }

  private func subscription(
    _ topic: String, of instrument: VenueInstrument, _ channels: [VenueChannel],
    patience: Span?
  ) -> StreamSubscription {
    let name = RequestText.quoted("\(topic).\(instrument.symbol)")
    let text = { (operation: String) in
      #"{"req_id":\#(name),"op":"\#(operation)","args":[\#(name)]}"#
    }
    return StreamSubscription(
      symbol: instrument.symbol, channels: channels, subscribe: text("subscribe"),
      unsubscribe: text("unsubscribe"), patience: patience)
  }
}
