import AsyncHTTPClient
import Glibc
import Market
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSOCKS
import NIOSSL

/// What the libraries' errors mean for the host that was asked.
enum Failure {
  /// The cause behind an error of connecting or of TLS; nil where it is neither.
  ///
  /// - Parameter proxy: the proxy in use: what fails before it consents is its failure.
  static func cause(_ error: any Error, proxy: Proxy?, connect: Span) -> TransportError.Cause? {
    switch error {
    case is CancellationError: return .cancelled
    case let error as NIOConnectionError:
      let cause = connection(error)
      guard let proxy else { return cause }
      return .proxy(proxy, inWords(cause))
    case ChannelError.connectTimeout:
      guard let proxy else { return .timedOut(.connect, after: connect) }
      return .proxy(proxy, "no connection to it in time")
    case let error as SOCKSError.ConnectionFailed:
      return proxy.map { .proxy($0, "it can't connect (SOCKS reply \(error.reply.value))") }
    case is SOCKSError.InvalidAuthenticationSelection:
      return proxy.map { .proxy($0, "it asks for a user and a password") }
    case is SOCKSError.InvalidProtocolVersion, is SOCKSError.InvalidReservedByte,
      is SOCKSError.UnexpectedRead, is SOCKSError.InvalidAddressType:
      return proxy.map { .proxy($0, "it doesn't speak SOCKS5") }
    case let error as NIOSSLError: return tls(error)
    case let error as NIOSSLExtraError:
      return error == .failedToValidateHostname ? .wrongHostName : .tls(error.description)
    case let error as BoringSSLError: return .tls(String(describing: error))
    case let error as IOError: return system(error)
    default: return nil
    }
  }

  private static func connection(_ error: NIOConnectionError) -> TransportError.Cause {
    guard let first = error.connectionErrors.first?.error else {
      return error.dnsAError != nil || error.dnsAAAAError != nil
        ? .unknownHost : .unreachable("it has no address")
    }
    for failure in error.connectionErrors {
      if let failure = failure.error as? IOError, failure.errnoCode == ECONNREFUSED {
        return .refused
      }
    }
    return (first as? IOError).map(system) ?? .unreachable(String(describing: first))
  }

  private static func system(_ error: IOError) -> TransportError.Cause {
    switch error.errnoCode {
    case ECONNREFUSED: .refused
    case ECONNRESET, EPIPE: .truncated
    default: .unreachable(strerror(error.errnoCode).map { String(cString: $0) } ?? "system error")
    }
  }

  private static func tls(_ error: NIOSSLError) -> TransportError.Cause {
    switch error {
    case .uncleanShutdown: return .truncated
    case .unableToValidateCertificate, .noCertificateToValidate: return .untrustedCertificate
    case .handshakeFailed(let reason):
      let text = String(describing: reason)
      if text.contains("CERTIFICATE_VERIFY_FAILED") { return .untrustedCertificate }
      if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
        return .tls("the host doesn't speak TLS at that port")
      }
      return .tls(shortened(text))
    default: return .tls(shortened(String(describing: error)))
    }
  }

  /// The names of BoringSSL's errors without its source files.
  private static func shortened(_ text: String) -> String {
    guard let range = text.firstRange(of: "OPENSSL_internal:") else {
      return Printable.text(text, limit: 80)
    }
    let name = text[range.upperBound...].prefix { $0.isLetter || $0 == "_" || $0.isNumber }
    return name.lowercased().replacing("_", with: " ")
  }

  /// A connection's failure without the host's name.
  private static func inWords(_ cause: TransportError.Cause) -> String {
    switch cause {
    case .refused: "nothing listens at its port"
    case .unknownHost: "its name can't be resolved"
    case .unreachable(let reason): "it can't be reached (\(reason))"
    default: "it can't be reached"
    }
  }
}

/// What a failed HTTP request means.
enum HTTPFailure: Error {
  /// The whole answer took longer than it may.
  case tooSlow

  static func error(
    _ error: any Error, endpoint: Endpoint, proxy: Proxy?, limits: HTTPTransport.Limits
  ) -> TransportError {
    TransportError(host: endpoint.host, cause(error, proxy: proxy, limits: limits))
  }

  private static func cause(
    _ error: any Error, proxy: Proxy?, limits: HTTPTransport.Limits
  ) -> TransportError.Cause {
    if let known = Failure.cause(error, proxy: proxy, connect: limits.connect) { return known }
    switch error {
    case HTTPFailure.tooSlow: return .timedOut(.answer, after: limits.answer)
    case is NIOTooManyBytesError: return .tooLarge(limit: limits.body)
    case let error as NIOHTTPDecompression.DecompressionError:
      return error == .limit
        ? .tooLarge(limit: limits.body) : .malformed("its compressed body is broken")
    case let error as NIOHTTPDecompression.ExtraDecompressionError:
      return error == .truncatedData ? .truncated : .malformed("its compressed body is broken")
    case let error as HTTPParserError:
      return error == .invalidEOFState ? .truncated : .malformed(String(describing: error))
    case let error as HTTPClientError: return client(error, proxy: proxy, limits: limits)
    default: return .malformed(Printable.text(String(describing: error), limit: 120))
    }
  }

  private static func client(
    _ error: HTTPClientError, proxy: Proxy?, limits: HTTPTransport.Limits
  ) -> TransportError.Cause {
    switch error {
    case .cancelled, .alreadyShutdown, .requestStreamCancelled: return .cancelled
    case .readTimeout: return .timedOut(.read, after: limits.read)
    case .deadlineExceeded: return .timedOut(.answer, after: limits.answer)
    case .remoteConnectionClosed, .uncleanShutdown: return .truncated
    case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .writeTimeout:
      guard let proxy, error == .connectTimeout else {
        return .timedOut(.connect, after: limits.connect)
      }
      return .proxy(proxy, "no connection to it in time")
    default: break
    }
    guard let proxy else { return .malformed(error.shortDescription) }
    switch error {
    case .proxyAuthenticationRequired:
      return .proxy(proxy, "it asks for a user and a password (HTTP 407)")
    case .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
      return .proxy(proxy, "it doesn't answer")
    case .invalidProxyResponse: return .proxy(proxy, "it refuses to connect")
    default: return .malformed(error.shortDescription)
    }
  }
}
