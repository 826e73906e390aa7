/// One message of a stream: the bytes of a text or a binary message, put together from its fragments.
public struct WebSocketMessage: Hashable, Sendable {
  /// The bytes as they came; a text's aren't checked to be UTF-8.
  public let bytes: [UInt8]
  /// Whether it was sent as text.
  public let isText: Bool

  /// A message.
  public init(bytes: [UInt8], isText: Bool = true) {
    self.bytes = bytes
    self.isText = isText
  }

  /// A text message.
  public init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }
}

/// Why a stream is over.
public enum WebSocketEnd: Hashable, Sendable, CustomStringConvertible {
  /// The venue closed it, with its code and reason. 1005 stands for a close without a code.
  case closed(code: UInt16, reason: String)
  /// It was closed here.
  case closedHere
  /// The connection ended without a close; the text says how.
  case dropped(String)
  /// The venue sent nothing at all for so many milliseconds, not even an answer to a ping.
  case silent(milliseconds: Int64)
  /// A message was longer than that many bytes.
  case tooLarge(limit: Int)
  /// The venue broke the WebSocket protocol; the text says how.
  case malformed(String)

  public var description: String {
    switch self {
    case .closed(let code, let reason):
      let name = Self.names[code].map { " (\($0))" } ?? ""
      let text = Printable.text(reason)
      return "the venue closed the stream with \(code)\(name)" + (text.isEmpty ? "" : ": \(text)")
    case .closedHere: return "the stream was closed here"
    case .dropped(let reason): return "the stream dropped: \(reason)"
    case .silent(let milliseconds):
      return "the stream fell silent: nothing for \(milliseconds / 1_000) s, not even a pong"
    case .tooLarge(let limit): return "a message was longer than \(limit) bytes"
    case .malformed(let reason): return "the stream broke the WebSocket protocol: \(reason)"
    }
  }

  private static let names: [UInt16: String] = [
    1000: "normal", 1001: "going away", 1002: "protocol error", 1003: "unacceptable data",
    1005: "no code", 1007: "bad text", 1008: "policy", 1009: "too large", 1011: "server error",
    1012: "restart", 1013: "try again later",
  ]
}
