import Terminal
import Testing

@testable import MapUI

/// Where things stand, whatever the window and whatever was asked for.
@Suite struct LayoutTests {
  static let sizes: [(Int, Int)] = {
    var random = MapFixture.Random(state: 42)
    let fixed = [
      (60, 20), (60, 120), (80, 24), (103, 24), (104, 20), (120, 35), (139, 39), (140, 40),
      (200, 50), (400, 20), (400, 120),
    ]
    return fixed
      + (0..<30).map { _ in
        (60 + Int(random.unit() * 341), 20 + Int(random.unit() * 101))
      }
  }()

  /// Every choice of panels.
  static let choices: [MapPanels] = [nil, true, false].flatMap { side in
    [nil, true, false].flatMap { strip in
      [true, false].map { structure in
        var panels = MapPanels(side: side, strip: strip)
        panels.structure = structure
        return panels
      }
    }
  }

  @Test func `no two parts share a row, and the plot keeps rows enough`() {
    for (width, height) in Self.sizes {
      for panels in Self.choices {
        let layout = Layout(width: width, height: height, panels: panels)
        let above = [layout.title] + [layout.choices, layout.feeds].compactMap { $0 }
        let header = [
          layout.metrics, layout.metrics + 1, layout.metrics + 2,
        ]
        let reading = (0..<layout.readingRows).map { layout.reading + $0 }
        let below = [
          layout.baseline, layout.prices,
        ]
        let rest =
          [layout.distances, layout.structure, layout.strip].compactMap { $0 }
          + [layout.legend, layout.footer]
        let rows =
          above + header + reading + [layout.sides] + Array(layout.plotY) + below + rest
        #expect(rows == rows.sorted(), "\(width)x\(height) \(panels)")
        #expect(Set(rows).count == rows.count, "\(width)x\(height) \(panels)")
        #expect(rows.allSatisfy { (0..<height).contains($0) })
        #expect(layout.plotY.count >= 8, "\(width)x\(height) \(panels)")
      }
    }
  }

  @Test func `the panel stands beside the map and takes none of its columns`() {
    for (width, height) in Self.sizes {
      for panels in Self.choices {
        let layout = Layout(width: width, height: height, panels: panels)
        #expect(layout.main.count >= 60)
        #expect(layout.plotX.upperBound + Layout.axisWidth == layout.main.upperBound)
        guard let side = layout.side else {
          #expect(layout.main == 0..<width)
          #expect(panels.side != true || width < Layout.leastWidthBesidePanel)
          #expect(panels.side == false || width < Layout.leastWidthOpeningPanel)
          continue
        }
        #expect(side.lowerBound == layout.main.upperBound && side.upperBound == width - 1)
        #expect(side.count >= 41)
        #expect(panels.side == true || width >= Layout.leastWidthOpeningPanel)
      }
    }
  }

  @Test func `what nobody asked for opens by itself where there is room`() {
    #expect(Layout(width: 139, height: 39, panels: MapPanels()).side == nil)
    #expect(Layout(width: 140, height: 39, panels: MapPanels()).side != nil)
    #expect(Layout(width: 140, height: 39, panels: MapPanels()).strip == nil)
    #expect(Layout(width: 140, height: 40, panels: MapPanels()).strip != nil)
    #expect(Layout(width: 140, height: 40, panels: MapPanels()).structure == nil)
    #expect(Layout(width: 400, height: 120).side == nil)
  }
}
