import Market
import Testing

@testable import VenueEmulator

@Suite("The emulated venues are reached over the wire")
struct ServerTests {
  private func server(
    _ venue: Venue = .binance, _ fault: Fault? = nil
  ) async throws -> EmulatorServer {
    let clock = EmulatorClock(start: TestMarket.now)
    var options = EmulatorServer.Options()
    options.isSecure = false
    options.venue.slowness = Span(milliseconds: 200)
    options.venue.hugeFrameBytes = 200_000
    if let fault {
      options.script = FaultScript([
        FaultScript.Entry(venue, fault, at: TestMarket.now, lasting: .minutes(10))
      ])
    }
    return try await EmulatorServer(
      venue, market: TestMarket.shared, clock: clock, options: options)
  }

  private static let path = "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=3"

  @Test func `One connection answers several requests`() async throws {
    let server = try await server()
    let client = try WireClient(port: server.port)
    for _ in 0..<3 {
      let answer = try client.get(Self.path)
      #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
      #expect(answer.contains("X-MBX-USED-WEIGHT-1M: "))
      #expect(answer.hasSuffix("]]"))
    }
    #expect(server.report.counters.requests == ["/fapi/v1/klines": 3])
    client.close()
    await server.stop()
  }

  @Test func `A stream is upgraded, speaks, and ends when it is told`() async throws {
    let server = try await server()
    let client = try WireClient(port: server.port)
    #expect(try client.upgrade("/market/ws").hasPrefix("HTTP/1.1 101"))
    client.send(text: #"{"method":"SUBSCRIBE","params":["btcusdt@kline_1m"],"id":1}"#)
    #expect(try client.frame().text == #"{"result":null,"id":1}"#)
    #expect(try client.frame().text.contains("kline"))
    server.suffer(.cutMidFrame)
    #expect(throws: WireClient.Ended.amidFrame) {
      while true { _ = try client.frame() }
    }
    client.close()
    await server.stop()
    #expect(server.report.counters.faults == ["cut-mid-frame": 1])
  }

  @Test func `A refused handshake has an answer`() async throws {
    let server = try await server()
    let client = try WireClient(port: server.port)
    #expect(try client.upgrade("/nowhere").hasPrefix("HTTP/1.1 404"))
    client.close()
    let busy = try await self.server(.binance, .refusedStreams)
    let other = try WireClient(port: busy.port)
    #expect(try other.upgrade("/market/ws").hasPrefix("HTTP/1.1 503"))
    other.close()
    await server.stop()
    await busy.stop()
  }

  @Test func `Fragments come in pieces that are one text`() async throws {
    let server = try await server(.binance, .fragments)
    let client = try WireClient(port: server.port)
    _ = try client.upgrade("/market/ws/btcusdt@kline_1m")
    var text = ""
    var pieces = 0
    while true {
      let frame = try client.frame()
      guard frame.opcode < 2 else { continue }
      text += frame.text
      pieces += 1
      if frame.isLast { break }
    }
    #expect(pieces == 7)
    #expect(try JSONShape(text)[path: "e"]?.text == "kline")
    client.close()
    await server.stop()
  }

  @Test func `Half a body is half a body`() async throws {
    let server = try await server(.binance, .truncatedBody)
    let client = try WireClient(port: server.port)
    #expect(throws: WireClient.Ended.self) { try client.get(Self.path) }
    client.close()
    await server.stop()
  }

  @Test func `A fleet says where it is and what has happened`() async throws {
    var options = EmulatorFleet.Options()
    options.venues = [.okx, .gate]
    options.coins = [.bitcoin]
    options.days = 0
    options.faults = ["okx:451@+0/60"]
    let fleet = try await EmulatorFleet(options)
    #expect(fleet.endpoints.contains("\"okx\":{\"rest_url\":\"https://localhost:"))
    #expect(fleet.configuration.contains("[venues.binance]\nenabled = false"))
    #expect(fleet.configuration.contains("stream_url = \"wss://localhost:"))
    _ = try JSONShape(fleet.report)
    await fleet.stop()
    options.faults = ["okx:nothing@+0"]
    await #expect(throws: EmulatorFleet.UnknownFault.self) { try await EmulatorFleet(options) }
  }
}
