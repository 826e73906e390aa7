import Market

/// Why a request brought nothing, and what whoever asked can do about it. Pure: it follows from the
/// answer, or from what kept it from coming.
public struct FetchFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Kind: Hashable, Sendable {
    /// Asked too often, or banned for having done so.
    case rateLimited
    /// The venue doesn't serve this place.
    case refusedForLocation
    /// The venue has no such instrument.
    case badSymbol
    /// The venue answers account holders only.
    case needsKey
    /// The venue has no such question any more.
    case gone
    /// The venue finds the question wrong: a fault of the adapter.
    case badRequest
    /// The venue is overloaded or down.
    case unavailable
    /// What came isn't what was asked for: cut off, or no JSON.
    case unreadable
    /// No complete answer came.
    case unreachable
    /// Nobody wants the answer any more.
    case cancelled
  }

  /// Whether the same question has a chance later.
  public enum Retry: Hashable, Sendable {
    /// After a wait that grows with each failure.
    case later
    /// Not before the span is over, as the venue told or as it is known to want.
    case after(Span)
    /// The answer would be the same until something else changes.
    case never
  }

  public let venue: Venue
  public let kind: Kind
  public let retry: Retry
  /// One sentence for the user, in the venue's own words where it has some.
  public let text: String

  /// A failure.
  public init(venue: Venue, kind: Kind, retry: Retry, text: String) {
    self.venue = venue
    self.kind = kind
    self.retry = retry
    self.text = text
  }

  public var description: String { text }

  /// What kept an answer from coming.
  public init(_ error: TransportError, venue: Venue) {
    let isCancelled = error.cause == .cancelled
    self.init(
      venue: venue, kind: isCancelled ? .cancelled : .unreachable,
      retry: isCancelled ? .never : .later, text: error.description)
  }

  /// The failure that an answer is; nil where nothing in its status or words says so.
  ///
  /// - Parameters:
  ///   - request: what was asked; some refusals mean something else for some questions.
  ///   - stated: the refusal where it was read already; else the body is read for one.
  ///   - now: the wall clock, for answers without a time of their own.
  public static func reading(
    _ result: HTTPResult, to request: VenueRequest, venue: Venue, now: Timestamp,
    stated: VenueError? = nil
  ) -> FetchFailure? {
    let error = stated ?? VenueError.reading(result.body, status: result.status, venue: venue)
    let isGood = (200..<300).contains(result.status)
    guard error != nil || !isGood else { return nil }
    let wait = RateDialect.of(venue).signals(in: result, now: now).compactMap { signal in
      if case .limited(let told, let fallback, _) = signal { told ?? fallback } else { nil }
    }.max()
    let text = error?.description ?? words(result, venue)
    if let wait {
      let isBusy = result.status == 503
      return FetchFailure(
        venue: venue, kind: isBusy ? .unavailable : .rateLimited, retry: .after(wait), text: text)
    }
    guard let error else {
      // Some venues send visitors from some places to their regional sites.
      let isRedirect = (300..<400).contains(result.status)
      return FetchFailure(
        venue: venue, kind: isRedirect ? .refusedForLocation : .unavailable,
        retry: isRedirect ? .never : .later, text: text)
    }
    let (kind, retry) = meaning(of: error, status: result.status, request, now)
    return FetchFailure(venue: venue, kind: kind, retry: retry, text: text)
  }

  private static func words(_ result: HTTPResult, _ venue: Venue) -> String {
    let place = result.header("Location").map { " and points to " + Printable.text($0) } ?? ""
    return "\(venue.displayName) answers with HTTP \(result.status)\(place)"
  }

  private static func meaning(
    of error: VenueError, status: Int, _ request: VenueRequest, _ now: Timestamp
  ) -> (Kind, Retry) {
    switch error.kind {
    case .banned(let until):
      let rest = until.map { $0 - now } ?? .minutes(2)
      return (.rateLimited, .after(max(rest, .seconds(1))))
    case .rateLimited: return (.rateLimited, .later)
    case .refusedForLocation: return (.refusedForLocation, .never)
    case .needsKey: return (.needsKey, .never)
    case .notFound: return (.gone, .never)
    case .unavailable: return (.unavailable, .later)
    case .badSymbol, .badRequest:
      // OKX took past liquidations out of its documents; they answer until they don't.
      if error.venue == .okx, request.channel == .liquidation { return (.gone, .never) }
      return (error.kind == .badSymbol ? .badSymbol : .badRequest, .never)
    case .other:
      guard status == 403 else { return (.unavailable, .later) }
      // A page of the network in front of the venue. One that refuses a country says so; any other
      // wants minutes of silence, Bybit's ten.
      return (.unavailable, .after(error.venue == .bybit ? .minutes(10) : .minutes(5)))
    }
  }
}

/// What came of a request.
public enum FetchOutcome: Hashable, Sendable {
  /// The answer. Rows of it that can't be read are among its problems.
  case decoded(DecodedMessage)
  /// None.
  case failed(FetchFailure)
}

extension VenueDecoder {
  /// Decodes what came of a request, and learns the instruments where they were asked for.
  ///
  /// - Parameters:
  ///   - result: the answer, or what kept it from coming.
  ///   - now: the moment of the answer by the wall clock: the time of facts without one.
  public mutating func outcome(
    of result: Result<HTTPResult, TransportError>, to request: VenueRequest, now: Timestamp
  ) -> FetchOutcome {
    let venue = catalog.venue
    let answer: HTTPResult
    switch result {
    case .failure(let error): return .failed(FetchFailure(error, venue: venue))
    case .success(let received): answer = received
    }
    if !(200..<300).contains(answer.status),
      let failure = FetchFailure.reading(answer, to: request, venue: venue, now: now)
    {
      return .failed(failure)
    }
    var context = request.context
    context.receivedAt = now
    let decoded =
      request.channel == .instruments
      ? learnInstruments(answer.body)
      : decode(answer.body, channel: request.filter, context: context)
    if let error = decoded.error,
      let failure = FetchFailure.reading(
        answer, to: request, venue: venue, now: now, stated: error)
    {
      return .failed(failure)
    }
    if decoded.observations.isEmpty, let problem = decoded.problems.first {
      return .failed(
        FetchFailure(
          venue: venue, kind: .unreadable, retry: .later,
          text: "\(venue.displayName) sent what can't be read: \(problem)"))
    }
    return .decoded(decoded)
  }
}
