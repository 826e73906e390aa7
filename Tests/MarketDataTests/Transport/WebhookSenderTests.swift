import Market
import Synchronization
import Testing

@testable import MarketData

@Suite("Webhooks") struct WebhookSenderTests {
  private func send(
    _ json: String, to url: String, patience: Span = .seconds(10)
  ) async throws -> String? {
    let sender = WebhookSender(patience: patience)
    let target = try WebhookTarget(url)
    var failure: String?
    do {
      try await sender.send(Array(json.utf8), to: target)
    } catch {
      failure = "\(error)"
    }
    await sender.shutdown()
    return failure
  }

  @Test("A webhook is posted JSON at its path and query")
  func post() async throws {
    let heads = Mutex<[String]>([])
    let server = try await httpServer(tls: nil) { peer, head in
      heads.withLock { $0.append(head) }
      peer.send(answer("204 No Content", body: ""))
    }
    let base = "http://127.0.0.1:\(server.port)"
    #expect(try await send("{\"a\":1}", to: "\(base)/hook/x?token=s3cret&b=") == nil)
    #expect(try await send("{}", to: "\(base)?t=1") == nil)
    #expect(try await send("{}", to: "\(base)/hook/") == nil)
    await server.stop()
    let lines = heads.withLock { $0 }.map { $0.split(separator: "\r\n")[0] }
    #expect(
      lines == [
        "POST /hook/x?token=s3cret&b= HTTP/1.1", "POST /?t=1 HTTP/1.1", "POST /hook/ HTTP/1.1",
      ])
    #expect(heads.withLock { $0[0].lowercased().contains("content-type: application/json") })
  }

  @Test("A server that stalls is given up, a redirect isn't followed, a refusal is told")
  func failures() async throws {
    let mute = try await httpServer(tls: nil) { _, _ in }
    let stalled = try await send(
      "{}", to: "http://127.0.0.1:\(mute.port)/s3cret", patience: Span(milliseconds: 200))
    await mute.stop()
    #expect(stalled?.hasPrefix("127.0.0.1 ") == true, "\(stalled ?? "no failure")")
    #expect(stalled?.contains("s3cret") == false)

    let asked = Mutex(0)
    let other = try await httpServer(tls: nil) { peer, _ in
      let count = asked.withLock { count in
        count += 1
        return count
      }
      peer.send(
        count == 1
          ? answer("302 Found", headers: ["Location: /else"])
          : answer("403 Forbidden", body: "go away"))
    }
    let url = "http://127.0.0.1:\(other.port)/s3cret"
    #expect(
      try await send("{}", to: url)
        == "127.0.0.1 answered with a redirect (HTTP 302), which isn't followed")
    #expect(try await send("{}", to: url) == "127.0.0.1 answered with HTTP 403: go away")
    let long = String(repeating: "x", count: WebhookSender.mostBytes + 1)
    #expect(try await send(long, to: url)?.contains("16385 bytes are more than 16384") == true)
    #expect(asked.withLock { $0 } == 2)
    await other.stop()
    #expect(try await send("{}", to: url)?.contains("refuses the connection") == true)
  }

  @Test(
    "A URL that can't be a webhook's is refused without being repeated",
    arguments: [
      ("http://hooks.example/s3cret", "must begin with https://"),
      ("ftp://hooks.example/s3cret", "must begin with https://"),
      ("hooks.example/s3cret", "must begin with https://"),
      ("https://user:s3cret@hooks.example/", "holds a user name"),
      ("https://hooks.example/s3cret#x", "has a fragment"),
      ("https://hooks.example/?a=b c", "holds a space"),
      ("https://hooks.example/s3 cret", "no valid host, port and path"),
      ("https://:99999/s3cret", "no valid host, port and path"),
    ])
  func badURL(url: String, words: String) {
    do {
      _ = try WebhookTarget(url)
      Issue.record("accepted")
    } catch {
      #expect(error.description.contains(words), "\(error)")
      #expect(!error.description.contains("s3cret"))
    }
  }
}
