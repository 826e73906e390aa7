import Foundation
import TestSupport
import Testing

/// What README.md shows must be what the program prints.
@Suite struct ReadmeFrameTests {
  private static let readme = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "README.md")

  @Test func `the README's frame is the one that its command prints`() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let part = try #require(
      text.firstMatch(of: /`lodestone (snapshot [^`]+)` prints this frame[^`]*```\n([^`]*)```/))
    let run = try ProgramRun("lodestone", part.1.split(separator: " ").map { String($0) })
    #expect(run.status == 0, "\(run.complaint)")
    let printed = run.output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.replacing(#/ +$/#, with: ""))
    }
    let shown = part.2.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    #expect(printed == shown, "put this frame into README.md:\n\(run.output)")
  }
}
