import Market

/// The ledger of magnets: which were born, grew, were touched, swept or faded, by following the
/// large clusters of a side over successive maps.
///
/// A magnet is narrow: of a cluster wider than four ATR, as low leverage leaves them, it is the two
/// ATR that hold the most dollars. A cluster that is new must be large (at least a fifth of the
/// dollars of its side's largest) at three closes in a row to become a magnet, and a magnet must
/// have lost three quarters of its peak at three closes in a row to fade, so that the ledger
/// doesn't flicker. Identity is overlap of price ranges: a cluster belongs to the magnet
/// whose birthplace shares most with it, so that one which wanders along with the price doesn't
/// take the magnet with it. Living magnets of a side don't overlap by more than a quarter: none is
/// born on top of another, and none grows over one. The edges are those of the largest cluster.
struct MagnetLedger: Sendable {
  /// Closes in a row before something is believed.
  private static let patience = 3
  /// What share of the range that two cover they must have in common to be the same.
  private static let sameness = 0.35
  /// What share of the narrower range two have in common that can't both be magnets.
  private static let crowded = 0.25
  /// How many times larger the largest may be.
  private static let largeness = 5.0
  /// The widest cluster that is a magnet whole, and what a wider one is cut down to, in ATR.
  private static let widest = 4.0
  private static let core = 2.0
  /// The share of its peak below which a magnet is small.
  private static let small = 0.25

  /// A large cluster that isn't believed yet.
  private struct Candidate {
    var cluster: Cluster
    let bornAt: Timestamp
    var seen: Int
  }

  /// All magnets, in the order of their births.
  private(set) var magnets: [Magnet] = []
  /// The places of those that live.
  private(set) var alive: [Int] = []
  private var candidates: [Candidate] = []

  /// Lets a closed bar eat. `frame` is the map before it.
  mutating func cross(_ bar: StoryBar, frame: MapFrame) {
    let close = bar.price.closeTime
    for place in alive {
      let magnet = magnets[place]
      let side = magnet.side
      guard let crossed = bar.crossed(side, from: frame.map.price) else { continue }
      guard crossed.lowerBound <= magnet.high, crossed.upperBound >= magnet.low else { continue }
      if magnet.touchedAt == nil {
        magnets[place].touchedAt = close
        magnets[place].state = .touched
      }
      let eaten = frame.usd(
        side, from: max(crossed.lowerBound, magnet.low),
        to: min(crossed.upperBound, magnet.high))
      magnets[place].eatenUSD += eaten
      if let printed = bar.printed[side] {
        let share = bar.eaten[side] > 0 ? eaten / bar.eaten[side] : 0
        magnets[place].printedUSD = (magnet.printedUSD ?? 0) + printed * share
      }
      let isThrough =
        side == .long ? crossed.lowerBound <= magnet.low : crossed.upperBound >= magnet.high
      if isThrough {
        magnets[place].sweptAt = close
        end(place, .swept, at: close)
      }
    }
    alive.removeAll { !magnets[$0].isAlive }
  }

  /// Takes the map after a closed bar and its reading.
  mutating func observe(_ frame: MapFrame, reading: MapReading, at close: Timestamp) {
    measure(frame, at: close)
    guard let atr = reading.atr else { return }
    for side in Side.allCases {
      let own = reading.magnets.filter { $0.side == side }.map { cluster in
        cluster.high - cluster.low <= Self.widest * atr
          ? cluster : core(of: cluster, width: Self.core * atr, frame: frame)
      }
      let largest = own.reduce(0) { max($0, $1.usd) }
      let large = own.filter { $0.usd >= largest / Self.largeness }
      follow(own, side: side, at: close)
      bear(large, side: side, at: close)
    }
  }

