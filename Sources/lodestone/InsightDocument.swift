import MapEngine
import Market

/// What a map means, as JSON: the members `reading`, `structure`, `ledger`, `waves` and `hunts`.
/// Keys are snake case, times milliseconds since 1970 UTC, numbers unrounded, unknowns null.
/// Times that end in `_at` are closes of bars, when what they speak of was known; `opened` and
/// `swing_opened` are the starts of bars.
struct InsightDocument: Encodable {
  let insight: MapInsight
  /// The map that it is about, for the names of layers.
  let map: LiquidationMap

  func encode(to encoder: any Encoder) throws {
    try JSONValue.object([
      "reading": reading, "structure": structure, "ledger": .array(insight.ledger.map(magnet)),
      "waves": .array(insight.waves.map(wave)), "hunts": .array(insight.hunts.map(hunt)),
    ]).encode(to: encoder)
  }

  // MARK: - The reading

  private var reading: JSONValue {
    .object([
      "nearest": .object([
        "long": insight.nearestLong.map(nearest) ?? .null,
        "short": insight.nearestShort.map(nearest) ?? .null,
      ]),
      "touch": touch,
      "touch_model": touchModel,
      "plan": .array(insight.plan.map(item)),
      "record": .object(
        Dictionary(uniqueKeysWithValues: insight.records.map { ($0.label.rawValue, record($0)) })),
      "told_from": JSONValue(insight.told?.lowerBound),
      "told_to": JSONValue(insight.told?.upperBound),
    ])
  }

  private func nearest(_ nearest: MapInsight.Nearest) -> JSONValue {
    let cluster = nearest.cluster
    let layers = zip(map.layers, cluster.layers).map { ($0.label, JSONValue($1)) }
    return .object([
      "side": .text(cluster.side.rawValue), "price": JSONValue(cluster.price),
      "low": JSONValue(cluster.low), "high": JSONValue(cluster.high),
      "usd": JSONValue(cluster.usd), "distance_pct": JSONValue(cluster.distancePercent),
      "distance_atr": JSONValue(cluster.distanceATR),
      "layers": .object(Dictionary(layers) { first, _ in first }),
      "touch": probabilities(nearest.touch),
    ])
  }

  private func probabilities(_ touch: [TouchHorizon: Double]) -> JSONValue {
    .object(byHorizon { JSONValue(touch[$0]) })
  }

  private func byHorizon(_ value: (TouchHorizon) -> JSONValue) -> [String: JSONValue] {
    Dictionary(uniqueKeysWithValues: TouchHorizon.allCases.map { ($0.rawValue, value($0)) })
  }

  /// Each horizon's probability that the mean price of the nearest large cluster trades, by side.
  private var touch: JSONValue {
    .object(
      byHorizon { horizon in
        .object([
          "long": JSONValue(insight.nearestLong?.touch[horizon]),
          "short": JSONValue(insight.nearestShort?.touch[horizon]),
        ])
      })
  }

  /// What recomputes every touch: erfc(scale asinh(bend z) / bend / sqrt 2), where z is the log
  /// distance over volatility and the root of the hours.
  private var touchModel: JSONValue {
    let calibration = insight.touchCalibration
    return .object([
      "volatility_per_root_hour": JSONValue(insight.volatility),
      "as_of": JSONValue(calibration.asOf), "evidence": .text(calibration.evidence),
      "curves": .object(
        byHorizon { horizon in
          let curve = calibration.curve(horizon)
          return .object(["scale": JSONValue(curve.scale), "bend": JSONValue(curve.bend)])
        }),
      "reliability": .array(insight.touchReliability.map(reliability)),
    ])
  }

  private func reliability(_ tested: TouchReliability) -> JSONValue {
    .object([
      "horizon": .text(tested.horizon.rawValue), "trials": JSONValue(tested.trials),
      "error": JSONValue(tested.error), "error_random_walk": JSONValue(tested.errorOfRandomWalk),
      "brier": JSONValue(tested.brier), "brier_random_walk": JSONValue(tested.brierOfRandomWalk),
      "rows": .array(
        tested.rows.map { row in
          .object([
            "trials": JSONValue(row.trials), "predicted": JSONValue(row.predicted),
            "observed": JSONValue(row.observed), "low": JSONValue(row.interval.low),
            "high": JSONValue(row.interval.high),
          ])
        }),
    ])
  }

