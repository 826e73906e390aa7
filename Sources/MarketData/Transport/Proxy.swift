/// A server that connects to venues on our behalf.
public struct Proxy: Hashable, Sendable, CustomStringConvertible {
  /// How the proxy is asked.
  public enum Kind: Hashable, Sendable {
    /// HTTP CONNECT, with the value of `Proxy-Authorization`'s user and password where there are some.
    case http(Credentials?)
    /// SOCKS version 5 without authentication. The proxy resolves the venue's name.
    case socks5
  }

  /// A user and a password for a proxy.
  public struct Credentials: Hashable, Sendable {
    public let user: String
    public let password: String
  }

  public let kind: Kind
  public let host: String
  public let port: Int

  /// Reads `http://user:password@host:port`, `socks5://host:port`, `socks5h://host` or `host:port`.
  /// - Throws: a `ProxyError` whose description is a sentence that doesn't repeat a password.
  public init(_ text: String) throws(ProxyError) {
    let mark = text.firstRange(of: "://")
    let scheme = mark.map { text[..<$0.lowerBound].lowercased() } ?? "http"
    var rest = mark.map { text[$0.upperBound...] } ?? text[...]
    while rest.last == "/" { rest.removeLast() }

    let at = rest.lastIndex(of: "@")
    let authority = at.map { rest[rest.index(after: $0)...] } ?? rest
    let userInfo = at.map { rest[..<$0] }
    let shown = "\(scheme)://\(authority)"
    guard let (host, port) = HostName.split(authority), HostName.isPlausible(host) else {
      throw ProxyError(proxy: shown, fault: .host)
    }
    var credentials: Credentials?
    if let userInfo {
      let colon = userInfo.firstIndex(of: ":") ?? userInfo.endIndex
      guard let user = PercentText.decode(userInfo[..<colon]),
        let password = PercentText.decode(userInfo[colon...].dropFirst())
      else { throw ProxyError(proxy: shown, fault: .credentials) }
      credentials = Credentials(user: user, password: password)
    }
    switch scheme {
    case "http": kind = .http(credentials)
    case "socks5", "socks5h":
      guard credentials == nil else { throw ProxyError(proxy: shown, fault: .socksCredentials) }
      kind = .socks5
    default: throw ProxyError(proxy: shown, fault: .scheme)
    }
    self.host = host.lowercased()
    self.port = port ?? (kind == .socks5 ? 1_080 : 80)
  }

  /// The proxy as a URL, without its user and password.
  public var description: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return kind == .socks5 ? "socks5://\(name):\(port)" : "http://\(name):\(port)"
  }
}

/// Why a text can't be a proxy.
public struct ProxyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with the text.
  public enum Fault: Hashable, Sendable {
    /// Neither http nor socks5.
    case scheme
    /// No host, or a port that isn't 1 to 65535.
    case host
    /// An escape of the user or the password is malformed.
    case credentials
    /// SOCKS5 with a user, which isn't spoken here.
    case socksCredentials
  }

  /// The proxy's URL without user and password.
  public let proxy: String
  public let fault: Fault

  public var description: String {
    let shown = Printable.quoted(proxy)
    return switch fault {
    case .scheme:
      "\(shown) isn't a kind of proxy that is spoken here; use http://, socks5:// or socks5h://"
    case .host: "\(shown) has no valid host and port"
    case .credentials: "\(shown): the user or the password before the @ has a broken % escape"
    case .socksCredentials:
      "\(shown): SOCKS5 with a user and password isn't spoken here; use an http:// proxy for that"
    }
  }
}

/// Which proxy, if any, is used for which endpoint.
public struct ProxySettings: Hashable, Sendable {
  /// For https and wss.
  public let secure: Proxy?
  /// For plain http and ws, which reach this machine only.
  public let plain: Proxy?
  /// Hosts that are reached directly: `*`, a name that covers its subdomains, or an address; each may
  /// have a port.
  public let direct: [String]

  /// No proxy at all.
  public static let none = ProxySettings(secure: nil, plain: nil, direct: [])

  /// One proxy for everything, as an explicit setting: it wins over the environment.
  public init(explicit proxy: Proxy) {
    self.init(secure: proxy, plain: proxy, direct: [])
  }

  /// What the environment says: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`.
  ///
  /// The name in lower case wins, the scheme's own wins over `ALL_PROXY`, and an empty value is none,
  /// as in curl.
  /// - Throws: a `ProxyError` where a value that is used isn't a proxy.
  public init(environment: [String: String]) throws(ProxyError) {
    func value(_ name: String) -> String? {
      let found = environment[name.lowercased()] ?? environment[name]
      return found?.isEmpty == false ? found : nil
    }
    func proxy(_ name: String) throws(ProxyError) -> Proxy? {
      guard let text = value(name) ?? value("ALL_PROXY") else { return nil }
      return try Proxy(text)
    }
    let list = value("NO_PROXY") ?? ""
    self.init(
      secure: try proxy("HTTPS_PROXY"), plain: try proxy("HTTP_PROXY"),
      direct: list.split { $0 == "," || $0 == " " }.map { $0.lowercased() })
  }

  private init(secure: Proxy?, plain: Proxy?, direct: [String]) {
    self.secure = secure
    self.plain = plain
    self.direct = direct
  }

  /// The proxy to reach an endpoint through; nil where it is reached directly.
  public func proxy(for endpoint: Endpoint) -> Proxy? {
    direct.contains { Self.covers($0, endpoint) }
      ? nil : endpoint.scheme.isSecure ? secure : plain
  }

  /// Whether an entry of `NO_PROXY` means the endpoint's host.
  private static func covers(_ entry: String, _ endpoint: Endpoint) -> Bool {
    if entry == "*" { return true }
    // An IPv6 address stands there with or without brackets; without them it has no port.
    let bare = entry.first != "[" && entry.filter { $0 == ":" }.count > 1
    guard let (name, port) = bare ? (entry, nil) : HostName.split(entry) else { return false }
    if let port, port != endpoint.port { return false }
    let suffix =
      name.hasPrefix("*.") ? name.dropFirst(2) : name.first == "." ? name.dropFirst() : name[...]
    if suffix.isEmpty { return false }
    return endpoint.host == suffix
      || (!HostName.isAddress(endpoint.host) && endpoint.host.hasSuffix("." + suffix))
  }
}
