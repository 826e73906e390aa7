import RealModule

/// A price path of the weeks before a simulation, by the hour, from which the positions that
/// stand at its start took their entries. It is drawn backwards from the first price.
struct Prehistory: Sendable {
  private static let hours = 1_500
  /// Log price so many hours ago.
  let prices: [Double]
  /// Highest and lowest log price since.
  let highs: [Double]
  let lows: [Double]

  init(
    instrument: SimulatedInstrument, restlessness: Double, seed: UInt64, price: Double
  ) {
    var random = RandomStream(seed: seed, name: "prehistory \(instrument.instrument.symbol)")
    let deviation = instrument.minuteVolatility * restlessness * 7.746
    var prices = [price]
    var highs = [price]
    var lows = [price]
    var present = price
    for _ in 1...Prehistory.hours {
      present += deviation * random.normal()
      prices.append(present)
      highs.append(max(highs[highs.count - 1], present + deviation * 0.4))
      lows.append(min(lows[lows.count - 1], present - deviation * 0.4))
    }
    self.prices = prices
    self.highs = highs
    self.lows = lows
  }

  /// Hours ago, at most the length of the path.
  func index(hoursAgo: Double) -> Int {
    min(max(Int(hoursAgo), 0), prices.count - 1)
  }
}

extension SimulatedVenue {
  /// Fills the book with the crowd that a market of this kind has at any time: each class's stock,
  /// of ages that its holding times imply, without those that the prehistory has already closed.
  mutating func found(on prehistory: Prehistory, minute: Int64) {
    for kind in profile.classes.indices {
      let wanted = Int64(usualStock(kind))
      var found: Int64 = 0
      while found < wanted { found += foundOne(kind, prehistory: prehistory, minute: minute) }
    }
  }

  /// Adds one position of a class and returns its lots. Whoever the prehistory keeps closing
  /// enters at the first price.
  private mutating func foundOne(_ kind: Int, prehistory: Prehistory, minute: Int64) -> Int64 {
    var traders = profile.classes[kind]
    // Who is met at a given moment has a longer holding time than who enters: by e^variance.
    traders.holdHours *= Double.exp(traders.holdSpread * traders.holdSpread)
    let deviation = averageDayDeviation
    for attempt in 0..<8 {
      let lean = traders.leansAgainst * contracts.imbalance
      let longShare = min(max(traders.longShare - lean, 0.04), 0.96)
      let sign = random.uniform() < longShare ? 1.0 : -1.0
      var position = traders.enters(
        sign: sign, entry: 0, minute: minute, volatility: 1, dayDeviation: deviation, rule: rule,
        random: &random)
      let hold = Double(position.holdMinutes)
      let age = attempt < 7 ? hold * random.uniform() : 0
      let index = prehistory.index(hoursAgo: age / 60)
      let entry = prehistory.prices[index] + offset
      let worst = (sign > 0 ? prehistory.lows[index] : prehistory.highs[index]) + offset
      let best = (sign > 0 ? prehistory.highs[index] : prehistory.lows[index]) + offset
      let isStruck = sign * (worst - position.adversePrice - entry) <= 0.000_5
      let hasWon = sign * (best - entry) >= position.profitDistance
      if isStruck || hasWon, attempt < 7 { continue }
      position.entry = entry
      position.liquidation += entry
      position.adversePrice += entry
      position.dueMinute = Int32(clamping: minute + max(Int64(hold - age), 1))
      position.quantity = drawLots(kind)
      contracts.book(.opened, isLong: position.isLong, lots: position.quantity)
      book.add(position, minute: minute)
      return position.quantity
    }
    return 0
  }
}
