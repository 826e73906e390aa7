import Market
import Synchronization
import Testing
import VenueEmulator

@testable import MarketData

@Suite struct WebSocketTests {
  private static let quiet = Heartbeat(
    rhythm: .afterSilence(.hours(1)), patience: .hours(1), probe: .ping)

  private static func open(
    _ server: TestServer, heartbeat: Heartbeat = quiet, scheme: String = "wss",
    limits: WebSocketTransport.Limits = .init(), proxies: ProxySettings = .none,
    trust: Trust? = nil
  ) async throws -> WebSocketConnection {
    let transport = try WebSocketTransport(
      proxies: proxies, trust: try trust ?? testTrust(), limits: limits)
    let endpoint = try Endpoint("\(scheme)://localhost:\(server.port)", kind: .stream)
    return try await transport.connect(endpoint, path: "/ws", heartbeat: heartbeat)
  }

  /// All messages as text until the stream is over, and why it is.
  private static func all(_ connection: WebSocketConnection) async -> ([String], WebSocketEnd?) {
    var texts: [String] = []
    for await message in connection { texts.append(String(decoding: message.bytes, as: UTF8.self)) }
    return (texts, connection.end)
  }

  @Test func `fragments become messages around a ping that is answered, and the close is told`()
    async throws
  {
    let heard = Mutex<[[UInt8]]>([])
    let server = try await streamServer(opened: { peer in
      peer.send(text("he", fin: false) + frame(9, [7]) + frame(0, Array("llo".utf8)) + text("b"))
    }) { peer, opcode, payload in
      heard.withLock { $0.append([opcode] + payload) }
      if opcode == 10 { peer.send(frame(8, [0x03, 0xF4] + Array("restart".utf8))) }
    }
    let (texts, end) = await Self.all(try await Self.open(server))
    #expect(texts == ["hello", "b"])
    #expect(end == .closed(code: 1012, reason: "restart"))
    #expect(heard.withLock { $0.first } == [10, 7])
    await server.stop()
  }

  @Test func `four mebibytes arrive, and one byte over the cap ends the stream`() async throws {
    let big = [UInt8](repeating: 0x61, count: 4 << 20)
    let server = try await streamServer(opened: { $0.send(frame(1, big) + frame(8, [3, 232])) })
    var limits = WebSocketTransport.Limits()
    limits.message = 4 << 20
    let (texts, end) = await Self.all(try await Self.open(server, limits: limits))
    #expect(texts.map(\.utf8.count) == [4 << 20])
    #expect(end == .closed(code: 1000, reason: ""))
    limits.message -= 1
    let (none, over) = await Self.all(try await Self.open(server, limits: limits))
    #expect(none.isEmpty && over == .tooLarge(limit: (4 << 20) - 1))
    await server.stop()
  }

  @Test func `a connection that ends in the middle of a frame has dropped`() async throws {
    let server = try await streamServer(opened: { $0.sendLast(text("a") + [0x81, 50, 1]) })
    let (texts, end) = await Self.all(try await Self.open(server))
    #expect(texts == ["a"])
    #expect(end == .dropped("the connection ended without a close"))
    await server.stop()
  }

  @Test func `a half-open stream is found by the venue's own heartbeat`() async throws {
    let probes = Mutex<[String]>([])
    let server = try await streamServer(opened: { $0.send(text("a")) }) { peer, _, payload in
      let count = probes.withLock { probes in
        probes.append(String(decoding: payload, as: UTF8.self))
        return probes.count
      }
      if count == 1 { peer.send(text("pong")) }
    }
    // A busy machine may take long over the first answer; nothing ever answers the second probe.
    let heartbeat = Heartbeat(
      rhythm: .afterSilence(Span(milliseconds: 60)), patience: Span(milliseconds: 2_500),
      probe: .text { _ in "ping" }, reply: "pong")
    let (texts, end) = await Self.all(try await Self.open(server, heartbeat: heartbeat))
    #expect(texts == ["a"])
    guard case .silent = end else {
      Issue.record("ended otherwise: \(String(describing: end))")
      return
    }
    #expect(probes.withLock { $0.prefix(2) } == ["ping", "ping"])
    await server.stop()
  }

  @Test func `a lagging reader stops the reading, and loses nothing`() async throws {
    let message = [UInt8](repeating: 0x62, count: 10_000)
    let server = try await streamServer(opened: { peer in
      for _ in 0..<2_000 { peer.send(frame(1, message)) }
      peer.send(frame(8, [3, 232]))
    })
    var limits = WebSocketTransport.Limits()
    limits.queuedMessages = 20
    let connection = try await Self.open(server, limits: limits)
    try await Task.sleep(for: .milliseconds(300))
    let backlog = connection.backlog
    #expect(backlog >= 20 && backlog < 200)
    var count = 0
    for await _ in connection { count += 1 }
    #expect(count == 2_000)
    await server.stop()
  }

