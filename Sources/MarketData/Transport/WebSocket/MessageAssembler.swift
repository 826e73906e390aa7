import NIOCore
import NIOWebSocket

/// Puts messages together from frames and finds what breaks the protocol. Pure.
struct MessageAssembler {
  /// What a frame means.
  enum Event: Equatable {
    /// A fragment; the message isn't complete.
    case more
    case message(WebSocketMessage)
    case ping(ByteBuffer)
    case pong
    case close(code: UInt16, reason: String)
    /// The stream can't go on.
    case fault(WebSocketEnd)
  }

  /// The longest message in bytes.
  let limit: Int
  private var parts: ByteBuffer?
  private var isText = true

  init(limit: Int) {
    self.limit = limit
  }

  /// Takes the next frame.
  mutating func take(_ frame: WebSocketFrame) -> Event {
    // Neither is ever asked for here: no extension, and only clients mask.
    if !frame.reservedBits.isEmpty { return .fault(.malformed("a frame has reserved bits set")) }
    if frame.maskKey != nil { return .fault(.malformed("a frame from the venue is masked")) }
    switch frame.opcode {
    case .ping: return .ping(frame.unmaskedData)
    case .pong: return .pong
    case .connectionClose: return close(frame.unmaskedData)
    case .text, .binary:
      if parts != nil { return .fault(.malformed("a message begins within another")) }
      isText = frame.opcode == .text
      return add(frame, to: nil)
    case .continuation:
      guard let parts else { return .fault(.malformed("a fragment belongs to no message")) }
      return add(frame, to: parts)
    default: return .fault(.malformed("a frame has an unknown kind"))
    }
  }

  private mutating func add(_ frame: WebSocketFrame, to begun: ByteBuffer?) -> Event {
    guard frame.length + (begun?.readableBytes ?? 0) <= limit else {
      parts = nil
      return .fault(.tooLarge(limit: limit))
    }
    var whole = frame.unmaskedData
    if var begun {
      // Our own reference goes first: with it the bytes would be copied for each fragment.
      parts = nil
      begun.writeBuffer(&whole)
      whole = begun
    }
    guard frame.fin else {
      parts = whole
      return .more
    }
    return .message(WebSocketMessage(bytes: Array(whole.readableBytesView), isText: isText))
  }

  private func close(_ data: ByteBuffer) -> Event {
    var data = data
    guard let code = data.readInteger(as: UInt16.self) else {
      return data.readableBytes == 0
        ? .close(code: 1005, reason: "") : .fault(.malformed("a close has half a code"))
    }
    return .close(code: code, reason: String(decoding: data.readableBytesView, as: UTF8.self))
  }
}
