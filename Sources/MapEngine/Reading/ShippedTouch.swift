extension TouchCalibration {
  /// The curves that are shipped, and what stands behind them. ``TouchTrials`` and ``TouchFit``
  /// make them again from the recorded candles, ``TouchReliability`` their reliability.
  public static let shipped = TouchCalibration(
    curves: [
      .hours1: Curve(scale: 1.5186, bend: 1.3104),
      .hours4: Curve(scale: 1.4572, bend: 1.2750),
      .hours24: Curve(scale: 1.2747, bend: 1.0103),
    ],
    asOf: "2026-11-24",
    evidence: "Binance BTC, ETH, SOL: 1h candles June to August 2024, 5m candles December 2025 to "
      + "February 2026, BTC also 1h to March 2026; 74,302 hours and directions at 11 distances. "
      + "Walk-forward by week, observed differ from predicted shares by .003, .005 and .006 on "
      + "average (1h, 4h, 24h); an uncalibrated random walk's by .037, .049 and .037. On AVAX, "
      + "which wasn't fitted, by .003, .007 and .009; on BTC in June 2025 by .013, .020 and .029.")
}
