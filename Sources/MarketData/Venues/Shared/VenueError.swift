import Market

/// A venue's refusal, read from an answer's status and body.
public struct VenueError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What a fetcher can do about it.
  public enum Kind: Hashable, Sendable {
    /// No request may be sent before that moment, where the venue names one.
    case banned(until: Timestamp?)
    /// Too many requests.
    case rateLimited
    /// The venue doesn't serve this location.
    case refusedForLocation
    /// The venue has no such instrument.
    case badSymbol
    /// The request was wrong: a fault of the client.
    case badRequest
    /// The answer is given to account holders only.
    case needsKey
    /// The venue has no such answer any more.
    case notFound
    /// The venue is overloaded or down for now.
    case unavailable
    /// Something else.
    case other
  }

  /// Who refused.
  public let venue: Venue
  /// What a fetcher can do about it.
  public let kind: Kind
  /// The HTTP status, where the body came with one.
  public let status: Int?
  /// The venue's own code or label.
  public let code: String?
  /// The venue's own text, 200 characters at most.
  public let text: String

  /// A refusal.
  public init(venue: Venue, kind: Kind, status: Int? = nil, code: String? = nil, text: String) {
    self.venue = venue
    self.kind = kind
    self.status = status
    self.code = code
    self.text = String(text.prefix(200))
  }

  public var description: String {
    let number = status.map { " (HTTP \($0))" } ?? ""
    let tag = code.map { " \($0)" } ?? ""
    return "\(venue.displayName) refuses\(number)\(tag): \(text)"
  }

  /// The refusal that an answer is; nil where it isn't one.
  ///
  /// - Parameters:
  ///   - body: the answer's bytes, JSON or not.
  ///   - status: its HTTP status; nil for a message of a stream or a recording.
  public static func reading(_ body: [UInt8], status: Int? = nil, venue: Venue) -> VenueError? {
    guard let value = try? JSONReader.value(body) else {  // Not JSON is an answer, too.
      return plain(body, status: status, venue: venue)
    }
    if let error = stated(in: value, status: status, venue: venue) { return error }
    guard let status, status >= 400 else { return nil }
    return VenueError(
      venue: venue, kind: kind(status: status), status: status, text: excerpt(body))
  }

  /// The refusal that a JSON value states.
  static func stated(in value: JSONValue, status: Int? = nil, venue: Venue) -> VenueError? {
    guard let object = value.object else { return nil }
    let stated: (code: String?, text: String, kind: Kind)? =
      switch venue {
      case .binance: BinanceErrors.stated(object, status: status)
      case .bybit: BybitErrors.stated(object)
      case .okx: OKXErrors.stated(object)
      case .hyperliquid: HyperliquidErrors.stated(object)
      case .gate: GateErrors.stated(object)
      case .simulatedA, .simulatedB: nil
      }
    return stated.map {
      VenueError(venue: venue, kind: $0.kind, status: status, code: $0.code, text: $0.text)
    }
  }

  /// The refusal that a body is that isn't JSON: a page of the network in front of the venue, or a
  /// bare sentence.
  static func plain(_ body: [UInt8], status: Int?, venue: Venue) -> VenueError? {
    let text = excerpt(body)
    let lower = text.lowercased()
    if lower.contains("access too frequent") {
      return VenueError(venue: venue, kind: .rateLimited, status: status, text: text)
    }
    if lower.contains("block access from your country") || lower.contains("restricted location") {
      return VenueError(venue: venue, kind: .refusedForLocation, status: status, text: text)
    }
    if lower.contains("failed to deserialize") {
      return VenueError(venue: venue, kind: .badRequest, status: status, text: text)
    }
    if let status, status >= 400 {
      return VenueError(venue: venue, kind: kind(status: status), status: status, text: text)
    }
    guard lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") else { return nil }
    return VenueError(venue: venue, kind: .other, status: status, text: text)
  }

  /// What a status alone says.
  static func kind(status: Int) -> Kind {
    switch status {
    case 418: .banned(until: nil)
    case 429: .rateLimited
    case 451: .refusedForLocation
    case 401: .needsKey
    case 404, 410: .notFound
    case 400, 405, 415, 422: .badRequest
    case 500...: .unavailable
    default: .other
    }
  }

  private static func excerpt(_ body: [UInt8]) -> String {
    String(decoding: body.prefix(200), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// A code, written as a number or as a string.
func codeText(_ value: JSONValue?) -> String? {
  switch value {
  case .string(let text)?: text
  case .number(let number)?: Int(exactly: number).map(String.init) ?? "\(number)"
  default: nil
  }
}
