import MapEngine
import Market
import Synchronization

/// Judges rules on a thread of its own: who observes a market hands over what was seen and waits for
/// nothing, and takes what fired when it likes.
///
/// The markets of the simulator and of venues are judged apart, so that changing over from one to
/// the other is no move of the price.
public final class AlertRunner: Sendable {
  /// What has happened since the last report.
  public struct Report: Sendable {
    /// The alerts that fired, in their order.
    public internal(set) var fired: [FiredAlert] = []
    /// The instruments on which a rule has fired and waits for its condition to be over.
    public internal(set) var resting: [AlertRule.ID: Set<Instrument>] = [:]
    /// Why alerts couldn't be told, in sentences.
    public internal(set) var complaints: [String] = []
  }

  /// What lies between the threads.
  private final class Desk: Sendable {
    struct Papers {
      var rules: [AlertRule]?
      var observations: [AlertObservation] = []
      var heard: [Instrument: [LiquidationPrint]] = [:]
      var report: Report?
      var resting: [AlertRule.ID: Set<Instrument>] = [:]
    }

    let papers: Mutex<Papers>
    let notify: @Sendable () -> Void

    init(rules: [AlertRule], notify: @escaping @Sendable () -> Void) {
      papers = Mutex(Papers(rules: rules))
      self.notify = notify
    }
  }

  /// The most observations that wait; the oldest are left out where a machine is too busy to judge.
  static let mostObservations = 64
  /// The most liquidations of an instrument that wait for an observation of it.
  static let mostLiquidations = 10_000
  /// The most complaints that wait to be taken.
  static let mostComplaints = 8

  private let desk: Desk
  private let bell: AsyncStream<Void>.Continuation
  private let work: Task<Void, Never>

  /// A runner of some rules. `notify` is called, on whichever thread, when there is a report.
  public init(rules: [AlertRule] = [], notify: @escaping @Sendable () -> Void) {
    let desk = Desk(rules: rules, notify: notify)
    let (rings, bell) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    self.desk = desk
    self.bell = bell
    work = Task.detached(priority: .utility) {
      var judges = Judges()
      for await _ in rings { judges.judge(desk) }
    }
    bell.yield()
  }

  deinit {
    bell.finish()
    work.cancel()
  }

  /// Puts other rules in place; those that stay go on where they were.
  public func place(_ rules: [AlertRule]) {
    desk.papers.withLock { $0.rules = rules }
    bell.yield()
  }

  /// Hands over what was seen of a market; the liquidations that were heard of it are added.
  public func observe(_ observation: AlertObservation) {
    desk.papers.withLock { desk in
      desk.observations.append(observation)
      if desk.observations.count > Self.mostObservations { desk.observations.removeFirst() }
    }
    bell.yield()
  }

  /// Hands over published liquidations; they are judged with the next observation of their
  /// instrument.
  public func hear(_ events: [MarketEvent]) {
    desk.papers.withLock { desk in
      for event in events {
        guard let print = LiquidationPrint(event) else { continue }
        desk.heard[event.instrument, default: []].append(print)
        let excess = desk.heard[event.instrument, default: []].count - Self.mostLiquidations
        if excess > 0 { desk.heard[event.instrument]?.removeFirst(excess) }
      }
    }
  }

  /// Adds why an alert couldn't be told to the next report.
  public func complain(_ sentence: String) {
    desk.papers.withLock { desk in
      var report = desk.report ?? Report(resting: desk.resting)
      if report.complaints.count < Self.mostComplaints { report.complaints.append(sentence) }
      desk.report = report
    }
    desk.notify()
  }

  /// Takes what has happened since the last time; nil where nothing has.
  public func take() -> Report? {
    desk.papers.withLock { desk in
      defer { desk.report = nil }
      return desk.report
    }
  }

  /// The engines, and what they have seen.
  private struct Judges {
    var rules: [AlertRule] = []
    var engines: [Bool: AlertEngine] = [:]
    /// What was seen last of each instrument, by whether it is simulated.
    var latest: [Bool: [Instrument: AlertObservation]] = [:]
    /// Whether the market that was seen last is simulated.
    var isSimulated = false

    mutating func place(_ rules: [AlertRule]) {
      self.rules = rules
      for key in engines.keys { engines[key]?.replace(rules) }
    }

    mutating func observe(_ observation: AlertObservation) -> [FiredAlert] {
      isSimulated = observation.isSimulated
      var seen = observation
      seen.liquidations = []
      seen.traded = nil
      latest[isSimulated, default: [:]][observation.instrument] = seen
      return engines[isSimulated, default: AlertEngine(rules: rules)].observe(observation)
    }

    var resting: [AlertRule.ID: Set<Instrument>] {
      guard let engine = engines[isSimulated] else { return [:] }
      var resting: [AlertRule.ID: Set<Instrument>] = [:]
      for rule in rules {
        let on = latest[isSimulated, default: [:]].keys.filter { !engine.isArmed(rule.id, $0) }
        if !on.isEmpty { resting[rule.id] = Set(on) }
      }
      return resting
    }

    /// Judges what waits.
    mutating func judge(_ desk: Desk) {
      let (rules, observations) = desk.papers.withLock { desk in
        for index in desk.observations.indices {
          let instrument = desk.observations[index].instrument
          desk.observations[index].liquidations += desk.heard.removeValue(forKey: instrument) ?? []
        }
        defer {
          desk.rules = nil
          desk.observations = []
        }
        return (desk.rules, desk.observations)
      }
      if let rules { place(rules) }
      var fired: [FiredAlert] = []
      for observation in observations { fired += observe(observation) }
      if rules != nil {
        // A market that stands still gives a new rule nothing else to be judged by.
        let judged = Set(observations.map(\.instrument))
        let others = latest[isSimulated, default: [:]].values
          .filter { !judged.contains($0.instrument) }
        for observation in others.sorted(by: { $0.instrument.symbol < $1.instrument.symbol }) {
          fired += observe(observation)
        }
      }
      let resting = self.resting
      let isNews = desk.papers.withLock { desk in
        guard !fired.isEmpty || resting != desk.resting else { return false }
        desk.resting = resting
        var report = desk.report ?? Report()
        report.fired += fired
        report.resting = resting
        desk.report = report
        return true
      }
      if isNews { desk.notify() }
    }
  }
}