  private func item(_ item: PlanItem) -> JSONValue {
    let record = insight.record(of: item.label)
    return .object([
      "rule": .text(item.rule.rawValue), "side": .text(item.side.rawValue),
      "state": .text(item.state.rawValue), "price": JSONValue(item.price),
      "low": JSONValue(item.zone?.lowerBound), "high": JSONValue(item.zone?.upperBound),
      "reason": .text(item.reason), "label": .text(item.label.rawValue),
      "proven": .bool(record.isProven), "record": .text(record.summary),
    ])
  }

  private func record(_ record: LabelRecord) -> JSONValue {
    .object([
      "hits": JSONValue(record.hits), "trials": JSONValue(record.trials),
      "low": JSONValue(record.interval.low), "high": JSONValue(record.interval.high),
      "base": JSONValue(record.base), "proven": .bool(record.isProven),
      "contradicted": .bool(record.isContradicted),
      "least_trials": JSONValue(LabelRecord.leastTrials),
      "each": .array(
        record.each.map { trial in
          .object([
            "asked_at": JSONValue(trial.askedAt), "ended_at": JSONValue(trial.endedAt),
            "hit": .bool(trial.isHit), "base": JSONValue(trial.base),
          ])
        }),
    ])
  }

  // MARK: - Structure

  private var structure: JSONValue {
    let structure = insight.structure
    return .object([
      "span": .integer(structure.span.milliseconds),
      "trend": JSONValue(structure.trend?.rawValue),
      "standing_high": structure.standingHigh.map(swing) ?? .null,
      "standing_low": structure.standingLow.map(swing) ?? .null,
      "swings": .array(structure.swings.map(swing)),
      "breaks": .array(structure.breaks.map(structureBreak)),
      "gaps": .array(structure.gaps.map(gap)),
      "sweeps": .array(structure.sweeps.map(sweep)),
    ])
  }

  private func opened(_ bar: Int) -> JSONValue { JSONValue(insight.structure.openTime(bar)) }

  private func closed(_ bar: Int?) -> JSONValue {
    JSONValue(bar.map { insight.structure.closeTime($0) })
  }

  private func swing(_ swing: Swing) -> JSONValue {
    .object([
      "kind": .text(swing.kind.rawValue), "price": JSONValue(swing.price),
      "opened": opened(swing.index), "known_at": closed(swing.knownAt),
    ])
  }

  private func structureBreak(_ found: StructureBreak) -> JSONValue {
    .object([
      "kind": .text(found.kind.rawValue), "direction": .text(found.direction.rawValue),
      "level": JSONValue(found.level), "swing_opened": opened(found.swingIndex),
      "broken_at": closed(found.brokenAt),
    ])
  }

  private func gap(_ gap: FairValueGap) -> JSONValue {
    .object([
      "direction": .text(gap.direction.rawValue), "top": JSONValue(gap.top),
      "bottom": JSONValue(gap.bottom), "opened": opened(gap.index),
      "known_at": closed(gap.knownAt), "state": .text(gap.mitigation.rawValue),
      "touched_at": closed(gap.touchedAt), "half_filled_at": closed(gap.halfFilledAt),
      "filled_at": closed(gap.filledAt),
    ])
  }

