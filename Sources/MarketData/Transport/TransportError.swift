import Market

/// Why a request or a connection failed before the venue had its say.
public struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened.
  public enum Cause: Hashable, Sendable {
    /// Nothing, or not enough, came within the time that the phase is given.
    case timedOut(Phase, after: Span)
    /// Nobody listens at the host's port.
    case refused
    /// The name has no address.
    case unknownHost
    /// The network has no way to the host; the text is the system's own.
    case unreachable(String)
    /// TLS failed; the text says how.
    case tls(String)
    /// The certificate is not one of an authority that is trusted here, has expired, or is broken.
    case untrustedCertificate
    /// The certificate is for another host.
    case wrongHostName
    /// The proxy can't be reached or would not connect; the text says how.
    case proxy(Proxy, String)
    /// The body or the message is longer than the given number of bytes.
    case tooLarge(limit: Int)
    /// The connection ended before the answer did.
    case truncated
    /// What came breaks HTTP or WebSocket; the text says how.
    case malformed(String)
    /// The host answered a WebSocket's opening with something else.
    case notUpgraded(HTTPResult)
    /// The connection is closed, so nothing can be sent.
    case closed
    /// The task that asked was cancelled.
    case cancelled
  }

  /// What was being waited for.
  public enum Phase: String, Hashable, Sendable {
    /// The TCP connection, a proxy's consent and TLS.
    case connect
    /// The next bytes of an answer.
    case read
    /// The whole answer.
    case answer
    /// A WebSocket's opening.
    case upgrade
  }

  /// The host that was asked.
  public let host: String
  public let cause: Cause

  /// A failure at a host.
  public init(host: String, _ cause: Cause) {
    self.host = host
    self.cause = cause
  }

  public var description: String {
    switch cause {
    case .timedOut(let phase, let span):
      let time = "\(Double(span.milliseconds) / 1_000) s"
      return switch phase {
      case .connect: "\(host) can't be reached: no connection within \(time)"
      case .read: "\(host) stopped sending: nothing for \(time)"
      case .answer: "\(host) took longer than \(time) to answer"
      case .upgrade: "\(host) didn't open the stream within \(time)"
      }
    case .refused: return "\(host) refuses the connection: nothing listens at that port"
    case .unknownHost: return "\(host) has no address: the name can't be resolved"
    case .unreachable(let reason): return "\(host) can't be reached: \(reason)"
    case .tls(let reason): return "\(host): the encrypted connection failed (\(reason))"
    case .untrustedCertificate:
      return "\(host) shows a certificate that isn't trusted here; if a proxy of yours replaces "
        + "certificates, name its authority's file in SSL_CERT_FILE"
    case .wrongHostName: return "\(host) shows a certificate of another host"
    case .proxy(let proxy, let reason):
      return "\(host) can't be reached through the proxy \(proxy): \(reason)"
    case .tooLarge(let limit): return "\(host) sent more than \(limit) bytes in one answer"
    case .truncated: return "\(host) ended the connection in the middle of its answer"
    case .malformed(let reason): return "\(host) sent what can't be read: \(reason)"
    case .notUpgraded(let result):
      let body = result.excerpt
      return "\(host) would not open the stream (HTTP \(result.status))"
        + (body.isEmpty ? "" : ": \(body)")
    case .closed: return "\(host): the connection is closed"
    case .cancelled: return "the request to \(host) was cancelled"
    }
  }
}
