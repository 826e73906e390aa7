import LiveMap
import MapEngine
import MapUI
import Market

/// A map in short sentences, one a line, that can be read aloud: what it is of, how far it can be
/// trusted, where the dollars are, what was swept, how the source is doing.
struct PlainSummary {
  /// The map.
  let snapshot: MapSnapshot
  /// What it means; nil while that isn't known.
  let insight: MapInsight?
  /// How the source is doing.
  let health: FeedHealth
  /// How each venue takes part; none where the source isn't live.
  let feeds: [VenueState]

  /// All of it.
  var text: String {
    (subject + trust + totals + clusters + [magnet] + bias + [sweep] + source)
      .joined(separator: "\n")
  }

  /// What it is of, and the price.
  var subject: [String] {
    [
      "Liquidation map of \(snapshot.instrument) over \(PlainText.timeframe(snapshot.timeframe)).",
      "The price is \(NumberText.price(snapshot.price)) as of "
        + "\(PlainText.moment(snapshot.asOf)).",
    ]
  }

  /// What limits the trust in the numbers.
  var trust: [String] {
    var lines: [String] = []
    if snapshot.isSimulated {
      lines.append("This market is simulated: none of it is real.")
    }
    lines.append("The facts come from \(snapshot.source).")
    switch snapshot.calibration.state {
    case .uncalibrated:
      lines.append(
        "All dollars are modelled and not calibrated: the scale can be off by a factor of 3.")
    case .calibrated:
      let days = NumberText.decimal(snapshot.calibration.days, places: 0)
      lines.append(
        "All dollars are modelled, calibrated on \(days) days of published liquidations.")
    }
    if snapshot.weights.meaning == .nominal {
      lines.append("Dollars are of all open positions, not only of those that would be closed.")
    }
    if snapshot.weights.isWhatIf { lines.append("The layers were moved by hand: a what-if.") }
    let data = snapshot.data
    switch data.quality {
    case .complete, .gaps: break
    case .short: lines.append("The source covers less than the timeframe.")
    case .openInterestAssumed: lines.append("Open interest is unknown and was assumed.")
    }
    if data.gaps > 0 {
      lines.append("\(data.gaps) \(data.gaps == 1 ? "interval is" : "intervals are") missing.")
    }
    return lines
  }

  /// The dollars of both sides.
  var totals: [String] {
    let range = NumberText.decimal(
      snapshot.rangePercent,
      places: snapshot.rangePercent.rounded() == snapshot.rangePercent
        ? 0 : 1)
    return [
      "Longs within \(range) percent below the price: "
        + "\(PlainText.dollars(snapshot.map.total(.long))).",
      "Shorts within \(range) percent above the price: "
        + "\(PlainText.dollars(snapshot.map.total(.short))).",
    ]
  }

  /// The nearest large clusters.
  var clusters: [String] {
    func line(_ cluster: Cluster?, _ place: String) -> String {
      guard let cluster else { return "No cluster \(place) the price is large." }
      return "The nearest large cluster \(place) the price: \(Self.words(cluster))."
    }
    return [
      line(snapshot.reading.nearestLong, "below"), line(snapshot.reading.nearestShort, "above"),
    ]
  }

  /// The magnet.
  var magnet: String {
    guard let magnet = snapshot.reading.magnet else { return "There is no magnet." }
    return "The magnet, the densest cluster: \(Self.words(magnet))."
  }

  private static func words(_ cluster: Cluster) -> String {
    let atr = cluster.distanceATR.map {
      ", \(NumberText.decimal(abs($0), places: 1)) average true ranges away"
    }
    return "\(cluster.side.rawValue)s at \(NumberText.price(cluster.price)), "
      + "\(PlainText.distance(cluster.distancePercent))\(atr ?? ""), "
      + PlainText.dollars(cluster.usd)
  }

  /// Where the map leans, and what that is worth.
  var bias: [String] {
    let bias = snapshot.reading.bias
    var lines = ["The map leans to \(PlainText.bias(bias.label))."]
    if let label = bias.label.recorded {
      if let record = insight?.record(of: label) {
        lines.append("Record of that: \(PlainText.spoken(record.summary)).")
      } else {
        lines.append("That is unproven.")
      }
    }
    lines.append("Why: \(PlainText.spoken(bias.reason)).")
    return lines
  }

  /// What was swept last.
  var sweep: String {
    guard let insight else { return "Sweeps are not known yet." }
    guard let wave = insight.waves.last else { return "Nothing was swept in the facts at hand." }
    let isFresh = snapshot.asOf - wave.end <= .hours(24)
    let printed = wave.printedUSD.map { ", \(PlainText.dollars($0)) of them published" } ?? ""
    let count = wave.magnets.count
    return "\(isFresh ? "Just swept" : "Last swept"): "
      + "\(count) \(wave.side.rawValue) \(count == 1 ? "magnet" : "magnets"), the price going "
      + "from \(NumberText.price(wave.from)) to \(NumberText.price(wave.extreme)) until "
      + "\(PlainText.moment(wave.end)); about \(PlainText.dollars(wave.eatenUSD)) were "
      + "liquidated\(printed)."
  }

  /// How the source is doing.
  var source: [String] { Self.source(health, feeds: feeds) }

  /// How a source is doing, with what is wrong with each venue.
  static func source(_ health: FeedHealth, feeds: [VenueState]) -> [String] {
    guard !feeds.isEmpty else {
      switch health {
      case .catchingUp: return ["The source is still being read."]
      case .live: return ["The source is live."]
      case .complete: return ["The source was read to its end."]
      case .partial(let reason): return ["Something is missing: \(reason)."]
      case .stale(let since): return ["Nothing has come since \(PlainText.moment(since))."]
      case .refused(let reason): return ["The source refuses: \(reason)."]
      }
    }
    let chosen = feeds.filter(\.isEnabled)
    let live = chosen.filter { $0.status.health == .live }.count
    let late = chosen.filter { $0.status.health == .catchingUp }.map(\.venue.displayName)
    var lines = ["\(live) of \(chosen.count) venues are live."]
    if !late.isEmpty { lines.append("Still reading history: \(late.joined(separator: ", ")).") }
    lines += chosen.compactMap { $0.trouble.map { "\($0)." } }
    return lines
  }
}
