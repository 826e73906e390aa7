import Market

extension RateDialect {
  /// How a venue speaks of its limits.
  static func of(_ venue: Venue) -> RateDialect {
    switch venue {
    case .binance: .binance
    case .bybit: .bybit
    case .okx: .okx
    case .hyperliquid: .hyperliquid
    case .gate: .gate
    case .simulatedA, .simulatedB: .plain
    }
  }
}
