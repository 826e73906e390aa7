import Foundation
import MapEngine
import Market
import Testing

@testable import lodestone

@Suite struct InsightDocumentTests {
  private let instrument = Instrument(base: "BTC")

  /// Ten days of hours of a random walk, with open interest and liquidations.
  private static func history(_ instrument: Instrument) throws -> MarketHistory {
    var history = MarketHistory()
    var last = 60_000.0
    var state: UInt64 = 7
    func step() -> Double {
      // Knuth's linear congruential generator (MMIX): the same walk in every run.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992 - 0.5
    }
    var events: [MarketEvent] = []
    for hour in 0..<240 {
      let angle = Double(hour)
      let close = last * (1 + 0.016 * step())
      let candle = try Candle(
        openTime: Timestamp(milliseconds: 1_722_000_000_000 / 3_600_000 * 3_600_000)
          + .hours(Int64(hour)), interval: .hours(1), open: last,
        high: max(last, close) * (1 + 0.003 * abs(step())),
        low: min(last, close) * (1 - 0.003 * abs(step())), close: close,
        volume: 4_000 + 1_000 * sin(angle))
      last = close
      let facts: [MarketEvent.Fact] = [
        .openInterest(
          try OpenInterest(
            time: candle.closeTime, quantity: 80_000 + 3_000 * sin(angle / 5))),
        .liquidatedTotal(
          time: candle.closeTime, interval: .hours(1), long: 3 + 2 * sin(angle), short: 2),
        .candle(candle, isClosed: true),
      ]
      events += facts.map { MarketEvent(venue: .binance, instrument: instrument, fact: $0) }
    }
    history.append(events)
    return history
  }

