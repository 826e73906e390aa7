import Foundation
import TestSupport
import Testing

@Suite("What commands say of bad input")
struct RefusalTests {
  static let rows = """
    open_time,open,high,low,close,volume,open_interest
    1700000000000,100,101,99,100,10,1000
    1700000060000,100,101,99,oops,10,1000
    1700000120000,100,102,99,101,10,1010
    1700000180000,101,103,100,102,10,1020

    """

  /// Runs a command; `FILE` stands for a file with a bad row, `FOLDER` for the folder around it.
  private func run(_ line: String) throws -> ProgramRun {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "BTCUSDT-1m.csv")
    try Self.rows.write(to: file, atomically: true, encoding: .utf8)
    return try ProgramRun(
      "lodestone",
      line.split(separator: " ").map {
        String($0).replacing("FILE", with: file.path).replacing("FOLDER", with: folder.path)
      })
  }

  @Test(
    "One sentence on the standard error, nothing on the output, exit 2",
    arguments: [
      ("snapshot BTC --source /no/such/file", "\"/no/such/file\": no such file or folder"),
      ("snapshot BTC --source FILE", "BTCUSDT-1m.csv, line 3, close: \"oops\" is not a number"),
      ("BTC --source FILE", "BTCUSDT-1m.csv, line 3, close: \"oops\" is not a number"),
      ("snapshot XRP --source FOLDER", "has no file for XRPUSDT; it has BTCUSDT"),
      ("snapshot ETHBTC --source FOLDER", "has no file for ETHBTC"),
      ("snapshot XYZ --source demo", "the simulator doesn't trade XYZUSDT; it has BTC, ETH, SOL"),
      ("XYZ --source demo", "the simulator doesn't trade XYZUSDT"),
      ("snapshot BTC --theme none --format text", "no theme has that name; allowed are default"),
      ("BTC --theme none", "no theme has that name"),
      ("BTC --config /no/such/file", "/no/such/file: no such file"),
      ("BTC --config FOLDER", "is a folder, not a file"),
      ("snapshot BTC --config FILE", "BTCUSDT-1m.csv:1: "),
      ("snapshot BTC --venues kraken", "--venues: \"kraken\" is no venue; allowed are binance"),
      ("BTC --rest-url okx=http://example.com", "isn't encrypted; http and ws are accepted for"),
      ("venues BTC --stream-url okx", "--stream-url \"okx\" must be a venue, = and a URL"),
      ("venues BTC --proxy ftp://x", "isn't a kind of proxy that is spoken here"),
      (
        "snapshot BTC --source FILE --skip-bad-rows --at 2020-01-01",
        "no interval was closed by"
      ),
    ])
  func sentence(line: String, words: String) throws {
    let run = try run(line)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.complaint.contains(words), "\(run.complaint)")
    #expect(run.complaint.hasPrefix("lodestone: "))
    #expect(run.complaint.split(separator: "\n").count == 1)
  }

  @Test(
    "An argument that can't be right is named, with what would be",
    arguments: [
      ("snapshot BTC --timeframe 5d", "'5d' is invalid for '--timeframe"),
      ("BTC --timeframe 5d", "'5d' is invalid for '--timeframe"),
      ("snapshot BTC --venue kraken", "'binance', 'bybit', 'okx', 'hyperliquid' or 'gate'"),
      ("snapshot BTC --range nan", "--range is nan; give a percentage above 0"),
      ("snapshot BTC --range 0", "--range is 0.0"),
      ("snapshot BTC --range 1e9", "--range is 1000000000.0"),
      ("snapshot BTC --bins 1", "--bins is 1; give a number from 2"),
      ("snapshot BTC --bins 9999999999999999999999", "--bins"),
      ("snapshot BTC --width 10 --height 5", "a frame needs 60x20"),
      ("snapshot BTC --at yesterday", "'yesterday' is invalid for '--at"),
      ("watch BTC --speed inf", "--speed is inf"),
      ("snapshot BTC --seed -1", "--seed"),
      ("snapshot BTC --wait 5h", "'5h' is invalid for '--wait"),
      ("venues --format xml", "'table' and 'json'"),
      ("venues ..", "\"..\" names no instrument"),
      (
        "snapshot BTC --format xml",
        "  - json\n  - plain\n  - text\n  - ansi\n  - svg\n  - png\n"
      ),
      ("snapshot ..", "\"..\" names no instrument"),
      ("snapshot", "Missing expected argument '<symbol>'"),
      ("snapshot BTC extra", "Unexpected argument 'extra'"),
      ("accuracy --source live", "a record needs a past"),
      ("accuracy --seeds 0", "--seeds is 0"),
      (
        "liquidation-price --venue mtgox --side long --entry 1 --quantity 1 --leverage 2",
        "mtgox is no venue"
      ),
      ("liquidation-price --venue okx", "Missing expected argument"),
      ("--no-such-option", "--no-such-option"),
    ])
  func argument(line: String, words: String) throws {
    let run = try run(line)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.complaint.contains(words), "\(run.complaint)")
  }

  @Test("--skip-bad-rows leaves rows out, counts them and says which")
  func skipped() throws {
    let run = try run("snapshot BTC --source FILE --skip-bad-rows --timeframe all")
    #expect(run.status == 0 && run.complaint.isEmpty)
    let map = try MapDocument(run.output)
    #expect(map.contradictions() == [])
    #expect(map.data.skipped == 1)
    #expect(map.data.gaps == 1)
    #expect(map.data.notes.contains { $0.contains("line 3") && $0.contains("oops") })
  }

  @Test(
    "--help goes to the output and is no failure",
    arguments: [
      ("--help", "SUBCOMMANDS"), ("watch --help", "--theme"),
      ("snapshot --help", "--skip-bad-rows"), ("venues --help", "--rest-url"),
      ("liquidation-price --help", "--maintenance-rate"), ("accuracy --help", "--seeds"),
      ("help snapshot", "--format"),
    ])
  func help(line: String, words: String) throws {
    let run = try run(line)
    #expect(run.status == 0)
    #expect(run.complaint.isEmpty)
    #expect(run.output.contains(words))
  }

  @Test("Without a terminal the screen is refused and snapshot is named")
  func noTerminal() throws {
    let run = try run("BTC")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.complaint.contains("not a terminal") && run.complaint.contains("`snapshot`"))
  }

  @Test("liquidation-price answers in JSON")
  func liquidationPrice() throws {
    let run = try run(
      "liquidation-price --venue binance --instrument BTC --side long --entry 100000 --quantity 1"
        + " --leverage 10")
    #expect(run.status == 0 && run.complaint.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    let price = try #require((object as? [String: Any])?["liquidation_price"] as? Double)
    #expect((90_000..<91_000).contains(price))
  }

  @Test(
    "An output that can't be written is no success",
    arguments: [
      "snapshot BTC --source demo --timeframe 12h", "snapshot --help",
      "liquidation-price --venue okx --side long --entry 1 --quantity 1 --leverage 2"
        + " --maintenance-rate 0.01",
    ])
  func fullDisk(line: String) throws {
    let program = try BuildProducts.executable("lodestone")
    let terminal = try PseudoTerminal(
      executable: "/bin/sh", arguments: ["-c", "'\(program)' \(line) > /dev/full"],
      environment: PseudoTerminal.environment(), width: 150, height: 24)
    #expect(terminal.end() == .exited(1))
    #expect(terminal.screen.text.contains("No space left on device"))
  }

  @Test("A reader that goes away ends a command without a word")
  func closedPipe() throws {
    let program = try BuildProducts.executable("lodestone")
    let terminal = try PseudoTerminal(
      executable: "/bin/sh",
      arguments: [
        "-c",
        "'\(program)' snapshot BTC --source demo --timeframe 12h | head -c 20; echo; echo done",
      ],
      environment: PseudoTerminal.environment(), width: 150, height: 24)
    #expect(terminal.end() == .exited(0))
    #expect(terminal.screen.lines.filter { !$0.isEmpty } == ["{\"as_of\":17675712000", "done"])
  }
}
