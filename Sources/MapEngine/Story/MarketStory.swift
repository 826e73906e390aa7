import Market

/// A market replayed bar by bar: the map is read at every close, and what becomes of its clusters,
/// of stop hunts and of every label is written down.
///
/// The replay is of the map of *all* standing positions, whatever timeframe a screen shows, so that
/// one story serves them all: a window of a week would need a book of its own for every hour. It
/// begins three days behind the first fact, when the stock that stood before has been worn in. A
/// story only ever goes on: facts that come later change nothing that was told, and a story that
/// is taken on bar by bar equals the one told at once.
///
/// The map of a close is drawn with the shares of the last midnight (UTC), learned from what was
/// published by then; what is learned later repaints nothing.
///
/// Cost: one bar is one map and its clusters, about a millisecond, and a day one fit of each venue
/// that publishes liquidations; ``advance(to:asOf:)`` does nothing between two closes of a bar.
public struct MarketStory: Sendable {
  /// How a market is replayed.
  public struct Settings: Hashable, Sendable {
    /// The length of a bar; facts in longer intervals keep theirs.
    public var span = Span.hours(1)
    /// How far from the price the replayed maps reach, in percent.
    public var reachPercent = 20.0
    /// In how many bins.
    public var bins = 400
    /// How long the books age before the story begins.
    public var warmUp = Span.days(3)
    /// How structure is read.
    public var structure = StructureSettings()

    /// The defaults.
    public init() {}
  }

  /// Of which instrument.
  public let instrument: Instrument
  /// Of which venues; nil for all.
  public let venues: Set<Venue>?
  /// How it is told.
  public let settings: Settings
  /// Facts that were over by that moment are left aside; nil for none.
  public let factsFrom: Timestamp?
  /// Maps before that moment aren't read; nil for all.
  public let since: Timestamp?
  /// The start of the first fact; nil before. A history that begins earlier has been filled in
  /// behind the story: tell it anew.
  public private(set) var first: Timestamp?
  /// The bars so far, of the venue with the largest open interest at the start.
  public private(set) var bars: [StoryBar] = []
  /// The first bar whose close was read on a map; `bars.count` where none was.
  public private(set) var start = 0
  /// How often each label came true.
  public private(set) var records: [LabelRecord] = []
  /// Sweeps, and what confirms them.
  private(set) var sweeps: [WitnessedSweep] = []
  private(set) var structure: MarketStructure
  private(set) var ledger = MagnetLedger()
  private(set) var waves = WaveTracker()
  private(set) var hunts: HuntTracker

  private var leader: Venue?
  private var books: [Venue: CalibratedBook] = [:]
  private var shares: [Venue: RunningShares] = [:]
  private var frame: MapFrame?
  private var reading: MapReading?
  private var range = RunningTrueRange()
  private var volatility = RunningVolatility()
  private var keeper = RecordKeeper()
  private var prices: [PriceBar] = []
  private(set) var touchReliability: [TouchReliability] = []

  /// Where the shares of the maps come from.
  public let learning: ShareLearning
  /// Margin rules that were read at a venue; the shipped ones serve where there is none.
  public let tables: [Venue: MaintenanceTable]

  /// A story of nothing yet.
  ///
  /// - Parameters:
  ///   - venues: whose facts are told; nil for all.
  ///   - factsFrom: facts that were over by that moment are left aside; nil for none.
  ///   - since: before that moment facts are taken but no map is read, which bounds the cost.
  ///   - learning: where the shares of the maps come from.
  ///   - tables: margin rules that were read at a venue.
  public init(
    instrument: Instrument, venues: Set<Venue>? = nil, settings: Settings = Settings(),
    factsFrom: Timestamp? = nil, since: Timestamp? = nil, learning: ShareLearning = .live,
    tables: [Venue: MaintenanceTable] = [:]
  ) {
    self.factsFrom = factsFrom
    self.learning = learning
    self.tables = tables
    self.instrument = instrument
    self.venues = venues
    self.settings = settings
    self.since = since
    structure = MarketStructure(settings: settings.structure)
    hunts = HuntTracker(returnBars: settings.structure.sweepReturnBars)
  }

  /// The end of the last bar told; nil before the first.
  public var end: Timestamp? { bars.last?.price.closeTime }

  /// Market structure on the story's bars.
  public var structureReading: StructureReading {
    StructureReading(
      span: bars.first?.price.span ?? settings.span, bars: prices, structure: structure,
      sweeps: sweeps)
  }

  /// Goes on with the bars that have closed since, as far as facts were known by `asOf`. Returns
  /// how many there were. Facts older than the story's first don't change it: tell it anew.
  @discardableResult
  public mutating func advance(to history: MarketHistory, asOf: Timestamp? = nil) -> Int {
    // Joining the facts costs more than the look at whether a bar can have closed.
    if let end, let last = history.last, min(last, asOf ?? last) < end + settings.span { return 0 }
    return advance(history.series(from: factsFrom, asOf: asOf, only: venues))
  }