  private func object(_ document: some Encodable) throws -> [String: Any] {
    let data = try JSONEncoder().encode(document)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private static let made = Result {
    let instrument = Instrument(base: "BTC")
    let facts = try history(instrument)
    let request = MapRequest(instrument: instrument, timeframe: .days7, bins: 200)
    let snapshot = try MapBuilder(
      request: request, history: facts, source: MapSource(name: "test", isSimulated: true)
    ).snapshot()
    return (snapshot, MapInsight(snapshot, history: facts, request: request))
  }

  private func parts() throws -> (MapSnapshot, MapInsight) { try Self.made.get() }

  @Test func `the members of an insight stand under their names, and touches can be recomputed`()
    throws
  {
    let (snapshot, insight) = try parts()
    let json = try object(InsightDocument(insight: insight, map: snapshot.map))
    #expect(Set(json.keys) == ["reading", "structure", "ledger", "waves", "hunts"])
    let reading = try #require(json["reading"] as? [String: Any])
    let touch = try #require(reading["touch"] as? [String: [String: Any]])
    #expect(Set(touch.keys) == ["1h", "4h", "24h"])
    let model = try #require(reading["touch_model"] as? [String: Any])
    let volatility = try #require(model["volatility_per_root_hour"] as? Double)
    let curves = try #require(model["curves"] as? [String: [String: Double]])
    let nearest = try #require(reading["nearest"] as? [String: Any])
    var checked = 0
    for side in ["long", "short"] {
      guard let cluster = nearest[side] as? [String: Any], let price = cluster["price"] as? Double,
        let own = cluster["touch"] as? [String: Double]
      else { continue }
      for (name, hours) in [("1h", 1.0), ("4h", 4.0), ("24h", 24.0)] {
        let curve = try #require(curves[name])
        let scale = try #require(curve["scale"])
        let bend = try #require(curve["bend"])
        let z = abs(log(price / snapshot.price)) / (volatility * hours.squareRoot())
        let expected = erfc(scale * asinh(bend * z) / bend / 2.0.squareRoot())
        #expect(abs((own[name] ?? -1) - expected) < 1e-12)
        #expect(abs((touch[name]?[side] as? Double ?? -1) - expected) < 1e-12)
        checked += 1
      }
    }
    #expect(checked > 0)
  }

  @Test func `every label has its record, and proven is what its numbers say`() throws {
    let (snapshot, insight) = try parts()
    let json = try object(InsightDocument(insight: insight, map: snapshot.map))
    let reading = try #require(json["reading"] as? [String: Any])
    let records = try #require(reading["record"] as? [String: [String: Any]])
    #expect(Set(records.keys) == Set(RecordLabel.allCases.map(\.rawValue)))
    var tried = 0
    for (label, record) in records {
      #expect(
        Set(record.keys) == [
          "hits", "trials", "low", "high", "base", "proven", "contradicted", "least_trials",
          "each",
        ], "\(label)")
      let hits = try #require(record["hits"] as? Int)
      let trials = try #require(record["trials"] as? Int)
      let low = try #require(record["low"] as? Double)
      let interval = WilsonInterval(hits: Double(hits), trials: Double(trials))
      let high = try #require(record["high"] as? Double)
      #expect(abs(low - interval.low) < 1e-12 && abs(high - interval.high) < 1e-12)
      let base = record["base"] as? Double
      #expect((base == nil) == (trials == 0))
      let least = try #require(record["least_trials"] as? Int)
      let isTried = trials >= least
      #expect(record["proven"] as? Bool == (isTried && base.map { low > $0 } ?? false))
      #expect(record["contradicted"] as? Bool == (isTried && base.map { high < $0 } ?? false))
      tried += trials
      // The counts and the base are those of the trials, which stand one by one.
      let each = try #require(record["each"] as? [[String: Any]])
      #expect(each.count == trials && each.count { $0["hit"] as? Bool == true } == hits)
      let bases = try each.map { try #require($0["base"] as? Double) }
      if let base { #expect(abs(bases.reduce(0, +) / Double(trials) - base) < 1e-12) }
      let ends = try each.map { try #require($0["ended_at"] as? Int64) }
      let starts = try each.map { try #require($0["asked_at"] as? Int64) }
      #expect(zip(starts.dropFirst(), ends).allSatisfy { $0 >= $1 }, "\(label) overlaps")
    }
    #expect(tried > 0)
    let plan = try #require(reading["plan"] as? [[String: Any]])
    #expect(plan.count == 8)
    for item in plan {
      let label = try #require(item["label"] as? String)
      #expect(item["proven"] as? Bool == records[label]?["proven"] as? Bool)
    }
  }

  @Test func `unknowns are null rather than absent, and times are whole milliseconds`() throws {
    let (snapshot, insight) = try parts()
    let json = try object(InsightDocument(insight: insight, map: snapshot.map))
    let hunts = try #require(json["hunts"] as? [[String: Any]])
    #expect(hunts.count == insight.hunts.count && !hunts.isEmpty)
    #expect(Set(hunts.map { $0.keys.sorted() }).count == 1)
    let building = try #require(hunts.first { $0["phase"] as? String == "building" })
    #expect(building["grabbed_at"] is NSNull && building["since"] is Int64)
    let structure = try #require(json["structure"] as? [String: Any])
    for name in ["swings", "breaks", "gaps", "sweeps"] {
      let list = try #require(structure[name] as? [[String: Any]])
      #expect(!list.isEmpty && Set(list.map { $0.keys.sorted() }).count == 1, "\(name)")
    }
    let ledger = try #require(json["ledger"] as? [[String: Any]])
    #expect(ledger.map { $0["number"] as? Int } == insight.ledger.map(\.number))
  }

  @Test func `a position's fate is written with its liquidation price`() throws {
    let (snapshot, insight) = try parts()
    let check = PositionCheck(
      try StatedPosition("long:60000:10x:0.5"), venue: .binance, instrument: instrument,
      map: snapshot.map, reading: snapshot.reading, volatility: insight.volatility)
    let json = try object(PositionDocument(check: check))
    #expect(abs((json["liquidation_price"] as? Double ?? 0) - 54_216.87) < 0.1)
    #expect(json["side"] as? String == "long" && json["passed"] as? Bool == false)
    // The venue's test in closed form: what a reader needs to solve it again stands beside it.
    #expect(json["formula"] as? String == check.liquidation.formula)
    let rate = try #require(json["maintenance_rate"] as? Double)
    let amount = try #require(json["maintenance_amount"] as? Double)
    let fee = try #require(json["taker_fee"] as? Double)
    let solved = (60_000 * 0.5 * (1 - 0.1) - amount) / (0.5 * (1 - rate - fee))
    #expect(abs(solved - 54_216.87) < 0.1)
    #expect(abs((json["usd_between"] as? Double ?? -1) / check.usdBetween - 1) < 1e-12)
  }
}
