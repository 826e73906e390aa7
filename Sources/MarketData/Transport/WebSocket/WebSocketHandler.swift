import Market
import NIOCore
import NIOSSL
import NIOWebSocket

/// What is asked of an open stream.
enum WebSocketCommand: Sendable {
  case text(String)
  case close
}

/// Tells the handler that the queue has room again.
struct QueueHasRoom: Sendable {}

/// One open stream: messages go to the queue, pings are answered, dead peers are given up.
final class WebSocketHandler: ChannelDuplexHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundIn = WebSocketCommand
  typealias OutboundOut = WebSocketFrame

  private let queue: MessageQueue
  private let heartbeat: Heartbeat
  private let now: @Sendable () -> Timestamp
  private let closePatience: Span
  private let beat: Span
  private let reply: [UInt8]?
  private var assembler: MessageAssembler
  private var liveness: Liveness?
  private var timer: Scheduled<Void>?
  private var end: WebSocketEnd?
  private var hasSentClose = false
  private var isPaused = false
  private var wantsRead = false
  private var lastRead: Timestamp?
  private var isReadDue = false

  /// - Parameters:
  ///   - limit: the longest message in bytes.
  ///   - now: the wall clock, for heartbeats that hold the time.
  ///   - closePatience: how long the peer may take to answer a close.
  ///   - beat: the least time between two reads, at moments that all streams share; 0 for none.
  init(
    queue: MessageQueue, heartbeat: Heartbeat, limit: Int, now: @escaping @Sendable () -> Timestamp,
    closePatience: Span, beat: Span
  ) {
    self.queue = queue
    self.heartbeat = heartbeat
    self.now = now
    self.closePatience = closePatience
    self.beat = beat
    reply = heartbeat.reply.map { Array($0.utf8) }
    assembler = MessageAssembler(limit: limit)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    liveness = Liveness(
      rhythm: heartbeat.rhythm, patience: heartbeat.patience, now: steady(context))
    let channel = context.channel
    queue.onRoom { channel.triggerUserOutboundEvent(QueueHasRoom(), promise: nil) }
    watch(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    queue.finish(end ?? .dropped("the connection ended"))
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    liveness?.heard(now: steady(context))
    if end != nil { return }
    switch assembler.take(unwrapInboundIn(data)) {
    case .more, .pong: break
    case .message(let message):
      if message.bytes == reply { return }
      if !queue.push(message) { pause(true, context) }
    case .ping(let data):
      // A peer that pings without reading gets no pile of pongs.
      if context.channel.isWritable { send(.pong, data, context) }
    case .close(let code, let reason):
      finish(.closed(code: code, reason: reason), code: code == 1005 ? 1000 : code, context)
    case .fault(let fault): fail(fault, context)
    }
  }

  func read(context: ChannelHandlerContext) {
    if isPaused {
      wantsRead = true
    } else {
      readInTime(context)
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard end == nil else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .text(let text):
      let frame = WebSocketFrame(
        fin: true, opcode: .text, maskKey: .random(), data: ByteBuffer(string: text))
      context.write(wrapOutboundOut(frame), promise: promise)
    case .close:
      sendClose(1000, context, promise)
      end = .closedHere
      // Reading goes on, so that the peer's answer is seen, whatever waits in the queue.
      pause(false, context)
      let channel = context.channel
      context.eventLoop.scheduleTask(in: closePatience.amount) { channel.close(promise: nil) }
    }
  }

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard event is QueueHasRoom else {
      context.triggerUserOutboundEvent(event, promise: promise)
      return
    }
    pause(false, context)
    promise?.succeed()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case NIOWebSocketError.invalidFrameLength: fail(.tooLarge(limit: assembler.limit), context)
    case is NIOWebSocketError: fail(.malformed("a control frame is too long or split"), context)
    case NIOSSLError.uncleanShutdown: end = end ?? .dropped("the connection ended without a close")
    default:
      let cause = Failure.cause(error, proxy: nil, connect: .seconds(0))
      end = end ?? .dropped(cause.map(Self.inWords) ?? Printable.text("\(error)", limit: 120))
    }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end = end ?? .dropped("the connection ended without a close")
    timer?.cancel()
    queue.finish(end ?? .closedHere)
    context.fireChannelInactive()
  }

  private static func inWords(_ cause: TransportError.Cause) -> String {
    switch cause {
    case .truncated: "the connection was reset"
    case .unreachable(let reason), .tls(let reason): reason
    default: "\(cause)"
    }
  }

  private func pause(_ paused: Bool, _ context: ChannelHandlerContext) {
    guard paused != isPaused else { return }
    isPaused = paused
    liveness?.pause(paused, now: steady(context))
    if !paused {
      watch(context)
      if wantsRead {
        wantsRead = false
        readInTime(context)
      }
    }
  }

  /// Reads at once where the stream was quiet for a beat, else at the next one.
  private func readInTime(_ context: ChannelHandlerContext) {
    guard !isReadDue else { return }
    let now = steady(context)
    guard end == nil, let lastRead, now - lastRead < beat else {
      lastRead = now
      context.read()
      return
    }
    isReadDue = true
    let wait = beat.milliseconds - now.milliseconds % beat.milliseconds
    context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(wait)) { [weak self] in
      guard let self else { return }
      isReadDue = false
      self.lastRead = nil
      read(context: context)
    }
  }

  /// Ends the stream for a fault of the peer, and tells it which.
  private func fail(_ fault: WebSocketEnd, _ context: ChannelHandlerContext) {
    let code: UInt16 = if case .tooLarge = fault { 1009 } else { 1002 }
    finish(fault, code: code, context)
  }

  private func finish(_ reason: WebSocketEnd, code: UInt16, _ context: ChannelHandlerContext) {
    guard end == nil else { return }
    sendClose(code, context, nil)
    end = reason
    // The close frame is on its way before the connection ends: both go through the same queue.
    context.close(promise: nil)
  }

  private func sendClose(
    _ code: UInt16, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?
  ) {
    guard !hasSentClose else {
      promise?.succeed()
      return
    }
    hasSentClose = true
    var data = ByteBuffer()
    data.writeInteger(code)
    let frame = WebSocketFrame(
      fin: true, opcode: .connectionClose, maskKey: .random(), data: data)
    context.writeAndFlush(wrapOutboundOut(frame), promise: promise)
  }

  private func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext)
  {
    let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
    context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
  }

  /// Does what is due for keeping the stream alive, and comes back when more is.
  private func watch(_ context: ChannelHandlerContext) {
    timer?.cancel()
    guard end == nil, let (action, next) = liveness?.step(now: steady(context)) else { return }
    switch action {
    case .none: break
    case .probe:
      switch heartbeat.probe {
      case .ping: send(.ping, ByteBuffer(), context)
      case .text(let text): send(.text, ByteBuffer(string: text(now())), context)
      }
    case .dead(let span):
      // Nobody is there to read a close frame.
      end = .silent(milliseconds: span.milliseconds)
      context.close(promise: nil)
      return
    }
    let wait = next - steady(context)
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: wait.amount) { [weak self] in
      self?.watch(context)
    }
  }

  /// The event loop's clock, which tests can turn.
  private func steady(_ context: ChannelHandlerContext) -> Timestamp {
    let now = context.eventLoop.now.uptimeNanoseconds
    return Timestamp(milliseconds: Int64(now / 1_000_000))
  }
}
