import Market

/// Published liquidations one by one, the newest last, as many as a screen can want.
///
/// Venues throttle their feeds: most publish a sample, so that sums over a tape are a lower bound.
public struct LiquidationTape: Hashable, Sendable {
  /// A published liquidation and where it happened.
  public struct Print: Hashable, Sendable, Identifiable {
    /// Its number, counted from the tape's first.
    public let id: Int
    /// The venue that published it.
    public let venue: Venue
    /// What was published.
    public let liquidation: Liquidation

    /// A print of that number.
    public init(id: Int, venue: Venue, liquidation: Liquidation) {
      self.id = id
      self.venue = venue
      self.liquidation = liquidation
    }

    /// Price times quantity in US dollars.
    public var usd: Double { liquidation.notional }
  }

  /// How many prints are kept.
  public static let capacity = 4_000

  /// The prints in order of time.
  public private(set) var prints: [Print] = []
  /// How many have been taken in all.
  public private(set) var count = 0

  /// An empty tape.
  public init() {}

  /// Takes the liquidations among some facts. One that comes late stands in its place of time.
  public mutating func append(_ events: some Sequence<MarketEvent>) {
    for event in events {
      guard case .liquidation(let liquidation) = event.fact else { continue }
      let print = Print(id: count, venue: event.venue, liquidation: liquidation)
      count += 1
      let place = prints.lastIndex { $0.liquidation.time <= liquidation.time }.map { $0 + 1 } ?? 0
      prints.insert(print, at: place)
    }
    // Half a capacity at a time, so that a busy tape isn't moved with every print.
    if prints.count > Self.capacity * 3 / 2 { prints.removeFirst(prints.count - Self.capacity) }
  }
}
