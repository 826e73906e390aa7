import Market
import NIOCore
import NIOHTTP1
import NIOWebSocket

/// Answers the requests of one connection, one after the other.
final class AnswerHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let desk: ServerDesk
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  /// The stream that the connection becomes.
  var stream: EmulatedStreamID?
  /// What a handshake is answered instead.
  var refusal: EmulatedAnswer?

  init(desk: ServerDesk) {
    self.desk = desk
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
    case .body(let buffer): body += buffer.readableBytesView
    case .end:
      guard let head else { return }
      self.head = nil
      if let refusal {
        self.refusal = nil
        send(refusal, head, context)
      } else {
        let headers = head.headers.map { EmulatedRequest.Pair($0.name, $0.value) }
        let request = EmulatedRequest(
          method: head.method.rawValue, target: head.uri, headers: headers, body: body)
        send(desk.answer(request), head, context)
      }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A refused handshake is told as an error too; its answer is on the way.
    if error is NIOWebSocketUpgradeError { return }
    // A client that leaves, or that trusts nobody here, is no fault of the server.
    context.close(promise: nil)
  }

  private func send(
    _ answer: EmulatedAnswer, _ request: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    switch answer.delivery {
    case .silence: break
    case .dropped, .unreachable: context.close(promise: nil)
    case .whole:
      write(head: answer, request, context)
      finish(answer.body, request, context)
    case .after(let span):
      later(span, context) { handler, context in
        handler.write(head: answer, request, context)
        handler.finish(answer.body, request, context)
      }
    case .truncated(let count):
      write(head: answer, request, context)
      write(Array(answer.body.prefix(count)), context)
      later(.seconds(0), context) { _, context in context.close(promise: nil) }
    case .dripped(let span):
      write(head: answer, request, context)
      drip(answer.body[...], every: Span(milliseconds: span.milliseconds / 20), request, context)
    }
  }

  private func drip(
    _ rest: ArraySlice<UInt8>, every span: Span, _ request: HTTPRequestHead,
    _ context: ChannelHandlerContext, share: Int? = nil
  ) {
    let share = share ?? max(rest.count / 20, 1)
    guard rest.count > share else { return finish(Array(rest), request, context) }
    write(Array(rest.prefix(share)), context)
    later(span, context) { handler, context in
      handler.drip(rest.dropFirst(share), every: span, request, context, share: share)
    }
  }

  private func later(
    _ span: Span, _ context: ChannelHandlerContext,
    _ act: @escaping @Sendable (AnswerHandler, ChannelHandlerContext) -> Void
  ) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: .milliseconds(span.milliseconds)) {
      let (handler, context) = bound.value
      guard context.channel.isActive else { return }
      act(handler, context)
    }
  }

  private func write(
    head answer: EmulatedAnswer, _ request: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    var headers = HTTPHeaders()
    for pair in answer.headers { headers.add(name: pair.name, value: pair.value) }
    headers.replaceOrAdd(name: "Content-Length", value: String(answer.body.count))
    let head = HTTPResponseHead(
      version: request.version, status: HTTPResponseStatus(statusCode: answer.status),
      headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
  }

  private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    let buffer = context.channel.allocator.buffer(bytes: bytes)
    context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
  }

  private func finish(
    _ bytes: [UInt8], _ request: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    if !bytes.isEmpty { write(bytes, context) }
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      if !request.isKeepAlive { channel.close(promise: nil) }
    }
  }
}
