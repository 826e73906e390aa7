import Market

/// Keeps the connections of one venue: opens them, subscribes, notices silence, replaces them before
/// their time is over and after they are lost. Pure.
struct StreamKeeper: Sendable {
  /// What is to be done.
  enum Action: Hashable, Sendable {
    case open(Int, StreamPlan)
    case send(Int, String)
    case close(Int)
  }

  /// A stretch in which a subscription had no connection, by the wall clock.
  struct Outage: Hashable, Sendable {
    let subscription: StreamSubscription
    let from, to: Timestamp
  }

  private let sending: [RateRule]
  private var connecting: RateBudget?
  private let connectRules: [RateRule]
  private var links: [String: StreamLink] = [:]
  private var names: [Int: String] = [:]
  private var lastID = 0
  private var actions: [Action] = []
  private(set) var outages: [Outage] = []

  init(venue: Venue) {
    sending = VenueLimits.sending(venue)
    connectRules = VenueLimits.connecting(venue)
  }

  /// Takes what is to be done out.
  mutating func takeActions() -> [Action] {
    defer { actions = [] }
    return actions
  }

  /// Takes out what was missed.
  mutating func takeOutages() -> [Outage] {
    defer { outages = [] }
    return outages
  }

  /// What is wanted from now on.
  mutating func want(_ plans: [StreamPlan], at moment: FeedMoment) {
    let byName = Dictionary(plans.map { ($0.name, $0) }) { first, _ in first }
    for name in links.keys.sorted() where byName[name] == nil { drop(name) }
    for plan in plans where byName[plan.name] == plan {
      guard var link = links[plan.name] else {
        links[plan.name] = StreamLink(plan: plan, nextTry: moment.steady)
        continue
      }
      guard link.plan != plan else { continue }
      link.plan = plan
      link.lost = link.lost.filter { plan.subscriptions.contains($0.key) }
      if let active = link.active, active.path != plan.path { link.isTired = true }
      if link.active?.path == plan.path, link.active?.isOpen == true {
        link.active?.subscribe(plan.subscriptions, now: moment.steady)
      }
      if link.coming?.isOpen == true {
        link.coming?.subscribe(plan.subscriptions, now: moment.steady)
      }
      links[plan.name] = link
    }
  }

  private mutating func drop(_ name: String) {
    guard let link = links.removeValue(forKey: name) else { return }
    for line in [link.active, link.coming].compactMap({ $0 }) { close(line.id) }
  }

  private mutating func close(_ id: Int) {
    names[id] = nil
    actions.append(.close(id))
  }

  /// A connection stands.
  mutating func opened(_ id: Int, at moment: FeedMoment) {
    change(id) { line, link in
      line.opened(at: moment)
      line.subscribe(link.plan.subscriptions, now: moment.steady)
    }
  }

  /// Whether liquidations are asked for on a connection.
  func carriesLiquidations(_ id: Int) -> Bool {
    guard let name = names[id], let link = links[name] else { return false }
    return link.plan.subscriptions.contains { $0.channels.contains(.liquidation) }
  }

  /// Whether the connection took the place of none, so that deltas have nothing to build on.
  func isAlone(_ id: Int) -> Bool {
    guard let name = names[id], let link = links[name] else { return true }
    return link.coming?.id != id
  }

  /// A connection didn't open, or is over.
  ///
  /// - Parameter wait: how long the venue asked to be left alone.
  mutating func ended(
    _ id: Int, _ trouble: String, wait: Span? = nil, at moment: FeedMoment,
    using chance: inout FeedChance
  ) {
    guard let name = names.removeValue(forKey: id), var link = links[name] else { return }
    link.trouble = trouble
    let pause = link.backoff.failed(at: moment.steady, using: &chance)
    link.nextTry = max(link.nextTry, moment.steady + max(pause, wait ?? pause))
    if link.active?.id == id {
      link.lose()
    } else {
      link.coming = nil
    }
    links[name] = link
  }

  /// The venue announces that it will cut the connection.
  mutating func tire(_ id: Int) {
    guard let name = names[id] else { return }
    links[name]?.isTired = true
  }

  /// Anything came on a connection.
  mutating func heard(_ id: Int, at moment: FeedMoment) {
    change(id) { line, _ in line.hears(at: moment) }
  }

  /// Data came on a connection. True where that changes how its link stands.
  mutating func fed(
    _ id: Int, symbol: String?, channel: VenueChannel, at moment: FeedMoment
  ) -> Bool {
    var isNews = false
    change(id) { line, link in
      isNews = line.feeds(symbol: symbol, channel: channel, now: moment.steady)
      if isNews, line.isFlowing {
        link.backoff.succeeded(at: moment.steady)
        link.silences = 0
        link.trouble = nil
      }
    }
    return isNews
  }

  private mutating func change(_ id: Int, _ body: (inout StreamLine, inout StreamLink) -> Void) {
    guard let name = names[id], var link = links[name] else { return }
    // The lines are taken out of the link and the link out of the table: nothing is copied.
    links[name] = nil
    if var line = link.active, line.id == id {
      link.active = nil
      body(&line, &link)
      link.active = line
    } else if var line = link.coming, line.id == id {
      link.coming = nil
      body(&line, &link)
      link.coming = line
    }
    links[name] = link
  }

