import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

/// Whole frames of the views beyond the map against files, as `GoldenTests` does.
@Suite struct ViewGoldenTests {
  typealias Case = GoldenTests.Case

  /// A state of a view in a window.
  typealias Make =
    @Sendable (
      _ width: Int, _ height: Int, _ theme: String, _ depth: ColorDepth, _ glyphs: GlyphSet
    ) -> AppState

  /// A view at three sizes, and in one of them in other depths, themes and glyphs.
  static func cases(_ name: String, _ make: @escaping Make) -> [Case] {
    var cases = [(80, 24), (120, 35), (200, 50)].map { width, height in
      Case(name: "\(name)-\(width)x\(height)") {
        make(width, height, "default", .truecolor, .full)
      }
    }
    cases.append(
      Case(name: "\(name)-light-120x35") { make(120, 35, "light", .truecolor, .full) })
    cases.append(
      Case(name: "\(name)-blocks-16-100x30") { make(100, 30, "default", .ansi16, .blocks) })
    cases.append(
      Case(name: "\(name)-ascii-mono-80x24") { make(80, 24, "default", .mono, .ascii) })
    cases.append(Case(name: "\(name)-60x20") { make(60, 20, "mono", .truecolor, .full) })
    return cases
  }

  static let tape = cases("tape") { width, height, theme, depth, glyphs in
    // Two steps down, with the cascade on top opened.
    UIState.after(
      .enter, .down, .down,
      in: ViewFixture.live(
        .tape, width: width, height: height, theme: theme, depth: depth, glyphs: glyphs))
  }

  @Test(arguments: tape)
  func `a frame of the tape is what it was`(_ golden: Case) throws {
    try GoldenTests.check(golden)
  }

  static let ledger = cases("ledger") { width, height, theme, depth, glyphs in
    UIState.after(
      .down, .down, .down,
      in: ViewFixture.studied(
        .ledger, width: width, height: height, theme: theme, depth: depth, glyphs: glyphs))
  }

  @Test(arguments: ledger)
  func `a frame of the ledger is what it was`(_ golden: Case) throws {
    try GoldenTests.check(golden)
  }

  @Test(arguments: [LedgerLook.Pane.hunts, .reading])
  func `a pane of the ledger is what it was`(_ pane: LedgerLook.Pane) throws {
    let golden = Case(name: "ledger-\(pane)-120x35") {
      var state = ViewFixture.studied(.ledger, width: 120, height: 35)
      state.ledgerLook.focus = pane
      return UIState.after(.down, in: state)
    }
    try GoldenTests.check(golden)
  }

  static let venues =
    cases("venuemaps") { width, height, theme, depth, glyphs in
      ViewFixture.live(
        .venues, width: width, height: height, theme: theme, depth: depth, glyphs: glyphs)
    } + [
      Case(name: "venuemaps-crosshair-120x35") {
        UIState.after(
          .character("+"), .right, .right, .character("s"), in: ViewFixture.live(.venues))
      },
      Case(name: "venuemaps-simulated-120x35") {
        UIState.after(.character("3"), in: UIState.make(width: 120, height: 35))
      },
    ]

  @Test(arguments: venues)
  func `a frame of the venues is what it was`(_ golden: Case) throws {
    try GoldenTests.check(golden)
  }

  static let accuracy =
    cases("accuracy") { width, height, theme, depth, glyphs in
      ViewFixture.studied(
        .accuracy, width: width, height: height, theme: theme, depth: depth, glyphs: glyphs)
    }
    + AccuracyLook.Pane.allCases.map { pane in
      Case(name: "accuracy-\(pane)-80x24") {
        var state = ViewFixture.studied(.accuracy, width: 80, height: 24)
        state.accuracyLook.focus = pane
        return state
      }
    }

  @Test(arguments: accuracy)
  func `a frame of the accuracy is what it was`(_ golden: Case) throws {
    try GoldenTests.check(golden)
  }
}