  private func sweep(_ witnessed: WitnessedSweep) -> JSONValue {
    let sweep = witnessed.sweep
    let target: (kind: String, bar: Int) =
      switch sweep.target {
      case .swing(let index): ("swing", index)
      case .pool(let first): ("pool", first)
      }
    return .object([
      "kind": .text(sweep.kind.rawValue), "target": .text(target.kind),
      "target_opened": opened(target.bar), "level": JSONValue(sweep.level),
      "extreme": JSONValue(sweep.extreme), "pierced_at": closed(sweep.piercedAt),
      "returned_at": closed(sweep.returnedAt), "within_one_bar": .bool(sweep.isWithinOneBar),
      "backing": .text(sweep.backing.rawValue),
      "open_interest_drop": JSONValue(witnessed.evidence?.openInterestDrop),
      "liquidated": JSONValue(witnessed.evidence?.liquidated),
      "liquidated_opposite": JSONValue(witnessed.evidence?.liquidatedOpposite),
      "confirmed": .bool(witnessed.isConfirmed),
    ])
  }

  // MARK: - The story

  private func magnet(_ magnet: Magnet) -> JSONValue {
    .object([
      "number": JSONValue(magnet.number), "side": .text(magnet.side.rawValue),
      "state": .text(magnet.state.rawValue), "low": JSONValue(magnet.low),
      "high": JSONValue(magnet.high), "price": JSONValue(magnet.price),
      "usd": JSONValue(magnet.usd), "peak_usd": JSONValue(magnet.peakUSD),
      "eaten_usd": JSONValue(magnet.eatenUSD), "printed_usd": JSONValue(magnet.printedUSD),
      "born_at": JSONValue(magnet.bornAt), "known_at": JSONValue(magnet.knownAt),
      "peak_at": JSONValue(magnet.peakAt), "touched_at": JSONValue(magnet.touchedAt),
      "swept_at": JSONValue(magnet.sweptAt), "ended_at": JSONValue(magnet.endedAt),
    ])
  }

  private func wave(_ wave: SweepWave) -> JSONValue {
    .object([
      "side": .text(wave.side.rawValue), "opened": JSONValue(wave.start),
      "ended_at": JSONValue(wave.end), "from": JSONValue(wave.from),
      "extreme": JSONValue(wave.extreme), "magnets": .array(wave.magnets.map { JSONValue($0) }),
      "eaten_usd": JSONValue(wave.eatenUSD), "printed_usd": JSONValue(wave.printedUSD),
      "open_interest_drop": JSONValue(wave.openInterestDrop),
      "left_usd": JSONValue(wave.leftUSD), "next_magnet": JSONValue(wave.nextMagnet),
      "opposite": wave.opposite.map(next) ?? .null,
    ])
  }

  private func hunt(_ hunt: StopHunt) -> JSONValue {
    .object([
      "kind": .text(hunt.kind.rawValue), "side": .text(hunt.side.rawValue),
      "phase": .text(hunt.phase.rawValue), "level": JSONValue(hunt.level),
      "swing_opened": JSONValue(hunt.swingAt), "since": JSONValue(hunt.since),
      "pool": .object([
        "low": JSONValue(hunt.pool.low), "high": JSONValue(hunt.pool.high),
        "usd": JSONValue(hunt.pool.usd), "peak_usd": JSONValue(hunt.pool.peakUSD),
        "magnet": JSONValue(hunt.pool.magnet),
      ]),
      "grabbed_at": JSONValue(hunt.grabbedAt), "eaten_usd": JSONValue(hunt.eatenUSD),
      "eaten_share": JSONValue(hunt.grabbedAt == nil ? nil : hunt.eatenShare),
      "printed_usd": JSONValue(hunt.printedUSD),
      "printed_opposite_usd": JSONValue(hunt.printedOppositeUSD),
      "open_interest_drop": JSONValue(hunt.openInterestDrop),
      "extreme": JSONValue(hunt.extreme), "decided_at": JSONValue(hunt.decidedAt),
      "decided_price": JSONValue(hunt.decidedPrice), "failed_at": JSONValue(hunt.failedAt),
      "confirmed": .bool(hunt.isConfirmed), "opposite": hunt.opposite.map(next) ?? .null,
    ])
  }

  private func next(_ pool: StopHunt.NextPool) -> JSONValue {
    .object([
      "side": .text(pool.side.rawValue), "price": JSONValue(pool.price),
      "usd": JSONValue(pool.usd), "distance_pct": JSONValue(pool.distancePercent),
    ])
  }
}
