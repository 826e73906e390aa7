import Foundation
import MapUI
import Testing

/// What README.md says of the keys must be what the keymap does.
@Suite struct ReadmeTests {
  private static let readme = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "README.md")

  @Test func `the README's key table is the keymap's own`() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    #expect(
      text.contains(Keymap.standard.markdown),
      "put this table into README.md under Keys:\n\(Keymap.standard.markdown)")
  }
}
