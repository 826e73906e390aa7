/// Writes down a coin's tape in one listing's own units.
struct SeriesBuilder: Sendable {
  let listing: Listing
  let noise: Noise
  let first, start: Int64
  private(set) var minutes: [SeriesRow] = []
  private(set) var hours: [SeriesRow] = []
  private(set) var interest: [Int64] = []
  private(set) var pastInterest: [Int64] = []
  private(set) var marks: [Double] = []
  private(set) var index: [Double] = []
  private(set) var liquidations: [SeriesLiquidation] = []
  private(set) var funding: [Double] = []
  /// Coins of a minute that nobody saw trade: they come with the next.
  private var carried = (volume: 0.0, buy: 0.0)
  private var liquidationCount = 0

  var end: Int64 { start + Int64(minutes.count) }

  init(listing: Listing, seed: UInt64, tape: CoinTape, past: PastHours) {
    self.listing = listing
    noise = Noise(seed: seed, name: "\(listing.venue.rawValue) \(listing.symbol)")
    start = tape.start
    let wanted = min(listing.listedDays * 24, past.hours.count)
    first = tape.start - Int64(wanted) * 60
    let side = tape.sides[listing.side]
    let day = side.minutes.prefix(1_440)
    let hourVolume = day.reduce(0) { $0 + $1.volume } / Double(max(day.count, 1)) * 60
    let price = side.minutes.first?.open ?? side.mark[0]
    hours.reserveCapacity(wanted + side.minutes.count / 60)
    pastInterest.reserveCapacity(wanted + 1)
    for hour in past.hours.suffix(wanted) {
      let row = TapeMinute(
        open: hour.open * price, high: hour.high * price, low: hour.low * price,
        close: hour.close * price, volume: hour.volume * hourVolume,
        buy: hour.volume * hourVolume * hour.buyShare)
      hours.append(self.row(row))
      pastInterest.append(interest(side.openInterest[0] * hour.openInterest, row.open))
    }
    append(tape)
    pastInterest.append(interest[0])
  }

  /// Adds what the tape holds beyond the end.
  mutating func append(_ tape: CoinTape) {
    let side = tape.sides[listing.side]
    for place in minutes.count..<side.minutes.count {
      minutes.append(minute(side.minutes[place], at: start + Int64(place)))
    }
    for place in interest.count..<side.openInterest.count {
      let mark = side.mark[place] * listing.factor * listing.offset
      interest.append(interest(side.openInterest[place], side.mark[place]))
      marks.append(mark)
      index.append(tape.index[place] * listing.factor)
    }
    appendHours()
    for event in side.liquidations[liquidationCount...] {
      let price = listing.price(of: event.price)
      let size = listing.size(ofCoins: event.coins, price: listing.price.value(price))
      let units = listing.size.units(size)
      guard units > 0 else { continue }
      liquidations.append(
        SeriesLiquidation(time: event.time, isLong: event.isLong, price: price, size: units))
    }
    liquidationCount = side.liquidations.count
    funding = side.funding
  }

  private mutating func appendHours() {
    var hour = first / 60 + Int64(hours.count)
    while (hour + 1) * 60 <= end {
      let from = Int(hour * 60 - start)
      var whole: SeriesRow?
      for row in minutes[from..<(from + 60)] where row.volume > 0 || !listing.isQuiet {
        if whole == nil { whole = row } else { whole?.append(row) }
      }
      hours.append(whole ?? minutes[from])
      hour += 1
    }
  }

  private mutating func minute(_ minute: TapeMinute, at place: Int64) -> SeriesRow {
    var minute = minute
    minute.volume += carried.volume
    minute.buy += carried.buy
    carried = (0, 0)
    if listing.isQuiet, noise.below(29, place, 41) == 0, let before = minutes.last {
      carried = (minute.volume, minute.buy)
      let price = before.close
      return SeriesRow(
        open: price, high: price, low: price, close: price, volume: 0, buy: 0, turnover: 0)
    }
    return row(minute)
  }

  private func row(_ row: TapeMinute) -> SeriesRow {
    let open = listing.price(of: row.open)
    let high = listing.price(of: row.high)
    let low = listing.price(of: row.low)
    let close = listing.price(of: row.close)
    let typical = listing.price.value((open + high + low + close) / 4)
    let volume = listing.size.units(listing.size(ofCoins: row.volume, price: typical))
    let buy = listing.size.units(listing.size(ofCoins: row.buy, price: typical))
    let coins = listing.coins(ofSize: volume, price: typical)
    let turnover = listing.kind == .linear ? coins * typical * 10_000 : coins * 100_000_000
    return SeriesRow(
      open: open, high: high, low: low, close: close, volume: volume, buy: min(buy, volume),
      turnover: Int64(turnover.rounded()))
  }

  private func interest(_ coins: Double, _ price: Double) -> Int64 {
    let quoted = price * listing.factor * listing.offset
    return listing.size.units(listing.size(ofCoins: coins, price: quoted))
  }
}
