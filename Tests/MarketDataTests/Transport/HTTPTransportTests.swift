import Market
import Synchronization
import Testing
import VenueEmulator

@testable import MarketData

@Suite struct HTTPTransportTests {
  private static let path = "/fapi/v1/time"

  /// Asks a server once.
  private static func ask(
    _ server: TestServer, host: String = "localhost", scheme: String = "https",
    trust: Trust? = nil, limits: HTTPTransport.Limits = .init(), proxies: ProxySettings = .none
  ) async throws -> HTTPResult {
    let transport = HTTPTransport(proxies: proxies, trust: try trust ?? testTrust(), limits: limits)
    let endpoint = try Endpoint("\(scheme)://\(host):\(server.port)", kind: .rest)
    let result: Result<HTTPResult, any Error>
    do {
      result = .success(try await transport.get(endpoint, path: path))
    } catch {
      result = .failure(error)
    }
    await transport.shutdown()
    await server.stop()
    return try result.get()
  }

  @Test func `an answer carries status, headers and body, whatever the status`() async throws {
    let heads = Mutex<[String]>([])
    let server = try await httpServer { peer, head in
      heads.withLock { $0.append(head) }
      peer.send(answer("429 Too Many Requests", headers: ["Retry-After: 7"], body: "slow"))
    }
    let result = try await Self.ask(server)
    #expect(result.status == 429)
    #expect(result.header("retry-after") == "7")
    #expect(result.excerpt == "slow")
    #expect(heads.withLock { $0.first?.hasPrefix("GET /fapi/v1/time HTTP/1.1") } == true)
  }

  @Test func `an unknown authority and a wrong name are refused`() async throws {
    let reply = { @Sendable (peer: TestServer.Peer, _: String) in peer.send(answer("200 OK")) }
    let unknown = try await httpServer(reply)
    #expect(await cause { try await Self.ask(unknown, trust: .system) } == .untrustedCertificate)
    let other = try await httpServer(
      tls: (EmulatorCertificates.other, EmulatorCertificates.otherKey), reply)
    #expect(await cause { try await Self.ask(other) } == .wrongHostName)
    let byAddress = try await httpServer(reply)
    #expect(try await Self.ask(byAddress, host: "127.0.0.1").status == 200)
  }

  @Test func `bodies that are cut, huge or slow fail as what they are`() async throws {
    let cut = try await httpServer { peer, _ in
      peer.sendLast(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".utf8))
    }
    #expect(await cause { try await Self.ask(cut) } == .truncated)

    var limits = HTTPTransport.Limits()
    limits.body = 1_000
    let huge = try await httpServer { peer, _ in
      peer.send(answer("200 OK", body: String(repeating: "x", count: 1_001)))
    }
    #expect(await cause { try await Self.ask(huge, limits: limits) } == .tooLarge(limit: 1_000))

    limits.answer = Span(milliseconds: 300)
    let drip = try await httpServer { peer, _ in
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
      peer.channel.eventLoop.scheduleRepeatedTask(
        initialDelay: .zero, delay: .milliseconds(20)
      ) { task in
        if peer.channel.isActive { peer.send("x") } else { task.cancel() }
      }
    }
    #expect(
      await cause { try await Self.ask(drip, limits: limits) }
        == .timedOut(.answer, after: Span(milliseconds: 300)))

    limits = .init()
    limits.read = Span(milliseconds: 200)
    let mute = try await httpServer { _, _ in }
    #expect(
      await cause { try await Self.ask(mute, limits: limits) }
        == .timedOut(.read, after: Span(milliseconds: 200)))
  }

  @Test func `nobody at the port is a refusal at once, and a name without address is told`()
    async throws
  {
    let server = try await httpServer { _, _ in }
    await server.stop()
    #expect(await cause { try await Self.ask(server) } == .refused)
    #expect(
      await cause { try await Self.ask(server, host: "lodestone.invalid") } == .unknownHost)
  }

  @Test func `a compressed body is unpacked, and only within the limit`() async throws {
    let packed = try gzip([UInt8](repeating: 0x30, count: 100_000))
    let server = try await httpServer { peer, _ in
      let head =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
      peer.send(Array(head.utf8) + packed)
    }
    var limits = HTTPTransport.Limits()
    limits.body = 100_000
    let transport = HTTPTransport(trust: try testTrust(), limits: limits)
    let endpoint = try Endpoint("https://localhost:\(server.port)", kind: .rest)
    let whole = try await transport.get(endpoint, path: "/")
    #expect(whole.body.count == 100_000)
    await transport.shutdown()
    limits.body = 99_999
    #expect(await cause { try await Self.ask(server, limits: limits) } == .tooLarge(limit: 99_999))
  }

  @Test func `a cancelled request fails as cancelled, at once`() async throws {
    let server = try await httpServer { _, _ in }
    let waiting = Task { await cause { try await Self.ask(server) } }
    try await Task.sleep(for: .milliseconds(50))
    waiting.cancel()
    #expect(await waiting.value == .cancelled)
  }

  @Test func `plain http works on loopback`() async throws {
    let server = try await httpServer(tls: nil) { peer, _ in peer.send(answer("200 OK")) }
    #expect(try await Self.ask(server, host: "127.0.0.1", scheme: "http").status == 200)
  }

  @Test(arguments: [false, true]) func `a proxy is asked for the host's name`(socks: Bool)
    async throws
  {
    let server = try await httpServer { peer, _ in peer.send(answer("200 OK", body: "[]")) }
    let asked = Mutex<[String]>([])
    let proxy = try await proxyServer(to: server.port, socks: socks) { what in
      asked.withLock { $0.append(what) }
    }
    let url = socks ? "socks5h://127.0.0.1:\(proxy.port)" : "http://u:p@127.0.0.1:\(proxy.port)"
    let proxies = ProxySettings(explicit: try Proxy(url))
    let port = server.port
    #expect(try await Self.ask(server, proxies: proxies).body == Array("[]".utf8))
    let first = asked.withLock { $0.first } ?? ""
    #expect(socks ? first == "localhost" : first.hasPrefix("CONNECT localhost:\(port)"))
    #expect(socks || first.contains("Basic dTpw"))
    await proxy.stop()
  }
}
