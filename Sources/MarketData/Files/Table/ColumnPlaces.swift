/// Where each column stands in a record: looked up once a table rather than once a row. Places of
/// columns that the table lacks are -1.
struct ColumnPlaces: Sendable {
  /// The place of a size, and whether it is in the quote currency rather than in coins.
  struct Size: Sendable {
    let place: Int
    let inUSD: Bool

    /// The column in coins where the table has it, else that in the quote currency.
    fileprivate init(_ places: [Column: Int], coins: Column, usd: Column) {
      place = places[coins] ?? places[usd] ?? -1
      inUSD = places[coins] == nil && places[usd] != nil
    }
  }

  let time, open, high, low, close, volume, takerBuyVolume: Int
  let openInterest, openInterestAtOpen, liquidatedLong, liquidatedShort: Size
  let markHigh, markLow, closeTime, symbol: Int

  init(_ places: [Column: Int]) {
    func place(_ column: Column) -> Int { places[column] ?? -1 }
    time = place(.openTime)
    open = place(.open)
    high = place(.high)
    low = place(.low)
    close = place(.close)
    volume = place(.volume)
    takerBuyVolume = place(.takerBuyVolume)
    openInterest = Size(places, coins: .openInterest, usd: .openInterestUSD)
    openInterestAtOpen = Size(places, coins: .openInterestAtOpen, usd: .openInterestAtOpenUSD)
    liquidatedLong = Size(places, coins: .liquidatedLong, usd: .liquidatedLongUSD)
    liquidatedShort = Size(places, coins: .liquidatedShort, usd: .liquidatedShortUSD)
    markHigh = place(.markHigh)
    markLow = place(.markLow)
    closeTime = place(.closeTime)
    symbol = place(.symbol)
  }
}
