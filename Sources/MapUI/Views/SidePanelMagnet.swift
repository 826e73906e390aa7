import MapEngine
import Market
import Terminal

extension SidePanelText {
  /// The magnet, or the cluster that was gone to: where it is, what it holds, how probable a touch
  /// is, how old it is.
  var magnet: SidePanelBlock? {
    let magnets = snapshot.reading.magnets
    guard !magnets.isEmpty else {
      return SidePanelBlock(
        "MAGNET", ["modelled"], palette,
        lines: [SidePanelLine(["no cluster stands out"], palette.dim, rank: 0)])
    }
    let rank = min(max(state.magnetRank ?? 0, 0), magnets.count - 1)
    let cluster = magnets[rank]
    let isFirst = rank == 0
    var lines = [
      SidePanelLine(
        [
          LineItem(
            "\(isFirst ? "◆" : "◇") $\(NumberText.price(cluster.price))", palette.magnet, rank: 0),
          LineItem(
            "\(cluster.side.rawValue)s", palette.side(cluster.side == .long), rank: 1, gap: 1),
          LineItem(NumberText.paddedUSD(cluster.usd), palette.strong, rank: 0),
        ], rank: 0),
      SidePanelLine(
        [
          LineItem(NumberText.percent(cluster.distancePercent), palette.text, rank: 0),
          LineItem(NumberText.atr(cluster.distanceATR), palette.text, rank: 1),
        ], rank: 0),
    ]
    if let band = band(of: cluster) { lines.append(band) }
    lines.append(touch(of: cluster))
    let layers = parts(snapshot.map.layers.map(\.label), cluster.layers)
    if !layers.isEmpty { lines.append(SidePanelLine(layers, rank: 4)) }
    let venues = parts(snapshot.map.venues.map(\.displayName), cluster.venues)
    if !venues.isEmpty { lines.append(SidePanelLine(venues, rank: 5)) }
    if let age = age(of: cluster) { lines.append(age) }
    if isFirst, let insight {
      // What came true is the touch.
      let record = Self.record(insight.record(of: .magnet)).map {
        "touched in 24 h: " + $0.replacing(" came true", with: "")
      }
      lines.append(SidePanelLine(record, palette.dim, rank: 3))
    }
    return SidePanelBlock(
      "\(isFirst ? "MAGNET" : "CLUSTER") \(rank + 1) of \(magnets.count)", ["modelled"], palette,
      lines: lines)
  }

  /// The bands of the cluster's bins: what they add up to is the widest that its own can be.
  private func band(of cluster: Cluster) -> SidePanelLine? {
    guard let study = state.currentStudy?.snapshot, let bands = study.bands,
      study.weights == snapshot.weights
    else { return nil }
    let range = ColumnBands.range(
      bands, grid: study.map.grid, from: cluster.low, to: cluster.high)
    let low = NumberText.usd(range.lowerBound)
    let high = NumberText.usd(range.upperBound)
    return SidePanelLine(
      ["80% bands of its bins \(low) – \(high)", "bins' bands \(low) – \(high)"], palette.text,
      rank: 2)
  }

  private func touch(of cluster: Cluster) -> SidePanelLine {
    guard let insight else { return working }
    guard let volatility = insight.volatility, volatility > 0 else {
      return SidePanelLine(
        ["touch unknown until a day is seen", "touch unknown yet"], palette.dim, rank: 1)
    }
    let touch = TouchModel(volatility: volatility, calibration: insight.touchCalibration)
      .probabilities(of: cluster.price, from: snapshot.price)
    let words = Self.touch(touch)
    return SidePanelLine(
      ["touched within \(words)", "touch \(words)", words], palette.text, rank: 1)
  }

  /// How long the ledger has known it.
  private func age(of cluster: Cluster) -> SidePanelLine? {
    guard let insight else { return nil }
    guard let known = Self.entry(of: cluster, in: insight.ledger) else {
      return SidePanelLine(["not in the ledger yet"], palette.dim, rank: 3)
    }
    let age = Self.age(snapshot.asOf - known.bornAt)
    let state = known.state == .touched ? "touched" : "untouched"
    let peak = NumberText.usd(known.peakUSD)
    return SidePanelLine(
      ["born \(age) ago, \(state), peak \(peak)", "born \(age) ago, \(state)", "\(age) old"],
      palette.text, rank: 3)
  }

  /// The living magnet of the ledger that has most of its width in common with a cluster.
  static func entry(of cluster: Cluster, in ledger: [Magnet]) -> Magnet? {
    func common(_ magnet: Magnet) -> Double {
      min(magnet.high, cluster.high) - max(magnet.low, cluster.low)
    }
    return ledger.filter { $0.isAlive && $0.side == cluster.side && common($0) > 0 }
      .max { common($0) < common($1) }
  }
}
