import Market

/// A candle of an answer.
struct AnsweredCandle {
  let candle: Candle
  /// Whether its interval is over: the venue says so, or a later row is there. No clock decides it,
  /// since clocks may be wrong.
  let isClosed: Bool
  /// Whether the venue itself says that it isn't over.
  let isStatedOpen: Bool
}

/// The rows of answers.
extension VenueFeed {
  /// The observations that are about an instrument's symbol, or about what was asked for.
  func observations(_ decoded: DecodedMessage, of instrument: Instrument) -> [VenueObservation] {
    guard let symbol = feeds[instrument]?.listed?.symbol else { return [] }
    return decoded.observations.filter { observation in
      guard let named = observation.symbol else { return true }
      return named == symbol || routes[named]?.contains(instrument) == true
    }
  }

  /// The candles of an answer, the oldest first, and how many could not be read whole.
  func candles(
    _ decoded: DecodedMessage, of instrument: Instrument, step: Span
  ) -> (rows: [AnsweredCandle], spoiled: Int) {
    var rows: [AnsweredCandle] = []
    var spoiled = decoded.problems.count
    for observation in observations(decoded, of: instrument) {
      guard case .candle(let reading) = observation.content else { continue }
      guard case .candle(let candle, _)? = observation.event()?.fact, candle.interval == step,
        // The one venue that splits volumes always does; without, the map would be another.
        venue != .binance || candle.takerBuyVolume != nil
      else {
        spoiled += 1
        continue
      }
      rows.append(
        AnsweredCandle(
          candle: candle, isClosed: reading.isClosed,
          isStatedOpen: reading.statesClosed && !reading.isClosed))
    }
    return (rows, spoiled)
  }

  /// The readings of open interest of an answer, the oldest first, and how many could not be read.
  func interest(
    _ decoded: DecodedMessage, of instrument: Instrument
  ) -> (readings: [OpenInterest], spoiled: Int) {
    var readings: [OpenInterest] = []
    var spoiled = decoded.problems.count
    for observation in observations(decoded, of: instrument) {
      guard case .openInterest = observation.content else { continue }
      if case .openInterest(let reading)? = observation.event()?.fact {
        readings.append(reading)
      } else {
        spoiled += 1
      }
    }
    return (readings, spoiled)
  }
}
