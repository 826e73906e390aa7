import Market

extension OKXAdapter {
  /// Candles are on the `business` connection only, everything else on the `public` one.
  public func streams(of instruments: [VenueInstrument], candles: Span) -> [StreamPlan] {
    guard !instruments.isEmpty else { return [] }
    // Liquidations come for all instruments of a type at once.
    var live = Set(instruments.map(Self.type(of:))).sorted().reversed().map { type in
      subscription(
        [("channel", "liquidation-orders"), ("instType", type)], of: nil, [.liquidation],
        patience: nil)
    }
    var indices: Set<String> = []
    var bars: [StreamSubscription] = []
    for instrument in instruments {
      let symbol = instrument.symbol
      live += [
        // Every 10 s where nothing changes.
        channel("mark-price", symbol, [.markPrice], patience: .minutes(1)),
        channel("open-interest", symbol, [.openInterest], patience: .minutes(5)),
        // Every 30 to 90 s.
        channel("funding-rate", symbol, [.funding], patience: .minutes(5)),
      ]
      let index = Self.family(of: instrument)
      if indices.insert(index).inserted {
        live.append(channel("index-tickers", index, [.markPrice], patience: nil))
      }
      if let bar = Self.candles[candles] {
        bars.append(channel("candle\(bar)", symbol, [.candle], patience: .minutes(5)))
      }
    }
    // A connection may ask 480 times an hour; a part is left for asking again.
    return StreamPlan.connections("public", path: "/ws/v5/public", live, atMost: 200)
      + StreamPlan.connections("business", path: "/ws/v5/business", bars, atMost: 200)
  }

  private func channel(
    _ name: String, _ symbol: String, _ channels: [VenueChannel], patience: Span?
  ) -> StreamSubscription {
    subscription(
      [("channel", name), ("instId", symbol)], of: symbol, channels, patience: patience)
  }

  private func subscription(
    _ arguments: [(String, String)], of symbol: String?, _ channels: [VenueChannel],
    patience: Span?
  ) -> StreamSubscription {
    let members = arguments.map { "\"\($0.0)\":\(RequestText.quoted($0.1))" }
    let argument = "{\(members.joined(separator: ","))}"
    let text = { (operation: String) in
      #"{"id":"\#(RequestText.number(of: argument))","op":"\#(operation)","args":[\#(argument)]}"#
    }
    return StreamSubscription(
      symbol: symbol, channels: channels, subscribe: text("subscribe"),
      unsubscribe: text("unsubscribe"), patience: patience)
  }
}
