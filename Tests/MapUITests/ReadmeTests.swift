import MapEngine
import MapUI
import TestSupport
import Testing

/// What README.md says of the keys must be what the keymap does.
@Suite struct ReadmeTests {
  @Test func `the README's key table is the keymap's own`() throws {
    let text = try Checkout.text("README.md")
    #expect(
      text.contains(Keymap.standard.markdown),
      "put this table into README.md under Keys:\n\(Keymap.standard.markdown)")
  }

  @Test func `every rule that the README writes is one`() throws {
    let text = try Checkout.text("README.md")
    let written = text.matches(of: /(?:--alert |--rule |rule = ")([^\s"]+)/).map { String($0.1) }
    #expect(written.count >= 5)
    for rule in written { #expect(throws: Never.self, "\(rule)") { try AlertRule(rule) } }
    for kind in AlertCondition.kinds { #expect(text.contains("(`\(kind)`)"), "\(kind)") }
  }
}
