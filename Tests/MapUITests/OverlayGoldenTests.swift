import Terminal
import Testing

@testable import MapUI

/// What opens over a view, against files, and on the least terminals.
@Suite struct OverlayGoldenTests {
  static let cases: [GoldenTests.Case] = {
    var cases: [GoldenTests.Case] = []
    for (width, height) in [(60, 20), (80, 24), (120, 35), (200, 50)] {
      for (name, mode) in [
        ("commands", Mode.commands), ("themes", .themes), ("search", .search), ("goto", .goTo),
      ] {
        cases.append(
          GoldenTests.Case(name: "\(name)-\(width)x\(height)") {
            UIState.opened(mode, width: width, height: height)
          })
      }
      cases.append(
        GoldenTests.Case(name: "commands-typed-\(width)x\(height)") {
          var state = UIState.after(
            .character(":"), in: UIState.make(MapFixture.empty(), width: width, height: height))
          for letter in "magn" { _ = update(&state, .input(.key(.character(letter)))) }
          return state
        })
    }
    cases.append(
      GoldenTests.Case(name: "commands-ascii-mono-60x20") {
        UIState.opened(.commands, width: 60, height: 20, depth: .mono, glyphs: .ascii)
      })
    cases.append(
      GoldenTests.Case(name: "themes-ascii-mono-60x20") {
        UIState.opened(.themes, width: 60, height: 20, depth: .mono, glyphs: .ascii)
      })
    return cases
  }()

  @Test(arguments: cases)
  func `an overlay is drawn as it was`(_ golden: GoldenTests.Case) throws {
    try GoldenTests.check(golden)
  }

  /// Windows from the least one up, with all depths and glyph sets: nothing is drawn outside, all
  /// stand-ins exist, what is chosen stands out.
  @Test(arguments: Mode.allCases, [GlyphSet.full, .blocks, .ascii])
  func `an overlay is usable on the least of terminals`(_ mode: Mode, _ glyphs: GlyphSet) {
    for (width, height) in [(60, 20), (61, 21), (80, 24), (103, 29), (400, 120)] {
      for depth in ColorDepth.allCases {
        let state = UIState.opened(
          mode, width: width, height: height, depth: depth, glyphs: glyphs)
        let grid = state.frame
        #expect(grid.width == width && grid.height == height)
        if glyphs == .ascii {
          #expect(grid.lines.allSatisfy { $0.allSatisfy(\.isASCII) })
          let unknown = grid.lines.dropLast().joined().filter { $0 == "?" }.count
          #expect(unknown <= 2, "\(mode): \(unknown) characters without a stand-in")
        }
        // The footer tells how to get out.
        #expect(grid.lines.last?.contains("Esc") == true, "\(mode) at \(width)x\(height)")
        guard [.themes, .commands, .search].contains(mode) else { continue }
        let selection = Palette(state.theme, depth: depth, layerCount: 5).selection
        let marked = grid.cells.filter { $0.style == selection }.count
        // Of a line that is typed the cursor alone.
        #expect(
          marked > (mode == .alertPrompt ? 0 : 4), "\(mode) at \(width)x\(height) in \(depth)")
      }
    }
  }
}
