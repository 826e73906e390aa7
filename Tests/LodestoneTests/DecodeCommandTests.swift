import Foundation
import Market
import TestSupport
import Testing

@testable import lodestone

/// `lodestone decode`.
struct DecodeCommandTests {
  private static let readAt = Timestamp(milliseconds: 1_790_361_000_000)

  private func outcome(
    _ options: String, _ input: String, instruments: String? = nil
  ) throws -> DecodeCommand.Outcome {
    try DecodeCommand.parse(options.split(separator: " ").map(String.init)).decode(
      Array(input.utf8), instruments: instruments.map { Array($0.utf8) }, readAt: Self.readAt)
  }

  private func objects(_ outcome: DecodeCommand.Outcome) throws -> [[String: Any]] {
    try outcome.lines.map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  private let trade =
    #"{"e":"aggTrade","E":9,"s":"BTCUSDT","p":"100","q":"2","T":1700000000000,"m":true}"#

  @Test("One message, a list and one a line are the same")
  func shapes() throws {
    let options = "--venue binance --channel trade"
    let one = try outcome(options, trade).lines
    #expect(
      one == [
        #"{"type":"trade","venue":"binance","instrument":"BTCUSDT","coin":"BTC","quote":"USDT","#
          + #""time":1700000000000,"side":"sell","price":100.0,"quantity":2.0,"notional_usd":200.0}"#
      ])
    #expect(try outcome(options, "[\(trade),\n\(trade)]").lines == one + one)
    #expect(try outcome(options, "\(trade)\r\n\n\(trade)\n").lines == one + one)
  }

  @Test("A candle has every field, what isn't known is null")
  func candle() throws {
    let row = #"{"code":"0","msg":"","data":[["60000","1","2","1","2","5","0.05"]]}"#
    let found = try objects(outcome("--venue okx --channel candle", row))
    let line = try #require(found.first)
    for name in ["instrument", "interval_ms", "quote_volume", "taker_buy_base_volume"] {
      #expect(line[name] is NSNull, "\(name)")
    }
    #expect(line["open_time"] as? Int == 60_000)
    #expect(line["closed"] as? Bool == false)
    let told = try objects(
      outcome("--venue okx --channel candle --instrument btc --interval 1h", row))
    #expect(told.first?["instrument"] as? String == "BTC-USDT-SWAP")
    #expect(told.first?["interval_ms"] as? Int == 3_600_000)
  }

