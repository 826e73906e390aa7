import Terminal
import Testing

@testable import MapUI

/// Boxes speak alike of what keys do in them.
@Suite struct BoxWordingTests {
  @Test(arguments: Mode.allCases)
  func `every box says the way out in the same words, on its edge or in the footer`(_ mode: Mode) {
    let text = UIState.opened(mode).frame.lines.joined(separator: "\n")
    #expect(!text.replacing("Esc closes", with: "").contains("Esc close"), "\(text)")
    let way = mode == .themes ? "Esc the old one" : "Esc closes"
    #expect(text.contains(way), "\(text)")
  }
}
