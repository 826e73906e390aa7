import ArgumentParser
import Market
import MarketData

/// A moment as an argument: ISO 8601 in UTC unless it says otherwise, or milliseconds since 1970.
struct MomentArgument: ExpressibleByArgument {
  /// The moment.
  let timestamp: Timestamp

  init?(argument: String) {
    guard let timestamp = TimeText.timestamp(argument) else { return nil }
    self.timestamp = timestamp
  }
}
