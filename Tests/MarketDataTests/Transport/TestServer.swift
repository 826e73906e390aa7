import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import VenueEmulator

/// A server on this machine that says byte for byte what a test wants.
final class TestServer: Sendable {
  /// One accepted connection.
  final class Peer: Sendable {
    let channel: any Channel

    init(_ channel: any Channel) {
      self.channel = channel
    }

    /// Sends bytes.
    func send(_ bytes: [UInt8]) { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }

    /// Sends text.
    func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends bytes and then ends the connection.
    func sendLast(_ bytes: [UInt8]) {
      channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { _ in
        self.channel.close(promise: nil)
      }
    }
  }

  /// What a server does with the bytes that have come so far; it returns how many it has used.
  typealias Script = @Sendable (_ peer: Peer, _ bytes: [UInt8]) -> Int

  let port: Int
  private let listener: any Channel

  /// Listens at a free port of 127.0.0.1.
  init(tls: (certificate: String, key: String)? = nil, script: @escaping Script) async throws {
    var context: NIOSSLContext?
    if let tls {
      let chain = try NIOSSLCertificate.fromPEMBytes(Array(tls.certificate.utf8))
      let key = try NIOSSLPrivateKey(bytes: Array(tls.key.utf8), format: .pem)
      context = try NIOSSLContext(
        configuration: .makeServerConfiguration(
          certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key)))
    }
    let shared = context
    listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let shared {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: shared))
          }
          try channel.pipeline.syncOperations.addHandler(Handler(script: script))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = listener.localAddress?.port ?? 0
  }

  func stop() async { try? await listener.close().get() }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let script: Script
    private var bytes: [UInt8] = []

    init(script: @escaping Script) {
      self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      bytes += unwrapInboundIn(data).readableBytesView
      let used = script(Peer(context.channel), bytes)
      bytes.removeFirst(used)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}

/// The head of an HTTP request and how many bytes it has; nil while it isn't complete.
func requestHead(_ bytes: [UInt8]) -> (text: String, count: Int)? {
  guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
  return (String(decoding: bytes[..<end.lowerBound], as: UTF8.self), end.upperBound)
}

/// A complete HTTP answer.
func answer(_ status: String, headers: [String] = [], body: String = "{}") -> [UInt8] {
  let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
  return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
}

/// A server that gives each request the same answer.
func httpServer(
  tls: (certificate: String, key: String)? = (
    EmulatorCertificates.localhost, EmulatorCertificates.localhostKey
  ), _ reply: @escaping @Sendable (TestServer.Peer, String) -> Void
) async throws -> TestServer {
  try await TestServer(tls: tls) { peer, bytes in
    guard let head = requestHead(bytes) else { return 0 }
    reply(peer, head.text)
    return bytes.count
  }
}

/// A frame of a WebSocket server.
func frame(_ opcode: UInt8, _ payload: [UInt8], fin: Bool = true) -> [UInt8] {
  var bytes: [UInt8] = [(fin ? 0x80 : 0) | opcode]
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

func text(_ text: String, fin: Bool = true) -> [UInt8] { frame(1, Array(text.utf8), fin: fin) }

/// A WebSocket server: `opened` is called once a stream is open, `heard` with each frame of the client.
func streamServer(
  tls: Bool = true, opened: @escaping @Sendable (TestServer.Peer) -> Void,
  heard: @escaping @Sendable (TestServer.Peer, UInt8, [UInt8]) -> Void = { _, _, _ in }
) async throws -> TestServer {
  let open = OpenChannels()
  return try await TestServer(
    tls: tls ? (EmulatorCertificates.localhost, EmulatorCertificates.localhostKey) : nil
  ) { peer, bytes in
    let id = ObjectIdentifier(peer.channel)
    if open.channels.withLock({ $0.contains(id) }) {
      return clientFrames(bytes) { heard(peer, $0, $1) }
    }
    guard let head = requestHead(bytes) else { return 0 }
    let lines = head.text.split(separator: "\r\n")
    let key =
      lines.first { $0.lowercased().hasPrefix("sec-websocket-key:") }?
      .split(separator: " ").last ?? ""
    open.channels.withLock { _ = $0.insert(id) }
    // A later connection may lie at the same place in memory.
    peer.channel.closeFuture.whenComplete { _ in open.channels.withLock { _ = $0.remove(id) } }
    let accept = base64(sha1(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    peer.send(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: \(accept)\r\n\r\n")
    opened(peer)
    return head.count
  }
}

/// Hands on the client's complete short frames; returns how many bytes they have.
private func clientFrames(_ bytes: [UInt8], _ heard: (UInt8, [UInt8]) -> Void) -> Int {
  var used = 0
  while bytes.count >= used + 6 {
    let count = Int(bytes[used + 1] & 127)
    guard count < 126, bytes.count >= used + 6 + count else { break }
    let mask = bytes[(used + 2)..<(used + 6)].map { $0 }
    let payload = (0..<count).map { bytes[used + 6 + $0] ^ mask[$0 & 3] }
    heard(bytes[used] & 15, payload)
    used += 6 + count
  }
  return used
}

private func base64(_ bytes: [UInt8]) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  var text = ""
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let count = min(3, bytes.count - start)
    let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < count ? Int(bytes[start + $1]) : 0) }
    for index in 0..<4 {
      text.append(index <= count ? digits[bits >> (18 - 6 * index) & 63] : "=")
    }
  }
  return text
}

private func sha1(_ message: [UInt8]) -> [UInt8] {
  var hash: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
  var bytes = message + [0x80]
  while bytes.count % 64 != 56 { bytes.append(0) }
  let bits = UInt64(message.count * 8)
  bytes += stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> $0) }
  func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
  for block in stride(from: 0, to: bytes.count, by: 64) {
    var words = (0..<16).map { index in
      (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[block + index * 4 + $1]) }
    }
    for i in 16..<80 {
      words.append(rotate(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1))
    }
    var (a, b, c, d, e) = (hash[0], hash[1], hash[2], hash[3], hash[4])
    for i in 0..<80 {
      let (f, k): (UInt32, UInt32) =
        switch i {
        case ..<20: (b & c | ~b & d, 0x5A82_7999)
        case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
        case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
        default: (b ^ c ^ d, 0xCA62_C1D6)
        }
      let next = rotate(a, 5) &+ f &+ e &+ k &+ words[i]
      (e, d, c, b, a) = (d, c, rotate(b, 30), a, next)
    }
    hash = zip(hash, [a, b, c, d, e]).map { $0 &+ $1 }
  }
  return hash.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
}

/// The connections that have become streams.
private final class OpenChannels: Sendable {
  let channels = Mutex<Set<ObjectIdentifier>>([])
}
