import MapEngine
import Market
import Terminal

extension SidePanelText {
  /// The four rules for either side: what each says now, at which price, why, and how often its
  /// label came true.
  var plan: SidePanelBlock? {
    guard let insight else {
      return SidePanelBlock("PLAN", ["modelled"], palette, lines: [working])
    }
    var lines: [SidePanelLine] = []
    if let study = state.currentStudy, study.snapshot.weights != snapshot.weights {
      lines.append(
        SidePanelLine(
          ["of the map as inferred, not as shown", "of the map as inferred"], palette.warning,
          rank: 1))
    }
    for side in Side.allCases {
      let items = insight.plan.filter { $0.side == side }
      guard !items.isEmpty else { continue }
      lines.append(
        SidePanelLine(
          ["\(side == .long ? "▲" : "▼") for a \(side.rawValue)"], palette.dim, rank: 2))
      lines += items.map { line(of: $0, insight) }
    }
    return SidePanelBlock(
      "PLAN", ["modelled as of \(ClockText.time(insight.asOf))", "modelled"], palette,
      lines: lines)
  }

  private func line(of item: PlanItem, _ insight: MapInsight) -> SidePanelLine {
    let style = style(item.state)
    let price = item.price.map { NumberText.price($0) } ?? "–"
    let record = Self.record(insight.record(of: item.label))
    var line = SidePanelLine(
      [
        LineItem(Self.sign(item.state), style, rank: 0),
        LineItem(NumberText.filled(Self.name(item.rule), 11), style, rank: 0, gap: 1),
        LineItem(NumberText.padded(price, 9), palette.text, rank: 0, gap: 1),
        LineItem(record, palette.dim, rank: 1, gap: 2),
      ], rank: item.state == .none ? 6 : 1)
    let short = Self.short(item.reason)
    line.reasons = short == item.reason ? [short] : [item.reason, short]
    line.reasonRank = Self.rank(item.state)
    return line
  }

  /// The first part of a reason: what follows a semicolon goes further than a line can.
  static func short(_ reason: String) -> String {
    String(reason.prefix { $0 != ";" })
  }

  /// Whose reason is told first where there isn't room for all: what can be done, what speaks
  /// against it, what is waited for, what says nothing.
  private static func rank(_ state: PlanItem.State) -> Int {
    switch state {
    case .met: 0
    case .against: 1
    case .wait: 2
    case .none: 3
    }
  }

  private func style(_ state: PlanItem.State) -> Style {
    switch state {
    case .met: palette.strong
    case .wait: palette.text
    case .against: palette.warning
    case .none: palette.dim
    }
  }

  /// What a rule says, in a sign that needs no colour.
  static func sign(_ state: PlanItem.State) -> String {
    switch state {
    case .met: "●"
    case .wait: "◐"
    case .against: "×"
    case .none: "–"
    }
  }

  static func name(_ rule: PlanItem.Rule) -> String {
    switch rule {
    case .takeProfit: "take profit"
    case .wall: "wall"
    case .sweep: "sweep"
    case .confirm: "confirm"
    }
  }
}