  /// Tries again at once, whatever the backoff says.
  mutating func hurry(at moment: FeedMoment) {
    for name in links.keys where links[name]?.active == nil {
      links[name]?.nextTry = moment.steady
      links[name]?.backoff = Backoff()
    }
  }

  /// Does what is due.
  mutating func advance(at moment: FeedMoment, using chance: inout FeedChance) {
    for name in links.keys.sorted() {
      guard var link = links[name] else { continue }
      checkSilence(&link, at: moment, using: &chance)
      takeOver(&link, at: moment)
      openLines(&link, name, at: moment)
      send(&link, at: moment)
      links[name] = link
    }
  }

  private mutating func checkSilence(
    _ link: inout StreamLink, at moment: FeedMoment, using chance: inout FeedChance
  ) {
    guard let line = link.active, let first = line.silent(now: moment.steady).first else { return }
    let channel = first.key.channels.first?.rawValue ?? "data"
    link.trouble = "no \(channel) in spite of a connection that stands"
    close(line.id)
    // A market that stands still must not keep the rest of its connection from flowing.
    let pause = link.backoff.failed(at: moment.steady, using: &chance)
    let patience = Span.seconds(15).times(1 << min(link.silences, 5))
    link.silences += 1
    let wait = link.silences > 1 && !line.fed.isEmpty ? max(pause, patience) : pause
    link.nextTry = max(link.nextTry, moment.steady + wait)
    // What else stands on the connection may be cut off since then, too.
    link.lose(since: moment.wall - (moment.steady - first.since))
  }

  /// Lets the next connection take the place of the old one, once it brings what it should.
  private mutating func takeOver(_ link: inout StreamLink, at moment: FeedMoment) {
    guard let coming = link.coming, let openedAt = coming.openedAt else { return }
    if !coming.silent(now: moment.steady).isEmpty {
      close(coming.id)
      link.coming = nil
      link.nextTry = max(link.nextTry, moment.steady + .minutes(1))
    } else if coming.isFlowing, moment.steady - openedAt >= .seconds(2) {
      if let active = link.active { close(active.id) }
      link.active = coming
      link.coming = nil
      link.isTired = false
    }
  }

  private mutating func openLines(_ link: inout StreamLink, _ name: String, at moment: FeedMoment) {
    let isTired =
      link.isTired || (link.active?.replaceAt).map { $0 <= moment.steady } ?? false
    guard link.nextTry <= moment.steady,
      link.active == nil || (link.active?.isOpen == true && isTired && link.coming == nil)
    else { return }
    var budget = connecting ?? RateBudget(rules: connectRules, now: moment.steady)
    let cost = [RateCost("connect")]
    let wait = budget.wait(for: cost, now: moment.steady)
    if wait.milliseconds > 0 {
      link.nextTry = moment.steady + wait
      return
    }
    budget.spend(cost, now: moment.steady)
    connecting = budget
    lastID += 1
    let line = StreamLine(id: lastID, plan: link.plan, sending: sending, at: moment)
    names[line.id] = name
    if link.active == nil {
      link.active = line
      link.isTired = false
    } else {
      link.coming = line
    }
    actions.append(.open(line.id, link.plan))
  }

  private mutating func send(_ link: inout StreamLink, at moment: FeedMoment) {
    if link.active?.isOpen == true, let texts = link.active?.sendable(now: moment.steady),
      let id = link.active?.id
    {
      actions += texts.map { .send(id, $0) }
    }
    if link.coming?.isOpen == true, let texts = link.coming?.sendable(now: moment.steady),
      let id = link.coming?.id
    {
      actions += texts.map { .send(id, $0) }
    }
    guard let line = link.active, line.isOpen else { return }
    for (subscription, from) in link.lost where line.subscribed.contains(subscription) {
      outages.append(Outage(subscription: subscription, from: from, to: moment.wall))
      link.lost[subscription] = nil
    }
  }

  /// When something is next to be done.
  func nextDue(now: Timestamp) -> Timestamp? {
    links.values.compactMap { $0.nextDue(now: now) }.min()
  }

  /// How what is subscribed for a symbol stands.
  struct Standing: Hashable, Sendable {
    /// Every subscription that can be expected to has brought data on a connection that stands.
    var isFlowing = true
    /// Some subscription has no connection, or none that answers.
    var isLost = false
    /// Why the last connection ended, while another hasn't brought data.
    var trouble: String?
    /// When anything was last heard, at the earliest of its connections.
    var heard: Timestamp?
  }

  func standing(of symbol: String) -> Standing {
    var standing = Standing()
    for name in links.keys.sorted() {
      guard let link = links[name] else { continue }
      let mine = link.plan.subscriptions.filter { $0.symbol == nil || $0.symbol == symbol }
      guard !mine.isEmpty else { continue }
      let expected = mine.filter { $0.patience != nil }
      let fed = link.active?.fed ?? []
      if link.active?.isOpen != true {
        standing.isLost = true
        standing.isFlowing = false
      } else if !expected.allSatisfy({ fed.contains($0) }) {
        standing.isFlowing = false
      }
      if let trouble = link.trouble { standing.trouble = standing.trouble ?? trouble }
      let heard = link.active.flatMap { $0.isOpen ? $0.heard : nil } ?? link.lost.values.min()
      if let heard { standing.heard = min(standing.heard ?? heard, heard) }
    }
    if links.isEmpty { standing.isFlowing = false }
    return standing
  }
}
