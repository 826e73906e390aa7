import MapEngine
import Market
import Terminal

/// A place on the map that a key after the prefix goes to.
enum GoToPlace: Hashable {
  /// A price, and what lies around it.
  case at(price: Double, zone: ClosedRange<Double>)
  /// Why there is none, in a few words.
  case nowhere(String)
}

extension AppState {
  /// Waits for the key of a place.
  mutating func openGoTo() {
    guard snapshot != nil else {
      message = Message("There is no map yet of \(symbol) \(timeframe.rawValue)")
      return
    }
    isGoingTo = true
  }

  /// What a key does while the key of a place is waited for; nil where it does what it always does.
  mutating func handleInGoTo(_ key: Key) -> [Effect]? {
    if let action = keymap.action(for: key, after: .goTo) {
      isGoingTo = false
      return go(to: action)
    }
    switch keymap.action(for: key) {
    case .goTo, .leave: isGoingTo = false
    case .quit, .suspend, .redraw, .saveScreen, .toggleHelp, .commands:
      isGoingTo = false
      return nil
    default: message = Message("\(key.shown) leads nowhere: the list says what does")
    }
    return []
  }

  /// Where an action leads.
  func place(of action: Action) -> GoToPlace {
    guard let snapshot else { return .nowhere("no map yet") }
    func cluster(_ cluster: Cluster?) -> GoToPlace {
      cluster.map { .at(price: $0.price, zone: $0.low...$0.high) } ?? .nowhere("none stands out")
    }
    func swing(_ swing: Swing?) -> GoToPlace {
      guard currentStudy != nil else { return .nowhere("being worked out") }
      return swing.map { .at(price: $0.price, zone: $0.price...$0.price) }
        ?? .nowhere("none stands")
    }
    switch action {
    case .goBelow: return cluster(snapshot.reading.nearestLong)
    case .goAbove: return cluster(snapshot.reading.nearestShort)
    case .goHigh: return swing(currentStudy?.insight.structure.standingHigh)
    case .goLow: return swing(currentStudy?.insight.structure.standingLow)
    case .goPosition:
      guard let check = positionCheck else { return .nowhere("no position yet") }
      return check.liquidation.liquidationPrice.map { .at(price: $0, zone: $0...$0) }
        ?? .nowhere("it has no end")
    default: return .nowhere("no place")
    }
  }

  /// Shows a place on the map, or says why it can't.
  mutating func go(to action: Action) -> [Effect] {
    guard snapshot != nil else {
      openGoTo()
      return []
    }
    let name = keymap.bindings.first { $0.action == action }?.help ?? action.name
    switch place(of: action) {
    case .nowhere(let reason):
      message = Message("\(name): \(reason)")
    case .at(let price, let zone):
      let words = "\(name) at \(NumberText.price(price))"
      guard goTo(price: price, zone: zone) else {
        message = Message("\(words) lies outside of this map", isWarning: true)
        return []
      }
      magnetRank = nil
      message = Message(words)
      return show(.map)
    }
    return []
  }
}
