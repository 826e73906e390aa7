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
///
/// It reads bytes itself: HTTP's own decoder leaves its place only later, and drops what came behind
/// the answer if the connection ends meanwhile.
final class UpgradeHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let headLimit = 65_536
  private static let bodyLimit = 600

  private let endpoint: Endpoint
  private let request: String
  private let upgrader: NIOWebSocketClientUpgrader
  private let done: EventLoopPromise<Void>
  private var bytes: [UInt8] = []
  private var head: HTTPResponseHead?
  private var isDone = false

  /// - Parameter done: succeeds when the host has agreed; whoever waits must at once put the stream's
  ///   handlers behind this one, which then leaves.
  init(
    endpoint: Endpoint, target: String, headers: [HTTPHeader], done: EventLoopPromise<Void>
  ) {
    self.endpoint = endpoint
    self.done = done
    // Only its header and its check of the answer's key are used.
    upgrader = NIOWebSocketClientUpgrader { channel, _ in
      channel.eventLoop.makeSucceededVoidFuture()
    }
    var fields = HTTPHeaders([("Host", endpoint.authority), ("User-Agent", "lodestone")])
    for header in headers where header.isSendable {
      fields.replaceOrAdd(name: header.name, value: header.value)
    }
    fields.replaceOrAdd(name: "Connection", value: "Upgrade")
    fields.replaceOrAdd(name: "Upgrade", value: "websocket")
    upgrader.addCustom(upgradeRequestHeaders: &fields)
    let lines = ["GET \(target) HTTP/1.1"] + fields.map { "\($0.name): \($0.value)" }
    request = lines.joined(separator: "\r\n") + "\r\n\r\n"
  }

  func handlerAdded(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isDone {
      context.fireChannelRead(data)
      return
    }
    bytes += unwrapInboundIn(data).readableBytesView
    while head == nil, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
      guard let found = Self.parse(bytes[..<end.lowerBound]) else {
        fail(.malformed("its answer isn't HTTP"), context)
        return
      }
      bytes.removeFirst(end.upperBound)
      if found.status == .switchingProtocols || found.status.code >= 200 { head = found }
    }
    guard let head else {
      if bytes.count > Self.headLimit { fail(.malformed("its answer isn't HTTP"), context) }
      return
    }
    if head.status == .switchingProtocols {
      open(head, context)
    } else {
      let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? .max
      let isLast = bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8)
      if bytes.count >= min(length, Self.bodyLimit) || isLast { refuse(head, context) }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if isDone {
      context.fireErrorCaught(error)
      return
    }
    let cause = Failure.cause(error, proxy: nil, connect: .seconds(0))
    fail(cause ?? .malformed("its answer isn't HTTP"), context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    if !isDone {
      if let head { refuse(head, context) } else { fail(.truncated, context) }
    }
    context.fireChannelInactive()
  }

  private func open(_ head: HTTPResponseHead, _ context: ChannelHandlerContext) {
    guard upgrader.shouldAllowUpgrade(upgradeResponse: head) else {
      fail(.malformed("its answer to the stream's opening has the wrong key"), context)
      return
    }
    isDone = true
    done.succeed()
    if !bytes.isEmpty { context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: bytes))) }
    bytes = []
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }

  private func refuse(_ head: HTTPResponseHead, _ context: ChannelHandlerContext) {
    let headers = head.headers.map { HTTPHeader($0.name, $0.value) }
    let isChunked = head.headers.first(name: "Transfer-Encoding")?.lowercased() == "chunked"
    let body = isChunked ? Self.unchunked(bytes) : bytes
    let result = HTTPResult(
      status: Int(head.status.code), headers: headers, body: Array(body.prefix(Self.bodyLimit)))
    fail(.notUpgraded(result), context)
  }

  private func fail(_ cause: TransportError.Cause, _ context: ChannelHandlerContext) {
    guard !isDone else { return }
    isDone = true
    done.fail(TransportError(host: endpoint.host, cause))
    context.close(promise: nil)
  }

  /// Status and headers of an answer; nil where it isn't HTTP/1.
  private static func parse(_ bytes: ArraySlice<UInt8>) -> HTTPResponseHead? {
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")[...]
    guard let first = lines.popFirst() else { return nil }
    let words = first.split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]),
      (100..<1_000).contains(status)
    else { return nil }
    var headers = HTTPHeaders()
    for line in lines {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace)
      headers.add(name: String(line[..<colon]), value: value.joined(separator: " "))
    }
    return HTTPResponseHead(
      version: .http1_1, status: .init(statusCode: status), headers: headers)
  }

  /// The beginning of a chunked body without the chunks' sizes.
  private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
    var rest = bytes[...]
    var body: [UInt8] = []
    while let end = rest.firstRange(of: [0x0D, 0x0A]) {
      let digits = rest[..<end.lowerBound].prefix { $0 != 0x3B }
      guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size > 0 else {
        break
      }
      let chunk = rest[end.upperBound...].prefix(size)
      body += chunk
      rest = rest[chunk.endIndex...].dropFirst(2)
    }
    return body
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
