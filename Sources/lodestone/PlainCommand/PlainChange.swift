import LiveMap
import MapEngine
import Market

/// What a listener was last told, and what of a newer map is worth saying.
struct PlainChange {
  /// A magnet that moved by less than this share of the price is the same one.
  private static let magnetStep = 0.01

  private let bias: Bias.Label
  private let magnet: Cluster?
  private let sweptAt: Timestamp?
  private let feeds: [String]

  /// What a summary tells.
  init(_ summary: PlainSummary) {
    bias = summary.snapshot.reading.bias.label
    magnet = summary.snapshot.reading.magnet
    sweptAt = summary.insight?.waves.last?.end
    feeds = Self.feeds(summary)
  }

  /// What a newer summary says that this one didn't, in sentences; none where nothing has changed
  /// that matters.
  func news(_ summary: PlainSummary) -> [String] {
    let next = PlainChange(summary)
    var lines: [String] = []
    if next.bias != bias { lines += summary.bias }
    if isMoved(next.magnet, price: summary.snapshot.price) { lines.append(summary.magnet) }
    // The story comes some seconds after the first map: that alone is no news.
    if let swept = next.sweptAt, let known = sweptAt, swept > known { lines.append(summary.sweep) }
    if next.feeds != feeds { lines += summary.source }
    guard !lines.isEmpty else { return [] }
    return [summary.subject[1]] + lines
  }

  /// What is kept after some news was told: a story that wasn't there yet counts from now on.
  func knowing(_ summary: PlainSummary) -> PlainChange {
    sweptAt == nil ? PlainChange(bias: bias, magnet: magnet, of: summary, feeds: feeds) : self
  }

  private init(bias: Bias.Label, magnet: Cluster?, of summary: PlainSummary, feeds: [String]) {
    self.bias = bias
    self.magnet = magnet
    sweptAt = summary.insight?.waves.last?.end
    self.feeds = feeds
  }

  private func isMoved(_ other: Cluster?, price: Double) -> Bool {
    guard let magnet, let other else { return (magnet == nil) != (other == nil) }
    return magnet.side != other.side || abs(magnet.price - other.price) > Self.magnetStep * price
  }

  /// How the source and each venue stand, without the moments and reasons that change by themselves.
  private static func feeds(_ summary: PlainSummary) -> [String] {
    func kind(_ health: FeedHealth) -> String {
      switch health {
      case .catchingUp: "catching up"
      case .live: "live"
      case .complete: "complete"
      case .partial: "partial"
      case .stale: "stale"
      case .refused: "refused"
      }
    }
    return [kind(summary.health)]
      + summary.feeds.map { "\($0.venue) \($0.isEnabled) \(kind($0.status.health))" }
  }
}
