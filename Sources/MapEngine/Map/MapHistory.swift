import Market
import RealModule

/// The map at a row of moments: dollars by price and time.
///
/// Columns end at whole multiples of their length since 1970, so that a column that is over stays
/// as it was while time goes on; the first begins with the window and the last ends with the facts.
/// Rows are whole multiples of their width in log price. Each venue's levels stand at their
/// relative distance from that venue's own mark, around the mark of the venue whose prices the
/// columns give.
///
/// A column is drawn with shares that were known at its close: those of the last midnight (UTC)
/// before it, or of the last several midnights where a window is long. The newest column is the map
/// of its moment, as ``MapBuilder`` draws it.
public struct MapHistory: Hashable, Sendable {
  /// One stretch of time.
  public struct Column: Hashable, Sendable {
    /// The start of the stretch.
    public let openTime: Timestamp
    /// Its end: the moment of the column's map.
    public let closeTime: Timestamp
    /// The first price of the leading venue, in the quote currency. Where that venue tells nothing
    /// of a column, its last price stands for all four.
    public let open: Double
    /// The highest price.
    public let high: Double
    /// The lowest price.
    public let low: Double
    /// The last price.
    public let close: Double
    /// Published liquidations of longs within the stretch in US dollars, over all venues, at each
    /// interval's typical price; nil where none are published.
    public let liquidatedLong: Double?
    /// The same of shorts.
    public let liquidatedShort: Double?
    /// One-sided open interest in coins over all venues, as of the close.
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

  /// What the map is of.
  public let instrument: Instrument
  /// The look-back window: positions opened within it and standing at a column's close.
  public let timeframe: Timeframe
  /// The columns, in order of time.
  public let columns: [Column]
  /// The lower edge of row 0, in the quote currency.
  public let lowest: Double
  /// The width of a row: the natural logarithm of its high over its low.
  public let step: Double
  /// The number of rows.
  public let rows: Int
  /// US dollars standing in row r as of column c's close: `cells[c * rows + r]`. Longs stand below
  /// that close, shorts above; the row that holds it holds both. Single precision: to 6e-8.
  public let cells: [Float]
  /// The largest cell, in US dollars.
  public let peak: Double

  /// A history of those cells. Their count must be columns x rows.
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
    peak = Double(cells.max() ?? 0)
  }

  /// Works through the facts that are known by the request's moment; nil where no interval was
  /// closed by then.
  ///
  /// - Parameters:
  ///   - request: as of when, over which window, of which venues, weighted how. Its range decides
  ///     how far beyond the last price the rows reach.
  ///   - columns: about how many columns the window is split into; a column is a whole number of
  ///     the longest interval.
  ///   - tables: margin rules that were read at a venue; the shipped ones serve where there is
  ///     none.
  public init?(
    request: MapRequest, history: MarketHistory, columns: Int = 240,
    tables: [Venue: MaintenanceTable] = [:]
  ) {
    let series = history.series(
      from: request.factsFrom, asOf: request.asOf, only: request.venues)
    guard
      let plan = MapHistoryPlan(
        series, window: request.timeframe.span, reach: request.reach, columns: columns)
    else { return nil }
    var builder = MapHistoryBuilder(request: request, plan: plan, series: series, tables: tables)
    self = builder.history()
  }

  /// US dollars standing in a row as of a column's close.
  public func usd(row: Int, column: Int) -> Double {
    Double(cells[column * rows + row])
  }

  /// The geometric middle of a row, in the quote currency.
  public func price(ofRow row: Int) -> Double {
    lowest * Double.exp((Double(row) + 0.5) * step)
  }

  /// The row that a price stands in; nil where it stands in none.
  public func row(of price: Double) -> Int? {
    guard price > 0 else { return nil }
    let place = (Double.log(price / lowest) / step).rounded(.down)
    return place >= 0 && place < Double(rows) ? Int(place) : nil
  }
}
