import Market
import RealModule

/// Forecasts of real liquidations, strictly walk-forward: what every method says of each window of a
/// day, with shares and scales that were settled before the day began.
///
/// The engine's shares are fitted to the days before and frozen for the day. Methods that know no
/// scale get the one that fits the days before. Given is only the path of the price.
public struct WalkForward: Sendable {
  /// A method and what it said.
  struct Method: Sendable {
    let name: String
    let kind: AccuracyMethodKind
    /// Whether its own dollars stand, or are scaled to the days before.
    let keepsScale: Bool
    /// Coins by window: longs, then shorts.
    var said: [[Double]] = []
  }

  /// The day of each scored window, counted from the first scored one.
  private(set) var days: [Int] = []
  /// Coins published in each window: longs, then shorts.
  private(set) var seen: [[Double]] = []
  /// The methods, in the order of the table.
  private(set) var methods: [Method]
  /// Coins that count as one event.
  private(set) var unit = 1.0
  /// The first and the last moment that is scored.
  private(set) var span: Range<Timestamp>?

  /// Days that pass before the first one is scored.
  public static let trainingDays = 15

  /// What each method said of a window, before any scaling.
  private struct Window {
    let number: Int64
    let day: Int64
    var said: [[Double]]
    let seen: [Double]?
  }

  /// Forecasts of a venue's series. Nothing is scored where the series holds no published
  /// liquidations or too few days.
  public init(_ series: VenueSeries, instrument: Instrument) {
    methods = [
      Method(name: AccuracyTable.own, kind: .own, keepsScale: true),
      Method(name: AccuracyTable.ownPrior, kind: .own, keepsScale: true),
      Method(name: AccuracyTable.ownPrior + ", scaled", kind: .own, keepsScale: false),
      Method(name: "Lodestone, way x volume alone", kind: .own, keepsScale: false),
    ]
    let fixes: [Set<PeerMethod.Repair>] = [[.smear, .rescale], []]
    let peers = PeerMethod.allCases.filter(\.removesCrossed).flatMap { method in
      fixes.map { (method, $0) }
    }
    for (method, repairs) in peers {
      let estimator = AccuracyEstimator.peer(method, repairs: repairs)
      methods.append(Method(name: estimator.name, kind: estimator.kind, keepsScale: false))
    }
    let nulls = ["constant rate", "rate x |return|", "flat map", "volume profile, 7 days"]
    methods += nulls.map { Method(name: $0, kind: .null, keepsScale: false) }

    let table = MaintenanceTable.table(venue: series.venue, instrument: instrument)
    var book = CalibratedBook(
      book: PositionBook(venue: series.venue, table: table), intervalLength: series.longest)
    var printed = PrintedLiquidations(
      length: book.windowLength, isThrottled: series.venue.throttlesLiquidations)
    printed.append(series.published)
    guard let unit = printed.unit else { return }
    self.unit = unit
    let peerFlow = Self.peerFlow(peers, series: series, window: book)
    let prior = ShareFit(prior: book.book.components)
    var known = PrintedLiquidations(
      length: book.windowLength, isThrottled: series.venue.throttlesLiquidations)
    var told = 0
    var fit = prior
    var day: Int64?
    var windows: [Window] = []
    var profile = VolumeProfile()
    var rest = series.intervals[...]
    while let first = rest.first {
      let number = book.number(first.openTime)
      let today = first.openTime.milliseconds / 86_400_000
      if day != today {
        day = today
        let start = Timestamp(milliseconds: today * 86_400_000)
        let news = series.published[told...].prefix { $0.time < start }
        known.append(news)
        told = news.endIndex
        fit = book.fit(known, asOf: start)
      }
      let window = rest.prefix { book.number($0.openTime) == number }
      let before = book.flow
      book.append(window)
      let flow = zip(book.flow, before).map { max($0 - $1, 0) }
      func own(_ fit: ShareFit) -> [Double] {
        Side.allCases.map { fit.expected($0, flow: flow, span: book.windowLength) }
      }
      let previous = window.startIndex > 0 ? series.intervals[window.startIndex - 1] : first
      windows.append(
        Window(
          number: number, day: today,
          said: [own(fit), own(prior), own(prior), Array(flow.suffix(2))]
            + peerFlow.map { $0[number] ?? [0, 0] }
            + Self.nulls(window, after: previous, profile: &profile),
          seen: printed.seen(number).map { [$0.long, $0.short] }))
      rest = rest[window.endIndex...]
    }
    score(windows, length: book.windowLength)
  }

