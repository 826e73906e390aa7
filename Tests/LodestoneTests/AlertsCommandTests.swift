import Foundation
import MapEngine
import Market
import TestSupport
import Testing

@testable import lodestone

@Suite("lodestone alerts")
struct AlertsCommandTests {
  /// Six hours of five minutes that wave around 100 and fall to 90 in the end, with liquidations.
  private static let rows: String = {
    var rows = ["open_time,open,high,low,close,volume,open_interest,liq_long,liq_short"]
    for index in 0..<72 {
      let price = index < 60 ? 100 + Double(index % 7) / 10 : 100 - Double(index - 59) * 10 / 12
      let time = 1_700_000_100_000 + Int64(index) * 300_000
      let longs = index == 70 ? 40_000 : 0
      rows.append(
        "\(time),\(price),\(price + 0.3),\(price - 0.3),\(price),5000,\(100_000 + index * 50),"
          + "\(longs),0")
    }
    return rows.joined(separator: "\n") + "\n"
  }()

  private func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(at: folder) }
    try Self.rows.write(
      to: folder.appending(path: "BTCUSDT-5m.csv"), atomically: true, encoding: .utf8)
    return try body(folder)
  }

  private func replay(_ options: String) throws -> ProgramRun {
    try withFolder { folder in
      try ProgramRun(
        "lodestone",
        ["alerts", "BTC", "--source", folder.appending(path: "BTCUSDT-5m.csv").path]
          + options.split(separator: " ").map { "\($0)" })
    }
  }

  @Test("A file is replayed to its end; a line for each alert, exit 0")
  func file() throws {
    let run = try replay("--rule price:below=95 --rule liquidations:usd=3m,within=5m,side=long")
    #expect(run.status == 0 && run.complaint.isEmpty, "\(run.complaint)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("2023-11-15T") && lines[0].contains("price: BTCUSDT at 9"))
    #expect(lines[1].contains("of long liquidations published within 5m on Binance"))
  }

  @Test("With --once it ends at the first alert, in JSON one object a line")
  func once() throws {
    let run = try replay("--rule price:above=100 --rule price:below=95 --once --format json")
    #expect(run.status == 0)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(object["kind"] as? String == "price" && object["rule"] as? String == "price:above=100")
    #expect(object["basis"] as? String == "measured" && object["simulated"] as? Bool == false)
    #expect(object["time"] as? Int64 == 1_700_000_400_000)
    #expect(object["side"] is NSNull && object["level"] as? Double == 100)
  }

  @Test("Rules on the map are judged at the closes of a file")
  func map() throws {
    let run = try replay("--rule near:distance=3%,usd=10k --once --format json")
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.output.contains("\"basis\":\"modelled\""))
  }

  @Test("A file over without an alert is exit 3, without a word")
  func nothing() throws {
    let run = try replay("--rule price:above=1000")
    #expect(run.status == 3 && run.output.isEmpty && run.complaint.isEmpty)
  }

  @Test("The simulated market says so, and its time may be over")
  func demo() throws {
    let demo = ["alerts", "BTC", "--source", "demo", "--timeframe", "12h", "--speed", "60"]
    let fired = try ProgramRun("lodestone", demo + ["--rule", "price:above=1", "--once"])
    #expect(fired.status == 0 && fired.output.contains("SIMULATED  price: BTCUSDT at"))
    let over = try ProgramRun("lodestone", demo + ["--rule", "price:below=1", "--for", "500ms"])
    #expect(over.status == 3 && over.output.isEmpty && over.complaint.isEmpty)
  }

  @Test("Venues that can't be reached are feeds in trouble")
  func live() throws {
    let run = try ProgramRun(
      "lodestone",
      ["alerts", "BTC", "--venues", "okx", "--rule", "feed:venue=okx", "--once", "--for", "1m"]
        + NoNetwork.options)
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.output.contains("feed: BTCUSDT: OKX"))
  }

  @Test("A program hears of an alert without a shell; the bell goes to the standard error")
  func program() throws {
    try withFolder { folder in
      let script = folder.appending(path: "told")
      let note = folder.appending(path: "note")
      try
        "#!/bin/sh\nprintf '%s|%s|%s\\n' \"$#\" \"$1\" \"$LODESTONE_ALERT_PRICE\" >> '\(note.path)'\n"
        .write(to: script, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: script.path)
      let run = try ProgramRun(
        "lodestone",
        [
          "alerts", "BTC", "--source", folder.appending(path: "BTCUSDT-5m.csv").path, "--rule",
          "price:below=95", "--exec", script.path, "--bell",
        ])
      #expect(run.status == 0 && run.complaint == "\u{07}")
      let told = try String(contentsOf: note, encoding: .utf8)
      #expect(told.hasPrefix("1|BTCUSDT at 9") && told.contains("below 95.000"), "\(told)")
      #expect(told.split(separator: "|").count == 3 && told.split(separator: "\n").count == 1)
    }
  }

  @Test("What an alert can't be told to is said, and it is still an alert")
  func untold() throws {
    let run = try replay("--rule price:below=95 --exec false --webhook http://127.0.0.1:1/x")
    #expect(run.status == 0 && run.output.contains("price: BTCUSDT"))
    #expect(run.complaint.contains("/false ended with 1"), "\(run.complaint)")
    #expect(run.complaint.contains("webhook 1: 127.0.0.1 refuses the connection"))
  }

  @Test(
    "Bad usage is exit 2 with a sentence",
    arguments: [
      ("--rule price:over=5", "\"over\" is no part of a price alert; allowed are above, below"),
      ("--rule whales", "\"whales\" is no kind of alert"),
      ("", "nothing to watch for; give a --rule"),
      ("--rule bias --for soon", "--for is \"soon\"; write a time such as 30s"),
      ("--rule bias --for 0s", "--for is \"0s\""),
      ("--rule bias --speed 0", "--speed is 0.0"),
      ("--rule bias --timeframe 7d", "--timeframe is for live and demo"),
      ("--rule bias --exec no-such-program", "--exec: \"no-such-program\" is no program"),
      ("--rule bias:to=command", "asks for the command; give --exec"),
      ("--rule bias:to=desk", "asks for the webhook desk; give --webhook desk=URL"),
      ("--rule bias --webhook http://example.com/x", "must begin with https://"),
    ])
  func badUsage(options: String, words: String) throws {
    let run = try replay(options)
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.complaint.contains(words), "\(run.complaint)")
  }

  private func replay(configuration: String, _ options: [String] = []) throws -> ProgramRun {
    try withFolder { folder in
      let file = folder.appending(path: "c.toml")
      try configuration.write(to: file, atomically: true, encoding: .utf8)
      return try ProgramRun(
        "lodestone",
        [
          "alerts", "BTC", "--source", folder.appending(path: "BTCUSDT-5m.csv").path, "--config",
          file.path,
        ] + options)
    }
  }

  private static let configured = """
    [[alerts]]
    rule = "price:below=95"
    symbol = "BTC"
    command = "false"
    [[alerts]]
    rule = "price:above=1"
    symbol = "ETH"
    """

  @Test("Without a rule those of the configuration are watched for, told as they say")
  func configuration() throws {
    let run = try replay(configuration: Self.configured, ["--bell"])
    #expect(run.status == 0, "\(run.complaint)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 1 && lines.first?.contains("price: BTCUSDT at 9") == true)
    #expect(run.complaint.contains("/false ended with 1") && run.complaint.contains("\u{07}"))
  }

  @Test("A rule of the arguments stands in place of those of the configuration")
  func override() throws {
    let run = try replay(configuration: Self.configured, ["--rule", "price:below=94"])
    #expect(run.status == 0 && run.complaint.isEmpty, "\(run.complaint)")
    #expect(run.output.split(separator: "\n").count == 1 && run.output.contains("below 94"))
  }

  @Test("A configuration with nothing to watch for is named")
  func unconfigured() throws {
    let none = try replay(configuration: "theme = \"light\"")
    #expect(none.status == 2)
    #expect(
      none.complaint.contains("nothing to watch for; give a --rule such as price:above=70000, or ")
        && none.complaint.contains("[[alerts]] in /") && none.complaint.contains("c.toml"),
      "\(none.complaint)")
    let other = try replay(
      configuration: "[[alerts]]\nrule = \"price:above=1\"\nsymbol = \"ETH\"")
    #expect(other.status == 2)
    #expect(other.complaint.contains("is of BTCUSDT; give a --rule"), "\(other.complaint)")
  }

  @Test("A market that doesn't exist is exit 2")
  func unknown() throws {
    let run = try ProgramRun(
      "lodestone", ["alerts", "XYZ", "--source", "demo", "--rule", "bias", "--for", "1m"])
    #expect(run.status == 2)
    #expect(run.complaint.contains("the simulator doesn't trade XYZUSDT"))
    let file = try ProgramRun(
      "lodestone", ["alerts", "BTC", "--source", "/no/x", "--rule", "bias"])
    #expect(file.status == 2 && file.complaint.contains("no such file or folder"))
  }
}

