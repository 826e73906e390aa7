import Terminal
import TestSupport
import Testing

@testable import MapUI

/// Every view in every theme with every set of glyphs, of the simulator and of recorded facts,
/// against files that hold all themes at once, as `GoldenTests` does.
@Suite struct ThemeGoldenTests {
  /// What one file holds.
  struct Sweep: Sendable, CustomTestStringConvertible {
    let view: ViewKind
    let glyphs: GlyphSet
    var testDescription: String { "\(view), \(glyphs.rawValue) glyphs" }

    /// The screen of a source in every theme, held against its file.
    func check(_ name: String, _ source: SourceFixture, width: Int, height: Int) throws {
      let file = GoldenFile(name: "Themes/\(name)-\(view)-\(glyphs.rawValue)-\(width)x\(height)")
      let frames = ThemedFrames(
        UIState.themes.map { theme in
          let state = source.screen(
            view, width: width, height: height, glyphs: glyphs, theme: theme.name)
          return (theme.name, GoldenFrame(state.frame))
        })
      guard !GoldenFile.isRewriting else {
        try file.write(frames.text)
        return
      }
      guard let wanted = try file.read() else { return }
      if let difference = frames.differences(from: try ThemedFrames(parsing: wanted)) {
        Issue.record("\(file.name)\n\(difference)")
      }
    }
  }

  static let sweeps = ViewKind.allCases.flatMap { view in
    GlyphSet.allCases.map { Sweep(view: view, glyphs: $0) }
  }

  @Test(arguments: sweeps)
  func `a view of the simulator is what it was, in every theme`(_ sweep: Sweep) throws {
    try sweep.check("simulated", SourceFixture.simulated.get(), width: 100, height: 30)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"), arguments: sweeps)
  func `a view of recorded facts is what it was, in every theme`(_ sweep: Sweep) throws {
    try sweep.check("recorded", SourceFixture.recorded.get(), width: 80, height: 24)
  }

  @Test func `a view is told apart from its neighbours in every theme and set of glyphs`() throws {
    let source = try SourceFixture.simulated.get()
    for glyphs in GlyphSet.allCases {
      for theme in UIState.themes {
        let frames = ViewKind.allCases.map { view in
          source.screen(view, width: 100, height: 30, glyphs: glyphs, theme: theme.name).frame
        }
        for (view, frame) in zip(ViewKind.allCases, frames) {
          #expect(frame.lines[1].contains("\(view.rawValue) \(view.title)"))
        }
        #expect(Set(frames.map(\.lines)).count == frames.count)
      }
    }
  }
}
