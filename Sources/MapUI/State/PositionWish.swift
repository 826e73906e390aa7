import MapEngine
import Market

/// A position that somebody asks about, and whose rules would liquidate it.
public struct PositionWish: Hashable, Sendable {
  /// The position.
  public let position: StatedPosition
  /// The venue; nil for the one that holds most of the map's open interest.
  public let venue: Venue?

  /// A position on a venue.
  public init(_ position: StatedPosition, venue: Venue? = nil) {
    self.position = position
    self.venue = venue
  }

  /// A position as one types it, or a sentence about what is wrong with it.
  public init(argument text: String) throws(PositionError) {
    switch PositionPrompt(text: text).answer {
    case .position(let wish): self = wish
    case .nothing: throw PositionError(description: "write a position as long:60000:10x:0.5")
    case .error(let reason): throw PositionError(description: reason)
    }
  }

  /// As one types it: `long:60000:10x:0.5`, with `@okx` behind it where a venue was named.
  var text: String {
    let numbers = [position.entry, position.leverage, position.quantity].map(Self.plain)
    let text = "\(position.side.rawValue):\(numbers[0]):\(numbers[1])x:\(numbers[2])"
    return venue.map { "\(text)@\($0.rawValue)" } ?? text
  }

  /// A number as one types it.
  static func plain(_ number: Double) -> String {
    number.rounded() == number && number < 1e15 ? "\(Int64(number))" : "\(number)"
  }
}

/// Why a text is no position.
public struct PositionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reason, in a sentence.
  public let description: String
}

extension AppState {
  /// The venue whose rules a position follows on a map.
  func positionVenue(on map: LiquidationMap) -> Venue {
    if let venue = position?.venue { return venue }
    let known = figures.filter { map.venues.contains($0.venue) && $0.openInterestUSD != nil }
    let largest = known.max { ($0.openInterestUSD ?? 0) < ($1.openInterestUSD ?? 0) }
    return largest?.venue ?? map.venues.first ?? .binance
  }

  /// What would become of the position on the map in sight; nil where nobody asks, or there is no
  /// map.
  var positionCheck: PositionCheck? {
    guard let position, let snapshot else { return nil }
    return PositionCheck(
      position.position, venue: positionVenue(on: snapshot.map), instrument: snapshot.instrument,
      map: snapshot.map, reading: snapshot.reading,
      volatility: currentStudy?.insight.volatility)
  }
}
