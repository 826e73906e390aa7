import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

/// What every view beyond the map keeps to, whatever the window.
@Suite struct ViewSizeTests {
  private static let sizes: [(Int, Int)] = {
    var random = MapFixture.Random(state: 20_261_124)
    let fixed = [(60, 20), (61, 21), (80, 24), (100, 22), (60, 120), (400, 20), (400, 120)]
    return fixed
      + (0..<33).map { _ in
        (60 + Int(random.unit() * 200), 20 + Int(random.unit() * 60))
      }
  }()

  /// The words of a frame that a view wrote, as they stand in rows.
  private static let views: [ViewKind] = [.tape, .ledger, .venues, .accuracy]

  @Test(arguments: views)
  func `at any size the margins stay free and nothing is written outside`(_ view: ViewKind) {
    // A cell outside of the frame stops a debug build.
    for (width, height) in Self.sizes {
      for state in Self.states(view, width, height) {
        let frame = state.frame
        let area = ViewArea(layout: Layout(width: width, height: height))
        for row in area.y where frame[width - 1, row].scalar != " " {
          Issue.record("\(view) row \(row) of \(width)x\(height): \(frame.lines[row])")
        }
      }
    }
  }

  @Test(arguments: views)
  func `ASCII frames hold ASCII alone, and no word is lost to it`(_ view: ViewKind) {
    for (width, height) in [(60, 20), (120, 40), (200, 60)] {
      for var state in Self.states(view, width, height) {
        state.glyphs = .ascii
        state.depth = .mono
        let frame = state.frame
        #expect(frame.cells.allSatisfy { $0.scalar.isASCII })
        // A question mark would stand for a character that the set lacks.
        let area = ViewArea(layout: Layout(width: width, height: height))
        for row in area.y { #expect(!frame.lines[row].contains("?"), "\(frame.lines[row])") }
        state.glyphs = .blocks
        let allowed: Set<UInt32> = [0x2580, 0x2584, 0x2588, 0x2591, 0x2592, 0x2593, 0x259a]
        #expect(
          state.frame.cells.allSatisfy {
            $0.scalar.value < 0x2580 || allowed.contains($0.scalar.value)
          })
      }
    }
  }

  @Test(arguments: views)
  func `every colour on the screen is one of the theme's`(_ view: ViewKind) {
    for theme in ["default", "light", "colorblind"] {
      for var state in Self.states(view, 140, 44) {
        state.themeIndex = state.themes.firstIndex { $0.name == theme } ?? 0
        let palette = Palette(state.theme, depth: .truecolor, layerCount: 5)
        var known = Set(Theme.Role.allCases.map { state.theme[$0] } + palette.layers)
        // The cumulative line is dimmer where it crosses bars.
        known.formUnion(palette.layers.map { palette.cumulative(over: $0).foreground })
        known.formUnion([palette.faint.foreground, .terminalDefault])
        for cell in state.frame.cells where cell.scalar != " " {
          #expect(
            known.contains(cell.style.foreground) || state.theme.hasTextures,
            "\(cell.scalar) \(cell.style)")
        }
      }
    }
  }

  private static func states(_ view: ViewKind, _ width: Int, _ height: Int) -> [AppState] {
    let filled: AppState
    switch view {
    case .ledger, .accuracy: filled = ViewFixture.studied(view, width: width, height: height)
    case .map, .heatmap, .venues, .tape:
      filled = ViewFixture.live(view, width: width, height: height)
    }
    var waiting = UIState.make(nil, width: width, height: height)
    waiting.view = view
    return [
      filled, UIState.after(.enter, .down, .end, in: filled),
      UIState.after(.character("w"), .character("s"), .pageDown, in: filled), waiting,
    ]
  }
}