  mutating func advance(_ series: [VenueSeries]) -> Int {
    guard
      let leading = leader.flatMap({ venue in series.first { $0.venue == venue } })
        ?? Self.leading(series)
    else { return 0 }
    leader = leading.venue
    first = first ?? series.compactMap { $0.intervals.first?.openTime }.min()
    let from = leading.intervals.partitioningIndex { interval in
      end.map { interval.openTime >= $0 } ?? true
    }
    let closed = PriceBar.bars(of: Array(leading.intervals[from...]), span: settings.span)
    guard !closed.isEmpty else { return 0 }
    for bar in closed { take(bar, series: series, leading: leading) }
    records = keeper.records(bars, span: bars[0].price.span, start: start)
    let trials = TouchTrials(of: leading.intervals)
    touchReliability = TouchHorizon.allCases.compactMap {
      TouchReliability(of: trials, horizon: $0, testing: .shipped)
    }
    return closed.count
  }

  /// The venue whose bars are told: of those that begin within a day of the earliest, the one with
  /// the largest open interest there. Both are known at the start, so that the choice is the same
  /// however far the facts reach.
  private static func leading(_ series: [VenueSeries]) -> VenueSeries? {
    guard let earliest = series.compactMap({ $0.intervals.first?.openTime }).min() else {
      return nil
    }
    func interest(_ series: VenueSeries) -> Double { series.intervals.first?.openInterest ?? 0 }
    return series.filter { $0.intervals.first.map { $0.openTime <= earliest + .days(1) } ?? false }
      .max { interest($0) < interest($1) }
  }

  private mutating func take(_ price: PriceBar, series: [VenueSeries], leading: VenueSeries) {
    let before = end
    func closed(_ intervals: [MarketInterval]) -> ArraySlice<MarketInterval> {
      let from = intervals.partitioningIndex { interval in
        before.map { interval.closeTime > $0 } ?? true
      }
      let to = intervals.partitioningIndex { $0.closeTime > price.closeTime }
      return intervals[from..<max(from, to)]
    }
    let bar = measured(
      price, leading: closed(leading.intervals), all: series.map { closed($0.intervals) })
    let index = bars.count
    if let frame {
      ledger.cross(bar, frame: frame)
      hunts.cross(bar, index: index, frame: frame, before: bars.last)
    }
    bars.append(bar)
    prices.append(price)
    for series in series { take(closed(series.intervals), of: series.venue) }
    let change = structure.append(price)
    sweeps += change.sweeps.map {
      WitnessedSweep($0, bars: prices, venues: series.map(\.intervals))
    }
    guard isRead(price) else {
      start = bars.count
      hunts.pass(bar, swings: change.swings, openTime: { prices[$0].openTime })
      return
    }
    for series in series {
      guard let book = books[series.venue] else { continue }
      shares[series.venue]?.advance(
        to: price.closeTime, book: book, published: series.published)
    }
    read(change, index: index)
  }

  /// Lets a venue's book take intervals that closed with a bar; it is made at the first of them.
  private mutating func take(_ intervals: ArraySlice<MarketInterval>, of venue: Venue) {
    guard let longest = intervals.map(\.span).max() else { return }
    var book: CalibratedBook
    if let held = books.removeValue(forKey: venue) {
      book = held
    } else {
      let table = tables[venue] ?? MaintenanceTable.table(venue: venue, instrument: instrument)
      book = CalibratedBook(
        book: PositionBook(venue: venue, table: table), intervalLength: longest)
      shares[venue] = RunningShares(learning, components: book.book.components)
    }
    // Maps before `since` are never read, so nothing needs to be known of their shares.
    let first = since.map { $0 - RunningShares.standardPace }
    book.append(intervals, learning: learning.period(from: first))
    books[venue] = book
  }

  /// Whether the map at a bar's close belongs to the story.
  private func isRead(_ bar: PriceBar) -> Bool {
    guard let first, bar.closeTime >= first + settings.warmUp else { return false }
    return since.map { bar.closeTime >= $0 } ?? true
  }

  private mutating func measured(
    _ price: PriceBar, leading: ArraySlice<MarketInterval>, all: [ArraySlice<MarketInterval>]
  ) -> StoryBar {
    range.append(high: price.high, low: price.low, close: price.close)
    volatility.append(price)
    let low = leading.map(\.crossLow).min() ?? price.low
    let high = leading.map(\.crossHigh).max() ?? price.high
    let printed = BySide(publishedWithin: all.joined())
    let interest = all.reduce(0) { $0 + ($1.last?.openInterest ?? 0) }
    return StoryBar(
      price: price, crossLow: low, crossHigh: high, volatility: volatility.perRootHour,
      atr: range.value,
      eaten: BySide { side in
        guard let frame else { return 0 }
        let at = frame.map.price
        return side == .long
          ? frame.usd(.long, from: low, to: at) : frame.usd(.short, from: at, to: high)
      }, printed: printed, openInterest: interest)
  }

