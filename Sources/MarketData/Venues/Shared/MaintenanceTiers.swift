import Market

/// A venue's maintenance margin tiers of one instrument, as the venue published them.
public struct MaintenanceTiers: Hashable, Sendable {
  /// What floors and caps count.
  public enum SizeUnit: String, Hashable, Sendable {
    /// US dollars of position value.
    case dollars = "usd"
    /// Coins.
    case coins = "coin"
    /// The venue's contracts, of a size that isn't known.
    case contracts
  }

  /// One tier.
  public struct Tier: Hashable, Sendable {
    /// From 1, the smallest sizes first.
    public var number: Int
    /// The size at which it begins.
    public var floor: Double
    /// The size at which it ends; nil where it doesn't.
    public var cap: Double?
    /// Maintenance margin rate, a fraction of the position's value.
    public var rate: Double
    /// The highest leverage that the venue offers in it; nil where it doesn't say.
    public var maxLeverage: Double?
    /// What is deducted from value x rate, in the unit of the value; nil where it doesn't say.
    public var deduction: Double?
  }

  /// What floors and caps count.
  public let unit: SizeUnit
  /// Smallest sizes first; never empty.
  public let tiers: [Tier]

  /// Tiers sorted by size, each beginning where the one before ends. Throws when there is none, a
  /// rate lies outside 0...1, or a size or leverage can't be.
  init(unit: SizeUnit, tiers: [Tier]) throws(DecodeProblem) {
    guard !tiers.isEmpty else { throw DecodeProblem(reason: "there are no tiers") }
    var sorted = tiers.sorted { ($0.cap ?? .infinity) < ($1.cap ?? .infinity) }
    for index in sorted.indices {
      let tier = sorted[index]
      guard tier.rate >= 0, tier.rate <= 1 else {
        throw DecodeProblem(reason: "a maintenance rate of \(tier.rate) is no fraction of 1")
      }
      guard tier.floor >= 0, tier.cap.map({ $0 > tier.floor }) ?? true,
        tier.maxLeverage.map({ $0 > 0 }) ?? true
      else {
        throw DecodeProblem(
          reason: "no tier reaches from \(tier.floor) to "
            + "\(tier.cap.map { "\($0)" } ?? "any size")")
      }
      sorted[index].number = index + 1
    }
    self.unit = unit
    self.tiers = sorted
  }

  /// The tier whose maintenance margin differs from that of the tier below where they meet, where
  /// the venue states deductions: a table that breaks there was misread or is incomplete.
  public var discontinuity: Int? {
    for (below, above) in zip(tiers, tiers.dropFirst()) {
      guard let low = below.deduction, let high = above.deduction else { continue }
      let (left, right) = (above.floor * below.rate - low, above.floor * above.rate - high)
      if abs(left - right) > 1e-6 * max(1, abs(left), above.floor * 1e-3) { return above.number }
    }
    return nil
  }
}
