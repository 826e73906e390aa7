import MapEngine
import Market
import MarketSimulator

/// One simulated market made ready to score estimators on: what an outsider sees of one venue, and
/// where its positions truly stand at some moments.
public struct SimulatedTrial: Hashable, Sendable {
  /// How the crowd behaves.
  public let behaviour: Behaviour
  /// The seed of the market.
  public let seed: UInt64
  /// Which truth is scored against.
  public let target: TruthTarget

  /// Days that pass before an outsider begins to look, so that the first open interest seen has
  /// entries that nobody outside knows.
  public static let hiddenDays = 10
  /// Days that an outsider looks before the first moment.
  public static let warmUpDays = 15
  /// Moments that are scored, half a day apart.
  public static let moments = 30

  /// A trial of that market.
  public init(behaviour: Behaviour, seed: UInt64, target: TruthTarget) {
    self.behaviour = behaviour
    self.seed = seed
    self.target = target
  }

  /// The venue whose facts and positions are used.
  public static let venue = Venue.simulatedA
  /// The instrument that is traded.
  public static let instrument = SimulatedInstrument.bitcoin

  /// When the market begins.
  private static let start = Timestamp(milliseconds: 1_767_571_200_000)

  /// Runs the market.
  public func market() -> AccuracyMarket {
    var options = SimulationOptions()
    options.emitsMarkPrices = false
    var simulated = SimulatedMarket(
      instrument: Self.instrument, behaviour: behaviour, seed: seed, start: Self.start,
      options: options)
    _ = simulated.advance(minutes: Self.hiddenDays * 1_440)
    _ = simulated.takeLiquidations()
    var history = MarketHistory()
    var published: [Liquidation] = []
    func see(_ events: [MarketEvent]) {
      let own = events.filter { $0.venue == Self.venue }
      history.append(own)
      for event in own {
        if case .liquidation(let liquidation) = event.fact { published.append(liquidation) }
      }
    }
    see(simulated.advance(minutes: Self.warmUpDays * 1_440))
    var truths: [(time: Timestamp, truth: DistanceBins)] = []
    var liquidations = Self.own(simulated.takeLiquidations())
    for _ in 0..<Self.moments {
      see(simulated.advance(minutes: 720))
      liquidations += Self.own(simulated.takeLiquidations())
      let mark = simulated.markPrice(Self.venue)
      let standing = simulated.positions(target).filter { $0.venue == Self.venue }
      truths.append((simulated.time, DistanceBins(mark: mark, positions: standing)))
    }
    let intervals = history.series().first?.intervals ?? []
    return AccuracyMarket(
      behaviour: behaviour.rawValue, seed: seed, intervals: intervals,
      moments: truths.map { time, truth in
        AccuracyMarket.Moment(
          intervalCount: intervals.prefix { $0.closeTime <= time }.count, truth: truth)
      }, published: published, liquidations: liquidations)
  }

  private static func own(_ liquidations: [SimulatedLiquidation]) -> [Liquidation] {
    liquidations.filter { $0.venue == venue }.map(\.liquidation)
  }

  /// The scores of the engine, of every peer with the free fixes and without, and of the nulls.
  public func samples() -> [AccuracySample] {
    let market = market()
    return market.ownSamples(venue: Self.venue, instrument: Self.instrument.instrument)
      + market.samples(
        of: AccuracyEstimator.repairedPeers + AccuracyEstimator.peers + AccuracyEstimator.nulls)
  }
}
