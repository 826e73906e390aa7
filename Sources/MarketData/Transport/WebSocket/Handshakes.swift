import Market
import NIOCore
import NIOHTTP1
import NIOSOCKS
import NIOWebSocket

/// Asks an HTTP proxy for a tunnel, and leaves the channel when there is one.
final class ConnectHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let headLimit = 16_384

  private let request: String
  private let proxy: Proxy
  private let host: String
  private let done: EventLoopPromise<Void>
  private var head = ByteBuffer()
  private var isDone = false

  /// - Parameter done: succeeds when the tunnel stands.
  init(endpoint: Endpoint, proxy: Proxy, done: EventLoopPromise<Void>) {
    let name = endpoint.host.contains(":") ? "[\(endpoint.host)]" : endpoint.host
    var request = "CONNECT \(name):\(endpoint.port) HTTP/1.1\r\nHost: \(name):\(endpoint.port)\r\n"
    if case .http(let credentials?) = proxy.kind {
      let pair = Base64.encode(Array("\(credentials.user):\(credentials.password)".utf8))
      request += "Proxy-Authorization: Basic \(pair)\r\n"
    }
    self.request = request + "\r\n"
    self.proxy = proxy
    host = endpoint.host
    self.done = done
  }

  func handlerAdded(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isDone {
      context.fireChannelRead(data)
      return
    }
    var part = unwrapInboundIn(data)
    head.writeBuffer(&part)
    let bytes = head.readableBytesView
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
      if head.readableBytes > Self.headLimit { fail("its answer isn't HTTP", context) }
      return
    }
    let line = String(decoding: bytes.prefix { $0 != 0x0D }, as: UTF8.self)
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
      fail("its answer isn't HTTP", context)
      return
    }
    switch status {
    case 200..<300:
      isDone = true
      let rest = ByteBuffer(bytes: bytes[end.upperBound...])
      done.succeed()
      if rest.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(rest)) }
      context.pipeline.syncOperations.removeHandler(self, promise: nil)
    case 407: fail("it asks for a user and a password (HTTP 407)", context)
    default: fail("it refuses to connect (\(Printable.text(line, limit: 80)))", context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let cause = Failure.cause(error, proxy: proxy, connect: .seconds(0))
    done.fail(TransportError(host: host, .proxy(proxy, "the connection to it broke")))
    if cause == nil { context.fireErrorCaught(error) }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    done.fail(TransportError(host: host, .proxy(proxy, "it ended the connection")))
    context.fireChannelInactive()
  }

  private func fail(_ reason: String, _ context: ChannelHandlerContext) {
    done.fail(TransportError(host: host, .proxy(proxy, reason)))
    context.close(promise: nil)
  }
}

/// Waits until the SOCKS handler before it has its tunnel.
final class SOCKSWaiter: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  private let proxy: Proxy
  private let host: String
  private let done: EventLoopPromise<Void>

  init(endpoint: Endpoint, proxy: Proxy, done: EventLoopPromise<Void>) {
    self.proxy = proxy
    host = endpoint.host
    self.done = done
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is SOCKSProxyEstablishedEvent { done.succeed() }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let cause =
      Failure.cause(error, proxy: proxy, connect: .seconds(0))
      ?? .proxy(proxy, "it doesn't speak SOCKS5")
    done.fail(TransportError(host: host, cause))
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    done.fail(TransportError(host: host, .proxy(proxy, "it ended the connection")))
    context.fireChannelInactive()
  }
}

/// Opens a WebSocket over HTTP/1.1 and hears the host's answer.
final class UpgradeHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private static let bodyLimit = 600

  private let endpoint: Endpoint
  private let target: String
  private let headers: [HTTPHeader]
  private let proxy: Proxy?
  private let upgrader: NIOWebSocketClientUpgrader
  private let key: String
  private let done: EventLoopPromise<Void>
  private var head: HTTPResponseHead?
  private var body: [UInt8] = []
  private var isDone = false

  /// - Parameter done: succeeds when the host has agreed and its whole answer is read.
  init(
    endpoint: Endpoint, target: String, headers: [HTTPHeader], proxy: Proxy?,
    done: EventLoopPromise<Void>
  ) {
    self.endpoint = endpoint
    self.target = target
    self.headers = headers
    self.proxy = proxy
    self.done = done
    key = NIOWebSocketClientUpgrader.randomRequestKey()
    // Only its check of the answer's key is used; the pipeline is built by whoever waits for `done`.
    upgrader = NIOWebSocketClientUpgrader(requestKey: key) { channel, _ in
      channel.eventLoop.makeSucceededVoidFuture()
    }
  }

  func handlerAdded(context: ChannelHandlerContext) {
    var request = HTTPRequestHead(version: .http1_1, method: .GET, uri: target)
    request.headers.add(name: "Host", value: endpoint.authority)
    request.headers.add(name: "User-Agent", value: "lodestone")
    for header in headers where header.isSendable {
      request.headers.replaceOrAdd(name: header.name, value: header.value)
    }
    request.headers.replaceOrAdd(name: "Connection", value: "Upgrade")
    request.headers.replaceOrAdd(name: "Upgrade", value: "websocket")
    upgrader.addCustom(upgradeRequestHeaders: &request.headers)
    context.write(wrapOutboundOut(.head(request)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    case .body(let part):
      body += part.readableBytesView.prefix(Self.bodyLimit - body.count)
      if body.count >= Self.bodyLimit { finish(context) }
    case .end: finish(context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if !isDone {
      let cause = Failure.cause(error, proxy: nil, connect: .seconds(0))
      fail(cause ?? .malformed("its answer isn't HTTP"), context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if head == nil { fail(.truncated, context) } else { finish(context) }
    context.fireChannelInactive()
  }

  private func finish(_ context: ChannelHandlerContext) {
    guard !isDone, let head else { return }
    guard head.status == .switchingProtocols else {
      let headers = head.headers.map { HTTPHeader($0.name, $0.value) }
      let result = HTTPResult(status: Int(head.status.code), headers: headers, body: body)
      fail(.notUpgraded(result), context)
      return
    }
    guard upgrader.shouldAllowUpgrade(upgradeResponse: head) else {
      fail(.malformed("its answer to the stream's opening has the wrong key"), context)
      return
    }
    isDone = true
    done.succeed()
  }

  private func fail(_ cause: TransportError.Cause, _ context: ChannelHandlerContext) {
    guard !isDone else { return }
    isDone = true
    done.fail(TransportError(host: endpoint.host, cause))
    context.close(promise: nil)
  }
}

/// Base64 as HTTP's basic authentication needs it.
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The bytes as text, padded.
  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = 0
      for index in 0..<3 {
        bits = bits << 8 | (index < group.count ? Int(group[start + index]) : 0)
      }
      for index in 0..<4 {
        text.append(index <= group.count ? digits[bits >> (18 - 6 * index) & 63] : 0x3D)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
