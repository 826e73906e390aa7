import Foundation
import Terminal
import Testing

@testable import MapUI

/// Whole frames of the heatmap against files, as ``GoldenTests`` does.
@Suite struct HeatmapGoldenTests {
  static let cases: [GoldenTests.Case] = {
    var cases: [GoldenTests.Case] = []
    for (width, height) in [(60, 20), (80, 24), (120, 35), (200, 50)] {
      let size = "\(width)x\(height)"
      cases.append(
        GoldenTests.Case(name: "heatmap-\(size)") {
          HeatmapFixture.shown(width: width, height: height)
        })
      cases.append(
        GoldenTests.Case(name: "heatmap-16-\(size)") {
          HeatmapFixture.shown(width: width, height: height, depth: .ansi16)
        })
      cases.append(
        GoldenTests.Case(name: "heatmap-mono-\(size)") {
          HeatmapFixture.shown(width: width, height: height, depth: .mono)
        })
      cases.append(
        GoldenTests.Case(name: "heatmap-ascii-\(size)") {
          HeatmapFixture.shown(width: width, height: height, glyphs: .ascii)
        })
    }
    cases.append(
      GoldenTests.Case(name: "heatmap-light-80x24") {
        HeatmapFixture.shown(width: 80, height: 24, theme: "light")
      })
    cases.append(
      GoldenTests.Case(name: "heatmap-blocks-80x24") {
        HeatmapFixture.shown(width: 80, height: 24, glyphs: .blocks)
      })
    cases.append(
      GoldenTests.Case(name: "heatmap-crosshair-120x35") {
        UIState.after(
          .character("+"), .character("+"), .left, .left, .left, .up, .up,
          in: HeatmapFixture.shown(width: 120, height: 35))
      })
    cases.append(
      GoldenTests.Case(name: "heatmap-bare-80x24") {
        var state = UIState.after(
          .character("f"), in: HeatmapFixture.shown(width: 80, height: 24))
        state.message = nil
        return state
      })
    cases.append(
      GoldenTests.Case(name: "heatmap-waiting-80x24") {
        UIState.after(.character("2"), in: UIState.make(width: 80, height: 24))
      })
    return cases
  }()

  @Test(arguments: cases)
  func `a frame of the heatmap is what it was`(_ golden: GoldenTests.Case) throws {
    try GoldenTests().`a frame is what it was`(golden)
  }

  @Test func `256 colours keep the steps of both ramps apart`() {
    let palette = Palette(UIState.themes[0], depth: .ansi256, layerCount: 5)
    let ramp = HeatmapRamp(palette, glyphs: .full)
    #expect(ramp.mode == .halfBlocks)
    var lowering = ColorLowering(depth: .ansi256)
    for colors in [ramp.longs, ramp.shorts] {
      let shown = Set(colors.map { lowering.lower(Style(background: $0)).background })
      #expect(shown.count >= 7, "\(shown.count)")
    }
  }
}
