import Foundation
import Glibc
import Market
import TestSupport
import Testing

@testable import MapUI

/// The program against emulated venues, over the loopback network alone.
@MainActor @Suite("lodestone on live venues", .serialized)
struct LiveVenuesTests {
  private static let market = ["--coins", "BTC,ETH,PEPE", "--days", "3"]

  private struct Feed: Decodable {
    let state: String
    let since: Int64
    let reason: String?
    let dropped: Int
    let gaps: [String]
  }

  private struct Feeds: Decodable {
    let feeds: [String: Feed]
    let venues: [String]
    let source: String
    let simulated: Bool
  }

  private func run(
    _ emulator: EmulatorProcess, _ arguments: String..., changes: [String: String] = [:]
  ) throws -> ProgramRun {
    let environment = [
      "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SSL_CERT_FILE": emulator.authority,
    ]
    return try ProgramRun(
      "lodestone", arguments.flatMap { $0.split(separator: " ").map(String.init) },
      environment: environment.merging(changes) { $1 })
  }

  /// A program can't know what another one has just asked a venue: as at a keyboard, the venue's
  /// shortest windows, of two seconds, are over before the next begins.
  private func letWindowsPass() { usleep(2_100_000) }

  @Test(.timeLimit(.minutes(5)))
  func `every command reaches venues over TLS, and none of them is asked too often`() throws {
    let emulator = try EmulatorProcess(Self.market)
    let config = "--config \(emulator.configuration)"

    let snapshot = try run(
      emulator, "snapshot BTC --source live --timeframe 12h --wait 60s", config)
    #expect(snapshot.status == 0, "\(snapshot.complaint)")
    let map = try MapDocument(snapshot.output)
    #expect(map.contradictions() == [])
    #expect(map.total_long_usd > 0 && map.total_short_usd > 0)
    let feeds = try JSONDecoder().decode(Feeds.self, from: Data(snapshot.output.utf8))
    #expect(feeds.source == "live" && !feeds.simulated)
    #expect(Set(feeds.feeds.keys) == Set(Venue.real.map(\.rawValue)))
    #expect(feeds.feeds.values.allSatisfy { $0.state == "live" && $0.reason == nil })
    #expect(feeds.feeds.values.allSatisfy { $0.dropped == 0 && $0.since > 1_700_000_000_000 })
    #expect(feeds.feeds["hyperliquid"]?.gaps.isEmpty == false)
    #expect(feeds.venues == Venue.real.map(\.rawValue))

    letWindowsPass()
    let text = try run(
      emulator, "snapshot PEPE --timeframe 12h --venues okx,bybit --format text --wait 60s", config)
    #expect(text.status == 0, "\(text.complaint)")
    #expect(text.output.contains("PEPEUSDT 12h"))
    #expect(text.output.contains("Byb● OKX●") && text.output.contains("– Binance off"))
    #expect(!text.output.contains("SIMULATED"))

    letWindowsPass()
    let table = try run(emulator, "venues ETH", config)
    #expect(table.status == 0, "\(table.complaint)")
    for words in ["Binance", "ETHUSDT", "ETH-USDT-SWAP", "ETH_USDT", "public: ", "limits: "] {
      #expect(table.output.contains(words), "\(table.output)")
    }
    #expect(!table.output.contains("problem:"))
    letWindowsPass()
    let json = try run(emulator, "venues ETH --format json --venues gate", config)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
    let list = try #require((object as? [String: Any])?["venues"] as? [[String: Any]])
    #expect(list.count == 1 && list[0]["reachable"] as? Bool == true)
    #expect((list[0]["open_interest"] as? Double ?? 0) > 0)

    // Whoever isn't trusted is no venue.
    let untrusted = try run(
      emulator, "snapshot BTC --venues okx --wait 2s", config, changes: ["SSL_CERT_FILE": ""])
    #expect(untrusted.status == 1 && untrusted.output.isEmpty)
    #expect(untrusted.complaint.contains("certificate"), "\(untrusted.complaint)")

    #expect(try emulator.end().violations == 0)
  }

  @Test(.timeLimit(.minutes(5)))
  func `a venue that refuses is told of, and the map goes on without it`() throws {
    let emulator = try EmulatorProcess(
      Self.market + ["--plain", "--venues", "binance,gate", "--fault", "binance:451@+0/3600"])
    let urls = emulator.venues.flatMap { name, place in
      [
        "--rest-url \(name)=\(place.rest_url)", "--stream-url \(name)=\(place.stream_url)",
      ]
    }.joined(separator: " ")
    let snapshot = try run(
      emulator, "snapshot BTC --timeframe 12h --venues binance,gate --wait 60s", urls)
    #expect(snapshot.status == 0, "\(snapshot.complaint)")
    let feeds = try JSONDecoder().decode(Feeds.self, from: Data(snapshot.output.utf8))
    #expect(feeds.feeds["gate"]?.state == "live")
    #expect(feeds.feeds["binance"]?.state == "refused")
    #expect(feeds.feeds["binance"]?.reason?.contains("location") == true)
    #expect(feeds.venues == ["gate"])
    let notes = try MapDocument(snapshot.output).data.notes
    #expect(notes.contains { $0.hasPrefix("Binance refuses: ") }, "\(notes)")

    let alone = try run(emulator, "snapshot BTC --venues binance --wait 60s", urls)
    #expect(alone.status == 1 && alone.output.isEmpty)
    #expect(
      alone.complaint.contains("no venue answered") && alone.complaint.contains("Binance refuses"))
  }

  @Test(.timeLimit(.minutes(5)))
  func `the screen shows the live map, each venue's state, and lets go of venues by number`()
    throws
  {
    let emulator = try EmulatorProcess(Self.market)
    let terminal = try PseudoTerminal(
      executable: BuildProducts.executable("lodestone"),
      arguments: ["BTC", "--timeframe", "12h", "--config", emulator.configuration],
      environment: PseudoTerminal.environment(["SSL_CERT_FILE": emulator.authority]),
      width: 120, height: 35)
    let limit = 120_000
    #expect(
      terminal.shows("Bin● Byb● OKX● Hyp● Gat●", limitMilliseconds: limit),
      "\(terminal.screen.text)")
    #expect(terminal.screen.text.contains("Total Long Liq"))
    #expect(!terminal.screen.text.contains("SIMULATED"))
    #expect(terminal.screen.lines[2].contains("● Binance live"))
    terminal.send("e")
    #expect(terminal.shows("publishes no liquidations"), "\(terminal.screen.text)")
    terminal.send("4")
    #expect(terminal.shows("4 – Hyperliquid  off"))
    terminal.send("\u{1b}")
    #expect(terminal.shows("Bin● Byb● OKX● Gat●"), "\(terminal.screen.text)")
    terminal.send("/pe")
    #expect(terminal.shows("PEPE"))
    terminal.send("\r")
    #expect(
      terminal.waits(limitMilliseconds: limit) { $0.screen.title.hasPrefix(" PEPEUSDT 12h") },
      "\(terminal.screen.text)")
    // Tab's list ends with a coin that these venues don't trade.
    terminal.send("\u{1b}[Z")
    #expect(
      terminal.shows("No venue answers for HYPEUSDT 12h", limitMilliseconds: limit),
      "\(terminal.screen.text)")
    terminal.send("q")
    #expect(terminal.end() == .exited(0))
    try OnScreen.expectGivenBack(terminal)
    #expect(try emulator.end().violations == 0)
  }
}
