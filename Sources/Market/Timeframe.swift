/// The look-back window that a map covers: positions opened within it and standing now.
public enum Timeframe: String, CaseIterable, Codable, Hashable, Sendable {
  case hours12 = "12h"
  case days1 = "1d"
  case days3 = "3d"
  case days7 = "7d"
  case days14 = "14d"
  case days30 = "30d"
  case days90 = "90d"
  case days180 = "180d"
  case year1 = "1y"
  /// Everything that the source holds, the stock at its start included.
  case all

  /// The length of the window; nil for `all`.
  public var span: Span? {
    switch self {
    case .hours12: .hours(12)
    case .days1: .days(1)
    case .days3: .days(3)
    case .days7: .days(7)
    case .days14: .days(14)
    case .days30: .days(30)
    case .days90: .days(90)
    case .days180: .days(180)
    case .year1: .days(365)
    case .all: nil
    }
  }

  /// How far from the price the map reaches unless told otherwise, in percent of the price.
  public var defaultRangePercent: Double {
    switch self {
    case .hours12: 5
    case .days1: 7
    case .days3: 10
    case .days7: 15
    case .days14: 20
    case .days30: 25
    case .days90: 35
    case .days180: 40
    case .year1, .all: 50
    }
  }
}