  @Test func `a stream that has just been read is read again at the next beat`() async throws {
    let answers = Mutex(0)
    let server = try await streamServer(opened: { $0.send(text("a")) }) { peer, opcode, _ in
      guard opcode == 1 else { return }
      peer.send(text("b"))
      answers.withLock { $0 += 1 }
    }
    var limits = WebSocketTransport.Limits()
    limits.beat = .hours(1)
    let slow = try await Self.open(server, limits: limits)
    for count in 1...3 {
      try await slow.send("go")
      while answers.withLock({ $0 }) < count { try await Task.sleep(for: .milliseconds(5)) }
      try await Task.sleep(for: .milliseconds(200))
    }
    // One read after the opening; what came later waits for its beat.
    #expect(slow.backlog < 4)
    await slow.close()

    limits.beat = .seconds(1).divided(by: 20)
    let quick = try await Self.open(server, limits: limits)
    for _ in 0..<3 { try await quick.send("go") }
    var messages: [[UInt8]] = []
    for await message in quick {
      messages.append(message.bytes)
      if messages.count == 4 { break }
    }
    #expect(messages == ["a", "b", "b", "b"].map { Array($0.utf8) })
    await quick.close()
    await server.stop()
  }

  @Test func `text is sent and a close is said`() async throws {
    let server = try await streamServer(opened: { _ in }) { peer, opcode, payload in
      peer.send(frame(opcode, payload))
    }
    let connection = try await Self.open(server)
    try await connection.send("subscribe")
    var iterator = connection.makeAsyncIterator()
    #expect(await iterator.next() == WebSocketMessage("subscribe"))
    await connection.close()
    #expect(await iterator.next() == nil)
    #expect(connection.end == .closedHere)
    #expect(await cause { try await connection.send("x") } == .closed)
    await server.stop()
  }

  @Test func `what breaks the protocol ends the stream`() async throws {
    for bytes in [frame(0, [1]), [0xC1, 0], [0x81, 0x80, 0, 0, 0, 0], frame(3, [])] {
      let server = try await streamServer(opened: { $0.send(bytes) })
      let (_, end) = await Self.all(try await Self.open(server))
      guard case .malformed = end else {
        Issue.record("\(bytes) ended with \(String(describing: end))")
        continue
      }
      await server.stop()
    }
  }

  @Test func `a refusal to open carries the venue's answer`() async throws {
    let server = try await httpServer { peer, _ in
      peer.send(answer("403 Forbidden", body: "not from here"))
    }
    let found = await cause { try await Self.open(server) }
    guard case .notUpgraded(let result) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(result.status == 403 && result.excerpt == "not from here")
    #expect(await cause { try await Self.open(server, trust: .system) } == .untrustedCertificate)
    await server.stop()
    #expect(await cause { try await Self.open(server) } == .refused)
  }

  @Test func `a wrong name and a mute host are refused`() async throws {
    let other = try await httpServer(
      tls: (EmulatorCertificates.other, EmulatorCertificates.otherKey)
    ) { _, _ in }
    #expect(await cause { try await Self.open(other) } == .wrongHostName)
    await other.stop()
    let mute = try await TestServer { _, _ in 0 }
    var limits = WebSocketTransport.Limits()
    limits.upgrade = Span(milliseconds: 150)
    #expect(
      await cause { try await Self.open(mute, limits: limits) }
        == .timedOut(.upgrade, after: Span(milliseconds: 150)))
    let waiting = Task { await cause { try await Self.open(mute) } }
    try await Task.sleep(for: .milliseconds(50))
    waiting.cancel()
    #expect(await waiting.value == .cancelled)
    await mute.stop()
  }

  @Test(arguments: [false, true]) func `streams go through the same proxies`(socks: Bool)
    async throws
  {
    let server = try await streamServer(opened: { $0.send(text("a") + frame(8, [3, 232])) })
    let asked = Mutex<[String]>([])
    let proxy = try await proxyServer(to: server.port, socks: socks) { what in
      asked.withLock { $0.append(what) }
    }
    let scheme = socks ? "socks5" : "http"
    let settings = ProxySettings(explicit: try Proxy("\(scheme)://127.0.0.1:\(proxy.port)"))
    let (texts, _) = await Self.all(try await Self.open(server, proxies: settings))
    #expect(texts == ["a"])
    #expect(asked.withLock { $0.first?.contains("localhost") } == true)
    await proxy.stop()
    let found = await cause { try await Self.open(server, proxies: settings) }
    guard case .proxy = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    await server.stop()
  }

  @Test func `ws works on loopback`() async throws {
    let server = try await streamServer(tls: false, opened: { $0.send(text("a") + frame(8, [])) })
    let (texts, end) = await Self.all(try await Self.open(server, scheme: "ws"))
    #expect(texts == ["a"] && end == .closed(code: 1005, reason: ""))
    await server.stop()
  }
}
