import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

/// Whole frames against files. Set `LODESTONE_REWRITE_GOLDEN` to write the files anew, then read
/// the difference before keeping it.
@Suite struct GoldenTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var state: @Sendable () -> AppState
    var testDescription: String { name }
  }

  static let cases: [Case] = {
    var cases: [Case] = []
    for (width, height) in [(60, 20), (80, 24), (120, 35), (200, 50)] {
      for theme in ["default", "light", "colorblind", "mono"] {
        cases.append(
          Case(name: "\(theme)-\(width)x\(height)") {
            UIState.make(width: width, height: height, theme: theme)
          })
      }
      for glyphs in [GlyphSet.blocks, .ascii] {
        cases.append(
          Case(name: "\(glyphs.rawValue)-\(width)x\(height)") {
            UIState.make(width: width, height: height, glyphs: glyphs)
          })
      }
    }
    func keys(_ name: String, _ keys: [Key], _ width: Int, _ height: Int) {
      cases.append(
        Case(name: "\(name)-\(width)x\(height)") {
          var state = UIState.make(width: width, height: height)
          for key in keys { _ = update(&state, .input(.key(key))) }
          return state
        })
    }
    for (width, height) in [(60, 20), (80, 24), (120, 35)] {
      keys("help", [.character("?")], width, height)
      keys("crosshair", [.right, .left, .left, .left, .up], width, height)
      keys("magnet", [.character("m")], width, height)
    }
    keys("layer", [.character("L"), .character("L")], 120, 35)
    keys("zoom", Array(repeating: .character("+"), count: 5) + [.pageDown], 120, 35)
    keys("loading", [.tab, .character(" ")], 80, 24)
    cases.append(
      Case(name: "ascii-mono-80x24") {
        UIState.make(width: 80, height: 24, depth: .mono, glyphs: .ascii)
      })
    for (width, height) in [(60, 20), (80, 24), (120, 35), (200, 50)] {
      cases.append(
        Case(name: "live-\(width)x\(height)") { UIState.live(width: width, height: height) })
      cases.append(
        Case(name: "venues-\(width)x\(height)") {
          UIState.after(.character("e"), in: UIState.live(width: width, height: height))
        })
      cases.append(
        Case(name: "noanswer-\(width)x\(height)") {
          let reason = "fapi.venue.example has no address; is there a network?"
          return UIState.live(
            UIState.feeds(.partial(reason: reason)), health: .partial(reason: reason),
            hasMap: false, width: width, height: height)
        })
    }
    for theme in ["light", "colorblind", "mono"] {
      cases.append(Case(name: "live-\(theme)-120x35") { UIState.live(theme: theme) })
    }
    cases.append(
      Case(name: "live-ascii-80x24") { UIState.live(width: 80, height: 24, glyphs: .ascii) })
    cases.append(
      Case(name: "live-all-120x35") { UIState.live(UIState.feeds(.live), health: .live) })
    cases.append(
      Case(name: "lastknown-80x24") {
        let since = Timestamp(milliseconds: 1_771_511_402_000)
        return UIState.live(
          UIState.feeds(.stale(since: since)), health: .stale(since: since), width: 80, height: 24)
      })
    cases.append(Case(name: "waiting-80x24") { UIState.make(nil, width: 80, height: 24) })
    cases.append(Case(name: "small-44x9") { UIState.make(width: 44, height: 9) })
    cases.append(
      Case(name: "empty-80x24") {
        UIState.make(MapFixture.empty(), width: 80, height: 24)
      })
    cases.append(
      Case(name: "file-120x35") {
        AppState(
          showing: MapFixture.snapshot(
            isSimulated: false, venues: [.binance, .bybit], quality: .short, gaps: 12),
          health: .complete, theme: UIState.themes[0], depth: .truecolor, glyphs: .full, width: 120,
          height: 35)
      })
    return cases
  }()

  @Test(arguments: cases)
  func `a frame is what it was`(_ golden: Case) throws {
    try Self.check(golden)
  }

  /// Holds a frame against its file, or writes the file.
  static func check(_ golden: Case) throws {
    let file = GoldenFile(name: golden.name)
    let frame = GoldenFrame(golden.state().frame)
    guard !GoldenFile.isRewriting else {
      try file.write(frame.text)
      return
    }
    guard let wanted = try file.read() else { return }
    if let difference = GoldenDiff.describe(is: frame, was: try GoldenFrame(parsing: wanted)) {
      Issue.record("\(golden.name): \(difference)")
    }
  }
}

extension GoldenFrame {
  /// The frame as text: its characters between bars, then its styles, run by run, then what the
  /// styles are.
  var text: String {
    var numbers: [String: Int] = [:]
    var names: [String] = []
    let runs = styles.map { row in
      GoldenText.runs(
        row.map { style in
          if let known = numbers[style] { return known }
          numbers[style] = names.count
          names.append(style)
          return names.count - 1
        })
    }
    let legend = names.enumerated().map { "\($0): \($1)" }
    return (GoldenText.rows(rows) + [""] + runs + [""] + legend).joined(separator: "\n") + "\n"
  }

  /// The frame that a text holds.
  init(parsing text: String) throws {
    var rows: [[Unicode.Scalar]] = []
    var numbers: [[Int]] = []
    var names: [Int: String] = [:]
    for line in text.split(separator: "\n") {
      if let row = GoldenText.row(line) {
        rows.append(row)
      } else if let name = GoldenText.name(line) {
        names[name.number] = name.words
      } else if let run = GoldenText.numbers(line) {
        numbers.append(run)
      } else {
        throw Unreadable(reason: "nobody knows the line \(line)")
      }
    }
    try self.init(rows: rows, numbers: numbers, names: names)
  }
}
