import Market

/// Turns a venue's messages into facts. What it does follows from the messages and the context
/// alone; the one thing that it remembers is Bybit's tickers, whose deltas name only what changed.
public struct VenueDecoder: Sendable {
  /// The instruments that symbols and contract sizes are looked up in.
  public var catalog: InstrumentCatalog
  private var bybit = BybitTickers()

  /// A decoder of a venue's messages, with the shipped contract sizes.
  public init(venue: Venue) {
    catalog = InstrumentCatalog(venue: venue)
  }

  /// Forgets what deltas build on, as after a reconnect.
  public mutating func forgetState() { bybit = BybitTickers() }

  /// Decodes one message: a REST answer, a stream's frame, or a JSON list of either.
  ///
  /// - Parameters:
  ///   - message: the bytes as they came.
  ///   - channel: the one kind of fact that is wanted; all when nil. It also tells apart the few
  ///     REST answers that look the same.
  ///   - context: what the message doesn't hold.
  public mutating func decode(
    _ message: [UInt8], channel: VenueChannel? = nil, context: DecodeContext = DecodeContext()
  ) -> DecodedMessage {
    var decoding = Decoding(catalog: catalog, channel: channel, context: context)
    let value: JSONValue
    do {
      value = try JSONReader.value(message)
    } catch {
      plain(message, error, &decoding)
      return decoding.found
    }
    switch catalog.venue {
    case .binance: decoding.binance(value)
    case .bybit: decoding.bybit(value, &bybit)
    case .okx: decoding.okx(value)
    case .hyperliquid: decoding.hyperliquid(value)
    case .gate: decoding.gate(value)
    case .simulatedA, .simulatedB:
      decoding.fail("", "\(catalog.venue.displayName) has no messages")
    }
    decoding.settleCandles()
    return decoding.found
  }

  /// Learns the instruments of a message of the venue's list, and gives the decoded message back.
  /// A list of funding intervals, as Binance keeps one beside, is learned, too.
  public mutating func learnInstruments(_ message: [UInt8]) -> DecodedMessage {
    let decoded = decode(message, channel: .instruments)
    for observation in decoded.observations {
      if case .instrument(let instrument) = observation.content { catalog.add(instrument) }
    }
    guard decoded.observations.isEmpty, decoded.error == nil else { return decoded }
    for observation in decode(message, channel: .funding).observations {
      guard case .funding(let funding) = observation.content, funding.rate == nil,
        let interval = funding.interval, let symbol = observation.symbol
      else { continue }
      catalog.setFundingInterval(interval, of: symbol)
    }
    return decoded
  }

  private func plain(_ message: [UInt8], _ fault: JSONFault, _ decoding: inout Decoding) {
    let text = String(decoding: message.prefix(200), as: UTF8.self)
    let word = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if word == "pong" || word == "ping" {
      decoding.ignore(word)
    } else if let error = VenueError.plain(message, status: nil, venue: catalog.venue) {
      decoding.refuse(error)
    } else {
      decoding.fail("", "no JSON: \(fault.reason) at byte \(fault.offset)")
    }
  }
}

extension Decoding {
  /// Notes that the message is a venue's refusal.
  mutating func refuse(_ error: VenueError) {
    found.error = error
    found.problems.append(DecodeProblem(reason: error.description))
  }
}
