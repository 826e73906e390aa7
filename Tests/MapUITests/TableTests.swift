import Terminal
import Testing

@testable import MapUI

@Suite struct TableTests {
  private let columns = [
    TableColumn("A", 3, rank: 0), TableColumn("B", 4, 10, rank: 2),
    TableColumn("C", 5, isNumeric: true, rank: 1), TableColumn("D", 6, rank: 3),
  ]

  @Test func `columns are dropped from the highest rank down, and none is cut`() {
    for width in 0...60 {
      let places = TableLayout(columns, x: 5..<5 + width).places
      #expect(places.map(\.column) == places.map(\.column).sorted())
      for place in places {
        #expect(place.x.lowerBound >= 5 && place.x.upperBound <= 5 + width)
        #expect(columns[place.column].width.contains(place.x.count))
      }
      for (one, next) in zip(places, places.dropFirst()) {
        #expect(next.x.lowerBound == one.x.upperBound + TableLayout.gap)
      }
      // What is kept is a beginning of the order of ranks.
      #expect(Set(places.map { columns[$0.column].rank }) == Set(0..<places.count))
    }
    func kept(_ width: Int) -> [Int] {
      TableLayout(columns, x: 0..<width).places.map(\.column)
    }
    #expect(kept(24) == [0, 1, 2, 3])
    #expect(kept(23) == [0, 1, 2])
    #expect(kept(15) == [0, 2])
    #expect(kept(9) == [0])
    #expect(kept(2) == [])
  }

  @Test func `what is left over widens columns up to their most`() {
    let places = TableLayout(columns, x: 0..<29).places
    #expect(places.map(\.x.count) == [3, 9, 5, 6])
    #expect(TableLayout(columns, x: 0..<100).places.map(\.x.count) == [3, 10, 5, 6])
  }

  @Test func `the selection is always a row and always in sight`() {
    for count in [0, 1, 5, 40] {
      for visible in [0, 1, 4, 60] {
        var scroll = TableScroll()
        let steps: [TableScroll.Step] = [
          .rows(1), .pages(1), .last, .rows(5), .pages(-1), .rows(-2), .first, .rows(-1),
          .pages(-3), .rows(1_000),
        ]
        for step in steps {
          scroll.take(step, count: count, visible: visible)
          #expect(scroll.selected >= 0 && scroll.selected <= max(count - 1, 0))
          #expect(scroll.top <= scroll.selected)
          #expect(scroll.selected < scroll.top + max(visible, 1))
          #expect(scroll.top == 0 || scroll.top + max(visible, 1) <= count)
          #expect(scroll == scroll.settled(count: count, visible: visible))
        }
      }
    }
  }

  @Test func `steps go where they say`() {
    var scroll = TableScroll()
    scroll.take(.rows(3), count: 40, visible: 10)
    #expect(scroll.selected == 3 && scroll.top == 0)
    scroll.take(.pages(1), count: 40, visible: 10)
    #expect(scroll.selected == 12 && scroll.top == 3)
    scroll.take(.last, count: 40, visible: 10)
    #expect(scroll.selected == 39 && scroll.top == 30)
    scroll.take(.rows(-5), count: 40, visible: 10)
    #expect(scroll.selected == 34 && scroll.top == 30)
    scroll.take(.first, count: 40, visible: 10)
    #expect(scroll == TableScroll())
    // A list that shrinks takes the selection along.
    scroll = TableScroll(selected: 30, top: 25)
    #expect(scroll.settled(count: 12, visible: 10) == TableScroll(selected: 11, top: 2))
  }

  private func canvas(_ glyphs: GlyphSet = .full, width: Int = 40) -> Canvas {
    Canvas(
      width: width, height: 6,
      palette: Palette(UIState.themes[0], depth: .truecolor, layerCount: 5),
      glyphs: Glyphs(set: glyphs))
  }

  @Test func `a row's words stand at their edges, and wordings give way before they are cut`() {
    var canvas = canvas()
    let style = canvas.palette.text
    let table = Table(
      [TableColumn("Name", 5, rank: 0), TableColumn("USD", 6, isNumeric: true, rank: 0)],
      count: 3, scroll: TableScroll(selected: 1))
    table.draw(x: 1..<20, y: 0..<3, on: &canvas) { row in
      [.text(["Hyperliquid", "Hyp"], style), .word("$\(row)", style)]
    }
    let lines = canvas.grid.lines
    #expect(lines[0].hasPrefix(" Name      USD "))
    #expect(lines[1].hasPrefix(" Hyp        $0 "))
    #expect(canvas.grid[1, 2].style == canvas.palette.selection)
    #expect(canvas.grid[19, 2].style == canvas.palette.selection)
    #expect(canvas.grid[1, 1].style == style)
    // Two rows are in sight; the third isn't drawn.
    #expect(lines[3].allSatisfy { $0 == " " })
  }

  @Test func `bars are as long as their shares, and what isn't nothing shows`() {
    for set in GlyphSet.allCases {
      let glyphs = Glyphs(set: set)
      #expect(glyphs.bar(0, width: 8).isEmpty)
      #expect(glyphs.bar(0.000_1, width: 8).count == 1)
      #expect(glyphs.bar(1, width: 8).count == 8)
      #expect(glyphs.bar(7, width: 8).count == 8)
      #expect(glyphs.bar(0.5, width: 8) == Array(repeating: glyphs.lower("█"), count: 4))
      #expect(glyphs.spark(0) == " " && glyphs.spark(0.001) != " ")
      #expect(Set([0.1, 0.4, 0.7, 1].map { glyphs.spark($0) }).count == 4)
      for share in [0.001, 0.3, 1] {
        let scalar = glyphs.spark(share)
        #expect(glyphs.lower(scalar) == scalar)
      }
    }
    #expect(Glyphs(set: .full).bar(0.3, width: 10).count == 3)
    #expect(Glyphs(set: .full).bar(0.33, width: 10) == ["█", "█", "█", "▎"])
  }

  @Test func `an interval spans its shares and shows what it is held against`() {
    var canvas = canvas()
    let style = canvas.palette.text
    IntervalMark(range: 0.25...0.5, mark: 0.4, against: 0.75).draw(
      x: 0..<21, y: 0, style: style, quiet: canvas.palette.border, other: canvas.palette.strong,
      on: &canvas)
    #expect(canvas.grid.lines[0].hasPrefix("·····├──●─┤····│·····"))
    IntervalMark(range: 0...1, mark: 0.5, against: 0.5).draw(
      x: 0..<5, y: 2, style: style, quiet: style, other: style, on: &canvas)
    #expect(canvas.grid.lines[2].hasPrefix("├─◆─┤ "))
    var ascii = self.canvas(.ascii)
    IntervalMark(range: 0.25...0.75, mark: 0.5, against: 0.5).draw(
      x: 0..<9, y: 0, style: style, quiet: style, other: style, on: &ascii)
    #expect(ascii.grid.lines[0].hasPrefix("..+-#-+.. "))
    // Shares outside of 0 to 1 stay on the scale.
    IntervalMark(range: -1...2, mark: 3, against: nil).draw(
      x: 0..<5, y: 1, style: style, quiet: style, other: style, on: &canvas)
    #expect(canvas.grid.lines[1].hasPrefix("├───● "))
  }
}
