import AsyncHTTPClient
import Market
import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks venues over HTTP: one answer to one request, with no retry and no redirect of its own.
///
/// Any status is a result; an error is thrown only where no complete answer came. Certificates are
/// always checked. `shutdown()` must be called before the last reference goes.
public final class HTTPTransport: Sendable {
  /// How long and how much the transport puts up with.
  public struct Limits: Hashable, Sendable {
    /// For TCP, a proxy's consent and TLS.
    public var connect: Span = .seconds(10)
    /// Between two pieces of an answer.
    public var read: Span = .seconds(15)
    /// For the whole answer, from asking to its last byte.
    public var answer: Span = .seconds(40)
    /// The longest body in bytes, compressed or not.
    public var body = 32 << 20

    /// The default limits.
    public init() {}
  }

  private let limits: Limits
  private let proxies: ProxySettings
  private let clock: TransportClock
  private let direct: HTTPClient
  private let secure: HTTPClient?
  private let plain: HTTPClient?

  /// A transport.
  /// - Parameters:
  ///   - proxies: which proxy is used for which endpoint.
  ///   - trust: whose certificates are believed.
  ///   - clock: measures `limits.answer`; the other limits go by the event loop's own clock.
  ///   - group: where connections live.
  public init(
    proxies: ProxySettings = .none, trust: Trust = .system, limits: Limits = Limits(),
    clock: TransportClock = .system,
    group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
  ) {
    self.limits = limits
    self.proxies = proxies
    self.clock = clock
    func client(_ proxy: Proxy?) -> HTTPClient {
      var configuration = HTTPClient.Configuration(
        tlsConfiguration: trust.configuration, redirectConfiguration: .disallow,
        timeout: .init(connect: limits.connect.amount, read: limits.read.amount),
        proxy: proxy?.configuration,
        decompression: .enabled(limit: .size(limits.body)))
      configuration.httpVersion = .http1Only
      // Whether and when to try again is decided above, where the venue's limits are known.
      configuration.connectionPool.retryConnectionEstablishment = false
      return HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }
    direct = client(nil)
    secure = proxies.secure.map(client)
    plain = proxies.plain.map(client)
  }

  /// Asks with GET for the venue's path.
  /// - Throws: a `TransportError` where no complete answer came.
  public func get(
    _ endpoint: Endpoint, path: String, query: [(name: String, value: String)] = [],
    headers: [HTTPHeader] = []
  ) async throws(TransportError) -> HTTPResult {
    let request = HTTPClientRequest(url: endpoint.url(path, query: query))
    return try await execute(request, endpoint, headers)
  }

  /// Asks with POST, a body of JSON.
  /// - Throws: a `TransportError` where no complete answer came.
  public func post(
    _ endpoint: Endpoint, path: String, json: [UInt8], headers: [HTTPHeader] = []
  ) async throws(TransportError) -> HTTPResult {
    var request = HTTPClientRequest(url: endpoint.url(path))
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.body = .bytes(ByteBuffer(bytes: json))
    return try await execute(request, endpoint, headers)
  }

  /// Closes all connections; requests under way fail as cancelled.
  public func shutdown() async {
    for client in [direct, secure, plain] {
      // It fails only where it was shut down before, which is what was asked for.
      try? await client?.shutdown()
    }
  }

  private func execute(
    _ request: HTTPClientRequest, _ endpoint: Endpoint, _ headers: [HTTPHeader]
  ) async throws(TransportError) -> HTTPResult {
    var request = request
    for header in endpoint.headers + headers where header.isSendable {
      request.headers.replaceOrAdd(name: header.name, value: header.value)
    }
    if !request.headers.contains(name: "Accept") {
      request.headers.add(name: "Accept", value: "application/json")
    }
    if !request.headers.contains(name: "User-Agent") {
      // Some venues' front doors turn away requests without one.
      request.headers.add(name: "User-Agent", value: "lodestone")
    }
    let proxy = proxies.proxy(for: endpoint)
    let client = proxy == nil ? direct : (endpoint.scheme.isSecure ? secure : plain) ?? direct
    do {
      return try await answer(to: request, from: client)
    } catch {
      throw HTTPFailure.error(error, endpoint: endpoint, proxy: proxy, limits: limits)
    }
  }

  /// The whole answer, within the time that it is given.
  private func answer(
    to request: HTTPClientRequest, from client: HTTPClient
  ) async throws -> HTTPResult {
    let limits = limits
    let clock = clock
    return try await withThrowingTaskGroup(of: HTTPResult?.self) { group in
      group.addTask {
        // The deadline lies past ours, which also covers the body.
        let response = try await client.execute(
          request, timeout: limits.answer.amount + .seconds(60))
        let body = try await response.body.collect(upTo: limits.body)
        return HTTPResult(
          status: Int(response.status.code),
          headers: response.headers.map { HTTPHeader($0.name, $0.value) },
          body: Array(body.readableBytesView))
      }
      group.addTask {
        try await clock.sleep(limits.answer)
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let result = first else {
        throw HTTPFailure.tooSlow
      }
      return result
    }
  }
}

extension Span {
  /// The span as NIO counts time.
  var amount: TimeAmount { .milliseconds(milliseconds) }
}

extension Proxy {
  /// The proxy as AsyncHTTPClient knows it.
  fileprivate var configuration: HTTPClient.Configuration.Proxy {
    switch kind {
    case .http(let credentials):
      .server(
        host: host, port: port,
        authorization: credentials.map {
          .basic(username: $0.user, password: $0.password)
        })
    case .socks5: .socksServer(host: host, port: port)
    }
  }
}
