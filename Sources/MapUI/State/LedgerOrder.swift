import MapEngine

/// The orders of magnets that a key walks through.
enum MagnetOrder: String, CaseIterable, Hashable, Sendable {
  case newest = "newest first"
  case largest = "most dollars now"
  case peak = "largest peak"
  case nearest = "nearest the price"

  /// The magnets in that order. Those that live come before those that have ended; what is equal
  /// stays in the order of births, newest first.
  func sorted(_ magnets: [Magnet], price: Double) -> [Magnet] {
    magnets.sorted { one, other in
      if one.isAlive != other.isAlive { return one.isAlive }
      let (first, second) = (key(one, price), key(other, price))
      return first == second ? one.number > other.number : first > second
    }
  }

  /// What is sorted by, the largest first.
  private func key(_ magnet: Magnet, _ price: Double) -> Double {
    switch self {
    case .newest: Double(magnet.number)
    case .largest: magnet.usd
    case .peak: magnet.peakUSD
    case .nearest: -abs(magnet.price - price)
    }
  }
}

/// The orders of stop hunts that a key walks through.
enum HuntOrder: String, CaseIterable, Hashable, Sendable {
  case newest = "newest first"
  case largest = "largest pool"
  case nearest = "nearest the price"

  /// The hunts in that order. Those that still build come before those that are told; what is equal
  /// stays as it was, newest first.
  func sorted(_ hunts: [StopHunt], price: Double) -> [StopHunt] {
    hunts.enumerated().sorted { one, other in
      let (first, second) = (one.element, other.element)
      let isBuilding = first.phase == .building
      if isBuilding != (second.phase == .building) { return isBuilding }
      let (left, right) = (key(first, price), key(second, price))
      return left == right ? one.offset > other.offset : left > right
    }.map(\.element)
  }

  private func key(_ hunt: StopHunt, _ price: Double) -> Double {
    switch self {
    case .newest: Double((hunt.grabbedAt ?? hunt.since).milliseconds)
    case .largest: hunt.pool.usd
    case .nearest: -abs(hunt.level - price)
    }
  }
}

extension CaseIterable where Self: Equatable {
  /// The next one, around the end.
  var next: Self {
    let all = Array(Self.allCases)
    guard let index = all.firstIndex(of: self) else { return self }
    return all[(index + 1) % all.count]
  }
}
