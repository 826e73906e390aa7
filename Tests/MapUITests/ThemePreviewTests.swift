import Terminal
import Testing

@testable import MapUI

@Suite struct ThemePreviewTests {
  @Test func `moving shows each theme at once over the real screen`() {
    var state = UIState.after(.character("t"), in: UIState.make())
    for (index, theme) in state.themes.enumerated() {
      #expect(state.themeIndex == index)
      let ground = Palette(theme, depth: .truecolor, layerCount: 5).background
      #expect(state.frame[0, 0].style.background == ground, "\(theme.name)")
      #expect(state.frame.lines[0].contains("BTCUSDT 7d"), "the screen is still the map")
      _ = update(&state, .input(.key(.down)))
    }
    #expect(state.themeIndex == state.themes.count - 1, "it stops at the last")
  }

  @Test func `Enter keeps the theme, Esc goes back to the old one`() {
    let start = UIState.make(theme: "light")
    let kept = UIState.after(.character("t"), .down, .down, .enter, in: start)
    #expect(kept.themePreview == nil && kept.themeIndex == start.themeIndex + 2)
    #expect(kept.message?.text == "Theme: \(kept.theme.name)")
    let left = UIState.after(.character("t"), .down, .down, .escape, in: start)
    #expect(left.themePreview == nil && left.themeIndex == start.themeIndex)
    #expect(left.frame == start.frame)
  }

  @Test func `the same key goes on to the next theme and around`() {
    var state = UIState.after(.character("t"), in: UIState.make())
    for _ in state.themes { _ = update(&state, .input(.key(.character("t")))) }
    #expect(state.themeIndex == 0 && state.themePreview != nil)
  }

  @Test func `quitting gives back the theme that was only looked at`() {
    var state = UIState.after(.character("t"), .down, .down, in: UIState.make())
    #expect(update(&state, .input(.key(.character("q")))).contains(.quit))
    #expect(state.themeIndex == 0)
  }

  @Test func `a single theme has no list`() {
    var state = UIState.make()
    state.themes = [state.theme]
    for key in ["t", "T"] as [Character] {
      let after = UIState.after(.character(key), in: state)
      #expect(after.themePreview == nil)
      #expect(after.message?.text == "default is the only theme")
    }
  }

  @Test func `a long list scrolls with what is shown`() {
    var state = UIState.make(width: 60, height: 20)
    state.themes = Array(repeating: state.themes, count: 4).joined().map { $0 }
    state = UIState.after(.character("t"), .end, in: state)
    let place = ThemePreviewView.Place(state, Layout(width: 60, height: 20))
    let preview = state.themePreview ?? ThemePreview(original: 0)
    #expect(ThemePreviewView.rows(state, preview, place).last?.index == state.themes.count - 1)
    #expect(state.frame.height == 20)
  }
}
