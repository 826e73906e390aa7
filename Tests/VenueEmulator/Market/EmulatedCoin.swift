import MarketSimulator

/// A coin of the emulated market: what trades in it, under which of the simulator's instruments.
public struct EmulatedCoin: Hashable, Sendable {
  /// The coin: `BTC`.
  public let name: String
  /// The simulated instrument whose crowd trades it.
  let source: SimulatedInstrument
  /// What its prices are multiplied by; sizes are divided by it, so that values stay.
  let priceScale: Double

  /// Bitcoin.
  public static let bitcoin = EmulatedCoin(name: "BTC", source: .bitcoin, priceScale: 1)
  /// Ether.
  public static let ether = EmulatedCoin(name: "ETH", source: .ether, priceScale: 1)
  /// Solana.
  public static let solana = EmulatedCoin(name: "SOL", source: .solana, priceScale: 1)
  /// A coin of a tiny price, which venues trade by the thousand.
  public static let pepe = EmulatedCoin(name: "PEPE", source: .solana, priceScale: 8e-8)

  /// All of them.
  public static let all: [EmulatedCoin] = [.bitcoin, .ether, .solana, .pepe]
}
