import Market

/// What the unit maps of one venue say would have been liquidated, window by window, for a fit to
/// compare with what was published.
struct LiquidationEvidence: Hashable, Sendable {
  /// One window's flow.
  struct Window: Hashable, Sendable {
    /// The window's number since 1970.
    let number: Int64
    /// Coins that crossed, at `component` for longs and `components + component` for shorts, had
    /// each component carried the whole open interest; then the way x volume of either side.
    var flow: [Double]
    /// Milliseconds of the window that intervals cover.
    var covered: Int64
  }

  /// The windows, oldest first.
  private(set) var windows: [Window] = []

  /// The longest past that is learned from, in days.
  static let memory = Span.days(45)

  /// Whether the newest window is that one.
  func isNewest(_ number: Int64) -> Bool { windows.last?.number == number }

  /// Tells what has crossed so far in a window, and that more milliseconds of it are covered.
  mutating func update(number: Int64, covered: Int64, flow: [Double], memory: Int) {
    if let last = windows.indices.last, isNewest(number) {
      windows[last].covered += covered
      windows[last].flow = flow
      return
    }
    windows.append(Window(number: number, flow: flow, covered: covered))
    // Twice the memory before anything moves, so that a window costs a constant time.
    if windows.count > 2 * memory { windows.removeFirst(windows.count - memory) }
  }
}

/// A position book that remembers what crossed in each window, so that its shares can be fitted to
/// published liquidations.
///
/// Shares of a moment follow from the facts known by then and from nothing else. So each interval
/// can be drawn with the shares known at its close, and what is learned later repaints none of it.
public struct CalibratedBook: Hashable, Sendable {
  /// The standing positions.
  public private(set) var book: PositionBook
  /// The length of the windows.
  public let windowLength: Span
  private var evidence = LiquidationEvidence()
  /// What had crossed before the newest window began, as `flow` has it.
  private var flowBefore: [Double]
  /// Sum over intervals of how far a side was pushed, as a fraction, times the coins traded:
  /// longs, then shorts. What opens and is liquidated within one interval goes with it.
  private var wayVolume = [0.0, 0]
  private let prior: SharePrior

  /// A book that is still empty. `intervalLength` is the length of the intervals that will come: a
  /// window holds at least one.
  public init(book: PositionBook, intervalLength: Span) {
    self.book = book
    let standard = PrintedLiquidations.standardLength
    let times = (intervalLength.milliseconds + standard.milliseconds - 1) / standard.milliseconds
    windowLength = Span(milliseconds: max(times, 1) * standard.milliseconds)
    flowBefore = [Double](repeating: 0, count: 2 * book.components.count + 2)
    prior = SharePrior(book.components)
  }

  /// Takes intervals in order of time, remembering what crosses in those that open within
  /// `learning`. The result is the same to the last bit whatever the batches.
  public mutating func append(
    _ intervals: ArraySlice<MarketInterval>, learning: Range<Timestamp>? = nil
  ) {
    var rest = intervals
    while let first = rest.first {
      guard learning?.contains(first.openTime) ?? true else {
        let isBefore = learning.map { first.openTime < $0.lowerBound } ?? false
        let unlearned = rest.prefix { interval in
          !isBefore || learning.map { interval.openTime < $0.lowerBound } ?? false
        }
        take(unlearned)
        rest = rest[unlearned.endIndex...]
        continue
      }
      let number = number(first.openTime)
      let window = rest.prefix { interval in
        self.number(interval.openTime) == number
          && learning?.contains(interval.openTime) ?? true
      }
      if !evidence.isNewest(number) { flowBefore = flow }
      take(window)
      evidence.update(
        number: number, covered: window.reduce(0) { $0 + $1.span.milliseconds },
        flow: zip(flow, flowBefore).map { max($0 - $1, 0) },
        memory: Int(LiquidationEvidence.memory.milliseconds / windowLength.milliseconds))
      rest = rest[window.endIndex...]
    }
  }

  /// Everything that crossed since the beginning: longs by component, shorts by component, then the
  /// way x volume of either side.
  var flow: [Double] { book.crossed + wayVolume }

  private mutating func take(_ intervals: ArraySlice<MarketInterval>) {
    var last = book.last?.mark
    for interval in intervals {
      let start = last ?? interval.open
      wayVolume[0] += max(start - interval.crossLow, 0) / start * interval.volume
      wayVolume[1] += max(interval.crossHigh - start, 0) / start * interval.volume
      last = interval.mark
    }
    book.append(intervals)
  }

  /// From now on what opens is told apart from what stands, as `PositionBook` does.
  public mutating func beginWindow(at next: MarketInterval?) {
    book.beginWindow(at: next)
  }

  /// The shares that follow from what was published by `moment`, and from nothing later.
  ///
  /// - Parameters:
  ///   - printed: what the venue published by then, in windows of `windowLength`; nil for nothing.
  ///   - moment: only windows that had closed by then are learned from.
  public func fit(_ printed: PrintedLiquidations?, asOf moment: Timestamp) -> ShareFit {
    fit(printed, asOf: moment, from: nil)
  }

  /// The same for a running market, which goes on from its former fit.
  func fit(
    _ printed: PrintedLiquidations?, asOf moment: Timestamp, from former: ShareFit?
  ) -> ShareFit {
    guard let printed, let unit = printed.unit, printed.length == windowLength else {
      return ShareFit(uncalibrated: book.components, prior: prior)
    }
    let end = number(moment)
    let first = end - LiquidationEvidence.memory.milliseconds / windowLength.milliseconds
    var observations = ShareObservations(
      components: book.components.count, unit: unit, windowLength: windowLength)
    for window in evidence.windows where (first..<end).contains(window.number) {
      guard window.covered >= windowLength.milliseconds,
        let seen = printed.seen(window.number)
      else { continue }
      observations.add(flow: window.flow, long: seen.long, short: seen.short)
    }
    return ShareFit(
      observations, components: book.components, prior: prior, printed: printed,
      asOf: Timestamp(milliseconds: end * windowLength.milliseconds), from: former)
  }

  /// The number of the window that a moment lies in.
  func number(_ time: Timestamp) -> Int64 {
    PrintedLiquidations(length: windowLength, isThrottled: false).number(time)
  }
}
