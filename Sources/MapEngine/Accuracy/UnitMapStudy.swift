import Market
import RealModule

/// The engine's unit maps of one market, run once: what stands by component at each moment, what
/// crossed by component in each hour, and the shares that were known when.
struct UnitMapStudy {
  private let market: AccuracyMarket
  private let components: [LeverageComponent]
  /// US dollars of component `c` at each moment, were its share 1, at `moment * components + c`.
  private var stocks: [DistanceBins] = []
  /// What crossed in each scored hour, as `CalibratedBook.flow` has it.
  private var crossed: [[Double]]
  /// The shares known at each moment.
  private(set) var fits: [ShareFit] = []

  /// Runs the engine over a market.
  init(_ market: AccuracyMarket, venue: Venue, instrument: Instrument) {
    self.market = market
    let table = MaintenanceTable.table(venue: venue, instrument: instrument)
    let book = PositionBook(venue: venue, table: table)
    components = book.components
    crossed = [[Double]](
      repeating: [Double](repeating: 0, count: 2 * book.components.count + 2),
      count: market.scoredHours)
    var calibrated = CalibratedBook(
      book: book, intervalLength: market.intervals.map(\.span).max() ?? .minutes(1))
    var printed = PrintedLiquidations(
      length: calibrated.windowLength, isThrottled: venue.throttlesLiquidations)
    var taken = 0
    var told = 0
    for moment in market.moments {
      take(upTo: moment.intervalCount, from: &taken, into: &calibrated)
      let time = market.time(of: moment) ?? Timestamp(milliseconds: 0)
      // Whole minutes only: the seconds of a minute are counted together.
      let minute = time.milliseconds - time.milliseconds % 60_000
      let news = market.published[told...].prefix { $0.time.milliseconds < minute }
      printed.append(news.map(PublishedSize.init))
      told = news.endIndex
      fits.append(calibrated.fit(printed, asOf: time))
      addStock(of: calibrated.book, mark: moment.truth.mark)
    }
    take(upTo: market.intervals.count, from: &taken, into: &calibrated)
  }

  /// Takes intervals, the scored ones an hour at a time.
  private mutating func take(
    upTo end: Int, from taken: inout Int, into book: inout CalibratedBook
  ) {
    while taken < end {
      let hour = market.scoredHour(market.intervals[taken].openTime)
      let next = market.intervals[taken..<end].prefix {
        market.scoredHour($0.openTime) == hour
      }
      let before = book.flow
      book.append(next)
      if let hour {
        let after = book.flow
        for index in after.indices { crossed[hour][index] += after[index] - before[index] }
      }
      taken = next.endIndex
    }
  }

  private mutating func addStock(of book: PositionBook, mark: Double) {
    for component in components.indices {
      var bins = DistanceBins(mark: mark)
      for side in Side.allCases {
        let (first, coins) = book.levels(side, component: component)
        for (index, amount) in coins.enumerated() where amount > 0 {
          let low = Double.exp(Double(first + index) * book.binWidth)
          let high = low * Double.exp(book.binWidth)
          bins.spread(amount * (low + high) / 2, side: side, low: low, high: high)
        }
      }
      stocks.append(bins)
    }
  }

  /// The forecast with the prior's shares at all times.
  func prior() -> AccuracyForecast {
    let fit = ShareFit(prior: components)
    return forecast(fits.map { _ in fit })
  }

  /// The forecast with the shares known at each moment; an hour is forecast with those of the last
  /// moment before it.
  func calibrated() -> AccuracyForecast { forecast(fits) }

  private func forecast(_ fits: [ShareFit]) -> AccuracyForecast {
    AccuracyForecast(
      maps: fits.indices.map { map(at: $0, shares: fits[$0].shares) },
      bands: fits.indices.map { bands(at: $0, fit: fits[$0]) },
      flow: flow { fits[$0] })
  }

  private func map(at moment: Int, shares: Shares) -> DistanceBins {
    var long = [Double](repeating: 0, count: DistanceBins.count)
    var short = long
    for component in components.indices {
      let stock = stocks[moment * components.count + component]
      for bin in 0..<DistanceBins.count {
        long[bin] += shares.long[component] * stock.long[bin]
        short[bin] += shares.short[component] * stock.short[bin]
      }
    }
    return DistanceBins(mark: market.moments[moment].truth.mark, long: long, short: short)
  }

