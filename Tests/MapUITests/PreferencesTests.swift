import MapEngine
import Terminal
import Testing

@testable import MapUI

@Suite("What a saved configuration changes on the screen")
struct PreferencesTests {
  @Test func `another depth of colour is drawn, and the terminal told of it`() {
    var state = UIState.make()
    var preferences = Preferences()
    preferences.depth = .ansi16
    #expect(update(&state, .preferences(preferences)) == [.color(.ansi16), .draw])
    #expect(state.depth == .ansi16)
    #expect(update(&state, .preferences(preferences)).isEmpty)
  }

  @Test func `other layers are asked for, and what was said of single ones is forgotten`() {
    var state = UIState.make()
    state.isolatedLayer = 1
    state.sliders = WhatIfSliders(layer: 1)
    state.weights = MapWeights(meaning: .nominal, layerFactors: [0.5, 1, 1, 1, 1])
    let old = state.snapshot
    let two = [
      LeverageLayer(label: "low", minLeverage: 1, maxLeverage: 20),
      LeverageLayer(label: "high", minLeverage: 20, maxLeverage: .infinity),
    ]
    var preferences = Preferences()
    preferences.layers = two
    let effects = update(&state, .preferences(preferences))
    #expect(effects == [.divide(two), .weigh(MapWeights(meaning: .nominal)), .draw])
    #expect(state.isolatedLayer == nil && state.sliders == nil && state.isLoading)
    // A map that was on its way is of the old layers.
    if let old { _ = update(&state, .snapshot(old)) }
    #expect(state.isLoading && state.snapshot == old)
  }
}
