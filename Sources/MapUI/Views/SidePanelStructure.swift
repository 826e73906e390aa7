import MapEngine
import Market
import Terminal

extension SidePanelText {
  /// Market structure: the trend and what began it, the swings that stand, open gaps, the last
  /// sweep.
  var structure: SidePanelBlock? {
    guard let structure = insight?.structure else {
      return SidePanelBlock("STRUCTURE", ["measured"], palette, lines: [working])
    }
    var lines = [trend(structure)]
    let swings = [
      structure.standingHigh.map { "high \(NumberText.price($0.price))" },
      structure.standingLow.map { "low \(NumberText.price($0.price))" },
    ].compactMap { $0 }
    if !swings.isEmpty {
      lines.append(
        SidePanelLine(
          ["standing swing \(swings.joined(separator: ", "))", swings.joined(separator: ", ")],
          palette.text, rank: 4))
    }
    lines.append(gaps(structure))
    if let last = structure.sweeps.last {
      let level = "\(last.sweep.kind.rawValue) \(NumberText.price(last.sweep.level))"
      let age = Self.age(snapshot.asOf - structure.closeTime(last.sweep.returnedAt))
      let proof = last.isConfirmed ? "confirmed" : "unconfirmed"
      lines.append(
        SidePanelLine(
          [
            "last sweep: \(level), \(age) ago, \(proof)", "swept \(level) \(age) ago, \(proof)",
            "swept \(level) \(age) ago",
          ], palette.text, rank: 4))
    }
    return SidePanelBlock(
      "STRUCTURE", ["measured on \(Self.age(structure.span)) bars", "measured"], palette,
      lines: lines)
  }

  private func trend(_ structure: StructureReading) -> SidePanelLine {
    guard let trend = structure.trend, let last = structure.breaks.last else {
      return SidePanelLine(["no break of structure yet"], palette.dim, rank: 1)
    }
    let kind = last.kind == .breakOfStructure ? "BOS" : "CHoCH"
    let age = Self.age(snapshot.asOf - structure.closeTime(last.brokenAt))
    let arrow = trend == .bullish ? "▲" : "▼"
    let level = NumberText.price(last.level)
    return SidePanelLine(
      [
        "\(arrow) \(trend.rawValue) since \(kind) of \(level), \(age) ago",
        "\(arrow) \(trend.rawValue), \(kind) \(level), \(age) ago",
        "\(arrow) \(trend.rawValue), \(kind) \(level)",
      ], palette.strong, rank: 1)
  }

  private func gaps(_ structure: StructureReading) -> SidePanelLine {
    let open = structure.gaps.filter { $0.mitigation != .filled }
    let price = snapshot.price
    // From the price to a gap, nothing within it.
    func distance(_ gap: FairValueGap) -> Double {
      price < gap.bottom ? gap.bottom - price : price > gap.top ? gap.top - price : 0
    }
    guard let nearest = open.min(by: { abs(distance($0)) < abs(distance($1)) }) else {
      return SidePanelLine(["no open fair value gap"], palette.dim, rank: 3)
    }
    let count = open.count == 1 ? "1 open gap" : "\(open.count) open gaps"
    let range = "\(NumberText.price(nearest.bottom))–\(NumberText.price(nearest.top))"
    let percent = NumberText.percent(distance(nearest) / price * 100)
    return SidePanelLine(
      [
        "\(count), nearest \(range) \(percent)", "\(count), nearest \(range)",
        "\(count), \(range)",
      ], palette.text, rank: 3)
  }
}
