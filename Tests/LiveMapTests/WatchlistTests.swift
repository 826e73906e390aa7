import Foundation
import MapEngine
import Market
import Testing

@testable import LiveMap

@Suite struct WatchlistTests {
  @Test(.timeLimit(.minutes(5)))
  func `listed instruments get a row each beside the one that is shown`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(at: folder) }
    for (name, price) in [("BTC", 100.0), ("ETH", 20.0)] {
      let rows = (0..<48).map { hour in
        let close = price * (1 + Double(hour) / 1_000)
        return "\(1_700_000_000_000 + hour * 3_600_000),\(close),\(close * 1.01),"
          + "\(close * 0.99),\(close),10,\(1_000 + hour % 7 * 90)"
      }
      try (["open_time,open,high,low,close,volume,open_interest"] + rows)
        .joined(separator: "\n").write(
          to: folder.appending(path: "\(name)USDT-1h.csv"), atomically: true, encoding: .utf8)
    }
    let coins = ["ETH", "NONE", "BTC"].map { Instrument(base: $0) }
    let (signals, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let mailbox = Mailbox<MapUpdate> { signal.yield() }
    let live = LiveMap(
      origin: .files(path: folder.path, venue: .binance, skipBadRows: false),
      instrument: coins[2], timeframe: .days1, mailbox: mailbox)
    await live.start()
    live.ask(.list(coins))
    var last: MapUpdate?
    for await _ in signals {
      last = mailbox.take() ?? last
      if last?.watched.count == 2 { break }
    }
    let update = try #require(last)
    // What the source doesn't hold has no row.
    #expect(update.watched.map(\.instrument) == [coins[0], coins[2]])
    for row in update.watched {
      #expect(!row.isSimulated && row.profile.count == WatchRow.parts)
      #expect(abs((row.change ?? 0) - (1.047 / 1.023 - 1)) < 1e-9)
    }
    // The shown one's row is that of its own map.
    let shown = try #require(update.snapshot)
    #expect(update.watched[1].price == shown.price)
    let total = update.watched[1].profile.reduce(0, +)
    let wanted = shown.map.binTotals.reduce(0, +)
    #expect(wanted > 0 && abs(total - wanted) <= 1e-9 * wanted)
    await live.stop()
  }
}
