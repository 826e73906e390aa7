import MapEngine
import Market
import MarketSimulator

/// One minute on one of the two simulated venues, in the coin's own units.
struct TapeMinute: Sendable {
  var open, high, low, close: Double
  /// Traded coins, and those of them that takers bought.
  var volume, buy: Double
}

/// A forced closing, unthrottled.
struct TapeLiquidation: Sendable {
  /// Milliseconds since 1970.
  let time: Int64
  let isLong: Bool
  /// The fill price in dollars and the size in coins.
  let price, coins: Double
}

/// What happened to one coin: minutes that the simulator has made of known positions, and before
/// them hours that are drawn for depth alone.
///
///     listing        start                 end
///     |- hours ------|- simulated minutes -|
struct CoinTape: Sendable {
  /// One of the two simulated venues.
  struct Side: Sendable {
    var minutes: [TapeMinute] = []
    /// At the beginning of each minute and at the end of the last one: one-sided open interest in
    /// coins, and the mark price.
    var openInterest: [Double] = []
    var mark: [Double] = []
    var liquidations: [TapeLiquidation] = []
    /// The rate of each 8-hour settlement, from the one at or before `start` on.
    var funding: [Double] = []
  }

  /// The first simulated minute since 1970: a midnight.
  let start: Int64
  var sides = [Side(), Side()]
  /// At the beginning of each minute and at the end of the last one.
  var index: [Double] = []

  /// The end of the last simulated minute.
  var end: Int64 { start + Int64(sides[0].minutes.count) }
}

/// Runs the simulator and writes down what it does.
struct TapeRecorder: Sendable {
  let coin: EmulatedCoin
  private(set) var tape: CoinTape
  private var market: SimulatedMarket

  /// A market that begins at a minute since 1970.
  init(coin: EmulatedCoin, seed: UInt64, start: Int64) {
    self.coin = coin
    var options = SimulationOptions()
    options.step = .seconds(15)
    market = SimulatedMarket(
      instrument: coin.source, seed: coin.priceScale == 1 ? seed : seed &+ 0x5EED,
      start: Timestamp(minute: start), options: options)
    tape = CoinTape(start: start)
    let price = market.lastPrice(.simulatedA)
    tape.index.append(price * coin.priceScale)
    for side in 0..<2 { tape.sides[side].funding.append(0.000_1) }
    noteBoundary()
  }

  /// The positions of one of the two venues as they stand at the end of the tape.
  func positions(side: Int) -> [SimulatedPosition] {
    market.positions.filter { $0.position.venue == SimulatedMarket.venues[side] }
  }

  /// Lets the market go on to a minute.
  mutating func advance(to end: Int64) {
    while tape.end < end {
      var index = tape.index[tape.index.count - 1]
      for event in market.advance(minutes: 1) {
        let side = event.venue == .simulatedA ? 0 : 1
        switch event.fact {
        case .candle(let candle, _):
          let scale = coin.priceScale
          tape.sides[side].minutes.append(
            TapeMinute(
              open: candle.open * scale, high: candle.high * scale, low: candle.low * scale,
              close: candle.close * scale, volume: candle.volume / scale,
              buy: (candle.takerBuyVolume ?? candle.volume / 2) / scale))
        case .markPrice(let mark):
          if let known = mark.index { index = known * coin.priceScale }
        case .funding(let funding): tape.sides[side].funding.append(funding.rate)
        default: break
        }
      }
      tape.index.append(index)
      noteBoundary()
      noteLiquidations()
    }
  }

  private mutating func noteBoundary() {
    for (side, venue) in SimulatedMarket.venues.enumerated() {
      tape.sides[side].openInterest.append(market.openInterest(venue) / coin.priceScale)
      tape.sides[side].mark.append(market.markPrice(venue) * coin.priceScale)
    }
  }

  private mutating func noteLiquidations() {
    let found = market.takeLiquidations().sorted { $0.liquidation.time < $1.liquidation.time }
    for event in found {
      let side = event.venue == .simulatedA ? 0 : 1
      tape.sides[side].liquidations.append(
        TapeLiquidation(
          time: event.liquidation.time.milliseconds, isLong: event.liquidation.side == .long,
          price: event.liquidation.price * coin.priceScale,
          coins: event.liquidation.quantity / coin.priceScale))
    }
  }
}
