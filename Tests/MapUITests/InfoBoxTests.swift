import MapEngine
import Terminal
import Testing

@testable import MapUI

/// What the crosshair is sent to stays in sight.
@Suite struct InfoBoxTests {
  /// Columns on both sides of the crosshair that its box may not cover.
  private func kept(_ scene: Scene, around column: Int) -> Range<Int> {
    let clearance = InfoBox.clearance(scene)
    return max(column - clearance, 0)..<min(column + clearance + 1, scene.scale.width)
  }

  @Test(arguments: [(80, 24), (90, 24), (100, 30), (120, 35), (200, 50)])
  func `wherever the crosshair stands, what it is at isn't covered`(width: Int, height: Int)
    throws
  {
    var state = UIState.make(width: width, height: height)
    let scale = try #require(Scene(state, width: width, height: height)).scale
    for column in 0..<scale.width {
      state.setCrosshair(column: column, scale: scale)
      let scene = try #require(Scene(state, width: width, height: height))
      guard let box = InfoBox.place(scene, column: column) else { continue }
      for free in kept(scene, around: column) {
        #expect(!box.x.contains(scene.layout.plotX.lowerBound + free), "\(column) at \(width)")
      }
    }
  }

  @Test func `where no place is free for the box, lines at the bottom say what is there`() throws {
    let state = UIState.after(
      .character("g"), .character("b"), in: UIState.make(width: 80, height: 24))
    let cluster = try #require(state.snapshot?.reading.nearestLong)
    let scene = try #require(Scene(state, width: 80, height: 24))
    let column = try #require(scene.scale.column(ofPrice: cluster.price))
    #expect(InfoBox.place(scene, column: column) == nil)
    let frame = state.frame
    #expect(frame.lines[scene.layout.legend].contains("to here"))
    #expect(!frame.lines.joined().contains("from the price to here"))
  }

  @Test func `a wide window has room for the box beside any column`() throws {
    var state = UIState.make(width: 200, height: 50)
    let scale = try #require(Scene(state, width: 200, height: 50)).scale
    let price = try #require(scale.priceColumn)
    state.setCrosshair(column: price, scale: scale)
    #expect(state.frame.lines.joined().contains("from the price to here"))
  }
}
