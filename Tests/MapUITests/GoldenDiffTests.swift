import Terminal
import Testing

@testable import MapUI

/// What is said of a golden frame that has changed.
@Suite struct GoldenDiffTests {
  private static let dim = Style(foreground: .rgb(RGB(0xd2, 0xb4, 0x8c)))
  private static let mark = Style(foreground: .ansi(.brightRed), attributes: [.bold, .reverse])

  private func grid(_ lines: [String], _ change: (inout CellGrid) -> Void = { _ in }) -> CellGrid {
    var grid = CellGrid(width: lines[0].unicodeScalars.count, height: lines.count)
    for (y, line) in lines.enumerated() {
      for (x, scalar) in line.unicodeScalars.enumerated() {
        grid[x, y] = Cell(scalar, style: Self.dim)
      }
    }
    change(&grid)
    return grid
  }

  private let hints = ["│ map  ", " q quit"]

  @Test func `frames come back from their files as they were`() throws {
    let frame = GoldenFrame(grid(hints) { $0[1, 1].style = Self.mark })
    #expect(try GoldenFrame(parsing: frame.text) == frame)
    #expect(frame.text.contains("bright-red on terminal bold reverse"))
    for name in ["default-80x24", "heatmap-ascii-60x20", "small-44x9"] {
      let text = try #require(try GoldenFile(name: name).read())
      #expect(try GoldenFrame(parsing: text).text == text, "\(name)")
    }
  }

  @Test func `what differs is shown in place, words and colours`() throws {
    let before = GoldenFrame(grid(hints))
    let after = GoldenFrame(
      grid(["│ map  ", " q quiz"]) {
        for x in 2...4 { $0[x, 0].style = Self.mark }
      })
    #expect(GoldenDiff.describe(is: before, was: before) == nil)
    let expected = """
      4 cells of 2 rows differ
      row 1, columns 3 to 5, "map"
        was #d2b48c on terminal
        is  bright-red on terminal bold reverse
      row 2
        was │ q quit│
        is  │ q quiz│
                   ^
      """
    #expect(GoldenDiff.describe(is: after, was: before) == expected)
  }

  @Test func `many differences are counted, not listed`() throws {
    let before = GoldenFrame(grid(Array(repeating: "ab", count: 30)))
    let after = GoldenFrame(grid(Array(repeating: "xb", count: 30)))
    let text = try #require(GoldenDiff.describe(is: after, was: before))
    #expect(text.hasPrefix("30 cells of 30 rows differ\nrow 1\n"))
    #expect(text.hasSuffix("and 24 more rows"))
    #expect(text.split(separator: "\n").count < 30)
  }

  @Test func `another size is said`() {
    let text = GoldenDiff.describe(
      is: GoldenFrame(grid(["abc"])), was: GoldenFrame(grid(["ab", "cd"])))
    #expect(text == "the frame is 3x1, it was 2x2")
  }

  @Test func `a file that holds no frame is refused with its reason`() throws {
    let cases = [
      ("│ab│\n\n1×0 \n\n0: red on terminal\n", "the runs of styles don't fill the rows"),
      ("│ab│\n\n2×3 \n\n0: red on terminal\n", "style 3 has no line"),
      ("│ab│\n\n2×0 \n\nzero\n", "nobody knows the line zero"),
    ]
    for (text, reason) in cases {
      let error = #expect(throws: GoldenFrame.Unreadable.self) { try GoldenFrame(parsing: text) }
      #expect(error?.reason == reason)
    }
  }

  // MARK: Themes

  private func themed(_ change: (inout CellGrid) -> Void = { _ in }) -> ThemedFrames {
    ThemedFrames([
      ("plain", GoldenFrame(grid(hints))), ("red", GoldenFrame(grid(hints, change))),
      ("crossed", GoldenFrame(grid(["+ map  ", " q quit"], change))),
    ])
  }

  @Test func `themes share a file: their words once, their runs once`() throws {
    let frames = themed { $0[1, 1].style = Self.mark }
    let text = frames.text
    #expect(try ThemedFrames(parsing: text) == frames)
    #expect(text.contains("characters of plain, red\n││ map  │\n"))
    #expect(text.contains("characters of crossed\n│+ map  │\n"))
    #expect(text.contains("runs\n7×0 \n1×0 1×1 5×0 \nstyles of plain\n"))
    #expect(
      text.hasSuffix(
        "styles of crossed\n0: #d2b48c on terminal\n1: bright-red on terminal bold reverse\n"))
  }

  @Test func `a change of several themes is told once, with their names`() throws {
    let before = themed()
    let after = themed { $0[1, 1].style = Self.mark }
    #expect(before.differences(from: before) == nil)
    let expected = """
      in red, crossed: 1 cell differs
      row 2, columns 2 to 2, "q"
        was #d2b48c on terminal
        is  bright-red on terminal bold reverse
      """
    #expect(after.differences(from: before) == expected)
    let fewer = ThemedFrames([("plain", GoldenFrame(grid(hints)))])
    #expect(
      fewer.differences(from: before)
        == #"the themes are ["plain"], they were ["plain", "red", "crossed"]"#)
  }
}