  /// What is left in each magnet, and which of them have faded.
  private mutating func measure(_ frame: MapFrame, at close: Timestamp) {
    for place in alive {
      let magnet = magnets[place]
      guard frame.holds(magnet.low), frame.holds(magnet.high) else { continue }
      let usd = frame.usd(magnet.side, from: magnet.low, to: magnet.high)
      magnets[place].usd = usd
      if usd > magnet.peakUSD {
        magnets[place].peakUSD = usd
        magnets[place].peakAt = close
      }
      guard usd < Self.small * magnet.peakUSD else {
        magnets[place].smallBars = 0
        continue
      }
      magnets[place].smallBars += 1
      guard magnets[place].smallBars >= Self.patience else { continue }
      if magnet.eatenUSD >= magnet.peakUSD / 2 {
        magnets[place].sweptAt = close
        end(place, .swept, at: close)
      } else {
        end(place, .faded, at: close)
      }
    }
    alive.removeAll { !magnets[$0].isAlive }
  }

  /// Lets magnets grow with the clusters that are theirs.
  private mutating func follow(_ clusters: [Cluster], side: Side, at close: Timestamp) {
    for cluster in clusters {
      guard let place = owner(of: cluster), cluster.usd > magnets[place].peakUSD,
        hasRoom(for: cluster, besides: place)
      else { continue }
      magnets[place].low = cluster.low
      magnets[place].high = cluster.high
      magnets[place].price = cluster.price
      magnets[place].peakUSD = cluster.usd
      magnets[place].peakAt = close
      magnets[place].usd = cluster.usd
    }
  }

  /// The part of a wide cluster that holds the most dollars over a width.
  private func core(of cluster: Cluster, width: Double, frame: MapFrame) -> Cluster {
    let grid = frame.map.grid
    let first = Int(grid.position(of: cluster.low).rounded(.up))
    var best = (low: cluster.low, usd: 0.0)
    for bin in stride(from: max(first, 0), to: grid.count, by: 1) {
      let low = grid.edge(bin)
      guard low + width <= cluster.high else { break }
      let usd = frame.usd(cluster.side, from: low, to: low + width)
      if usd > best.usd { best = (low, usd) }
    }
    guard best.usd > 0 else { return cluster }
    let price = best.low + width / 2
    return Cluster(
      side: cluster.side, price: price, low: best.low, high: best.low + width, usd: best.usd,
      density: best.usd / width, distancePercent: (price / frame.map.price - 1) * 100,
      distanceATR: nil, layers: [], venues: [])
  }

  /// Believes in large clusters that have stood for long enough.
  private mutating func bear(_ large: [Cluster], side: Side, at close: Timestamp) {
    var kept: [Candidate] = candidates.filter { $0.cluster.side != side }
    for cluster in large where owner(of: cluster) == nil && hasRoom(for: cluster) {
      let range = cluster.low...cluster.high
      let known = candidates.first {
        $0.cluster.side == side
          && ($0.cluster.low...$0.cluster.high).sharing(with: range) >= Self.sameness
      }
      let candidate = Candidate(
        cluster: cluster, bornAt: known?.bornAt ?? close, seen: (known?.seen ?? 0) + 1)
      guard candidate.seen >= Self.patience else {
        kept.append(candidate)
        continue
      }
      alive.append(magnets.count)
      magnets.append(
        Magnet(
          number: magnets.count + 1, cluster: cluster, bornAt: candidate.bornAt, knownAt: close))
    }
    candidates = kept
  }

  /// The living magnet that a cluster belongs to: the one whose birthplace it shares most.
  private func owner(of cluster: Cluster) -> Int? {
    let range = cluster.low...cluster.high
    var best: (place: Int, overlap: Double)?
    for place in alive where magnets[place].side == cluster.side {
      let overlap = magnets[place].birthplace.sharing(with: range)
      if overlap >= Self.sameness, overlap > best?.overlap ?? 0 { best = (place, overlap) }
    }
    return best?.place
  }

  /// Whether no other living magnet stands where a cluster stands.
  private func hasRoom(for cluster: Cluster, besides own: Int? = nil) -> Bool {
    let range = cluster.low...cluster.high
    return !alive.contains { place in
      let magnet = magnets[place]
      return place != own && magnet.side == cluster.side
        && (magnet.low...magnet.high).overlap(with: range) >= Self.crowded
    }
  }

  private mutating func end(_ place: Int, _ state: Magnet.State, at close: Timestamp) {
    magnets[place].state = state
    magnets[place].endedAt = close
    if state == .swept { magnets[place].usd = 0 }
  }
}
