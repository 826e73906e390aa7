import Market

extension MaintenanceTable {
  /// The table of an instrument at a venue, as shipped; a fallback that says so where none is.
  ///
  /// A fallback is conservative: the strictest table that was read at the venue (at Gate: at
  /// Binance), with `isFallback` set. The simulated venues trade by Binance's and Bybit's rules.
  /// The quote currency plays no part: tables are by coin.
  public static func table(venue: Venue, instrument: Instrument) -> MaintenanceTable {
    let coin = instrument.base
    switch venue {
    case .binance:
      return BinanceTables.byCoin[coin] ?? BinanceTables.fallback(symbol: instrument.symbol)
    case .bybit:
      return BybitTables.byCoin[coin] ?? BybitTables.fallback(symbol: instrument.symbol)
    case .okx:
      return OKXTables.byCoin[coin] ?? OKXTables.fallback(symbol: instrument.symbol)
    case .hyperliquid:
      return HyperliquidTables.byCoin[coin]
        ?? HyperliquidTables.fallback(symbol: instrument.symbol)
    case .gate:
      return GateTables.byCoin[coin] ?? GateTables.fallback(symbol: instrument.symbol)
    case .simulatedA:
      return table(venue: .binance, instrument: instrument)
    case .simulatedB:
      return table(venue: .bybit, instrument: instrument)
    }
  }
}