  /// Keeps the windows that are scored, each method at the scale of the days before.
  private mutating func score(_ windows: [Window], length: Span) {
    guard let first = windows.first?.day else { return }
    var sums = [Double](repeating: 0, count: methods.count)
    var total = 0.0
    var day: Int64?
    var scales = [Double](repeating: 1, count: methods.count)
    for window in windows {
      guard let seen = window.seen else { continue }
      if day != window.day {
        day = window.day
        for (index, method) in methods.enumerated() {
          scales[index] = method.keepsScale || sums[index] <= 0 ? 1 : total / sums[index]
        }
      }
      if window.day >= first + Int64(Self.trainingDays), total > 0 {
        days.append(Int(window.day - first) - Self.trainingDays)
        self.seen.append(seen)
        let start = Timestamp(milliseconds: window.number * length.milliseconds)
        span = (span?.lowerBound ?? start)..<(start + length)
        for index in methods.indices {
          methods[index].said.append(window.said[index].map { $0 * scales[index] })
        }
      }
      total += seen.reduce(0, +)
      for index in methods.indices { sums[index] += window.said[index].reduce(0, +) }
    }
  }

  /// What each peer's method crossed, by window.
  private static func peerFlow(
    _ peers: [(PeerMethod, Set<PeerMethod.Repair>)], series: VenueSeries, window: CalibratedBook
  ) -> [[Int64: [Double]]] {
    peers.map { method, repairs in
      var flow: [Int64: [Double]] = [:]
      method.forEachCrossing(in: series.intervals[...], repairs: repairs) { interval, long, short in
        let number = window.number(interval.openTime)
        let held = flow[number] ?? [0, 0]
        flow[number] = [held[0] + long, held[1] + short]
      }
      return flow
    }
  }

  /// What knows nothing of positions, in the order of the methods.
  private static func nulls(
    _ window: ArraySlice<MarketInterval>, after previous: MarketInterval,
    profile: inout VolumeProfile
  ) -> [[Double]] {
    var flat = [0.0, 0]
    var traded = [0.0, 0]
    var last = previous.close
    for interval in window {
      flat[0] += max(last - interval.crossLow, 0) / last
      flat[1] += max(interval.crossHigh - last, 0) / last
      traded[0] += profile.volume(from: interval.low, to: last)
      traded[1] += profile.volume(from: last, to: interval.high)
      profile.add(interval)
      last = interval.close
    }
    let size = abs((window.last?.close ?? last) / (window.first?.open ?? last) - 1)
    return [[1, 1], [size, size], flat, traded]
  }
}

/// The volume of the last seven days by price, in bins of a quarter of a percent.
private struct VolumeProfile {
  private static let width = 0.0025
  private var entries: [(time: Timestamp, bin: Int, volume: Double)] = []
  private var first = 0
  private var bins: [Int: Double] = [:]

  mutating func add(_ interval: MarketInterval) {
    let bin = Self.bin(interval.typicalPrice)
    entries.append((interval.closeTime, bin, interval.volume))
    bins[bin, default: 0] += interval.volume
    while first < entries.count, entries[first].time <= interval.closeTime - .days(7) {
      bins[entries[first].bin, default: 0] -= entries[first].volume
      first += 1
    }
    if first > 10_000 {
      entries.removeFirst(first)
      first = 0
    }
  }

  /// The volume that was traded between two prices.
  func volume(from low: Double, to high: Double) -> Double {
    guard high > low else { return 0 }
    let start = Double.log(low) / Self.width
    let end = Double.log(high) / Self.width
    var sum = 0.0
    for bin in Int(start.rounded(.down))...Int(end.rounded(.down)) {
      let part = min(end, Double(bin + 1)) - max(start, Double(bin))
      sum += max(bins[bin] ?? 0, 0) * part
    }
    return sum
  }

  private static func bin(_ price: Double) -> Int {
    Int((Double.log(price) / width).rounded(.down))
  }
}
