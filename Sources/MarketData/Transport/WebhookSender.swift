import Market

/// Where a webhook is: `https://host/path?query`, or `http` to this machine itself.
public struct WebhookTarget: Hashable, Sendable {
  /// Scheme, host and port, and the path without its query.
  let endpoint: Endpoint
  /// What follows: a closing slash, a query.
  let rest: String

  /// Reads a URL.
  /// - Throws: a ``WebhookError`` whose description is a sentence for whoever wrote it.
  public init(_ url: String) throws(WebhookError) {
    let mark = url.firstIndex(of: "?") ?? url.endIndex
    let base = String(url[..<mark])
    guard !url.contains("#") else {
      throw WebhookError("the webhook's URL has a fragment (#), which a request can't have")
    }
    guard url[mark...].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw WebhookError("the webhook's URL holds a space or a character outside of ASCII")
    }
    do {
      endpoint = try Endpoint(base, kind: .rest)
    } catch {
      switch error.fault {
      case .userInfo:
        throw WebhookError(
          "the webhook's URL holds a user name; put a token into its path or query")
      case .scheme, .insecure:
        throw WebhookError(
          "the webhook's URL must begin with https://, or http:// for this machine itself")
      case .badCharacter, .query, .host, .header:
        throw WebhookError("the webhook's URL has no valid host, port and path")
      }
    }
    let hasSlash = base.hasSuffix("/") || endpoint.pathPrefix.isEmpty
    rest = (hasSlash ? "/" : "") + url[mark...]
  }

  /// The host alone: the rest of a webhook's URL is often a secret.
  public var host: String { endpoint.host }
}

/// Why a webhook wasn't told, in a sentence that keeps its URL to itself.
public struct WebhookError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// An error of that sentence.
  init(_ description: String) {
    self.description = description
  }
}

/// Tells webhooks: one POST of JSON each, without a retry and without following a redirect.
///
/// `shutdown()` must be called before the last reference goes.
public final class WebhookSender: Sendable {
  /// The longest body that is sent, in bytes.
  public static let mostBytes = 16_384

  private let transport: HTTPTransport

  /// A sender; `patience` is what a webhook may take from the first byte to the last.
  public init(
    proxies: ProxySettings = .none, trust: Trust = .system, patience: Span = .seconds(10)
  ) {
    var limits = HTTPTransport.Limits()
    limits.connect = min(patience, .seconds(5))
    limits.read = patience
    limits.answer = patience
    limits.body = 65_536
    transport = HTTPTransport(proxies: proxies, trust: trust, limits: limits)
  }

  /// Posts a body of JSON; returns once the webhook has accepted it.
  /// - Throws: a ``WebhookError`` where it wasn't accepted.
  public func send(_ json: [UInt8], to target: WebhookTarget) async throws(WebhookError) {
    guard json.count <= Self.mostBytes else {
      throw WebhookError(
        "\(target.host) was not told: \(json.count) bytes are more than \(Self.mostBytes)")
    }
    let result: HTTPResult
    do {
      result = try await transport.post(target.endpoint, path: target.rest, json: json)
    } catch {
      throw WebhookError(error.description)
    }
    switch result.status {
    case 200..<300: return
    case 300..<400:
      throw WebhookError(
        "\(target.host) answered with a redirect (HTTP \(result.status)), which isn't followed")
    default:
      let words = result.excerpt
      throw WebhookError(
        "\(target.host) answered with HTTP \(result.status)" + (words.isEmpty ? "" : ": \(words)"))
    }
  }

  /// Closes all connections; what is under way fails.
  public func shutdown() async { await transport.shutdown() }
}
