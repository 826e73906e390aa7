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

  /// Runs the market.
  public func market() -> AccuracyMarket {
    var options = SimulationOptions()
    options.emitsMarkPrices = false
    var simulated = SimulatedMarket(
      instrument: Self.instrument, behaviour: behaviour, seed: seed,
      start: DemoSettings.standardNow, options: options)
    _ = simulated.advance(minutes: Self.hiddenDays * 1_440)
    var history = MarketHistory()
    history.append(outsider(simulated.advance(minutes: Self.warmUpDays * 1_440)))
    var truths: [(time: Timestamp, truth: DistanceBins)] = []
    for _ in 0..<Self.moments {
      history.append(outsider(simulated.advance(minutes: 720)))
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
      })
  }

  /// The scores of the engine and of every peer on this market.
  public func samples() -> [AccuracySample] {
    let estimators =
      [.unitMaps(venue: Self.venue, instrument: Self.instrument.instrument)]
      + AccuracyEstimator.peers
      + PeerMethod.allCases.map { .peer($0, repairs: [.smear, .rescale]) }
    return market().samples(of: estimators)
  }

  private func outsider(_ events: [MarketEvent]) -> [MarketEvent] {
    events.filter { $0.venue == Self.venue }
  }
}
