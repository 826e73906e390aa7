extension TouchCalibration {
  /// The curves that are shipped, and what stands behind them. ``TouchTrials`` and ``TouchFit``
  /// make them again from the recorded candles, ``TouchReliability`` their reliability.
  public static let shipped = TouchCalibration(
    curves: [
      .hours1: Curve(scale: 1.5003, bend: 1.2908),
      .hours4: Curve(scale: 1.4400, bend: 1.2593),
      .hours24: Curve(scale: 1.2571, bend: 0.9911),
    ],
    asOf: "2026-11-24",
    evidence: "Binance BTC, ETH, SOL: 1h candles June to August 2024, 5m candles December 2025 to "
      + "February 2026, BTC also 1h to March 2026; 74,284 hours and directions at 11 distances. "
      + "Walk-forward by week, observed differ from predicted shares by .003, .004 and .007 on "
      + "average (1h, 4h, 24h); an uncalibrated random walk's by .036, .047 and .034.")
}
