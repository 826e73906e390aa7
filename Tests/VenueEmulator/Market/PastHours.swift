/// Hours before the simulated days: a price path drawn backwards from the first simulated price,
/// for the depth that a venue's history has. Nobody's positions are behind it.
struct PastHours: Sendable {
  /// One hour, relative to the first simulated price, an average hour's volume and the first open
  /// interest.
  struct Hour: Sendable {
    var open, high, low, close: Double
    var volume, buyShare: Double
    /// Open interest at the beginning of the hour.
    var openInterest: Double
  }

  /// Oldest first; the last one ends where the simulated days begin.
  let hours: [Hour]

  /// So many hours of a coin.
  init(count: Int, seed: UInt64, coin: String) {
    let noise = Noise(seed: seed, name: "past \(coin)")
    var newestFirst: [Hour] = []
    newestFirst.reserveCapacity(count)
    var close = 1.0
    var interest = 1.0
    for hour in 0..<Int64(count) {
      // Longer swings on top of the hour's own restlessness.
      let swing = noise.normal(hour / 72, 1) * 0.000_4
      let open = close * (1 + 0.004 * noise.normal(hour) + swing)
      let wick = 0.003 * noise.unit(hour, 2)
      let tail = 0.003 * noise.unit(hour, 3)
      let pull = (1 - interest) * 0.01
      interest = max(interest * (1 + 0.004 * noise.normal(hour, 4)) + pull, 0.2)
      newestFirst.append(
        Hour(
          open: open, high: max(open, close) * (1 + wick), low: min(open, close) * (1 - tail),
          close: close, volume: 0.4 + 1.2 * noise.unit(hour, 5),
          buyShare: 0.4 + 0.2 * noise.unit(hour, 6), openInterest: interest))
      close = open
    }
    hours = newestFirst.reversed()
  }
}
