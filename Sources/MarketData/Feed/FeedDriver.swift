import Market
import Synchronization

/// Does what a `VenueFeed` says: asks over HTTP within the venue's limits, holds its streams, and
/// keeps its time.
actor FeedDriver {
  /// What somebody outside asks for.
  typealias Command = VenueFeed.Input

  private var feed: VenueFeed
  private let adapter: any VenueAdapter
  private let settings: FeedSettings.VenueSettings
  private let clock: TransportClock
  private let http: HTTPTransport
  private let webSockets: WebSocketTransport
  private let limiter: RateLimiter
  private let heartbeat: Heartbeat
  private let outbox: UpdateOutbox
  private let commands: AsyncStream<Command>
  private nonisolated let asked: AsyncStream<Command>.Continuation

  private var listening: Task<Void, Never>?
  private var timer: Task<Void, Never>?
  private var requests: [Int: Task<Void, Never>] = [:]
  private var lines: [Int: Task<Void, Never>] = [:]
  private var connections: [Int: WebSocketConnection] = [:]
  private var isOver = false

  init(
    adapter: any VenueAdapter, settings: FeedSettings.VenueSettings, clock: TransportClock,
    http: HTTPTransport, webSockets: WebSocketTransport, heartbeat: Heartbeat,
    outbox: UpdateOutbox, seed: UInt64
  ) {
    feed = VenueFeed(adapter: adapter, isEnabled: settings.isEnabled, seed: seed)
    self.adapter = adapter
    self.settings = settings
    self.clock = clock
    self.http = http
    self.webSockets = webSockets
    self.outbox = outbox
    self.heartbeat = heartbeat
    limiter = RateLimiter(
      host: settings.rest.host, rules: adapter.limits, dialect: .of(adapter.venue), clock: clock)
    (commands, asked) = AsyncStream.makeStream()
  }

  /// Asks for something; returns at once. What is asked is done in its order.
  nonisolated func ask(_ command: Command) { asked.yield(command) }

  /// Begins to do what is asked.
  func start() {
    guard listening == nil, !isOver else { return }
    listening = Task { [weak self, commands] in
      for await command in commands { await self?.step(command) }
    }
  }

  /// Ends everything that is under way.
  func shutdown() async {
    isOver = true
    asked.finish()
    timer?.cancel()
    for task in requests.values { task.cancel() }
    for task in lines.values { task.cancel() }
    let open = connections.values
    connections = [:]
    for connection in open { await connection.close() }
    for task in Array(requests.values) + Array(lines.values) { await task.value }
    listening?.cancel()
  }

  /// How many messages the streams have brought.
  var received: Int { feed.received }

  private var moment: FeedMoment { FeedMoment(wall: clock.now(), steady: clock.steady()) }

  private func step(_ input: VenueFeed.Input) {
    guard !isOver else { return }
    for effect in feed.handle(input, at: moment) {
      switch effect {
      case .update(let update): outbox.put(update)
      case .request(let id, let request): ask(request, id)
      case .cancel(let id): requests.removeValue(forKey: id)?.cancel()
      case .open(let id, let plan): open(plan, id)
      case .send(let id, let text): send(text, id)
      case .close(let id): close(id)
      case .wake(let time): wake(at: time)
      }
    }
  }

  private func wake(at time: Timestamp) {
    timer?.cancel()
    let span = time - clock.steady()
    timer = Task { [weak self, clock] in
      do { try await clock.sleep(span) } catch { return }  // Another timer took its place.
      await self?.step(.wake)
    }
  }

  private func ask(_ request: VenueRequest, _ id: Int) {
    requests[id] = Task { [weak self, adapter, limiter, http, rest = settings.rest] in
      let outcome: Result<HTTPResult, TransportError>
      var wait: Span?
      do throws(TransportError) {
        try await limiter.acquire(request.costs)
        let result = try await Self.answer(to: request, at: rest, over: http)
        wait = limiter.record(result, costs: request.costs)
        for rule in adapter.limits(statedIn: result.body, to: request) { limiter.set(rule) }
        outcome = .success(result)
      } catch {
        outcome = .failure(error)
      }
      await self?.answered(id, outcome, wait)
    }
  }

  private static func answer(
    to request: VenueRequest, at rest: Endpoint, over http: HTTPTransport
  ) async throws(TransportError) -> HTTPResult {
    if let json = request.json {
      return try await http.post(rest, path: request.path, json: json)
    }
    return try await http.get(rest, path: request.path, query: request.pairs)
  }

  private func answered(_ id: Int, _ outcome: Result<HTTPResult, TransportError>, _ wait: Span?) {
    // One that was cancelled has been forgotten on both sides.
    guard requests.removeValue(forKey: id) != nil else { return }
    step(.answer(id, outcome, wait: wait))
  }

  private func open(_ plan: StreamPlan, _ id: Int) {
    lines[id] = Task { [weak self, webSockets, heartbeat, stream = settings.stream] in
      do throws(TransportError) {
        let connection = try await webSockets.connect(
          stream, path: plan.path, heartbeat: heartbeat)
        await self?.read(connection, id)
      } catch {
        await self?.failed(id, error)
      }
    }
  }

  private func failed(_ id: Int, _ error: TransportError) {
    guard lines.removeValue(forKey: id) != nil else { return }
    step(.openFailed(id, error))
  }

  /// Reads a stream until it is over.
  private func read(_ connection: WebSocketConnection, _ id: Int) async {
    guard !isOver, lines[id] != nil else {
      await connection.close()
      return
    }
    connections[id] = connection
    step(.opened(id))
    for await message in connection {
      guard connections[id] != nil else { break }
      step(.message(id, message.bytes))
      for message in connection.drain() where connections[id] != nil {
        step(.message(id, message.bytes))
      }
    }
    connections[id] = nil
    guard lines.removeValue(forKey: id) != nil else { return }
    step(.ended(id, connection.end ?? .closedHere))
  }

  private func send(_ text: String, _ id: Int) {
    guard let connection = connections[id] else { return }
    // A stream that can't take it is over, and says so by itself.
    Task { try? await connection.send(text) }
  }

  private func close(_ id: Int) {
    lines.removeValue(forKey: id)?.cancel()
    guard let connection = connections.removeValue(forKey: id) else { return }
    Task { await connection.close() }
  }
}
