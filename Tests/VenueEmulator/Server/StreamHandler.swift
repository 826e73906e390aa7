import Market
import NIOCore
import NIOWebSocket

/// One stream on the wire. It writes its frames byte by byte itself, since the ones that matter
/// are those that no proper encoder would write.
final class StreamHandler: ChannelDuplexHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundIn = OutboundFrame
  typealias OutboundOut = ByteBuffer

  private let desk: ServerDesk
  private let id: EmulatedStreamID
  /// A client's text of which more is to come.
  private var partial: [UInt8] = []
  /// Frames that wait behind one that drips.
  private var waiting: [EmulatedFrame] = []
  private var isDripping = false
  private var hasEnded = false

  init(desk: ServerDesk, id: EmulatedStreamID) {
    self.desk = desk
    self.id = id
  }

  func handlerAdded(context: ChannelHandlerContext) { desk.joined(id, context.channel) }

  func channelInactive(context: ChannelHandlerContext) {
    desk.ended(id)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A client that breaks the protocol or the connection ends its own stream.
    context.close(promise: nil)
  }

  // MARK: - From the client

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    let bytes = Array(frame.unmaskedData.readableBytesView)
    switch frame.opcode {
    case .text, .continuation:
      partial += bytes
      guard frame.fin else { return }
      let text = String(decoding: partial, as: UTF8.self)
      partial = []
      desk.receive(.text(text), on: id)
    case .binary: desk.receive(.binary(bytes), on: id)
    case .ping: desk.receive(.ping(bytes), on: id)
    case .pong: desk.receive(.pong(bytes), on: id)
    case .connectionClose:
      let code = bytes.count >= 2 ? UInt16(bytes[0]) << 8 | UInt16(bytes[1]) : nil
      desk.receive(.close(code: code), on: id)
    default: context.close(promise: nil)
    }
  }

  // MARK: - To the client

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    promise?.succeed()
    let frame = unwrapOutboundIn(data).frame
    if isDripping { waiting.append(frame) } else { put(frame, context) }
  }

  private func put(_ frame: EmulatedFrame, _ context: ChannelHandlerContext) {
    guard !hasEnded else { return }
    switch frame {
    case .text(let text): send(Self.frame(.text, Array(text.utf8)), context)
    case .fragments(let text, let count): send(Self.fragments(text, count), context)
    case .ping(let payload): send(Self.frame(.ping, payload), context)
    case .pong(let payload): send(Self.frame(.pong, payload), context)
    case .dripped(let text, let span):
      isDripping = true
      drip(Self.frame(.text, Array(text.utf8))[...], over: span, context)
    case .close(let code, let reason):
      hasEnded = true
      let payload = [UInt8(code >> 8), UInt8(code & 255)] + Array(reason.utf8)
      send(Self.frame(.connectionClose, payload), context)
      close(context)
    case .cut(let text):
      hasEnded = true
      let bytes = Self.frame(.text, Array(text.utf8))
      send(Array(bytes.prefix(bytes.count / 2)), context)
      close(context)
    case .dropped:
      hasEnded = true
      close(context)
    }
  }

  /// Closes after what has been written is on its way.
  private func close(_ context: ChannelHandlerContext) {
    let channel = context.channel
    channel.eventLoop.scheduleTask(in: .milliseconds(5)) { channel.close(promise: nil) }
  }

  private func drip(
    _ rest: ArraySlice<UInt8>, over span: Span, _ context: ChannelHandlerContext,
    share: Int? = nil
  ) {
    let share = share ?? max(rest.count / 12, 1)
    send(Array(rest.prefix(share)), context)
    let rest = rest.dropFirst(share)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let wait = TimeAmount.milliseconds(max(span.milliseconds / 12, 1))
    context.eventLoop.scheduleTask(in: wait) {
      let (handler, context) = bound.value
      guard context.channel.isActive else { return }
      if rest.isEmpty {
        handler.isDripping = false
        handler.putWaiting(context)
      } else {
        handler.drip(rest, over: span, context, share: share)
      }
    }
  }

  private func putWaiting(_ context: ChannelHandlerContext) {
    while !isDripping, !waiting.isEmpty { put(waiting.removeFirst(), context) }
  }

  /// Below the encoder, which would refuse half a frame.
  private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    let buffer = context.channel.allocator.buffer(bytes: bytes)
    do {
      let encoder = try context.pipeline.syncOperations.context(
        handlerType: WebSocketFrameEncoder.self)
      encoder.writeAndFlush(NIOAny(buffer), promise: nil)
    } catch {
      context.close(promise: nil)
    }
  }

  private static func fragments(_ text: String, _ count: Int) -> [UInt8] {
    let bytes = Array(text.utf8)
    let share = max((bytes.count + count - 1) / max(count, 1), 1)
    var result: [UInt8] = []
    for start in stride(from: 0, to: max(bytes.count, 1), by: share) {
      let end = min(start + share, bytes.count)
      let isLast = end == bytes.count
      result += frame(start == 0 ? .text : .continuation, Array(bytes[start..<end]), fin: isLast)
      // Control frames may stand between fragments, and real servers do that.
      if start == 0, !isLast { result += frame(.pong, []) }
    }
    return result
  }

  private static func frame(
    _ opcode: WebSocketOpcode, _ payload: [UInt8], fin: Bool = true
  ) -> [UInt8] {
    let code: UInt8 =
      switch opcode {
      case .continuation: 0
      case .text: 1
      case .binary: 2
      case .connectionClose: 8
      case .ping: 9
      default: 10
      }
    var bytes: [UInt8] = [(fin ? 0x80 : 0) | code]
    switch payload.count {
    case ..<126: bytes.append(UInt8(payload.count))
    case ..<65_536: bytes += [126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    default:
      bytes.append(127)
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(payload.count >> shift & 255))
      }
    }
    return bytes + payload
  }
}
