import MapEngine
import Terminal
import Testing

@testable import MapUI

/// Whole frames of the map with its panels against files, as `GoldenTests` does.
@Suite struct PanelGoldenTests {
  typealias Case = GoldenTests.Case

  private static func state(
    _ width: Int, _ height: Int, _ theme: String = "default", _ depth: ColorDepth = .truecolor,
    _ glyphs: GlyphSet = .full
  ) -> AppState {
    ViewFixture.studied(
      .map, width: width, height: height, theme: theme, depth: depth, glyphs: glyphs)
  }

  private static func asking(_ state: AppState) -> AppState {
    var asking = UIState.after(.character("P"), in: state)
    _ = update(&asking, .input(.paste("long:97000:10x:0.5")))
    return UIState.after(.enter, in: asking)
  }

  static let cases: [Case] = [
    Case(name: "panel-140x40") { state(140, 40) },
    Case(name: "panel-200x50") { state(200, 50) },
    Case(name: "panel-light-200x60") { state(200, 60, "light") },
    Case(name: "panel-ascii-mono-120x35") {
      UIState.after(.character("i"), .character("B"), in: state(120, 35, "default", .mono, .ascii))
    },
    Case(name: "panel-blocks-16-140x40") { state(140, 40, "default", .ansi16, .blocks) },
    Case(name: "bands-120x35") {
      UIState.after(.character("u"), .character("f"), in: state(120, 35))
    },
    Case(name: "bands-colorblind-80x24") {
      UIState.after(.character("u"), .character("f"), in: state(80, 24, "colorblind"))
    },
    Case(name: "bands-ascii-mono-80x24") {
      UIState.after(
        .character("u"), .character("f"), in: state(80, 24, "default", .mono, .ascii))
    },
    Case(name: "strip-60x20") {
      UIState.after(.character("B"), .character("f"), in: state(60, 20))
    },
    Case(name: "position-200x50") { asking(state(200, 50)) },
    Case(name: "position-80x24") { asking(state(80, 24)) },
    Case(name: "position-prompt-60x20") {
      var asking = UIState.after(.character("P"), in: state(60, 20))
      _ = update(&asking, .input(.paste("up:97000:10x:0.5")))
      return UIState.after(.enter, in: asking)
    },
    Case(name: "whatif-120x35") {
      UIState.after(.character("W"), .down, .right, .right, in: state(120, 35))
    },
    Case(name: "whatif-ascii-60x20") {
      UIState.after(.character("W"), .right, in: state(60, 20, "default", .mono, .ascii))
    },
  ]

  @Test(arguments: cases)
  func `a frame with panels is what it was`(_ golden: Case) throws {
    try GoldenTests.check(golden)
  }
}
