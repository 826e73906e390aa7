import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct WhatIfTests {
  private let open = UIState.after(.character("W"), in: UIState.make(width: 160, height: 40))

  private func press(_ key: Key, _ state: inout AppState) -> [Effect] {
    update(&state, .input(.key(key)))
  }

  /// The fixture's map as it comes back from the background with other weights.
  private func drawn(_ weights: MapWeights) -> MapSnapshot {
    let plain = MapFixture.snapshot()
    return MapSnapshot(
      instrument: plain.instrument, timeframe: plain.timeframe, rangePercent: plain.rangePercent,
      source: plain.source, isSimulated: plain.isSimulated, asOf: plain.asOf, map: plain.map,
      weights: weights, reading: plain.reading, calibration: plain.calibration, data: plain.data)
  }

  @Test func `the arrows choose a layer and move its factor in steps`() {
    var state = open
    #expect(state.sliders?.layer == 4)
    #expect(press(.down, &state) == [.draw])
    #expect(state.sliders?.layer == 3)
    #expect(
      press(.right, &state).contains(.weigh(MapWeights(layerFactors: [1, 1, 1, 1.25, 1]))))
    #expect(press(.left, &state).contains(.weigh(MapWeights())))
    for _ in 0..<20 { _ = press(.left, &state) }
    #expect(state.weights.layerFactors[3] == 0)
    #expect(press(.left, &state).isEmpty)
    #expect(press(.character("0"), &state).contains(.weigh(MapWeights())))
    #expect(!state.weights.isWhatIf)
  }

  @Test func `a step is taken from the nearest one, and the ends hold`() {
    #expect(WhatIfSliders.factor(after: 1, by: 1) == 1.25)
    #expect(WhatIfSliders.factor(after: 1.1, by: -1) == 0.75)
    #expect(WhatIfSliders.factor(after: 5, by: 1) == 5)
    #expect(WhatIfSliders.factor(after: 0, by: -1) == 0)
  }

  @Test func `the sliders close with Esc; the what-if goes with the next one`() {
    var state = open
    _ = press(.right, &state)
    _ = press(.escape, &state)
    #expect(state.sliders == nil && state.weights.isWhatIf)
    #expect(press(.escape, &state).contains(.weigh(MapWeights())))
  }

  @Test func `a what-if and nominal dollars say so as long as they are shown`() throws {
    var state = open
    _ = press(.right, &state)
    // What is on the screen is still as inferred.
    #expect(!state.frame.lines[0].contains("WHAT IF"))
    _ = update(&state, .snapshot(drawn(state.weights)))
    #expect(state.frame.lines[0].contains(" WHAT IF "))
    #expect(state.frame.lines.contains { $0.contains("100x×1.25") })
    for width in [60, 80, 120] {
      _ = update(&state, .input(.resize(width: width, height: 24)))
      #expect(state.frame.lines[0].contains(" WHAT IF "))
    }
    _ = update(&state, .snapshot(drawn(MapWeights(meaning: .nominal))))
    #expect(state.frame.lines[0].contains(" NOMINAL "))
    #expect(!state.frame.lines[0].contains("WHAT IF"))
  }

  @Test func `a what-if shows in a held picture, too`() {
    var state = UIState.after(.character(" "), in: UIState.make())
    _ = update(&state, .snapshot(drawn(MapWeights(layerFactors: [2, 1, 1, 1, 1]))))
    #expect(state.snapshot?.weights.isWhatIf == true)
    let shown = state.snapshot
    _ = update(&state, .snapshot(drawn(MapWeights(layerFactors: [2, 1, 1, 1, 1]))))
    #expect(state.snapshot == shown && state.heldSnapshot != nil)
  }

  @Test func `M changes the meaning and keeps the factors`() {
    var state = open
    _ = press(.right, &state)
    let factors = state.weights.layerFactors
    #expect(
      press(.character("M"), &state).contains(
        .weigh(MapWeights(meaning: .nominal, layerFactors: factors))))
    #expect(
      press(.character("M"), &state).contains(.weigh(MapWeights(layerFactors: factors))))
  }

  @Test func `F freezes the learning at the map's moment and lets it go on`() throws {
    var state = UIState.make(width: 160, height: 40)
    let moment = try #require(state.snapshot?.asOf)
    #expect(press(.character("F"), &state).contains(.learn(.frozen(at: moment))))
    #expect(state.frame.lines[0].contains("frozen at 14:32 UTC"))
    #expect(press(.character("F"), &state).contains(.learn(.live)))
    #expect(!state.frame.lines[0].contains("frozen"))
    _ = press(.character("F"), &state)
    state.other = UIState.live().other
    #expect(press(.character("d"), &state).contains(.learn(.live)))
  }

  @Test func `without a map there is nothing to move, and that is said`() {
    for key in ["W", "F"] {
      let state = UIState.after(.character(Character(key)), in: UIState.make(nil))
      #expect(state.message?.text.hasPrefix("There is no map") == true)
      #expect(state.sliders == nil && state.learning == .live)
    }
  }

  private func mouse(_ action: MouseEvent.Action, x: Int, y: Int) -> AppEvent {
    .input(.mouse(MouseEvent(action: action, button: .left, x: x, y: y)))
  }

  private func place(_ state: AppState) throws -> WhatIfView.Place {
    WhatIfView.Place(
      layers: 5, sliders: try #require(state.sliders),
      Layout(width: state.width, height: state.height))
  }

  @Test func `a click on a slider sets its factor, a drag moves it on, the release lets it go`()
    throws
  {
    var state = open
    let place = try place(state)
    let (row, x) = (place.rows[3], place.steps.lowerBound)
    #expect(row.layer == 1)
    let line = Array(state.frame.lines[row.y].unicodeScalars)
    #expect(String(String.UnicodeScalarView(line[place.steps])) == "─────●─────")
    let factors = { (factor: Double) in MapWeights(layerFactors: [1, factor, 1, 1, 1]) }
    #expect(update(&state, mouse(.press, x: x + 8, y: row.y)).contains(.weigh(factors(2))))
    #expect(state.sliders?.layer == 1)
    // The slider is held: the pointer need not keep to its row, and the ends hold.
    #expect(update(&state, mouse(.drag, x: x + 2, y: row.y + 5)).contains(.weigh(factors(0.25))))
    #expect(update(&state, mouse(.drag, x: 0, y: 0)).contains(.weigh(factors(0))))
    #expect(update(&state, mouse(.drag, x: x + 5, y: 0)).contains(.weigh(MapWeights())))
    #expect(update(&state, mouse(.release, x: x + 5, y: 0)).isEmpty)
    #expect(update(&state, mouse(.drag, x: x, y: row.y)).isEmpty && state.sliders != nil)
  }

  @Test func `the wheel moves the layer under the pointer, a click beside the box closes it`()
    throws
  {
    var state = open
    let place = try place(state)
    let x = place.x.lowerBound + 3
    _ = update(&state, mouse(.scrollUp, x: x, y: place.rows[4].y))
    #expect(state.weights.layerFactors == [1.25, 1, 1, 1, 1] && state.sliders?.layer == 0)
    // Elsewhere the chosen one.
    _ = update(&state, mouse(.scrollDown, x: x, y: place.y.lowerBound))
    #expect(!state.weights.isWhatIf)
    _ = update(&state, mouse(.press, x: x, y: place.rows[2].y))
    #expect(state.sliders?.layer == 2 && !state.weights.isWhatIf)
    _ = update(&state, mouse(.drag, x: place.steps.lowerBound, y: place.rows[2].y))
    #expect(!state.weights.isWhatIf, "a press beside the slider holds nothing")
    let viewport = state.viewport
    _ = update(&state, mouse(.press, x: x, y: place.y.lowerBound - 1))
    #expect(state.sliders == nil && state.crosshair == nil && state.viewport == viewport)
  }
}
