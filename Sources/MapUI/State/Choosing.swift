import MapEngine
import Market

extension AppState {
  /// Asks for the next instrument of the list, around its end.
  mutating func walkSymbols(by step: Int) -> [Effect] {
    guard symbols.count > 1, let index = symbols.firstIndex(of: symbol) else {
      message = Message("\(symbol) is the only symbol of this source")
      return []
    }
    return choose(symbol: symbols[(index + step + symbols.count) % symbols.count])
  }

  /// Asks for an instrument.
  mutating func choose(symbol new: Instrument) -> [Effect] {
    guard new != symbol else { return [] }
    symbol = new
    viewport = .whole
    heatmap.leaveMarket()
    crosshair = nil
    magnetRank = nil
    forgetMarket()
    return request()
  }

  /// Asks for the next timeframe that the source can fill; says why others were passed over.
  mutating func walkTimeframes(by step: Int) -> [Effect] {
    guard let index = timeframes.firstIndex(where: { $0.timeframe == timeframe }) else {
      return []
    }
    var next = index + step
    var passed: TimeframeChoice?
    while timeframes.indices.contains(next), timeframes[next].reason != nil {
      passed = passed ?? timeframes[next]
      next += step
    }
    var effects: [Effect] = []
    if timeframes.indices.contains(next) {
      effects = choose(timeframe: timeframes[next])
    } else if passed == nil {
      message = Message(
        step > 0
          ? "\(timeframe.rawValue) is the longest timeframe"
          : "\(timeframe.rawValue) is the shortest timeframe")
    }
    if let passed { explain(passed) }
    return effects
  }

  /// Asks for a timeframe, or says why it cannot be shown.
  mutating func choose(timeframe choice: TimeframeChoice) -> [Effect] {
    guard choice.reason == nil else {
      explain(choice)
      return []
    }
    guard choice.timeframe != timeframe else { return [] }
    timeframe = choice.timeframe
    magnetRank = nil
    return request()
  }

  private mutating func explain(_ choice: TimeframeChoice) {
    guard let reason = choice.reason else { return }
    message = Message(
      "\(choice.timeframe.rawValue) can't be shown: \(reason)", isWarning: true)
  }

  private mutating func request() -> [Effect] {
    heldSnapshot = nil
    return [.request(symbol: symbol, timeframe: timeframe)]
  }
}
