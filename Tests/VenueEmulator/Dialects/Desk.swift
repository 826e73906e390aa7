import Market

/// What a dialect looks things up with: the market at a moment, as one venue sees it.
struct Desk: Sendable {
  let market: EmulatedMarket
  let venue: Venue
  /// The moment, in milliseconds.
  let now: Int64
  /// What the venue's clock says.
  let stamp: Int64
  /// What the venue lists, the delisted ones included, and those of them that trade.
  let listings, trading: [Listing]
  /// Instruments that have left the list, and what contract sizes are multiplied by.
  let delisted: Set<String>
  let contractFactors: [String: Double]
  /// How often stream topics tell something, over the documented rate; 1 is as documented.
  let pace: StreamPace

  /// Whether an instrument trades.
  func isTrading(_ listing: Listing) -> Bool {
    !listing.isDelisted && !delisted.contains(listing.symbol)
      && market.coins.contains(listing.coin)
  }

  /// The listing of a symbol that trades or has traded.
  func listing(_ symbol: String?) -> Listing? {
    guard let symbol else { return nil }
    return listings.first { $0.symbol == symbol }
  }

  func series(_ listing: Listing) -> InstrumentSeries { market.series(listing, to: now) }

  /// A contract's size as it is now.
  func unit(_ listing: Listing) -> Double {
    listing.unit * (contractFactors[listing.symbol] ?? 1)
  }

  /// A size as the venue writes it, in contracts as they are now.
  func size(_ units: Int64, _ listing: Listing) -> String {
    guard let factor = contractFactors[listing.symbol], factor != 1 else {
      return Digits.trimmed(units, listing.size.decimals)
    }
    return Digits.trimmed(listing.size.value(units) / factor, listing.size.decimals + 3)
  }

  /// When an instrument was listed, in milliseconds.
  func listed(_ listing: Listing) -> Int64 {
    market.start.milliseconds - Int64(listing.listedDays) * 86_400_000
  }

  /// The next settlement of a funding interval, in milliseconds.
  func settlement(after now: Int64, every interval: Int64 = 28_800_000) -> Int64 {
    (BarClock.floored(now, interval) + 1) * interval
  }

  /// How often a topic tells something.
  func period(documented: Int64) -> Int64 {
    switch pace {
    case .documented, .total: documented
    case .slowed(let least): max(documented, least.milliseconds)
    case .every(let span): max(span.milliseconds, 1)
    }
  }
}

/// How often streams tell something.
public enum StreamPace: Hashable, Sendable {
  /// As often as the venue's documentation says.
  case documented
  /// At most once in so long on each topic: a market in which less happens.
  case slowed(Span)
  /// So many messages a second on all topics of prices and candles together, whatever the
  /// documentation says: for measuring under load.
  case total(perSecond: Double)
  /// Exactly so often on each topic of prices and candles, whatever the documentation says: for
  /// measuring under load.
  case every(Span)
}
