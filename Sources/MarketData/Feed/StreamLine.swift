import Market

/// One connection of a stream, opening or open. Pure; moments are of the steady clock unless told
/// otherwise.
struct StreamLine: Sendable {
  let id: Int
  /// The path and lifetime that it was opened with.
  let path: String
  let lifetime: Span?
  private(set) var openedAt: Timestamp?
  /// What was asked for on it.
  private(set) var subscribed: Set<StreamSubscription> = []
  /// What of it has brought data.
  private(set) var fed: Set<StreamSubscription> = []
  /// When anything last came, by the wall clock.
  private(set) var heard: Timestamp
  private var unsent: [String] = []
  private var budget: RateBudget
  private var watchdog = Watchdog<StreamSubscription>()
  private var feeds: [Feed: [StreamSubscription]] = [:]

  /// What data is about.
  private struct Feed: Hashable, Sendable {
    let symbol: String?
    let channel: VenueChannel
  }

  init(id: Int, plan: StreamPlan, sending: [RateRule], at moment: FeedMoment) {
    self.id = id
    path = plan.path
    lifetime = plan.lifetime
    heard = moment.wall
    budget = RateBudget(rules: sending, now: moment.steady)
  }

  var isOpen: Bool { openedAt != nil }

  mutating func opened(at moment: FeedMoment) {
    openedAt = moment.steady
    heard = moment.wall
  }

  /// Asks for what is wanted and isn't subscribed, and ends what is no longer wanted.
  mutating func subscribe(_ wanted: [StreamSubscription], now: Timestamp) {
    let set = Set(wanted)
    for gone in subscribed.subtracting(set).sorted(by: { $0.unsubscribe < $1.unsubscribe }) {
      subscribed.remove(gone)
      fed.remove(gone)
      watchdog.forget(gone)
      unsent.append(gone.unsubscribe)
    }
    for new in wanted where subscribed.insert(new).inserted {
      if let patience = new.patience { watchdog.expect(new, within: patience, now: now) }
      unsent.append(new.subscribe)
    }
    feeds = [:]
    for subscription in subscribed {
      for channel in subscription.channels {
        feeds[Feed(symbol: subscription.symbol, channel: channel), default: []]
          .append(subscription)
      }
    }
  }

  /// What may be sent now.
  mutating func sendable(now: Timestamp) -> [String] {
    let cost = [RateCost("send")]
    var texts: [String] = []
    while let next = unsent.first, budget.wait(for: cost, now: now).milliseconds == 0 {
      budget.spend(cost, now: now)
      unsent.removeFirst()
      texts.append(next)
    }
    return texts
  }

  mutating func hears(at moment: FeedMoment) { heard = moment.wall }

  /// Notes data. True where its subscription had none before.
  mutating func feeds(symbol: String?, channel: VenueChannel, now: Timestamp) -> Bool {
    var isFirst = false
    for key in [Feed(symbol: symbol, channel: channel), Feed(symbol: nil, channel: channel)] {
      for subscription in feeds[key] ?? [] {
        watchdog.fed(subscription, now: now)
        if fed.insert(subscription).inserted { isFirst = true }
      }
    }
    return isFirst
  }

  /// The subscriptions that have been silent for too long, the longest silent first, and since when.
  func silent(now: Timestamp) -> [Watchdog<StreamSubscription>.Silence] {
    watchdog.silent(now: now)
  }

  /// Whether every subscription that can be expected to has brought data.
  var isFlowing: Bool { subscribed.allSatisfy { $0.patience == nil || fed.contains($0) } }

  /// When it should be replaced, before the venue cuts it.
  var replaceAt: Timestamp? {
    guard let lifetime, let openedAt else { return nil }
    return openedAt + lifetime - min(.minutes(10), lifetime.divided(by: 10))
  }

  /// When it next needs looking at.
  func nextDue(now: Timestamp) -> Timestamp? {
    var due = [watchdog.nextCheck].compactMap { $0 }
    if isOpen, !unsent.isEmpty { due.append(now + budget.wait(for: [RateCost("send")], now: now)) }
    return due.min()
  }
}
