/// A kind of fact that venues publish.
public enum VenueChannel: String, CaseIterable, Hashable, Sendable {
  case candle
  case openInterest = "open_interest"
  case markPrice = "mark_price"
  case funding
  case liquidation
  case trade
  case longShortRatio = "long_short_ratio"
  case instruments
  case maintenanceTiers = "maintenance_tiers"
}
