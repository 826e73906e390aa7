import Market

/// A band of the stacked bar: positions whose effective leverage lies in
/// `minLeverage ..< maxLeverage`. Effective leverage is entry price over the distance from entry
/// to bankruptcy, whatever the setting of the button was.
public struct LeverageLayer: Hashable, Codable, Sendable {
  /// What traders call the band: `25x`.
  public let label: String
  /// The lowest effective leverage in the band.
  public let minLeverage: Double
  /// The effective leverage at which the next band begins; infinity for the last one.
  public let maxLeverage: Double

  /// A band from `minLeverage` up to, but not including, `maxLeverage`.
  public init(label: String, minLeverage: Double, maxLeverage: Double) {
    self.label = label
    self.minLeverage = minLeverage
    self.maxLeverage = maxLeverage
  }

  /// The bands around what traders call 5x, 10x, 25x, 50x and 100x. Edges are the geometric
  /// means of neighbours, rounded.
  public static let standard: [LeverageLayer] = [
    LeverageLayer(label: "5x", minLeverage: 1, maxLeverage: 7),
    LeverageLayer(label: "10x", minLeverage: 7, maxLeverage: 16),
    LeverageLayer(label: "25x", minLeverage: 16, maxLeverage: 36),
    LeverageLayer(label: "50x", minLeverage: 36, maxLeverage: 71),
    LeverageLayer(label: "100x", minLeverage: 71, maxLeverage: .infinity),
  ]
}
