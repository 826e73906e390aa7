import Market

/// What the reading claims, each with a record of its own.
///
/// Every label says the same three things: what makes a trial, what makes it a hit, and what the
/// hits are held against. All of it is measured on hourly bars (on the source's own where they are
/// longer) of facts that were known: the reading of every closed bar is replayed on the map of all
/// standing positions, a trial counts once its whole horizon is over, and no two trials of a label
/// run at once. The base rate asks the same question at the same distances, in deviations of the
/// volatility known then, at moments spread evenly over the same data whatever the map said: what
/// distance, volatility and drift alone would have given. A question about both directions at once
/// (price trades at both within one bar, nobody knows which first) is a miss in both.
public enum RecordLabel: String, CaseIterable, Codable, Hashable, Sendable {
  /// Trial: the bias is squeeze up. Hit: within 24 hours price trades at the mean price of the
  /// nearest large cluster above, before it trades at that of the one below. Base: the same
  /// distances elsewhere.
  case squeezeUp = "squeeze_up"
  /// The mirror image of squeeze up.
  case flushDown = "flush_down"
  /// Trial: the bias is pinned. Hit: the close 24 hours later lies between the mean prices of
  /// the nearest large clusters. Base: the same distances elsewhere.
  case pinned
  /// Trial: there is a densest cluster. Hit: its mean price trades within 24 hours. Base: the same
  /// distance elsewhere.
  case magnet
  /// Trial: price trades at the take profit that stood at the close before, just before a nearest
  /// large cluster. Hit: from the next bar on, price trades one ATR back before it trades one ATR
  /// beyond. Base: the same after prices at the same distance were first traded at elsewhere.
  case takeProfit = "take_profit"
  /// Trial: a nearest large cluster begins within one ATR of the close. Hit: within 48 hours price
  /// trades one ATR away from it before one ATR towards it, so that an entry towards it would have
  /// lost. Base: one ATR that way first, elsewhere.
  case wall
  /// Trial: a stop hunt is decided as reversed. Hit: within 48 hours price trades one ATR the way
  /// it reversed to before one ATR against. Base: one ATR that way first, elsewhere.
  case sweep
  /// The same for hunts in which open interest fell and liquidations of the right side were
  /// printed.
  case sweepConfirmed = "sweep_confirmed"
  /// Trial: a break of structure or a change of character. Hit: within 48 hours price trades one
  /// ATR its way before one ATR against. Base: one ATR that way first, elsewhere.
  case trend
  /// Trial: a fair value gap is complete. Hit: its far edge trades within 24 hours. Base: the same
  /// distance elsewhere.
  case gap
}

extension Bias.Label {
  /// The label whose record says how much the lean is worth; nil for balanced, which claims nothing.
  public var recorded: RecordLabel? {
    switch self {
    case .squeezeUp: .squeezeUp
    case .flushDown: .flushDown
    case .pinned: .pinned
    case .balanced: nil
    }
  }
}

/// How often a label came true on the data seen so far.
public struct LabelRecord: Hashable, Sendable {
  /// Fewer trials than this prove and contradict nothing.
  ///
  /// Wilson's interval is an approximation whose error is largest where trials are few. Taken at its
  /// word, a label that is worth nothing would be proven after a single trial one time in five (base
  /// .20, one hit of one). From 20 trials on luck alone clears a base between .2 and .8 at most one
  /// time in twenty, and one between .05 and .2 at most one in twelve; the nominal rate is one in
  /// forty. Each is the exact binomial probability at the worst base.
  public static let leastTrials = 20

  /// One trial whose horizon is over.
  public struct Trial: Hashable, Sendable {
    /// The close of the bar that it was asked at.
    public let askedAt: Timestamp
    /// The close of its horizon's last bar.
    public let endedAt: Timestamp
    /// Whether it came true.
    public let isHit: Bool
    /// How often the same came true at moments all over the data, between 0 and 1.
    public let base: Double
  }

  /// The label.
  public let label: RecordLabel
  /// Trials that came true.
  public let hits: Int
  /// Trials whose horizon is over.
  public let trials: Int
  /// Wilson's 95 % interval of the share of hits.
  public let interval: WilsonInterval
  /// The share that would have come true whatever the map said; nil without trials.
  public let base: Double?
  /// The trials one by one, oldest first; none where only their counts were kept.
  public let each: [Trial]

  /// A record of those trials: the base is the mean of theirs.
  public init(label: RecordLabel, each: [Trial]) {
    let base = each.reduce(0) { $0 + $1.base } / Double(max(each.count, 1))
    self.init(
      label: label, hits: each.count { $0.isHit }, trials: each.count,
      base: each.isEmpty ? nil : base, each: each)
  }

  /// A record of those counts.
  public init(label: RecordLabel, hits: Int, trials: Int, base: Double?) {
    self.init(label: label, hits: hits, trials: trials, base: base, each: [])
  }

  private init(label: RecordLabel, hits: Int, trials: Int, base: Double?, each: [Trial]) {
    self.each = each
    self.label = label
    self.hits = hits
    self.trials = trials
    self.base = base
    interval = WilsonInterval(hits: Double(hits), trials: Double(trials))
  }

  /// Whether there are enough trials to say anything.
  public var isTried: Bool { trials >= Self.leastTrials }

  /// Whether there are enough trials, and the whole interval lies above the base rate.
  public var isProven: Bool { isTried && base.map { interval.low > $0 } ?? false }

  /// Whether there are enough trials, and the whole interval lies below the base rate: the opposite
  /// was rather true.
  public var isContradicted: Bool { isTried && base.map { interval.high < $0 } ?? false }

  /// `12 of 30, 25-58 %, base 41 %: unproven`, and why where trials are too few.
  public var summary: String {
    guard let base, trials > 0 else { return "no trial yet: unproven" }
    func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
    return "\(hits) of \(trials), \(percent(interval.low))-\(percent(interval.high)) %, base "
      + "\(percent(base)) %: "
      + (!isTried
        ? "unproven, fewer than \(Self.leastTrials) trials"
        : isProven ? "proven" : isContradicted ? "unproven, rather the opposite" : "unproven")
  }
}
