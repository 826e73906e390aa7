import Terminal
import TestSupport
import Testing

@testable import MapUI

/// What a frame leaves to the next one.
@Suite struct FrameMemoryTests {
  /// Keys of every kind, those of the crosshair most often.
  private static let keys: [Key] =
    Keymap.standard.bindings.flatMap(\.keys).filter { $0 != .character("q") && $0 != .control("c") }
    + [Key](repeating: .right, count: 30) + [Key](repeating: .left, count: 20)
    + [Key](repeating: .up, count: 15) + [Key](repeating: .escape, count: 15)

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `a frame from memory is the frame drawn from nothing, whatever was pressed`(
    seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    var memory = FrameMemory()
    var state = ViewFixture.studied(.map, width: 160, height: 45)
    for step in 0..<120 {
      let key = try #require(Self.keys.randomElement(using: &random))
      _ = update(&state, .input(.key(key)))
      if step % 40 == 39 {
        let (width, height) =
          [(80, 24), (160, 45), (60, 19)].randomElement(using: &random) ?? (80, 24)
        _ = update(&state, .input(.resize(width: width, height: height)))
      }
      let remembered = draw(state, width: state.width, height: state.height, memory: &memory)
      try #require(
        remembered == draw(state, width: state.width, height: state.height), "after \(key)")
    }
  }

  @Test func `only a crosshair that moves leaves the ground as it is`() {
    var memory = FrameMemory()
    let state = UIState.make()
    func ground(_ state: AppState) -> CellGrid {
      memory.ground(of: state, width: state.width, height: state.height).canvas.grid
    }
    let bare = ground(state)
    let moved = UIState.after(.right, .right, .up, in: state)
    #expect(moved.crosshair != nil && ground(moved) == bare)
    #expect(ground(UIState.after(.character("+"), in: moved)) != bare)
    #expect(ground(state) == bare)
  }
}
