import TestSupport
import Testing

/// What README.md shows must be what the program prints.
@Suite struct ReadmeFrameTests {
  @Test func `the README's frame is the one that its command prints`() throws {
    let text = try Checkout.text("README.md")
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
