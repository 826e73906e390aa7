import Market

extension AccuracyEstimator {
  /// What knows nothing of positions, to tell what distance and path alone explain.
  public static var nulls: [AccuracyEstimator] {
    [flatMap, volumeProfile, constantRate, rateByReturn]
  }

  /// A flat map: as much at any distance. What it would liquidate is how far a side is pushed, so
  /// weighted by the chance of touch it stands for distance alone.
  private static var flatMap: AccuracyEstimator {
    AccuracyEstimator(name: "flat map", kind: .null) { market in
      AccuracyForecast(
        maps: market.moments.map { moment in
          let interest = market.intervals[max(moment.intervalCount - 1, 0)].openInterest
          let each = [Double](
            repeating: interest * moment.truth.mark / Double(DistanceBins.count),
            count: DistanceBins.count)
          return DistanceBins(mark: moment.truth.mark, long: each, short: each)
        },
        flow: market.flow { previous, interval in
          (
            max(previous.close - interval.low, 0) / previous.close,
            max(interval.high - previous.close, 0) / previous.close
          )
        })
    }
  }

  /// The volume of the last seven days, at the prices at which it was traded.
  private static var volumeProfile: AccuracyEstimator {
    AccuracyEstimator(name: "volume profile, 7 days", kind: .null) { market in
      AccuracyForecast(
        maps: market.moments.map { moment in
          var bins = DistanceBins(mark: moment.truth.mark)
          guard let end = market.time(of: moment) else { return bins }
          for interval in market.intervals[..<moment.intervalCount].reversed() {
            guard interval.openTime >= end - .days(7) else { break }
            let side: Side = interval.typicalPrice < moment.truth.mark ? .long : .short
            bins.add(
              interval.volume * interval.typicalPrice, side: side, price: interval.typicalPrice)
          }
          return bins
        })
    }
  }

  /// The same in every hour.
  private static var constantRate: AccuracyEstimator {
    AccuracyEstimator(name: "constant rate", kind: .null) { market in
      AccuracyForecast(maps: nil, flow: market.flow { _, _ in (1, 1) })
    }
  }

  /// In proportion to how far the price moved in the hour, either way.
  private static var rateByReturn: AccuracyEstimator {
    AccuracyEstimator(name: "rate x |return|", kind: .null) { market in
      var opens: [Int: Double] = [:]
      var closes: [Int: Double] = [:]
      for interval in market.intervals {
        guard let hour = market.scoredHour(interval.openTime) else { continue }
        if opens[hour] == nil { opens[hour] = interval.open }
        closes[hour] = interval.close
      }
      var flow = AccuracyForecast.Flow(hours: market.scoredHours)
      for (hour, open) in opens {
        let size = abs((closes[hour] ?? open) / open - 1)
        flow.long[hour] = size
        flow.short[hour] = size
      }
      return AccuracyForecast(maps: nil, flow: flow)
    }
  }
}

extension AccuracyMarket {
  /// A flow that is the sum over intervals of what each says, given the one before it.
  fileprivate func flow(
    _ each: (_ previous: MarketInterval, _ interval: MarketInterval) -> (Double, Double)
  ) -> AccuracyForecast.Flow {
    var flow = AccuracyForecast.Flow(hours: scoredHours)
    for (previous, interval) in zip(intervals, intervals.dropFirst()) {
      guard let hour = scoredHour(interval.openTime) else { continue }
      let (long, short) = each(previous, interval)
      flow.long[hour] += long
      flow.short[hour] += short
    }
    return flow
  }
}
