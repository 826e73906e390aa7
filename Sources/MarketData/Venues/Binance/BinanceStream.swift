import Market

extension BinanceAdapter {
  /// Everything used here is on the `market` route; unrouted connections acknowledge it and stay
  /// silent. Subscribed by message, so that one connection serves whatever is watched.
  public func streams(of instruments: [VenueInstrument], candles: Span) -> [StreamPlan] {
    let linear = instruments.filter { $0.kind == .linear }
    guard !linear.isEmpty else { return [] }
    var subscriptions = [
      subscription("!contractInfo", of: nil, [.maintenanceTiers, .instruments], patience: nil)
    ]
    for instrument in linear {
      let name = instrument.symbol.lowercased()
      if let interval = Self.candles[candles] {
        // A minute has a candle whether or not it was traded in; five are a fault.
        subscriptions.append(
          subscription(
            "\(name)@kline_\(interval)", of: instrument, [.candle], patience: .minutes(5)))
      }
      subscriptions += [
        subscription(
          "\(name)@markPrice@1s", of: instrument, [.markPrice, .funding],
          patience: .seconds(20)),
        subscription("\(name)@forceOrder", of: instrument, [.liquidation], patience: nil),
      ]
    }
    // The venue allows 1024 streams per connection.
    return StreamPlan.connections(
      "market", path: "/market/stream", subscriptions, atMost: 1_000, lifetime: .hours(24))
  }

  private func subscription(
    _ stream: String, of instrument: VenueInstrument?, _ channels: [VenueChannel],
    patience: Span?
  ) -> StreamSubscription {
    let text = { (method: String) in
      #"{"method":"\#(method)","params":[\#(RequestText.quoted(stream))],"#
        + #""id":\#(RequestText.number(of: stream))}"#
    }
    return StreamSubscription(
      symbol: instrument?.symbol, channels: channels, subscribe: text("SUBSCRIBE"),
      unsubscribe: text("UNSUBSCRIBE"), patience: patience)
  }
}
