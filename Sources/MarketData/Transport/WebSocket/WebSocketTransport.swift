import Market
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSOCKS
import NIOSSL
import NIOWebSocket
import Synchronization

/// Opens streams to venues over the same proxies and with the same checks as HTTP.
public final class WebSocketTransport: Sendable {
  /// How long and how much the transport puts up with.
  public struct Limits: Hashable, Sendable {
    /// For TCP to the venue or the proxy.
    public var connect: Span = .seconds(10)
    /// For the proxy's consent, TLS and the stream's opening.
    public var upgrade: Span = .seconds(10)
    /// For the venue's answer to our close.
    public var close: Span = .seconds(2)
    /// How often a busy stream is read: waking for each message would cost more than reading it,
    /// and streams of one beat wake the machine together. A quiet one is read at once.
    public var beat: Span = .seconds(1).divided(by: 5)
    /// The longest message in bytes.
    public var message = 8 << 20
    /// How many messages may wait to be read before reading from the network stops.
    public var queuedMessages = 4_096
    /// How many bytes may wait.
    public var queuedBytes = 16 << 20

    /// The default limits.
    public init() {}
  }

  private let limits: Limits
  private let proxies: ProxySettings
  private let context: NIOSSLContext
  private let clock: TransportClock
  private let group: any EventLoopGroup

  /// A transport.
  /// - Parameters:
  ///   - proxies: which proxy is used for which endpoint.
  ///   - trust: whose certificates are believed.
  ///   - clock: the time that heartbeats may hold; waits go by the event loop's own clock.
  ///   - group: where connections live.
  /// - Throws: an error of TLS where the system's authorities can't be loaded.
  public init(
    proxies: ProxySettings = .none, trust: Trust = .system, limits: Limits = Limits(),
    clock: TransportClock = .system,
    group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
  ) throws {
    self.limits = limits
    self.proxies = proxies
    self.clock = clock
    self.group = group
    context = try NIOSSLContext(configuration: trust.configuration)
  }

  /// Opens a stream at the venue's path.
  /// - Throws: a `TransportError` where it doesn't open; `.notUpgraded` holds what the host said.
  public func connect(
    _ endpoint: Endpoint, path: String, query: [(name: String, value: String)] = [],
    headers: [HTTPHeader] = [], heartbeat: Heartbeat
  ) async throws(TransportError) -> WebSocketConnection {
    let proxy = proxies.proxy(for: endpoint)
    let attempt = Attempt(
      endpoint: endpoint, target: endpoint.target(path, query: query),
      headers: endpoint.headers + headers, proxy: proxy, heartbeat: heartbeat, limits: limits,
      context: context, now: clock.now)
    do {
      return try await withTaskCancellationHandler {
        try await attempt.run(on: group)
      } onCancel: {
        attempt.cancel()
      }
    } catch {
      if attempt.isCancelled { throw TransportError(host: endpoint.host, .cancelled) }
      if let error = error as? TransportError { throw error }
      let cause = Failure.cause(error, proxy: proxy, connect: limits.connect)
      throw TransportError(
        host: endpoint.host, cause ?? .malformed(Printable.text("\(error)", limit: 120)))
    }
  }
}

/// One try to open a stream.
private final class Attempt: Sendable {
  private struct State {
    var isCancelled = false
    var isTunnelling = false
    var channels: [any Channel] = []
  }

  private let endpoint: Endpoint
  private let target: String
  private let headers: [HTTPHeader]
  private let proxy: Proxy?
  private let heartbeat: Heartbeat
  private let limits: WebSocketTransport.Limits
  private let context: NIOSSLContext
  private let now: @Sendable () -> Timestamp
  private let state = Mutex(State())

  init(
    endpoint: Endpoint, target: String, headers: [HTTPHeader], proxy: Proxy?, heartbeat: Heartbeat,
    limits: WebSocketTransport.Limits, context: NIOSSLContext,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.endpoint = endpoint
    self.target = target
    self.headers = headers
    self.proxy = proxy
    self.heartbeat = heartbeat
    self.limits = limits
    self.context = context
    self.now = now
  }

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  func cancel() {
    let channels = state.withLock { state in
      state.isCancelled = true
      return state.channels
    }
    for channel in channels { channel.close(promise: nil) }
  }

