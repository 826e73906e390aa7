import MapEngine
import Market
import Terminal

extension SidePanelText {
  /// The position that somebody asks about: where it would be liquidated and what stands between.
  var position: SidePanelBlock? {
    guard let check = state.positionCheck else { return nil }
    var lines = [
      SidePanelLine(
        [
          LineItem(PositionText.position(check.position), palette.text, rank: 0),
          LineItem(check.venue.displayName, palette.dim, rank: 1),
        ], rank: 0)
    ]
    lines += fate(check)
    let sign = check.profit < 0 ? "−" : "+"
    let profit = "profit at this price \(sign)\(NumberText.usd(abs(check.profit)))"
    lines.append(SidePanelLine([profit], palette.text, rank: 3))
    if let ahead = check.ahead { lines.append(cluster("ahead of it", ahead, rank: 4)) }
    if case .table(let table) = check.liquidation.maintenance {
      lines.append(
        SidePanelLine(
          ["isolated margin, shipped rules of \(table.asOf)", "rules of \(table.asOf)"],
          palette.dim, rank: 6))
    }
    return SidePanelBlock("YOUR POSITION", ["modelled"], palette, lines: lines)
  }

  private func fate(_ check: PositionCheck) -> [SidePanelLine] {
    guard let level = check.liquidation.liquidationPrice else {
      return SidePanelLine.sentence(
        PositionText.obstacle(check), palette.warning, width: width, rank: 0)
    }
    let far = check.distancePercent.map { NumberText.percent($0) } ?? ""
    var lines = [
      SidePanelLine(
        [
          LineItem(
            [check.isPassed ? "gone already at" : "liquidated at", "liq."], palette.warning,
            rank: 1),
          LineItem("$\(NumberText.price(level))", palette.warning, rank: 0, gap: 1),
          LineItem(far, palette.text, rank: 0, gap: 1),
          LineItem(NumberText.atr(check.distanceATR), palette.text, rank: 2, gap: 1),
        ], rank: 0)
    ]
    guard !check.isPassed else { return lines }
    if !check.touch.isEmpty {
      let words = Self.touch(check.touch)
      lines.append(
        SidePanelLine(
          ["touched within \(words)", "touch \(words)", words], palette.text, rank: 1))
    }
    lines += SidePanelLine.sentence(
      PositionText.between(check) + (check.isOnMap ? "" : ", counted to the map's edge"),
      palette.strong, width: width, rank: 0)
    for (index, one) in check.between.prefix(3).enumerated() {
      lines.append(cluster(index == 0 ? "first" : "then ", one, rank: 3 + index))
    }
    if let within = check.within { lines.append(cluster("it stands in", within, rank: 2)) }
    if let beyond = check.beyond { lines.append(cluster("behind it", beyond, rank: 5)) }
    return lines
  }
}
