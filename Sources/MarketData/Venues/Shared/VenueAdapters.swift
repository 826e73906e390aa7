import Market

/// The adapters that there are.
public enum VenueAdapters {
  /// How a venue is asked; nil for the simulator's, which are asked nothing.
  public static func adapter(of venue: Venue) -> (any VenueAdapter)? {
    switch venue {
    case .binance: BinanceAdapter()
    case .bybit: BybitAdapter()
    case .okx: OKXAdapter()
    case .hyperliquid: HyperliquidAdapter()
    case .gate: GateAdapter()
    case .simulatedA, .simulatedB: nil
    }
  }
}
