import Foundation
import TestSupport
import Testing

@testable import lodestone

@Suite("lodestone config")
struct ConfigCommandTests {
  private let folder: ConfigFolder
  private var path: String { folder.path + "/lodestone/config.toml" }

  init() throws {
    folder = try ConfigFolder()
  }

  private func run(_ line: String, _ changes: [String: String] = [:]) throws -> ProgramRun {
    let environment = [
      "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": folder.path,
    ]
    return try ProgramRun(
      "lodestone", ("config " + line).split(separator: " ").map(String.init),
      environment: environment.merging(changes) { $1 })
  }

  @Test func `path says where the file is looked for, and whether there is one`() throws {
    let none = try run("path")
    #expect(none.status == 0 && none.output == path + "\n")
    #expect(none.complaint.contains("no such file yet"))
    try folder.write("lodestone/config.toml", "")
    let some = try run("path")
    #expect(some.output == path + "\n" && some.complaint.isEmpty)
    #expect(try run("path", ["LODESTONE_CONFIG": "/x/y.toml"]).output == "/x/y.toml\n")
    #expect(try run("path --config /z.toml", ["LODESTONE_CONFIG": "/x"]).output == "/z.toml\n")
    let homeless = try run("path", ["XDG_CONFIG_HOME": ""])
    #expect(homeless.status == 2 && homeless.complaint.contains("set HOME or XDG_CONFIG_HOME"))
  }

  @Test func `init writes a file that says nothing yet, and never over another`() throws {
    let first = try run("init")
    #expect(first.status == 0 && first.output == path + "\n")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(try run("check").output == "\(path): all right\n")
    // Every line that is a setting can be used as it stands.
    let settings = text.split(separator: "\n").filter { line in
      line.hasPrefix("# ") && line.dropFirst(2).firstMatch(of: /^[a-z_]+ = |^\[/) != nil
    }
    let bare = settings.map { $0.dropFirst(2) }.joined(separator: "\n")
    let configuration = try Configuration(text: bare, path: "c", themes: ["default"])
    #expect(configuration.problems == [])
    #expect(configuration.keymap == .standard && configuration.frameRate == 20)
    #expect(configuration.venues.count == 5 && configuration.alerts.count == 1)
    try folder.write("lodestone/config.toml", "theme = \"mono\"")
    let again = try run("init")
    #expect(again.status == 1 && again.complaint.contains("is there already; it is left as it is"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "theme = \"mono\"")
  }

  @Test func `check says all that is wrong, with lines, and ends with 1`() throws {
    #expect(try run("check").output == "\(path): no such file; the defaults are in force\n")
    try folder.write(
      "lodestone/config.toml",
      """
      theme = "dusk"
      frame_rate = 99
      [keys]
      quit = "m"
      [venues.kraken]
      """)
    let check = try run("check", ["LODESTONE_COLOR": "8"])
    #expect(check.status == 1 && check.output.isEmpty)
    let lines = check.complaint.split(separator: "\n")
    #expect(lines.count == 5)
    for (line, words) in zip(
      lines,
      [
        "the environment: LODESTONE_COLOR: \"8\" is no depth of colour",
        "\(path):1: theme: no theme is named \"dusk\"; allowed are default, light",
        "\(path):2: frame_rate: 99 can't be used; allowed are whole numbers from 1 to 60",
        "\(path):4: keys.quit: \"m\" is the key of go_to_magnet, too",
        "\(path):5: venues.kraken: is not a key of venues; allowed are binance",
      ])
    {
      #expect(line.hasPrefix(words), "\(line)")
    }
    try folder.write("lodestone/config.toml", "theme = dusk")
    let broken = try run("check")
    #expect(broken.status == 1 && broken.complaint.contains("config.toml:1: "))
  }

  @Test func `print shows what is in force, where it comes from, and no secret`() throws {
    try folder.write(
      "lodestone/config.toml",
      """
      theme = "light"
      symbol = "ETH"
      proxy = "http://user:secret@proxy.example:3128"
      [keys]
      quit = ["x", "ctrl-c"]
      [venues.okx]
      headers = { "X-Key" = "secret" }
      [[alerts]]
      rule = "swept"
      webhook = "https://example.com/secret"
      """)
    let print = try run("print SOL --units coin", ["LODESTONE_FRAME_RATE": "12"])
    #expect(print.status == 0 && print.complaint.isEmpty, "\(print.complaint)")
    func line(_ start: String) -> Substring? {
      print.output.split(separator: "\n").first { $0.hasPrefix(start) }
    }
    for (start, end) in [
      ("symbol = \"SOL\" ", "# argument SYMBOL"), ("theme = \"light\" ", "# \(path):1"),
      ("frame_rate = 12 ", "# environment LODESTONE_FRAME_RATE"),
      ("units = \"coin\" ", "# argument --units"), ("timeframe = \"7d\" ", "# default"),
      ("quit = [\"x\", \"ctrl-c\"] ", "# \(path):5"), ("retry = [\"r\"] ", "# default"),
      ("# glyphs: by the terminal", "# default"), ("rule = \"swept\"", "# \(path):9"),
      ("proxy = \"http://...@proxy.example:3128\"", "# \(path):3"),
    ] {
      #expect(line(start)?.hasSuffix(end) == true, "\(start): \(print.output)")
    }
    #expect(!print.output.contains("secret"))
    // What is printed is a configuration itself.
    let again = try Configuration(text: print.output, path: "p", themes: ["light"])
    #expect(again.problems == [] && again.theme == "light" && again.frameRate == 12)
    #expect(again.keymap.shown(.quit) == "x")
  }

  @Test func `the configuration that the README shows has nothing wrong with it`() throws {
    let text = try Checkout.text("README.md")
    let block = try #require(text.firstMatch(of: /```toml\n(?<file>(?s:.*?))```/))
    let file = String(block.output.file)
    let configuration = try Configuration(text: file, path: "p", themes: ["default"])
    #expect(configuration.problems == [] && configuration.alerts.count == 1)
    #expect(configuration.watchlist?.count == 3)
  }
}