  @Test("An unknown contract size is said once, and a listing mends it")
  func contractSize() throws {
    let row =
      #"{"arg":{"channel":"trades"},"data":[{"instId":"ABC-USDT-SWAP","tradeId":"1","px":"2","#
      + #""sz":"7","side":"buy","ts":"5"},{"instId":"ABC-USDT-SWAP","tradeId":"2","px":"2","#
      + #""sz":"8","side":"buy","ts":"6"}]}"#
    let unknown = try outcome("--venue okx --channel trade", row)
    let line = try #require(objects(unknown).first)
    #expect(line["quantity"] is NSNull)
    #expect(line["notional_usd"] is NSNull)
    #expect(line["reason"] as? String == "the contract size of ABC-USDT-SWAP is unknown")
    #expect(unknown.notes.count == 1)
    #expect(unknown.problems.isEmpty)
    let listing =
      #"{"code":"0","data":[{"instId":"ABC-USDT-SWAP","ctType":"linear","ctVal":"10","state":"live"}]}"#
    let known = try outcome("--venue okx --channel trade", row, instruments: listing)
    #expect(try objects(known).map { $0["quantity"] as? Double } == [70, 80])
    #expect(throws: CommandFailure.self) {
      try outcome("--venue okx --channel trade", row, instruments: "{}")
    }
  }

  @Test("A message of several facts yields each under its channel")
  func channels() throws {
    let context =
      #"{"channel":"activeAssetCtx","data":{"coin":"BTC","ctx":{"funding":"0.1","openInterest":"8","#
      + #""markPx":"10","oraclePx":"11"}}}"#
    let interest = try objects(outcome("--venue hyperliquid --channel open_interest", context))
    #expect(interest.first?["quantity"] as? Double == 4)
    #expect(interest.first?["notional_usd"] as? Double == 40)
    #expect(interest.first?["time"] as? Int64 == Self.readAt.milliseconds)
    let mark = try objects(outcome("--venue hyperliquid --channel mark_price", context))
    #expect(mark.first?["index"] as? Double == 11)
    #expect(try outcome("--venue hyperliquid --channel trade", context).lines.isEmpty)
    #expect(try outcome("--venue hyperliquid --channel trade", context).problems.isEmpty)
  }

  @Test("Frames without a flag close one another over the whole input")
  func closing() throws {
    let frame = { (time: Int) in
      #"{"channel":"candle","data":{"t":\#(time),"T":\#(time + 59999),"s":"BTC","i":"1m","o":"1","#
        + #""c":"1","h":"1","l":"1","v":"1"}}"#
    }
    let found = try objects(
      outcome("--venue hyperliquid --channel candle", frame(60_000) + "\n" + frame(120_000)))
    #expect(found.map { $0["closed"] as? Bool } == [true, false])
  }

  @Test("What can't be decoded is named by its line, and an empty input is no success")
  func problems() throws {
    let mixed = try outcome("--venue binance --channel trade", "\(trade)\n{\"e\":\n\(trade)")
    #expect(mixed.lines.count == 2)
    #expect(mixed.problems.count == 1)
    #expect(mixed.problems.first?.hasPrefix("message 2: no JSON") == true)
    #expect(try outcome("--venue okx --channel trade", " \n").problems == ["the input is empty"])
    let page = try outcome("--venue gate --channel trade", "<html>\n<p>Forbidden</p>\n</html>")
    #expect(page.problems.count == 1)
  }

  @Test(
    "Bad options are refused in one sentence",
    arguments: [
      ("--venue kraken --channel trade", "kraken is no venue"),
      ("--venue sim-a --channel trade", "sim-a is no venue"),
      ("--venue okx --channel trades", "trades is no channel"),
      ("--venue okx --channel candle --interval 5x", "--interval is 5x"),
      ("--venue okx --channel candle --interval 0m", "--interval is 0m"),
    ])
  func refusals(options: String, words: String) throws {
    var message = ""
    do {
      _ = try DecodeCommand.parse(options.split(separator: " ").map(String.init))
    } catch {
      message = DecodeCommand.message(for: error)
    }
    #expect(message.contains(words), "\(message)")
  }

  @Test("The standard output carries facts only; strict fails on what can't be decoded")
  func process() throws {
    func run(_ arguments: [String], _ input: String) throws -> (Int32, String, String) {
      let process = Process()
      process.executableURL = URL(filePath: try BuildProducts.executable("lodestone"))
      process.arguments = ["decode", "--venue", "binance", "--channel", "trade"] + arguments
      let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
      process.standardInput = stdin
      process.standardOutput = stdout
      process.standardError = stderr
      try process.run()
      try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try stdin.fileHandleForWriting.close()
      let out = try stdout.fileHandleForReading.readToEnd() ?? Data()
      let err = try stderr.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      return (
        process.terminationStatus, String(decoding: out, as: UTF8.self),
        String(decoding: err, as: UTF8.self)
      )
    }
    let input = trade + "\n{\"e\":\"novelty\"}\n"
    let lenient = try run([], input)
    #expect(lenient.0 == 0)
    #expect(lenient.1.split(separator: "\n").count == 1)
    #expect(lenient.2.contains("the event novelty is unknown"))
    #expect(lenient.2.contains("1 part could not be decoded"))
    let strict = try run(["--strict", "-"], input)
    #expect(strict.0 == 1)
    #expect(strict.1 == lenient.1)
    #expect(try run(["/nowhere/at/all"], "").0 == 2)
    #expect(try run(["--strict"], trade).0 == 0)
  }
}
