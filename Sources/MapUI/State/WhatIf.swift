import MapEngine
import Market

/// The sliders of the layers, open.
public struct WhatIfSliders: Hashable, Sendable {
  /// The layer that is moved, by its index.
  public var layer = 0
  /// Whether the pointer holds the slider of that layer.
  var isHeld = false

  /// What a layer can be multiplied by, in steps.
  static let steps = [0, 0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 5]

  /// The step after or before a factor; the same at the ends.
  static func factor(after factor: Double, by step: Int) -> Double {
    let nearest =
      steps.indices.min { abs(steps[$0] - factor) < abs(steps[$1] - factor) } ?? 0
    return steps[min(max(nearest + step, 0), steps.count - 1)]
  }
}

extension MapWeights {
  /// The factor of a layer, by its index.
  func layerFactor(_ layer: Int) -> Double {
    layerFactors.indices.contains(layer) ? layerFactors[layer] : 1
  }
}

extension AppState {
  /// Opens the sliders.
  mutating func openSliders() {
    guard let snapshot, !snapshot.map.layers.isEmpty else {
      message = Message("There is no map whose layers could be moved yet")
      return
    }
    // The most vivid layer stands on top of the list, as it does on the bar.
    sliders = WhatIfSliders(layer: snapshot.map.layers.count - 1)
  }

  /// What a key does while the sliders are open; nil where it does what it always does.
  mutating func handleInSliders(_ action: Action) -> [Effect]? {
    guard let open = sliders, let layers = snapshot?.map.layers, !layers.isEmpty else {
      sliders = nil
      return nil
    }
    let layer = min(open.layer, layers.count - 1)
    switch action {
    case .openWhatIf, .leave: sliders = nil
    case .crosshairUp: sliders?.layer = min(layer + 1, layers.count - 1)
    case .crosshairDown: sliders?.layer = max(layer - 1, 0)
    case .crosshairLeft: return move(layer, of: layers.count, by: -1)
    case .crosshairRight: return move(layer, of: layers.count, by: 1)
    case .zoomReset: return weigh(MapWeights(meaning: weights.meaning))
    case .toggleMeaning, .toggleHelp, .quit, .suspend, .redraw, .cycleTheme, .togglePause,
      .commands, .saveScreen:
      return nil
    default: break
    }
    return []
  }

  // MARK: - The mouse

  /// Chooses a layer, and where a step of its slider was clicked moves it there.
  mutating func clickSlider(of layer: Int, at step: Int?) -> [Effect] {
    sliders = WhatIfSliders(layer: layer, isHeld: step != nil)
    guard let step, let count = snapshot?.map.layers.count else { return [] }
    return move(layer, of: count, to: WhatIfSliders.steps[step])
  }

  /// Moves the slider that the pointer holds to its column.
  mutating func dragSlider(to x: Int) -> [Effect] {
    guard let open = sliders, open.isHeld, let count = snapshot?.map.layers.count,
      open.layer < count
    else { return [] }
    let layout = Layout(width: width, height: height)
    let steps = WhatIfView.Place(layers: count, sliders: open, layout).steps
    let step = min(max(x - steps.lowerBound, 0), steps.count - 1)
    return move(open.layer, of: count, to: WhatIfSliders.steps[step])
  }

  /// Moves a layer's factor by the wheel.
  mutating func turnSlider(of layer: Int?, by step: Int) -> [Effect] {
    guard let open = sliders, let count = snapshot?.map.layers.count, count > 0 else { return [] }
    let layer = min(layer ?? open.layer, count - 1)
    sliders = WhatIfSliders(layer: layer)
    return move(layer, of: count, by: step)
  }

  // MARK: - Weights

  private mutating func move(_ layer: Int, of count: Int, by step: Int) -> [Effect] {
    let factor = WhatIfSliders.factor(after: weights.layerFactor(layer), by: step)
    return move(layer, of: count, to: factor)
  }

  private mutating func move(_ layer: Int, of count: Int, to factor: Double) -> [Effect] {
    var factors = (0..<count).map { weights.layerFactor($0) }
    factors[layer] = factor
    // All as they were is no what-if at all.
    return weigh(
      MapWeights(
        meaning: weights.meaning, layerFactors: factors.allSatisfy { $0 == 1 } ? [] : factors))
  }

  /// Asks for the map with other weights.
  mutating func weigh(_ new: MapWeights) -> [Effect] {
    guard new != weights else { return [] }
    weights = new
    return [.weigh(new)]
  }

  /// Changes over between what would really be force-closed and all open positions.
  mutating func toggleMeaning() -> [Effect] {
    var new = weights
    new.meaning = weights.meaning == .realisable ? .nominal : .realisable
    message = Message(
      new.meaning == .nominal
        ? [
          "Nominal: every open position at its liquidation price, stops and hedges ignored",
          "Nominal: every open position, stops and hedges ignored",
        ] : ["Realisable: what would really be force-closed"])
    return weigh(new)
  }

  /// Holds the shares as they were learned by the map's moment, or lets them learn on.
  mutating func toggleLearning() -> [Effect] {
    guard let snapshot else {
      message = Message("There is no map whose shares could be frozen yet")
      return []
    }
    if learning == .live {
      learning = .frozen(at: snapshot.asOf)
      let moment = ClockText.dateAndTime(snapshot.asOf)
      let way = keymap.offer(.toggleLearning, "lets them learn on")
      message = Message([
        "Frozen: shares as learned by \(moment)" + (way.isEmpty ? "" : "; \(way)"),
        "Frozen: shares as learned by \(moment)",
      ])
    } else {
      learning = .live
      message = Message("The shares learn on from published liquidations")
    }
    return [.learn(learning)]
  }
}
