import Market

/// What was found in market data files, and what was left aside.
public struct FileReport: Hashable, Sendable {
  /// A column that was read.
  public struct FoundColumn: Hashable, Sendable {
    /// The canonical name, e.g. `taker_buy_volume`.
    public let name: String
    /// The name in the file's header, e.g. `buy_volume`.
    public let header: String
  }

  /// A column that wasn't read.
  public struct IgnoredColumn: Hashable, Sendable {
    /// The name in the file's header.
    public let header: String
    /// Why it wasn't.
    public let reason: String
  }

  /// One file that was read.
  public struct File: Hashable, Sendable {
    /// What a file gives.
    public enum Content: String, Hashable, Sendable {
      case candles
      case openInterest = "open interest"
    }

    /// Its path, within the folder if one was searched.
    public let path: String
    /// What it gives.
    public let content: Content
    /// The columns read, in the file's order.
    public let columns: [FoundColumn]
    /// The columns not read, in the file's order.
    public let ignored: [IgnoredColumn]
    /// Rows read, bad ones not counted.
    public let rows: Int
    /// Bad rows skipped.
    public let badRows: Int
    /// The first bad rows skipped, at most `badRowsShown`.
    public let firstBadRows: [BadRow]
    /// Rows whose time lies before that of an earlier row.
    public let outOfOrder: Int
    /// Rows of other instruments, passed over.
    public let otherInstruments: Int
    /// Whether an aggregator's columns stand beside the liquidations, which then may sum several
    /// venues.
    public let liquidationsMayCoverOtherVenues: Bool

    /// How many bad rows are kept to be shown.
    public static let badRowsShown = 5
  }

  /// A file of the folder that wasn't read.
  public struct LeftOut: Hashable, Sendable {
    /// Its path within the folder.
    public let path: String
    /// Why it wasn't.
    public let reason: String
  }

  /// A hole between two candles.
  public struct Gap: Hashable, Sendable {
    /// The close of the candle before the hole.
    public let from: Timestamp
    /// The open of the candle after it.
    public let to: Timestamp
    /// How many candles would fill it, the last one perhaps in part.
    public let missing: Int
  }

  /// The files read, candles before open interest, each by path.
  public internal(set) var files: [File] = []
  /// The files of the folder that weren't read, by path; those of other instruments are only
  /// counted.
  public internal(set) var leftOut: [LeftOut] = []
  /// Files of the folder whose names are about other instruments.
  public internal(set) var otherInstrumentFiles = 0
  /// The holes between candles.
  public internal(set) var gaps: [Gap] = []
  /// Candles given twice alike, and observations of open interest too; one of each was kept.
  public internal(set) var identicalDuplicates = 0
  /// Candles and observations given twice for the same time with different values; the later one
  /// was kept.
  public internal(set) var conflictingDuplicates = 0
  /// Candles dropped because they start within the one before.
  public internal(set) var overlapping = 0
  /// Observations of open interest dropped because they lie before the first candle or after the
  /// last.
  public internal(set) var openInterestOutside = 0
  /// Observations of open interest dropped because they're in USD and stand in a hole, where no
  /// candle gives a price.
  public internal(set) var openInterestUnpriced = 0

  /// Rows read from all files.
  public var rows: Int { files.reduce(0) { $0 + $1.rows } }
  /// Bad rows skipped in all files.
  public var badRows: Int { files.reduce(0) { $0 + $1.badRows } }
  /// Rows out of order in all files.
  public var outOfOrder: Int { files.reduce(0) { $0 + $1.outOfOrder } }
  /// Candles that are missing in holes.
  public var missingIntervals: Int { gaps.reduce(0) { $0 + $1.missing } }
}