  func run(on group: any EventLoopGroup) async throws -> WebSocketConnection {
    let channel = try await ClientBootstrap(group: group)
      .connectTimeout(limits.connect.amount)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelOption(.socketOption(.so_keepalive), value: 1)
      // What a beat brings is read whole.
      .channelOption(.maxMessagesPerRead, value: 16)
      .channelInitializer { channel in
        let isCancelled = self.state.withLock { state in
          state.channels.append(channel)
          return state.isCancelled
        }
        return isCancelled
          ? channel.eventLoop.makeFailedFuture(CancellationError())
          : channel.eventLoop.makeSucceededVoidFuture()
      }
      .connect(host: proxy?.host ?? endpoint.host, port: proxy?.port ?? endpoint.port)
      .get()
    do {
      return try await channel.eventLoop.flatSubmit { self.open(channel) }.get()
    } catch {
      channel.close(promise: nil)
      throw error
    }
  }

  /// Proxy, TLS and the stream's opening, one after the other.
  private func open(_ channel: any Channel) -> EventLoopFuture<WebSocketConnection> {
    let loop = channel.eventLoop
    let result = loop.makePromise(of: WebSocketConnection.self)
    let timer = loop.scheduleTask(in: limits.upgrade.amount) {
      result.fail(self.timeout)
      channel.close(promise: nil)
    }
    state.withLock { $0.isTunnelling = proxy != nil }
    tunnel(channel).flatMap {
      self.state.withLock { $0.isTunnelling = false }
      return self.upgrade(channel)
    }.flatMapThrowing {
      try self.start(channel)
    }.cascade(to: result)
    return result.futureResult.always { _ in timer.cancel() }
  }

  /// What a wait that took too long was for.
  private var timeout: TransportError {
    if let proxy, state.withLock({ $0.isTunnelling }) {
      return TransportError(host: endpoint.host, .proxy(proxy, "it doesn't answer"))
    }
    return TransportError(host: endpoint.host, .timedOut(.upgrade, after: limits.upgrade))
  }

  private func tunnel(_ channel: any Channel) -> EventLoopFuture<Void> {
    guard let proxy else { return channel.eventLoop.makeSucceededVoidFuture() }
    let pipeline = channel.pipeline.syncOperations
    let done = channel.eventLoop.makePromise(of: Void.self)
    do {
      switch proxy.kind {
      case .http:
        try pipeline.addHandler(ConnectHandler(endpoint: endpoint, proxy: proxy, done: done))
        return done.futureResult
      case .socks5:
        let address: SOCKSAddress =
          HostName.isAddress(endpoint.host)
          ? .address(try SocketAddress(ipAddress: endpoint.host, port: endpoint.port))
          : .domain(endpoint.host, port: endpoint.port)
        let socks = SOCKSClientHandler(targetAddress: address)
        let waiter = SOCKSWaiter(endpoint: endpoint, proxy: proxy, done: done)
        // The waiter comes first into the pipeline's end, so that it sees the handshake's errors.
        try pipeline.addHandler(waiter)
        try pipeline.addHandler(socks, position: .first)
        return done.futureResult.assumeIsolated().flatMap {
          pipeline.removeHandler(waiter)
        }.flatMap {
          pipeline.removeHandler(socks)
        }.nonisolated()
      }
    } catch {
      done.fail(error)
      return done.futureResult
    }
  }

  private func upgrade(_ channel: any Channel) -> EventLoopFuture<Void> {
    let pipeline = channel.pipeline.syncOperations
    let done = channel.eventLoop.makePromise(of: Void.self)
    do {
      if endpoint.scheme.isSecure {
        // An address is compared with the certificate's addresses; it can't be named in TLS.
        let name = HostName.isAddress(endpoint.host) ? nil : endpoint.host
        try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: name))
      }
      try pipeline.addHandler(
        UpgradeHandler(endpoint: endpoint, target: target, headers: headers, done: done))
    } catch {
      done.fail(error)
    }
    return done.futureResult
  }

  /// Puts the stream's handlers behind the opening's, which is about to leave.
  private func start(_ channel: any Channel) throws -> WebSocketConnection {
    let pipeline = channel.pipeline.syncOperations
    let queue = MessageQueue(
      bounds: .init(messages: limits.queuedMessages, bytes: limits.queuedBytes))
    let handler = WebSocketHandler(
      queue: queue, heartbeat: heartbeat, limit: limits.message, now: now,
      closePatience: limits.close, beat: limits.beat)
    try pipeline.addHandler(WebSocketFrameEncoder())
    try pipeline.addHandler(
      ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: limits.message)))
    try pipeline.addHandler(handler)
    return WebSocketConnection(host: endpoint.host, channel: channel, queue: queue)
  }
}
