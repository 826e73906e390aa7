import Market

extension GateAdapter {
  /// One connection for each currency of settlement.
  public func streams(of instruments: [VenueInstrument], candles: Span) -> [StreamPlan] {
    Settlement.allCases.flatMap { settlement in
      let subscriptions = instruments.filter { Settlement($0) == settlement }.flatMap {
        self.subscriptions(of: $0, candles: candles)
      }
      return StreamPlan.connections(
        settlement.rawValue, path: "/v4/ws/\(settlement.rawValue)", subscriptions, atMost: 300)
    }
  }

  private func subscriptions(
    of instrument: VenueInstrument, candles: Span
  ) -> [StreamSubscription] {
    var subscriptions: [StreamSubscription] = []
    if let interval = Self.candles[candles] {
      // It isn't said whether minutes without a trade are sent.
      subscriptions.append(
        subscription(
          "candlesticks", [interval, instrument.symbol], of: instrument, [.candle],
          patience: nil))
    }
    return subscriptions + [
      // Mark, index, funding and open interest.
      subscription(
        "tickers", [instrument.symbol], of: instrument, [.markPrice, .openInterest, .funding],
        patience: .minutes(2)),
      subscription(
        "public_liquidates", [instrument.symbol], of: instrument, [.liquidation],
        patience: nil),
    ]
  }

  private func subscription(
    _ channel: String, _ payload: [String], of instrument: VenueInstrument,
    _ channels: [VenueChannel], patience: Span?
  ) -> StreamSubscription {
    let list = payload.map(RequestText.quoted).joined(separator: ",")
    let text = { (event: String) in
      // The time must be there but is compared with nothing where no key is used.
      #"{"time":1700000000,"channel":"futures.\#(channel)","event":"\#(event)","payload":[\#(list)]}"#
    }
    return StreamSubscription(
      symbol: instrument.symbol, channels: channels, subscribe: text("subscribe"),
      unsubscribe: text("unsubscribe"), patience: patience)
  }
}
