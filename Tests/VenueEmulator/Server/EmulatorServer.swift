import Market
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import Synchronization

/// One emulated venue at a port of this machine: HTTP/1.1 and WebSockets over TLS or plain, with
/// the troubles that only a wire can have.
public final class EmulatorServer: Sendable {
  /// How a server is run.
  public struct Options: Sendable {
    /// Whether connections are secured, with a certificate of `EmulatorCertificates.authority`.
    public var isSecure = true
    /// The port; 0 for any that is free.
    public var port = 0
    /// How the venue is run.
    public var venue = EmulatedVenue.Options()
    /// What goes wrong, and when.
    public var script = FaultScript.none

    /// A secured server at any port, whose venue does nothing wrong.
    public init() {}
  }

  /// Which venue.
  public let venue: Venue
  /// Where it listens.
  public let port: Int
  let isSecure: Bool
  private let listener: any Channel
  private let desk: ServerDesk

  /// Begins to listen at 127.0.0.1. The market is simulated up to the clock's present first.
  public init(
    _ venue: Venue, market: EmulatedMarket, clock: EmulatorClock, options: Options = Options()
  ) async throws {
    self.venue = venue
    isSecure = options.isSecure
    market.prepare(to: clock.now)
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let desk = ServerDesk(
      venue: EmulatedVenue(
        venue, market: market, script: options.script, options: options.venue),
      clock: clock, loop: loop)
    self.desk = desk
    let good = try Self.context(EmulatorCertificates.localhost, EmulatorCertificates.localhostKey)
    let wrong = try Self.context(EmulatorCertificates.other, EmulatorCertificates.otherKey)
    listener = try await ServerBootstrap(group: loop)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let trouble = desk.troubleOfConnecting()
          guard trouble != .unreachable else {
            channel.close(promise: nil)
            return
          }
          if options.isSecure {
            let context = trouble == .wrongCertificate ? wrong : good
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
          }
          try Self.speakHTTP(channel, desk)
        }
      }
      .bind(host: "127.0.0.1", port: options.port).get()
    port = listener.localAddress?.port ?? 0
    desk.start()
  }

  /// The base of its REST interface: `https://localhost:4711`.
  public var restURL: String { (isSecure ? "https" : "http") + "://localhost:\(port)" }

  /// The base of its streams: `wss://localhost:4711`.
  public var streamURL: String { (isSecure ? "wss" : "ws") + "://localhost:\(port)" }

  /// What has happened so far.
  public var report: EmulatorReport { desk.report }

  /// Lets something go wrong from now on, until it is healed: a span of the clock would be over
  /// unseen on a machine that is busy with other things.
  public func suffer(_ fault: Fault) { desk.suffer(fault, lasting: .days(1)) }

  /// Ends whatever goes wrong now.
  public func heal() { desk.heal() }

  /// Ends every connection and stops listening.
  public func stop() async {
    desk.stop()
    try? await listener.close().get()
  }

  private static func context(_ certificate: String, _ key: String) throws -> NIOSSLContext {
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
    let key = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key)))
  }

  private static func speakHTTP(_ channel: any Channel, _ desk: ServerDesk) throws {
    let answers = AnswerHandler(desk: desk)
    let handler = NIOLoopBound(answers, eventLoop: channel.eventLoop)
    let upgrader = NIOWebSocketServerUpgrader(
      maxFrameSize: 1 << 20,
      shouldUpgrade: { channel, head in
        let target = EmulatedRequest(target: head.uri)
        switch desk.open(target) {
        case .opened(let id):
          handler.value.stream = id
          return channel.eventLoop.makeSucceededFuture(HTTPHeaders())
        case .refused(let answer):
          handler.value.refusal = answer
          return channel.eventLoop.makeSucceededFuture(nil)
        }
      },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture {
          guard let id = handler.value.stream else { return }
          try channel.pipeline.syncOperations.addHandler(StreamHandler(desk: desk, id: id))
        }
      })
    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
      withServerUpgrade: (
        upgraders: [upgrader],
        completionHandler: { context in
          context.pipeline.syncOperations.removeHandler(handler.value, promise: nil)
        }
      ))
    try channel.pipeline.syncOperations.addHandler(answers)
  }
}
