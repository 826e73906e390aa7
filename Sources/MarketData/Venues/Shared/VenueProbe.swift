import Market

/// Reaches venues once and reports what they answer.
public enum VenueProbe {
  /// Reaches one venue: reads its list, then what holds now of one instrument.
  ///
  /// - Parameters:
  ///   - settings: where the venue is.
  ///   - instrument: what is looked for; USDT is the usual quote currency and no demand.
  ///   - proxies: which proxy is used for what.
  ///   - trust: whose certificates are believed.
  ///   - clock: the time.
  public static func check(
    _ venue: Venue, settings: FeedSettings.VenueSettings, instrument: Instrument,
    proxies: ProxySettings = .none, trust: Trust = .system, clock: TransportClock = .system
  ) async -> VenueReport {
    var report = VenueReport(venue: venue)
    guard let adapter = VenueAdapters.adapter(of: venue) else {
      report.problems = ["\(venue.displayName) is simulated: there is nothing to reach"]
      return report
    }
    let transport = HTTPTransport(proxies: proxies, trust: trust, clock: clock)
    let client = VenueClient(adapter, at: settings.rest, transport: transport, clock: clock)
    await fill(&report, instrument, client)
    await transport.shutdown()
    return report
  }

  /// Reaches all venues that take part, at the same time; in the order in which they are known.
  public static func check(
    _ settings: FeedSettings, instrument: Instrument
  ) async -> [VenueReport] {
    await withTaskGroup(of: VenueReport.self) { group in
      for (venue, place) in settings.venues where place.isEnabled {
        group.addTask {
          await check(
            venue, settings: place, instrument: instrument, proxies: settings.proxies,
            trust: settings.trust, clock: settings.clock)
        }
      }
      var reports: [Venue: VenueReport] = [:]
      for await report in group { reports[report.venue] = report }
      return Venue.allCases.compactMap { reports[$0] }
    }
  }

  private static func fill(
    _ report: inout VenueReport, _ wanted: Instrument, _ client: VenueClient
  ) async {
    let adapter = client.adapter
    if let failure = await client.learnInstruments() { report.problems.append(failure.text) }
    report.latency = client.latency
    report.limits = inWords(adapter.limits)
    let catalog = client.catalog
    report.listed = catalog.listed.filter { $0.isPerpetual && $0.isTrading }.count
    guard !catalog.listed.isEmpty else { return }
    report.isReachable = true
    guard let found = catalog.perpetual(for: wanted) else {
      report.problems.append("\(adapter.venue.displayName) lists no perpetual of \(wanted.base)")
      return
    }
    report.instrument = found
    report.offers = offers(of: adapter, for: found)
    for request in adapter.current(of: found) {
      switch await client.fetch(request) {
      case .decoded(let message): report.take(message)
      case .failed(let failure): report.problems.append(failure.text)
      }
    }
    report.complete()
    report.latency = client.latency
  }

  /// What a venue's rules say that it publishes of an instrument.
  static func offers(of adapter: any VenueAdapter, for instrument: VenueInstrument) -> [String] {
    let streamed = adapter.streams(of: [instrument], candles: .minutes(1))
      .flatMap(\.subscriptions).flatMap(\.channels)
    let asked = adapter.current(of: instrument).map(\.channel)
    var offers: [String] = []
    if let depth = adapter.depth(of: .candles(.minutes(1))) {
      offers.append("minute candles" + (depth.span.map { " of \(inWords($0))" } ?? ""))
    }
    offers += ["open interest", "mark price", "funding"]
    if let depth = adapter.depth(of: .openInterest(.minutes(5))) {
      offers.append("past open interest" + (depth.span.map { " of \(inWords($0))" } ?? ""))
    }
    if asked.contains(.longShortRatio) { offers.append("long/short ratio") }
    if streamed.contains(.liquidation) { offers.append("liquidations as they happen") }
    if let depth = adapter.depth(of: .liquidations) {
      offers.append("past liquidations" + (depth.span.map { " of \(inWords($0))" } ?? ""))
    }
    if !adapter.maintenanceTiers(of: instrument).isEmpty { offers.append("maintenance tiers") }
    return offers
  }

  /// Allowances in words; those of single endpoints as one range for each window.
  static func inWords(_ rules: [RateRule]) -> [String] {
    let names = ["ip": "requests", "data": "statistics", "funding": "funding rates"]
    var words: [String] = []
    var endpoints: [Span: ClosedRange<Int>] = [:]
    for rule in rules {
      guard rule.bucket.hasPrefix("/") else {
        words.append(
          "\(rule.limit) \(names[rule.bucket] ?? rule.bucket) per \(inWords(rule.window))")
        continue
      }
      let known = endpoints[rule.window] ?? rule.limit...rule.limit
      endpoints[rule.window] =
        min(known.lowerBound, rule.limit)...max(known.upperBound, rule.limit)
    }
    for (window, range) in endpoints.sorted(by: { $0.key < $1.key }) {
      let count =
        range.lowerBound == range.upperBound
        ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      words.append("\(count) requests of one kind per \(inWords(window))")
    }
    return words
  }

  /// A length in its greatest whole unit: `5 minutes`, `minute`, `29.5 days`.
  private static func inWords(_ span: Span) -> String {
    let units: [(Double, String)] = [
      (86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1_000, "second"),
    ]
    let length = Double(span.milliseconds)
    let (unit, name) = units.first { length >= $0.0 } ?? (1_000, "second")
    let count = (length / unit * 10).rounded() / 10
    if count == 1 { return name }
    let number = count == count.rounded() ? "\(Int(count))" : "\(count)"
    return "\(number) \(name)s"
  }
}
