import Market

/// What an answer of a venue's REST interface means for who asked. Pure.
enum FeedAnswer: Sendable {
  /// What was asked for. `spoiled` counts rows that could not be read.
  case facts(DecodedMessage, spoiled: Int)
  /// Nothing to blame on the question: it can be put again.
  case again(String)
  /// The venue wants to be left alone for so long.
  case wait(Span, String)
  /// The venue doesn't serve this place, or at all.
  case refusedPlace(String)
  /// The venue doesn't know the instrument.
  case unknownInstrument(String)
  /// The venue doesn't answer that question, whoever asks it.
  case withheld(String)

  /// Reads an answer.
  ///
  /// - Parameters:
  ///   - wait: how long the venue asked to be left alone with it, where it did.
  ///   - decoder: learns the instruments where they were asked for.
  ///   - receivedAt: by the venue's clock.
  static func reading(
    _ outcome: Result<HTTPResult, TransportError>, wait: Span?, to request: VenueRequest,
    decoder: inout VenueDecoder, receivedAt: Timestamp
  ) -> FeedAnswer {
    let result: HTTPResult
    switch outcome {
    case .success(let answered): result = answered
    case .failure(let error): return .again(error.description)
    }
    let venue = decoder.catalog.venue
    if let wait {
      let words = VenueError.reading(result.body, status: result.status, venue: venue)
      return .wait(wait, words?.description ?? "\(venue.displayName) is asked too often")
    }
    var context = request.context
    context.receivedAt = receivedAt
    if result.status != 200 {
      guard
        let error = VenueError.reading(result.body, status: result.status, venue: venue)
      else { return .again("\(venue.displayName) answers with HTTP \(result.status)") }
      return meaning(of: error)
    }
    let decoded =
      request.channel == .instruments
      ? decoder.learnInstruments(result.body)
      : decoder.decode(result.body, channel: request.channel, context: context)
    if let error = decoded.error { return meaning(of: error) }
    if decoded.observations.isEmpty, let problem = decoded.problems.first {
      return .again("\(venue.displayName) sent what can't be read: \(problem)")
    }
    return .facts(decoded, spoiled: decoded.problems.count)
  }

  private static func meaning(of error: VenueError) -> FeedAnswer {
    let words = error.description
    switch error.kind {
    case .refusedForLocation: return .refusedPlace(words)
    case .badSymbol: return .unknownInstrument(words)
    case .needsKey, .notFound, .badRequest: return .withheld(words)
    case .banned, .rateLimited, .unavailable, .other: return .again(words)
    }
  }
}
