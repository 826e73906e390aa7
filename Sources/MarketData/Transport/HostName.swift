/// Names and addresses of hosts as they stand in URLs.
enum HostName {
  /// Host and port of `host`, `host:80`, `[::1]` or `[::1]:80`; nil where either is malformed.
  static func split(_ authority: some StringProtocol) -> (host: String, port: Int?)? {
    let host: Substring
    var rest: Substring
    let text = Substring(authority)
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
      guard host.contains(":") else { return nil }
    } else {
      let colon = text.firstIndex(of: ":") ?? text.endIndex
      host = text[..<colon]
      rest = text[colon...]
    }
    if rest.isEmpty { return (String(host), nil) }
    guard rest.removeFirst() == ":", rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = Int(rest), (1...65_535).contains(port)
    else { return nil }
    return (String(host), port)
  }

  /// Whether the text has only characters of a name or an address.
  static func isPlausible(_ host: String) -> Bool {
    if host.contains(":") {
      return host.utf8.allSatisfy { $0 == 0x3A || $0 == 0x2E || isHexDigit($0) }
    }
    return !host.isEmpty && host.utf8.count <= 253 && host.first != "." && host.first != "-"
      && !host.contains("..")
      && host.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == 0x2D || byte == 0x2E || byte == 0x5F
      }
  }

  /// Whether the host is this machine. A name such as `127.example.com` isn't.
  static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" || host == "0:0:0:0:0:0:0:1" { return true }
    guard let bytes = ipv4(host) else { return false }
    return bytes[0] == 127
  }

  /// Whether the text is an address rather than a name.
  static func isAddress(_ host: String) -> Bool { host.contains(":") || ipv4(host) != nil }

  /// The four bytes of a dotted IPv4 address.
  private static func ipv4(_ host: String) -> [UInt8]? {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let bytes = parts.compactMap { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt8(part) : nil
    }
    return bytes.count == 4 ? bytes : nil
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}

/// Percent-escapes in URLs.
enum PercentText {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// The text with everything but letters, digits and `-._~` escaped.
  static func encode(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text with its escapes resolved; nil where an escape is malformed.
  static func decode(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      guard byte == 0x25 else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(value), let low = rest.popFirst().flatMap(value)
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x41 + 10
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }
}
