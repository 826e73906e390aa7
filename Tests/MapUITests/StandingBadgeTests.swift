import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

/// Whatever makes the picture less than the whole map stands in the title as long as it lasts.
@Suite struct StandingBadgeTests {
  private func title(_ state: AppState) -> String { state.frame.lines[0] }

  @Test(arguments: [(60, 20), (80, 24), (120, 35), (200, 50)])
  func `a layer that stands alone is named in the title`(width: Int, height: Int) {
    let whole = UIState.make(width: width, height: height)
    #expect(!title(whole).contains("ONLY"))
    var state = UIState.after(.character("L"), in: whole)
    state.message = nil
    #expect(title(state).contains(" ONLY 5x "))
    state = UIState.after(.character("L"), .character("L"), in: state)
    #expect(title(state).contains(" ONLY 25x "))
    // The maps of the venues show that layer alone, too; other views know nothing of it.
    state.view = .venues
    #expect(title(state).contains(" ONLY 25x "))
    state.view = .tape
    #expect(!title(state).contains("ONLY"))
  }

  @Test func `the badge stays where everything else was changed by hand as well`() {
    let layers = [LeverageLayer(label: "a very long name", minLeverage: 1, maxLeverage: .infinity)]
    var state = UIState.make(
      MapFixture.snapshot(instrument: Instrument(base: "1000PEPE"), layers: layers), width: 60,
      height: 20)
    state.symbol = Instrument(base: "1000PEPE")
    _ = update(
      &state,
      .snapshot(MapFixture.snapshot(instrument: state.symbol, layers: layers)))
    state.isolatedLayer = 0
    #expect(title(state).contains(" SIMULATED ") && title(state).contains(" ONLY a very"))
    #expect(title(state).last == " ")
  }
}
