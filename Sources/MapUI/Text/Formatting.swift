import Market

/// How numbers and moments are written: marks, units, letters for thousands, the time zone.
///
/// A state carries one, and `draw` and `update` write with it: for as long as they run it is what
/// ``NumberText`` and ``ClockText`` go by, so the same state always gives the same frame.
public struct Formatting: Hashable, Sendable {
  /// What amounts are counted in.
  public enum Unit: String, CaseIterable, Hashable, Sendable {
    /// Dollars.
    case usd
    /// The map's coin: dollars divided by the price that stands on the screen.
    case coin
  }

  /// The letters for thousand, million and so on.
  public enum Prefixes: String, CaseIterable, Hashable, Sendable {
    case trade = "KMB"
    case small = "kMB"
    case metric = "kMG"

    /// The letters for 10^3, 10^6, 10^9 and 10^12.
    var letters: [String] {
      switch self {
      case .trade: ["K", "M", "B", "T"]
      case .small: ["k", "M", "B", "T"]
      case .metric: ["k", "M", "G", "T"]
      }
    }
  }

  /// What stands before the fraction.
  public enum DecimalMark: String, CaseIterable, Hashable, Sendable {
    case point = "."
    case comma = ","
  }

  /// What stands between thousands.
  public enum GroupingMark: String, CaseIterable, Hashable, Sendable {
    case comma = ","
    case point = "."
    case space = " "
    case apostrophe = "'"
    case underscore = "_"
    case none = ""
  }

  /// What amounts are counted in.
  public var unit = Unit.usd
  /// The letters for thousands.
  public var prefixes = Prefixes.trade
  /// What stands before the fraction.
  public var decimal = DecimalMark.point
  /// What stands between thousands.
  public var grouping = GroupingMark.comma
  /// The time zone that moments are told in.
  public var clock = ClockZone.utc
  /// The coin that amounts are counted in, where they are.
  var coin: Coin?

  /// A coin and its price in dollars.
  struct Coin: Hashable, Sendable {
    let name: String
    let price: Double
  }

  /// Dollars, `97,123.4`, UTC.
  public static let standard = Formatting()

  /// The usual way, to be changed.
  public init() {}

  /// What numbers and moments are written with at the moment.
  @TaskLocal static var current = Formatting.standard

  /// Dollars in one unit of an amount.
  var rate: Double { coin?.price ?? 1 }

  /// What amounts are counted in, in a few letters: `USD`, `BTC`.
  var unitName: String { coin?.name ?? "USD" }
}

extension AppState {
  /// The way of writing, with the price that amounts in coins are counted at. Without a map there
  /// is none, and amounts are in dollars.
  var writing: Formatting {
    var writing = formatting
    if formatting.unit == .coin, let snapshot, snapshot.price.isFinite, snapshot.price > 0 {
      writing.coin = Formatting.Coin(name: snapshot.instrument.base, price: snapshot.price)
    }
    return writing
  }
}