  private func flow(_ fit: (_ moment: Int) -> ShareFit) -> AccuracyForecast.Flow {
    var flow = AccuracyForecast.Flow(hours: market.scoredHours)
    var moment = 0
    for hour in crossed.indices {
      let start = (market.scoredFrom ?? Timestamp(milliseconds: 0)) + .hours(Int64(hour))
      while moment + 1 < market.moments.count,
        let time = market.time(of: market.moments[moment + 1]), time <= start
      {
        moment += 1
      }
      let fit = fit(moment)
      flow.long[hour] = fit.expected(.long, flow: crossed[hour], span: .hours(1))
      flow.short[hour] = fit.expected(.short, flow: crossed[hour], span: .hours(1))
    }
    return flow
  }

  private func bands(at moment: Int, fit: ShareFit) -> AccuracyForecast.Bands {
    let mark = market.moments[moment].truth.mark
    let interest = market.intervals[max(market.moments[moment].intervalCount - 1, 0)].openInterest
    let lump = (fit.lump ?? interest / MapBands.coarseness) * mark
    let lower = fit.covariance.cholesky() ?? []
    let map = map(at: moment, shares: fit.shares)
    var low: [Side: [Double]] = [:]
    var high: [Side: [Double]] = [:]
    var totals: [(side: Side, bins: Int, band: ClosedRange<Double>)] = []
    for side in Side.allCases {
      for bins in [20, DistanceBins.count] {
        var dollars: [Double] = []
        for component in components.indices {
          let share = fit.shares[side][component]
          let stock = stocks[moment * components.count + component][side]
          dollars += stock.prefix(bins).map { $0 * share }
        }
        let doubt = MapBands.variances(dollars, bins: bins, lower: lower, lump: lump)
        totals.append(
          (side, bins, MapBands.total(mean: map.total(side, bins: bins), variance: doubt.total)))
        guard bins == DistanceBins.count else { continue }
        let bands = zip(map[side], doubt.bins).map { MapBands.bin(mean: $0, variance: $1) }
        low[side] = bands.map(\.lowerBound)
        high[side] = bands.map(\.upperBound)
      }
    }
    func bins(_ bounds: [Side: [Double]]) -> DistanceBins {
      DistanceBins(mark: mark, long: bounds[.long] ?? [], short: bounds[.short] ?? [])
    }
    return AccuracyForecast.Bands(low: bins(low), high: bins(high), totals: totals)
  }

  // MARK: - The ceiling

  /// The best that these components can do: one set of shares fitted to the true positions of all
  /// moments, which nobody outside can know.
  func ceiling() -> AccuracyForecast {
    let shares = Shares(unscaled: bestShares())
    return AccuracyForecast(
      maps: market.moments.indices.map { map(at: $0, shares: shares) })
  }

  /// Shares of the least Poisson deviance from the truth, by multiplicative updates (Richardson
  /// 1972, Lucy 1974): they stay above zero and always improve.
  private func bestShares() -> [Double] {
    let count = components.count
    let bins = DistanceBins.count
    var shares = Shares.prior(components, .realisable).long
    var reach = [Double](repeating: 0, count: count)
    for (index, stock) in stocks.enumerated() {
      reach[index % count] += stock.total(.long) + stock.total(.short)
    }
    for _ in 0..<300 {
      var pull = [Double](repeating: 0, count: count)
      for (moment, known) in market.moments.enumerated() {
        let map = map(at: moment, shares: Shares(unscaled: shares))
        for side in Side.allCases {
          let ratio = (0..<bins).map { bin in
            map[side][bin] > 0 ? known.truth[side][bin] / map[side][bin] : 0
          }
          for component in 0..<count {
            let stock = stocks[moment * count + component][side]
            for bin in 0..<bins { pull[component] += stock[bin] * ratio[bin] }
          }
        }
      }
      for component in 0..<count where reach[component] > 0 {
        shares[component] *= pull[component] / reach[component]
      }
    }
    return shares
  }
}

extension PublishedSize {
  /// A single liquidation.
  init(_ liquidation: Liquidation) {
    let isLong = liquidation.side == .long
    time = liquidation.time
    long = isLong ? liquidation.quantity : 0
    short = isLong ? 0 : liquidation.quantity
    span = nil
  }
}

extension AccuracyMarket {
  /// The scores of the engine on a venue's rules: with the prior's shares, with those fitted to
  /// what was published by each moment, and the ceiling of its family. It counts everything that
  /// stands, as timeframe `all` does.
  public func ownSamples(venue: Venue, instrument: Instrument) -> [AccuracySample] {
    let study = UnitMapStudy(self, venue: venue, instrument: instrument)
    return samples(of: study.calibrated(), name: AccuracyTable.own, kind: .own)
      + samples(of: study.prior(), name: AccuracyTable.ownPrior, kind: .own)
      + samples(of: study.ceiling(), name: AccuracyTable.ceiling, kind: .ceiling)
  }
}