@Suite("A program that is run for an alert")
struct AlertProgramTests {
  private func alert() throws -> FiredAlert {
    var engine = AlertEngine(rules: [try AlertRule("price:above=100")])
    let fired = engine.observe(
      AlertObservation(
        time: Timestamp(milliseconds: 1_700_000_000_000), instrument: Instrument(base: "BTC"),
        price: 101))
    return try #require(fired.first)
  }

  private func program(_ script: String, _ patience: Duration) throws -> (AlertProgram, URL) {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try "#!/bin/sh\n\(script)\n".write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    return (
      try AlertProgram(file.path, environment: ["PATH": "/usr/bin:/bin"], patience: patience), file
    )
  }

  @Test(.timeLimit(.minutes(1)))
  func `One that hangs is killed with what it started, and that is told`() async throws {
    let note = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let (program, file) = try program(
      "sleep 600 & echo $! > '\(note.path)'; wait", .milliseconds(700))
    defer {
      _ = try? FileManager.default.removeItem(at: file)
      _ = try? FileManager.default.removeItem(at: note)
    }
    let failure = try #require(await program.run(try alert()))
    #expect(failure.contains("was stopped: it ran longer than 0.7 seconds"), "\(failure)")
    let text = try String(contentsOf: note, encoding: .utf8)
    let child = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    // A killed child is gone, or a zombie that nobody has reaped.
    var isAlive = true
    for _ in 0..<200 where isAlive {
      let status = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
      isAlive = status.map { !$0.contains(") Z ") } ?? false
      if isAlive { try await Task.sleep(for: .milliseconds(10)) }
    }
    #expect(!isAlive)
  }

  @Test(.timeLimit(.minutes(1)))
  func `How it ended is told where it failed`() async throws {
    for (script, words) in [
      ("exit 0", nil), ("exit 3", "ended with 3"), ("kill -9 $$", "signal 9"),
    ] {
      let (program, file) = try program(script, .seconds(20))
      let failure = await program.run(try alert())
      _ = try? FileManager.default.removeItem(at: file)
      if let words {
        #expect(failure?.contains(words) == true, "\(failure ?? "nothing")")
      } else {
        #expect(failure == nil)
      }
    }
  }
}
