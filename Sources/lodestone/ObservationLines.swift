import Market
import MarketData

/// A venue's facts as lines of JSON: `type` is the channel, `instrument` the venue's own symbol,
/// `coin` and `quote` what it is about; times are milliseconds since 1970 UTC, prices per coin,
/// quantities coins, notionals US dollars.
enum ObservationLines {
  /// The line of a fact; totals of an interval are one line a side.
  static func lines(_ observation: VenueObservation) -> [String] {
    if case .liquidatedTotals(let long, let short, let interval) = observation.content {
      return [(Side.long, long), (.short, short)].map { side, amount in
        var line = head(observation)
        liquidation(&line, side: side, price: nil, amount.quantity, amount.dollars)
        line.add("interval_ms", interval?.milliseconds)
        if let reason = amount.reason { line.add("reason", reason) }
        return line.text
      }
    }
    var line = head(observation)
    fill(&line, observation)
    if let reason = observation.reason { line.add("reason", reason) }
    return [line.text]
  }

  private static func head(_ observation: VenueObservation) -> JSONLine {
    var line = JSONLine()
    line.add("type", observation.channel.rawValue)
    line.add("venue", observation.venue.rawValue)
    line.add("instrument", observation.symbol)
    line.add("coin", observation.instrument?.base)
    line.add("quote", observation.instrument?.quote)
    line.add("time", observation.time?.milliseconds)
    return line
  }

  private static func fill(_ line: inout JSONLine, _ observation: VenueObservation) {
    switch observation.content {
    case .candle(let candle): fill(&line, candle, openTime: observation.time)
    case .openInterest(let quantity, let dollars):
      line.add("quantity", quantity)
      line.add("notional_usd", dollars)
    case .markPrice(let reading):
      line.add("mark", reading.mark)
      line.add("index", reading.index)
      line.add("funding_rate", reading.fundingRate)
      line.add("next_funding_time", reading.nextFundingTime?.milliseconds)
    case .funding(let funding):
      line.add("funding_rate", funding.rate)
      line.add("interval_ms", funding.interval?.milliseconds)
    case .liquidation(let side, let price, let quantity, let dollars):
      liquidation(&line, side: side, price: price, quantity, dollars)
    case .liquidatedTotals: break  // Two lines, written by `lines`.
    case .trade(let takerBought, let price, let quantity, let dollars):
      line.add("side", takerBought ? "buy" : "sell")
      line.add("price", price)
      line.add("quantity", quantity)
      line.add("notional_usd", dollars)
    case .longShortRatio(let reading):
      line.add("measure", reading.measure.rawValue)
      line.add("ratio", reading.ratio)
      line.add("long_share", reading.longShare)
      line.add("short_share", 1 - reading.longShare)
      line.add("buy_volume", reading.buyVolume)
      line.add("sell_volume", reading.sellVolume)
    case .instrument(let instrument): fill(&line, instrument)
    case .maintenanceTiers(let table): fill(&line, table)
    }
  }

  private static func liquidation(
    _ line: inout JSONLine, side: Side, price: Double?, _ quantity: Double?, _ dollars: Double?
  ) {
    line.add("side", side.rawValue)
    line.add("price", price)
    line.add("quantity", quantity)
    line.add("notional_usd", dollars)
  }

  private static func fill(
    _ line: inout JSONLine, _ candle: CandleReading, openTime: Timestamp?
  ) {
    line.add("open_time", openTime?.milliseconds)
    line.add("interval_ms", candle.interval?.milliseconds)
    line.add("open", candle.open)
    line.add("high", candle.high)
    line.add("low", candle.low)
    line.add("close", candle.close)
    line.add("base_volume", candle.baseVolume)
    line.add("quote_volume", candle.quoteVolume)
    line.add("taker_buy_base_volume", candle.takerBuyBaseVolume)
    line.add("closed", candle.isClosed)
    line.add("source", candle.source.rawValue)
  }

  private static func fill(_ line: inout JSONLine, _ instrument: VenueInstrument) {
    line.add("kind", instrument.kind.rawValue)
    line.add("perpetual", instrument.isPerpetual)
    switch instrument.unit {
    case .coins(let coins)?:
      line.add("contract_size", coins)
      line.add("contract_unit", "coin")
    case .dollars(let dollars)?:
      line.add("contract_size", dollars)
      line.add("contract_unit", "usd")
    case nil:
      line.add("contract_size", Double?.none)
      line.add("contract_unit", String?.none)
    }
    line.add("multiplier", instrument.multiplier)
    line.add("tick_size", instrument.tickSize)
    line.add("max_leverage", instrument.maxLeverage)
    line.add("funding_interval_ms", instrument.fundingInterval?.milliseconds)
    line.add("state", instrument.state)
    line.add("trading", instrument.isTrading)
    line.add("expiry", instrument.expiry?.milliseconds)
  }

  private static func fill(_ line: inout JSONLine, _ table: MaintenanceTiers) {
    line.add("unit", table.unit.rawValue)
    line.add(
      "tiers",
      table.tiers.map { tier in
        var line = JSONLine()
        line.add("tier", Int64(tier.number))
        line.add("floor", tier.floor)
        line.add("cap", tier.cap)
        line.add("maintenance_rate", tier.rate)
        line.add("max_leverage", tier.maxLeverage)
        line.add("maintenance_amount", tier.deduction)
        return line
      })
  }
}
