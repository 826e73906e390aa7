/// Where a venue's REST or stream interface is reached: the base to which the venue's paths are added.
///
/// `https://fapi.binance.com`, `wss://ws.okx.com:8443`, `https://mirror.example/binance`. The plain
/// `http` and `ws` are for loopback addresses only: a market that somebody on the way can rewrite is
/// worse than none.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  /// How bytes travel to an endpoint.
  public enum Scheme: String, Hashable, Sendable {
    case https
    case wss
    case http
    case ws

    /// Whether the connection is encrypted and the peer's certificate is checked.
    public var isSecure: Bool { self == .https || self == .wss }

    /// Whether it carries a WebSocket.
    public var isWebSocket: Bool { self == .wss || self == .ws }

    /// The port where none is given.
    public var defaultPort: Int { isSecure ? 443 : 80 }
  }

  /// What kind of interface is expected at an endpoint.
  public enum Kind: Hashable, Sendable {
    case rest
    case stream

    /// The schemes that the kind may have, the secure one first.
    var schemes: [Scheme] { self == .rest ? [.https, .http] : [.wss, .ws] }
  }

  public let scheme: Scheme
  /// The host's name or address in lower case; an IPv6 address has no brackets.
  public let host: String
  public let port: Int
  /// What comes before the venue's own paths: empty, or `/` and more without a `/` at the end.
  public let pathPrefix: String
  /// Headers that each request to the endpoint carries besides its own.
  public var headers: [HTTPHeader]

  /// Reads a base URL such as `https://host:port/prefix`.
  /// - Throws: an `EndpointError` whose description is a sentence for whoever wrote the URL.
  public init(_ text: String, kind: Kind, headers: [HTTPHeader] = []) throws(EndpointError) {
    func error(_ fault: EndpointError.Fault) -> EndpointError {
      EndpointError(text: text, fault: fault)
    }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw error(.badCharacter) }
    guard let mark = text.firstRange(of: "://"),
      let scheme = Scheme(rawValue: text[..<mark.lowerBound].lowercased()),
      kind.schemes.contains(scheme)
    else { throw error(.scheme(kind)) }

    let rest = text[mark.upperBound...]
    guard !rest.contains("?"), !rest.contains("#") else { throw error(.query) }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let authority = rest[..<slash]
    guard !authority.contains("@") else { throw error(.userInfo) }
    guard let (host, port) = HostName.split(authority), HostName.isPlausible(host) else {
      throw error(.host)
    }
    var path = rest[slash...]
    while path.last == "/" { path.removeLast() }

    self.scheme = scheme
    self.host = host.lowercased()
    self.port = port ?? scheme.defaultPort
    pathPrefix = String(path)
    self.headers = headers
    guard scheme.isSecure || isLoopback else { throw error(.insecure) }
    for header in headers where !header.isSendable { throw error(.header(header.name)) }
  }

  /// Whether the host is this machine: `localhost`, 127.0.0.0/8 or ::1.
  public var isLoopback: Bool { HostName.isLoopback(host) }

  /// The host as it stands in a URL or a `Host` header: with its port unless that is the scheme's.
  public var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == scheme.defaultPort ? name : "\(name):\(port)"
  }

  /// The venue's path, after the endpoint's prefix, with a query.
  /// - Parameters:
  ///   - path: begins with `/`; taken as it is.
  ///   - query: names and values in their order, escaped here.
  public func target(_ path: String, query: [(name: String, value: String)] = []) -> String {
    let head = pathPrefix + path
    let target = head.isEmpty ? "/" : head
    if query.isEmpty { return target }
    let items = query.map { "\(PercentText.encode($0.name))=\(PercentText.encode($0.value))" }
    return target + "?" + items.joined(separator: "&")
  }

  /// The whole URL of the venue's path.
  public func url(_ path: String, query: [(name: String, value: String)] = []) -> String {
    "\(scheme.rawValue)://\(authority)\(target(path, query: query))"
  }

  public var description: String { "\(scheme.rawValue)://\(authority)\(pathPrefix)" }
}

/// One header of a request or an answer.
public struct HTTPHeader: Hashable, Sendable {
  public let name: String
  public let value: String

  /// A header; names are compared without regard to case.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether name and value can't break out of their line.
  var isSendable: Bool {
    let marks = "!#$%&'*+-.^_`|~".utf8
    return !name.isEmpty
      && name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || marks.contains(byte)
      }
      && value.utf8.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
  }
}

/// Why a text can't be an endpoint.
public struct EndpointError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with the text.
  public enum Fault: Hashable, Sendable {
    /// A space, a control character or one outside of ASCII.
    case badCharacter
    /// Not a scheme of that kind of interface.
    case scheme(Endpoint.Kind)
    /// A query or a fragment, which a base can't have.
    case query
    /// A user name or password, which would go to the venue.
    case userInfo
    /// No host, or a port that isn't 1 to 65535.
    case host
    /// http or ws to another machine.
    case insecure
    /// A header that HTTP doesn't allow.
    case header(String)
  }

  public let text: String
  public let fault: Fault

  public var description: String {
    let shown = Printable.quoted(text)
    switch fault {
    case .badCharacter:
      return "\(shown) isn't a URL: it holds a space or a character outside of ASCII"
    case .scheme(let kind):
      let (secure, plain) = (kind.schemes[0].rawValue, kind.schemes[1].rawValue)
      return "\(shown) must begin with \(secure)://, or \(plain):// for this machine itself"
    case .query:
      return "\(shown) is a base for paths, so it can't have a query or a fragment"
    case .userInfo:
      return "\(shown) holds a user name; venues are asked without one"
    case .host:
      return "\(shown) has no valid host and port"
    case .insecure:
      return "\(shown) isn't encrypted; http and ws are accepted for loopback addresses only "
        + "(localhost, 127.0.0.1, ::1)"
    case .header(let name):
      return "\(shown): the header \(Printable.quoted(name)) has characters that HTTP doesn't allow"
    }
  }
}
