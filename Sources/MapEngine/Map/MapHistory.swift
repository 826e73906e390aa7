import Market

/// The map at a row of moments: dollars by price and time.
public struct MapHistory: Hashable, Sendable {
  /// A stretch of time, and what traded in it.
  public struct Column: Hashable, Sendable {
    /// Its start and its end; the map is that of the end.
    public let openTime: Timestamp, closeTime: Timestamp
    /// Prices of the leading venue, in the quote currency.
    public let open: Double, high: Double, low: Double, close: Double
    /// Published liquidations within it in US dollars, all venues; nil where none are published.
    public let liquidatedLong: Double?, liquidatedShort: Double?
    /// One-sided open interest in coins, all venues, as of the close.
    public let openInterest: Double

    /// A column of those facts.
    public init(
      openTime: Timestamp, closeTime: Timestamp, open: Double, high: Double, low: Double,
      close: Double, liquidatedLong: Double?, liquidatedShort: Double?, openInterest: Double
    ) {
      self.openTime = openTime
      self.closeTime = closeTime
      self.open = open
      self.high = high
      self.low = low
      self.close = close
      self.liquidatedLong = liquidatedLong
      self.liquidatedShort = liquidatedShort
      self.openInterest = openInterest
    }
  }

  public let instrument: Instrument
  public let timeframe: Timeframe
  /// The columns in order of time.
  public let columns: [Column]
  /// The lower edge of row 0, in the quote currency.
  public let lowest: Double
  /// The log width of a row.
  public let step: Double
  /// How many rows there are.
  public let rows: Int
  /// US dollars standing in row r as of the close of column c at `c * rows + r`: longs below that
  /// close, shorts above it.
  public let cells: [Float]

  /// A history of those cells; their count must be columns x rows.
  public init(
    instrument: Instrument, timeframe: Timeframe, columns: [Column], lowest: Double, step: Double,
    rows: Int, cells: [Float]
  ) {
    precondition(cells.count == columns.count * rows, "shape of the history")
    self.instrument = instrument
    self.timeframe = timeframe
    self.columns = columns
    self.lowest = lowest
    self.step = step
    self.rows = rows
    self.cells = cells
  }
}

extension MapHistory {
  public init?(request: MapRequest, history: MarketHistory, tables: [Venue: MaintenanceTable]) {
    return nil
  }
}
