import Market
import Synchronization

/// Asks one venue: waits for its limits, sends, notes what the answer says about them, and reads
/// the answer. Whether and when to ask again is the caller's business.
public final class VenueClient: Sendable {
  /// What came of a request and its further pages.
  public struct Pages: Sendable {
    /// The answers, in the order asked for.
    public var messages: [DecodedMessage] = []
    /// Why the next page didn't come; nil where there is none.
    public var failure: FetchFailure?
  }

  /// No list of a venue has more pages; a cursor that leads in circles ends here.
  private static let mostPages = 64

  /// The venue's rules.
  public let adapter: any VenueAdapter
  /// Where it is asked.
  public let endpoint: Endpoint
  /// What its requests wait for.
  public let limiter: RateLimiter
  private let transport: HTTPTransport
  private let clock: TransportClock
  private let decoder: Mutex<VenueDecoder>
  private let fastest = Mutex<Span?>(nil)

  /// A client for the venue at an endpoint.
  ///
  /// - Parameters:
  ///   - transport: sends the requests; it is the caller's to shut down.
  ///   - clock: the time that limits go by.
  public init(
    _ adapter: any VenueAdapter, at endpoint: Endpoint, transport: HTTPTransport,
    clock: TransportClock = .system
  ) {
    self.adapter = adapter
    self.endpoint = endpoint
    self.transport = transport
    self.clock = clock
    limiter = RateLimiter(
      host: endpoint.host, rules: adapter.limits, dialect: .of(adapter.venue), clock: clock)
    decoder = Mutex(VenueDecoder(venue: adapter.venue))
  }

  /// What is known of the venue's instruments: what it listed, once that was asked for.
  public var catalog: InstrumentCatalog { decoder.withLock { $0.catalog } }

  /// The shortest time from sending a request to the end of its answer; nil before one came.
  public var latency: Span? { fastest.withLock { $0 } }

  /// The answer as it came, once the limits let the request go.
  public func answer(
    to request: VenueRequest
  ) async -> Result<HTTPResult, TransportError> {
    do {
      try await limiter.acquire(request.costs)
      let sent = clock.steady()
      let result: HTTPResult
      if let json = request.json {
        result = try await transport.post(endpoint, path: request.path, json: json)
      } else {
        result = try await transport.get(endpoint, path: request.path, query: request.pairs)
      }
      let took = clock.steady() - sent
      fastest.withLock { $0 = min($0 ?? took, took) }
      limiter.record(result, costs: request.costs)
      for rule in adapter.limits(statedIn: result.body, to: request) { limiter.set(rule) }
      return .success(result)
    } catch {
      return .failure(error)
    }
  }

  /// The answer, decoded; instruments that were asked for are learned.
  public func fetch(_ request: VenueRequest) async -> FetchOutcome {
    outcome(of: await answer(to: request), to: request)
  }

  /// The answer and its further pages.
  public func fetchPages(_ first: VenueRequest) async -> Pages {
    var pages = Pages()
    var next: VenueRequest? = first
    while let request = next, pages.messages.count < Self.mostPages {
      let answer = await answer(to: request)
      switch outcome(of: answer, to: request) {
      case .failed(let failure):
        pages.failure = failure
        return pages
      case .decoded(let message): pages.messages.append(message)
      }
      next = (try? answer.get()).flatMap { adapter.page(after: request, answer: $0.body) }
    }
    return pages
  }

  /// Reads all that the venue lists. What a venue keeps beside its list may be missing.
  ///
  /// - Returns: why it isn't complete; nil where it is.
  public func learnInstruments() async -> FetchFailure? {
    var failure: FetchFailure?
    for request in adapter.instruments() {
      let pages = await fetchPages(request)
      if let first = pages.failure, failure == nil { failure = first }
      // Whoever refuses the first question refuses the others, too.
      if let failure, failure.kind == .unreachable || failure.kind == .refusedForLocation {
        return failure
      }
    }
    return failure
  }

  private func outcome(
    of result: Result<HTTPResult, TransportError>, to request: VenueRequest
  ) -> FetchOutcome {
    let now = clock.now()
    return decoder.withLock { $0.outcome(of: result, to: request, now: now) }
  }
}
