import Market

/// What each venue lists. Weights split the two simulated venues among the five emulated ones;
/// the small price offsets keep one venue's history from passing for another's.
enum Listings {
  static func all(of venue: Venue) -> [Listing] {
    switch venue {
    case .binance: binance
    case .bybit: bybit
    case .okx: okx
    case .hyperliquid: hyperliquid
    case .gate: gate
    case .simulatedA, .simulatedB: []
    }
  }

  private static func places(_ decimals: Int, step: Int64 = 1) -> NumberScale {
    NumberScale(decimals: decimals, step: step)
  }

  private static let binance: [Listing] = [
    Listing(
      .binance, "BTCUSDT", .bitcoin, side: 0, weight: 1, price: places(2, step: 10),
      size: places(3), listedDays: 900),
    Listing(
      .binance, "ETHUSDT", .ether, side: 0, weight: 1, price: places(2), size: places(3),
      listedDays: 900),
    Listing(
      .binance, "SOLUSDT", .solana, side: 0, weight: 1, price: places(4, step: 100),
      size: places(2), listedDays: 700),
    Listing(
      .binance, "1000PEPEUSDT", .pepe, side: 0, weight: 0.4, factor: 1_000, price: places(7),
      size: places(0), listedDays: 500),
    Listing(
      .binance, "BTCUSDC", .bitcoin, side: 0, weight: 0.04, offset: 1.000_31,
      price: places(2, step: 10), size: places(3), listedDays: 400),
    Listing(
      .binance, "BTCUSDT_270326", .bitcoin, side: 0, weight: 0.02, offset: 1.011,
      price: places(2, step: 10), size: places(3), listedDays: 60, expiry: "270326"),
    Listing(
      .binance, "SRMUSDT", .solana, side: 0, weight: 0.01, price: places(4), size: places(0),
      listedDays: 800, isDelisted: true),
  ]

  private static let bybit: [Listing] = [
    Listing(
      .bybit, "BTCUSDT", .bitcoin, side: 1, weight: 0.8, offset: 0.999_92,
      price: places(2, step: 10), size: places(3), listedDays: 800),
    Listing(
      .bybit, "ETHUSDT", .ether, side: 1, weight: 0.8, offset: 0.999_92, price: places(2),
      size: places(2), listedDays: 800),
    Listing(
      .bybit, "SOLUSDT", .solana, side: 1, weight: 0.8, offset: 0.999_92,
      price: places(3, step: 10), size: places(1), listedDays: 650),
    Listing(
      .bybit, "1000PEPEUSDT", .pepe, side: 1, weight: 0.3, factor: 1_000, offset: 0.999_92,
      price: places(7), size: places(0, step: 100), listedDays: 480),
    Listing(
      .bybit, "BTCPERP", .bitcoin, side: 1, weight: 0.02, offset: 1.000_2,
      price: places(2, step: 10), size: places(3), listedDays: 600),
    Listing(
      .bybit, "BTCUSD", .bitcoin, kind: .inverse, side: 1, weight: 0.1, offset: 0.999_8,
      price: places(2, step: 10), size: places(0), listedDays: 900),
    Listing(
      .bybit, "BTCUSDT-26MAR27", .bitcoin, side: 1, weight: 0.01, offset: 1.01,
      price: places(2, step: 10), size: places(3), listedDays: 60, expiry: "1806134400000"),
    Listing(
      .bybit, "SRMUSDT", .solana, side: 1, weight: 0.01, price: places(4), size: places(0),
      listedDays: 700, isDelisted: true),
  ]

  private static let okx: [Listing] = [
    Listing(
      .okx, "BTC-USDT-SWAP", .bitcoin, side: 0, weight: 0.45, offset: 1.000_08,
      price: places(1), size: places(2), unit: 0.01, listedDays: 900),
    Listing(
      .okx, "ETH-USDT-SWAP", .ether, side: 0, weight: 0.45, offset: 1.000_08, price: places(2),
      size: places(2), unit: 0.1, listedDays: 900),
    Listing(
      .okx, "SOL-USDT-SWAP", .solana, side: 0, weight: 0.45, offset: 1.000_08, price: places(2),
      size: places(2), unit: 1, listedDays: 700),
    Listing(
      .okx, "PEPE-USDT-SWAP", .pepe, side: 0, weight: 0.2, offset: 1.000_08, price: places(10),
      size: places(1), unit: 10_000_000, listedDays: 500),
    Listing(
      .okx, "BTC-USDC-SWAP", .bitcoin, side: 0, weight: 0.01, offset: 1.000_3,
      price: places(1), size: places(0), unit: 0.000_1, listedDays: 500),
    Listing(
      .okx, "BTC-USD-SWAP", .bitcoin, kind: .inverse, side: 0, weight: 0.09, offset: 0.999_9,
      price: places(1), size: places(1), unit: 100, listedDays: 900),
    Listing(
      .okx, "SRM-USDT-SWAP", .solana, side: 0, weight: 0.01, price: places(3), size: places(0),
      unit: 1, listedDays: 700, isDelisted: true),
  ]

  private static let hyperliquid: [Listing] = [
    Listing(
      .hyperliquid, "BTC", .bitcoin, side: 1, weight: 0.5, offset: 1.000_05,
      price: places(1, step: 10),
      size: places(5), listedDays: 500),
    Listing(
      .hyperliquid, "ETH", .ether, side: 1, weight: 0.5, offset: 1.000_05, price: places(1),
      size: places(4), listedDays: 500),
    Listing(
      .hyperliquid, "MATIC", .solana, side: 1, weight: 0.01, price: places(4), size: places(1),
      listedDays: 480, isDelisted: true),
    Listing(
      .hyperliquid, "SOL", .solana, side: 1, weight: 0.5, offset: 1.000_05, price: places(2),
      size: places(2), listedDays: 450),
    Listing(
      .hyperliquid, "kPEPE", .pepe, side: 1, weight: 0.1, factor: 1_000, offset: 1.000_05,
      price: places(6), size: places(0), listedDays: 400, isQuiet: true),
  ]

  private static let gate: [Listing] = [
    Listing(
      .gate, "BTC_USDT", .bitcoin, side: 0, weight: 0.2, offset: 0.999_95, price: places(1),
      size: places(0), unit: 0.000_1, listedDays: 700),
    Listing(
      .gate, "ETH_USDT", .ether, side: 0, weight: 0.2, offset: 0.999_95, price: places(2),
      size: places(0), unit: 0.01, listedDays: 700),
    Listing(
      .gate, "SOL_USDT", .solana, side: 0, weight: 0.2, offset: 0.999_95, price: places(2),
      size: places(0), unit: 1, listedDays: 600),
    Listing(
      .gate, "PEPE_USDT", .pepe, side: 0, weight: 0.05, offset: 0.999_95, price: places(9),
      size: places(0), unit: 10_000_000, listedDays: 450, isQuiet: true),
    Listing(
      .gate, "SRM_USDT", .solana, side: 0, weight: 0.01, price: places(4), size: places(0),
      unit: 1, listedDays: 600, isDelisted: true),
    Listing(
      .gate, "BTC_USD", .bitcoin, kind: .inverse, side: 0, weight: 0.01, offset: 0.999_9,
      price: places(1), size: places(0), listedDays: 800),
  ]
}
