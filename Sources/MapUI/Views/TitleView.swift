import MapEngine
import Market
import Terminal

/// The first line: what the map is of, where its facts came from and how far they can be trusted.
///
///      BTCUSDT 7d  SIMULATED  uncalibrated  live  demo (seed 7)      2026-02-19 14:32 UTC
enum TitleView {
  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    let palette = canvas.palette
    let left = LineItem.fit(items(state, palette: palette), width: layout.width - 2)
    canvas.write(left, x: 1..<layout.width - 1, y: layout.title)
    guard let snapshot = state.snapshot else { return }
    let free = layout.width - 2 - LineItem.total(left) - 2
    let moment = ClockText.dateAndTime(snapshot.asOf)
    let wordings = ["as of " + moment, moment, ClockText.time(snapshot.asOf)]
    if let clock = wordings.first(where: { $0.unicodeScalars.count <= free }) {
      let x = layout.width - 1 - clock.unicodeScalars.count
      canvas.write(clock, x: x, y: layout.title, style: palette.dim)
    }
  }

  /// What stands on the line, in order. The map on the screen names itself, even while another
  /// one is on its way.
  private static func items(_ state: AppState, palette: Palette) -> [LineItem] {
    let symbol = state.snapshot?.instrument ?? state.symbol
    let timeframe = state.snapshot?.timeframe ?? state.timeframe
    var items = [
      LineItem(symbol.symbol, palette.strong, rank: 0),
      LineItem(timeframe.rawValue, palette.strong, rank: 0, gap: 1),
    ]
    if state.snapshot?.isSimulated ?? state.source.isSimulated {
      items.append(LineItem(" SIMULATED ", palette.simulated, rank: 0))
    }
    items += liberties(state, palette: palette)
    items += alone(state, palette: palette)
    if state.isPaused { items.append(LineItem(" PAUSED ", palette.selection, rank: 1, gap: 1)) }
    if state.snapshot != nil && state.isLoading {
      let wish = "→ \(state.symbol) \(state.timeframe.rawValue)"
      items.append(LineItem([wish + " loading", wish], palette.warning, rank: 1))
    }
    items += trust(state.snapshot, palette: palette)
    items += health(state, palette: palette)
    // Of live venues the signs have told more than names would.
    guard !state.source.isLive else { return items }
    items.append(LineItem(state.snapshot?.source ?? state.source.name, palette.dim, rank: 7))
    if let venues = state.snapshot?.map.venues, !venues.isEmpty {
      let names = venues.map(\.displayName).joined(separator: " + ")
      items.append(LineItem(names, palette.dim, rank: 8))
    }
    return items
  }

  /// What was changed by hand, so that the map isn't what was inferred.
  private static func liberties(_ state: AppState, palette: Palette) -> [LineItem] {
    guard let weights = state.snapshot?.weights else { return [] }
    var items: [LineItem] = []
    if weights.isWhatIf {
      items.append(LineItem([" WHAT IF ", " IF "], palette.selection, rank: 0, gap: 1))
    }
    if weights.meaning == .nominal {
      items.append(LineItem([" NOMINAL ", " NOM "], palette.selection, rank: 0, gap: 1))
    }
    switch state.learning {
    case .live: break
    case .frozen(let moment):
      let clock = ClockText.time(moment).prefix(5)
      items.append(LineItem(["frozen at \(clock) UTC", "frozen"], palette.warning, rank: 2))
    case .none: items.append(LineItem("prior only", palette.warning, rank: 2))
    }
    return items
  }

  /// The layer that stands alone, where the view shows it so: a part of the map is never taken for
  /// the whole.
  private static func alone(_ state: AppState, palette: Palette) -> [LineItem] {
    guard state.view == .map || state.view == .venues, let index = state.isolatedLayer,
      let layers = state.snapshot?.map.layers, layers.indices.contains(index)
    else { return [] }
    let name = Wrap.cut(layers[index].label, width: 10)
    return [LineItem(" ONLY \(name) ", palette.selection, rank: 0, gap: 1)]
  }

  /// What limits the trust in the numbers.
  private static func trust(_ snapshot: MapSnapshot?, palette: Palette) -> [LineItem] {
    guard let snapshot else { return [] }
    var items: [LineItem] = []
    switch snapshot.calibration.state {
    case .uncalibrated:
      items.append(
        LineItem(["modelled, uncalibrated", "uncalibrated"], palette.warning, rank: 2))
    case .calibrated:
      let days = NumberText.decimal(snapshot.calibration.days, places: 0)
      items.append(
        LineItem(["modelled, calibrated on \(days) days", "calibrated"], palette.dim, rank: 5))
    }
    let data = snapshot.data
    switch data.quality {
    case .complete, .gaps: break
    case .openInterestAssumed:
      items.append(
        LineItem(["open interest assumed", "OI assumed"], palette.warning, rank: 3))
    case .short:
      let held = NumberText.decimal((data.last - data.first).days, places: 0)
      let wanted = snapshot.timeframe.span.map { NumberText.decimal($0.days, places: 0) }
      let days = wanted.map { "\(held) of \($0) days" } ?? "\(held) days"
      items.append(
        LineItem(
          ["short: source covers \(days)", "short: \(days)", "short"], palette.warning,
          rank: 3))
    }
    if data.gaps > 0 {
      let count = NumberText.decimal(Double(data.gaps), places: 0, grouped: true)
      items.append(
        LineItem(data.gaps == 1 ? "1 gap" : "\(count) gaps", palette.warning, rank: 4))
    }
    if data.findings.skipped > 0 {
      let count = NumberText.decimal(Double(data.findings.skipped), places: 0, grouped: true)
      items.append(LineItem("\(count) skipped", palette.warning, rank: 6))
    }
    return items
  }

  /// How the source is doing; of live venues also how each of them is, in a sign.
  private static func health(_ state: AppState, palette: Palette) -> [LineItem] {
    guard state.source.isLive else { return [health(state.source.health, palette: palette)] }
    if state.source.isSilent, state.snapshot != nil {
      let wordings = [
        "LAST KNOWN MAP: no venue answers", "LAST KNOWN MAP", "STALE",
      ]
      return [
        LineItem(wordings, palette.warning, rank: 1), signs(state, palette: palette),
      ]
    }
    return [health(state.source.health, palette: palette), signs(state, palette: palette)]
  }

  /// The chosen venues by three letters and a sign, or how many of them are live.
  private static func signs(_ state: AppState, palette: Palette) -> LineItem {
    let chosen = state.source.chosen
    let live = chosen.filter { $0.status.health == .live }.count
    let signs = chosen.map { FeedText.code($0.venue) + FeedText.sign($0) }
    return LineItem(
      [signs.joined(separator: " "), "\(live) of \(chosen.count) live", "\(live)/\(chosen.count)"],
      live == chosen.count ? palette.dim : palette.warning, rank: 2)
  }

  private static func health(_ health: FeedHealth, palette: Palette) -> LineItem {
    switch health {
    case .catchingUp: LineItem("catching up", palette.warning, rank: 5)
    case .live: LineItem("live", palette.dim, rank: 5)
    case .complete: LineItem("complete", palette.dim, rank: 7)
    case .partial(let reason):
      LineItem(["partial: \(reason)", "partial"], palette.warning, rank: 3)
    case .stale(let since):
      LineItem(["STALE since \(ClockText.time(since))", "STALE"], palette.warning, rank: 1)
    case .refused(let reason):
      LineItem(["source refused: \(reason)", "source refused"], palette.warning, rank: 1)
    }
  }
}
