import Market

/// A request as a venue's REST interface sees it.
public struct EmulatedRequest: Sendable {
  /// A name and a value.
  public typealias Pair = (name: String, value: String)

  public var method: String
  /// Without the query.
  public var path: String
  /// Decoded, in order.
  public var query: [Pair]
  public var headers: [Pair]
  public var body: [UInt8]

  /// A request.
  public init(
    method: String = "GET", path: String, query: [Pair] = [], headers: [Pair] = [],
    body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// A request for a path with its query: `/fapi/v1/klines?symbol=BTCUSDT`.
  public init(method: String = "GET", target: String, headers: [Pair] = [], body: [UInt8] = []) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let pairs = parts.count < 2 ? [] : parts[1].split(separator: "&")
    self.init(
      method: method, path: String(parts[0]),
      query: pairs.map { pair in
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (Self.decoded(sides[0]), sides.count < 2 ? "" : Self.decoded(sides[1]))
      }, headers: headers, body: body)
  }

  /// The parameter of a name; nil where it is absent or empty.
  func parameter(_ name: String) -> String? {
    query.first { $0.name == name && !$0.value.isEmpty }?.value
  }

  private static func decoded(_ text: Substring) -> String {
    guard text.utf8.contains(where: { $0 == 0x25 || $0 == 0x2B }) else { return String(text) }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == 0x2B ? 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What a venue answers, and how the answer travels.
public struct EmulatedAnswer: Sendable {
  /// How an answer travels.
  public enum Delivery: Hashable, Sendable {
    /// At once and whole.
    case whole
    /// Whole, after a time.
    case after(Span)
    /// So many bytes of the body, though its length says more; then the connection ends.
    case truncated(Int)
    /// The body bit by bit over a time.
    case dripped(Span)
    /// The connection ends without an answer.
    case dropped
    /// Nothing ever comes, and the connection stays.
    case silence
    /// There is nobody: the connection isn't even made, or its certificate is another's.
    case unreachable
  }

  public var status: Int
  public var headers: [EmulatedRequest.Pair]
  public var body: [UInt8]
  public var delivery: Delivery

  /// A whole answer.
  public init(
    status: Int = 200, headers: [EmulatedRequest.Pair] = [], body: [UInt8],
    delivery: Delivery = .whole
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.delivery = delivery
  }

  /// A JSON answer.
  static func json(_ text: String, status: Int = 200) -> EmulatedAnswer {
    EmulatedAnswer(
      status: status, headers: [("Content-Type", "application/json;charset=UTF-8")],
      body: Array(text.utf8))
  }

  /// An answer that isn't JSON.
  static func text(
    _ text: String, status: Int, type: String = "text/html"
  ) -> EmulatedAnswer {
    EmulatedAnswer(status: status, headers: [("Content-Type", type)], body: Array(text.utf8))
  }

  /// The value of a header.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// What a client sends on a stream.
public enum EmulatedClientMessage: Hashable, Sendable {
  case text(String)
  case binary([UInt8])
  case ping([UInt8])
  case pong([UInt8])
  case close(code: UInt16?)
}

/// What a venue sends on a stream.
public enum EmulatedFrame: Hashable, Sendable {
  case text(String)
  /// A text in so many frames.
  case fragments(String, count: Int)
  /// A text whose bytes come one after the other over a time.
  case dripped(String, over: Span)
  case ping([UInt8])
  case pong([UInt8])
  /// The venue closes the stream properly.
  case close(code: UInt16, reason: String)
  /// A frame begins whose text is this, and before its end the connection breaks.
  case cut(String)
  /// The connection ends without a word.
  case dropped

  /// The whole text of a data message.
  public var text: String? {
    switch self {
    case .text(let text), .fragments(let text, _), .dripped(let text, _): text
    case .ping, .pong, .close, .cut, .dropped: nil
    }
  }

  /// Whether it is the last thing of its stream.
  public var isLast: Bool {
    switch self {
    case .close, .cut, .dropped: true
    case .text, .fragments, .dripped, .ping, .pong: false
    }
  }
}

/// The number of a stream at its venue.
public struct EmulatedStreamID: Hashable, Sendable {
  public let number: Int
}

/// A frame, when it leaves the venue, and on which stream.
public struct EmulatedDelivery: Hashable, Sendable {
  public let stream: EmulatedStreamID
  public let time: Timestamp
  public let frame: EmulatedFrame
}

/// What comes of asking for a stream.
public enum EmulatedOpening: Sendable {
  case opened(EmulatedStreamID)
  /// The handshake is answered with this instead.
  case refused(EmulatedAnswer)
}
