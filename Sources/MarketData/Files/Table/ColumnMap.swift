import Market

/// Which field of a table's rows says what.
struct ColumnMap: Sendable {
  /// What a table is good for.
  enum Content {
    /// Candles, perhaps with open interest and liquidations.
    case candles
    /// Open interest alone.
    case openInterest
    /// Neither; `missing` are the columns that candles lack.
    case neither(missing: [Column])
  }

  /// The header's names, or the archive's names where the file has no header.
  let header: [String]
  /// The place of each column that is read.
  let places: [Column: Int]
  /// What each place that isn't read says, and why it isn't.
  let ignored: [FileReport.IgnoredColumn]
  /// Whether the time of a row is the start of its interval, rather than the moment that its open
  /// interest is as of. Candles always start at their time.
  let timeStartsInterval: Bool

  /// The columns of the kline files of data.binance.vision, in their order.
  static let klineHeader = [
    "open_time", "open", "high", "low", "close", "volume", "close_time", "quote_volume", "count",
    "taker_buy_volume", "taker_buy_quote_volume", "ignore",
  ]

  /// Reads a header for an instrument.
  init(header: [String], instrument: Instrument) {
    let names = header.map(Self.words)
    let base = instrument.base.lowercased()
    var places: [Column: Int] = [:]
    var reasons: [Int: String] = [:]
    for (place, words) in names.enumerated() {
      switch OpenInterestName.meaning(of: words, base: base) {
      case .column(let column):
        if let taken = places[column] {
          reasons[place] = "\(header[taken]) says the same"
        } else {
          places[column] = place
        }
      case .ignored(let reason): reasons[place] = reason
      case nil: break
      }
    }
    let joined = names.map { $0.joined(separator: "_") }
    for column in Column.allCases {
      for name in column.names {
        for place in joined.indices where joined[place] == name {
          if let taken = places[column] {
            reasons[place] = "\(header[taken]) says the same"
          } else {
            places[column] = place
          }
        }
      }
    }
    for (column, place) in places {
      if let coins = column.inCoins, let taken = places[coins] {
        places[column] = nil
        reasons[place] = "\(header[taken]) says it in coins"
      }
    }
    let pairs: [(Column, Column)] = [
      (.liquidatedLong, .liquidatedShort), (.liquidatedLongUSD, .liquidatedShortUSD),
    ]
    for (long, short) in pairs where (places[long] == nil) != (places[short] == nil) {
      for column in [long, short] {
        guard let place = places.removeValue(forKey: column) else { continue }
        reasons[place] = "liquidations need both sides"
      }
    }
    self.header = header
    self.places = places
    let read = Set(places.values)
    ignored = header.indices.filter { !read.contains($0) }.map {
      FileReport.IgnoredColumn(header: header[$0], reason: reasons[$0] ?? "not used")
    }
    let isNamedAfterOpen =
      places[.openTime].map { joined[$0] == "open_time" || joined[$0] == "opentime" } ?? false
    timeStartsInterval =
      isNamedAfterOpen || places[.openInterestAtOpen] != nil
      || places[.openInterestAtOpenUSD] != nil
  }

  /// What the table is good for.
  var content: Content {
    let missing = Column.candle.filter { places[$0] == nil }
    if missing.isEmpty { return .candles }
    let prices: [Column] = [.open, .high, .low, .close]
    let isOpenInterest = Self.openInterest.contains { places[$0] != nil }
    if isOpenInterest, places[.openTime] != nil, prices.allSatisfy({ places[$0] == nil }) {
      return .openInterest
    }
    return .neither(missing: missing)
  }

  /// The columns that are read, in the header's order. Where open interest alone is as of the
  /// time of its row, that time is no opening and so is called `time`.
  var found: [FileReport.FoundColumn] {
    var isMoment = false
    if case .openInterest = content { isMoment = !timeStartsInterval }
    return places.sorted { $0.value < $1.value }.map {
      FileReport.FoundColumn(
        name: isMoment && $0.key == .openTime ? "time" : $0.key.rawValue, header: header[$0.value])
    }
  }

  /// Whether an aggregator's columns stand beside the liquidations, which then may sum several
  /// venues.
  var liquidationsMayCoverOtherVenues: Bool {
    let liquidations: [Column] = [
      .liquidatedLong, .liquidatedShort, .liquidatedLongUSD, .liquidatedShortUSD,
    ]
    return liquidations.contains { places[$0] != nil }
      && header.contains { Self.words($0).first == "cg" }
  }

  private static let openInterest: [Column] = [
    .openInterest, .openInterestUSD, .openInterestAtOpen, .openInterestAtOpenUSD,
  ]

  /// The words of a name, lower case: `Open time` and `open_time` are the same.
  private static func words(_ name: String) -> [String] {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