  private mutating func read(_ change: MarketStructure.Change, index: Int) {
    let bar = bars[index]
    let parts = Venue.allCases.compactMap { venue -> MapRenderer.Part? in
      guard let book = books[venue]?.book, let fit = shares[venue]?.fit else { return nil }
      return MapRenderer.Part(book: book, fit: fit)
    }
    let renderer = MapRenderer(
      parts: parts,
      layers: [LeverageLayer(label: "all", minLeverage: 0, maxLeverage: .infinity)])
    let frame = MapFrame(renderer.map(rangePercent: settings.reachPercent, bins: settings.bins))
    let reading = MapReader(map: frame.map, atr: bar.atr).reading()
    let close = bar.price.closeTime
    ledger.observe(frame, reading: reading, at: close)
    waves.observe(
      bars, swept: ledger.magnets.filter { $0.sweptAt == close }, frame: frame, reading: reading,
      ledger: ledger)
    let undecided = hunts.told.indices.filter { hunts.told[$0].phase == .grabbed }
    hunts.observe(
      bar, index: index, swings: change.swings, openTime: { prices[$0].openTime }, frame: frame,
      reading: reading, ledger: ledger)
    let decided = undecided.filter { hunts.told[$0].phase != .grabbed }.map { hunts.told[$0] }
    ask(reading, before: self.reading, change: change, decided: decided, index: index)
    self.frame = frame
    self.reading = reading
  }
}

// MARK: - Trials

extension MarketStory {
  /// Puts the questions of every label at the close of a bar.
  private mutating func ask(
    _ reading: MapReading, before: MapReading?, change: MarketStructure.Change,
    decided: [StopHunt], index: Int
  ) {
    guard let atr = bars[index].atr, bars[index].volatility != nil else { return }
    let close = bars[index].price.close
    askOfBias(reading, index: index)
    if let magnet = reading.magnet {
      keeper.add(.magnet, bar: index, Self.reaching(magnet.price, from: close))
    }
    let near = [reading.nearestLong, reading.nearestShort].compactMap { $0 }
      .sorted { abs($0.nearEdge - close) < abs($1.nearEdge - close) }
    if let wall = near.first, abs(wall.nearEdge - close) <= TradePlan.wall * atr {
      keeper.add(.wall, bar: index, .range(wall.side == .short ? .bearish : .bullish))
    }
    if index > 0 { askOfTargets(before, index: index) }
    for hunt in decided where hunt.phase == .reversed {
      let reversal = hunt.kind.outwards.opposite
      keeper.add(.sweep, bar: index, .range(reversal))
      if hunt.isConfirmed { keeper.add(.sweepConfirmed, bar: index, .range(reversal)) }
    }
    for found in change.breaks { keeper.add(.trend, bar: index, .range(found.direction)) }
    for place in change.gaps where structure.gaps[place].knownAt == index {
      let edge = structure.gaps[place].farEdge
      keeper.add(.gap, bar: index, Self.reaching(edge, from: close))
    }
  }

  private mutating func askOfBias(_ reading: MapReading, index: Int) {
    let up = reading.nearestShort?.price
    let down = reading.nearestLong?.price
    switch reading.bias.label {
    case .squeezeUp:
      if up != nil { keeper.add(.squeezeUp, bar: index, .first(.bullish, up: up, down: down)) }
    case .flushDown:
      if down != nil { keeper.add(.flushDown, bar: index, .first(.bearish, up: up, down: down)) }
    case .pinned:
      if let up, let down { keeper.add(.pinned, bar: index, .between(low: down, high: up)) }
    case .balanced: break
    }
  }

  /// Take profits of the reading before a bar that the bar traded at.
  private mutating func askOfTargets(_ before: MapReading?, index: Int) {
    guard let before else { return }
    let last = bars[index - 1].price.close
    for cluster in [before.nearestLong, before.nearestShort].compactMap({ $0 }) {
      guard let level = TradePlan.takeProfit(before: cluster, price: last, atr: before.atr)
      else { continue }
      let bar = bars[index].price
      let isTraded = cluster.side == .short ? bar.high >= level : bar.low <= level
      guard isTraded else { continue }
      let back: MarketDirection = cluster.side == .short ? .bearish : .bullish
      keeper.add(.takeProfit, bar: index, .turn(back, level: level))
    }
  }

  private static func reaching(_ level: Double, from price: Double) -> LabelTrial.Question {
    level > price
      ? .first(.bullish, up: level, down: nil) : .first(.bearish, up: nil, down: level)
  }
}
