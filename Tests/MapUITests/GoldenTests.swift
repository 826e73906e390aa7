import Foundation
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
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/\(golden.name).txt")
    let text = FrameText.describe(golden.state().frame)
    if ProcessInfo.processInfo.environment["LODESTONE_REWRITE_GOLDEN"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let wanted = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let found = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(found.count == wanted.count)
    let changed = zip(found, wanted).enumerated().filter { $0.element.0 != $0.element.1 }
    let report = changed.prefix(4).map {
      "line \($0.offset + 1)\n  is  \($0.element.0)\n  was \($0.element.1)"
    }
    #expect(changed.isEmpty, "\(changed.count) lines differ\n\(report.joined(separator: "\n"))")
  }
}

/// A frame as text: its characters between bars, then its styles, run by run, then what the
/// styles are.
enum FrameText {
  static func describe(_ grid: CellGrid) -> String {
    var names: [Style: Int] = [:]
    var styles: [Style] = []
    var runs = ""
    for row in 0..<grid.height {
      var column = 0
      while column < grid.width {
        let style = grid[column, row].style
        var end = column + 1
        while end < grid.width, grid[end, row].style == style { end += 1 }
        let name = names[style] ?? styles.count
        if names[style] == nil {
          names[style] = name
          styles.append(style)
        }
        runs += "\(end - column)×\(name) "
        column = end
      }
      runs += "\n"
    }
    let frame = grid.lines.map { "│\($0)│" }.joined(separator: "\n")
    let legend = styles.enumerated().map { "\($0): \(describe($1))" }.joined(separator: "\n")
    return frame + "\n\n" + runs + "\n" + legend + "\n"
  }

  private static func describe(_ style: Style) -> String {
    var words = [describe(style.foreground), "on", describe(style.background)]
    let attributes: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.underline, "underline"), (.reverse, "reverse"),
      (.italic, "italic"),
    ]
    for (attribute, name) in attributes where style.attributes.contains(attribute) {
      words.append(name)
    }
    return words.joined(separator: " ")
  }

  private static func describe(_ color: Color) -> String {
    guard case .rgb(let rgb) = color else { return "terminal" }
    return "#" + [rgb.red, rgb.green, rgb.blue].map { String(format: "%02x", $0) }.joined()
  }
}
