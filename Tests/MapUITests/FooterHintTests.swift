import Terminal
import Testing

@testable import MapUI

/// What somebody who has read nothing needs stands in the footer of the smallest window.
@Suite struct FooterHintTests {
  private func words(_ state: AppState) -> [String] {
    FooterView.places(state, layout: Layout(width: state.width, height: state.height))
      .map { "\($0.key) \($0.word)" }
  }

  private static let first = [
    "q quit", "? help", "Tab symbol", "[] timeframe", "m magnet", "a alert",
  ]

  @Test(arguments: [(60, 20), (80, 24), (120, 35), (200, 50)], [true, false])
  func `the first steps are in sight at every size`(size: (Int, Int), isLive: Bool) {
    let state =
      isLive
      ? UIState.live(width: size.0, height: size.1)
      : UIState.make(width: size.0, height: size.1)
    #expect(Array(words(state).prefix(6)) == Self.first)
    let line = state.frame.lines.last ?? ""
    for hint in Self.first { #expect(line.contains(hint), "\(line)") }
  }

  @Test func `at eighty columns the search and the views are offered as well`() {
    let state = UIState.make(width: 80, height: 24)
    #expect(words(state).dropFirst(6) == ["/ find", "1-6 views"])
  }
}
