import Foundation
import Market
import Testing

@testable import MapEngine

@Suite("The accuracy table")
struct AccuracyTableTests {
  /// Scores whose EMD10 follows from a spike moved by so many bins and whose factor is given.
  private func scores(shift: Int, factor: Double) throws -> PositionScores {
    try #require(
      PositionScores(
        truth: DistanceBins(long: [2: 1]), estimate: DistanceBins(long: [2 + shift: factor])))
  }

  private func sample(
    _ method: String, kind: AccuracyMethodKind = .own, _ behaviour: String, _ seed: UInt64,
    shift: Int,
    factor: Double = 1
  ) throws -> AccuracySample {
    AccuracySample(
      method: method, kind: kind, behaviour: behaviour, seed: seed,
      scores: try scores(shift: shift, factor: factor))
  }

  private func table() throws -> AccuracyTable {
    try AccuracyTable(samples: [
      // Shifts of 4, 8, 12 and 16 bins: 1, 2, 3 and 4 %; the first market has two moments.
      sample("own", "calm", 1, shift: 2, factor: 2), sample("own", "calm", 1, shift: 6, factor: 8),
      sample("own", "calm", 2, shift: 8), sample("own", "wild", 1, shift: 12),
      sample("own", "wild", 2, shift: 16),
      sample("peer", kind: .repairedPeer, "calm", 1, shift: 8),
      sample("peer", kind: .repairedPeer, "calm", 2, shift: 12),
      sample("peer", kind: .repairedPeer, "wild", 1, shift: 16),
      sample("peer", kind: .repairedPeer, "wild", 2, shift: 12),
      sample("worse", kind: .repairedPeer, "calm", 1, shift: 36),
    ])
  }

  @Test("Means over markets, each counted once, with the standard error between them")
  func means() throws {
    let table = try table()
    let own = try #require(table.mean(.emd10, of: "own"))
    #expect(abs(own.mean - 2.5) < 1e-12 && own.markets == 4)
    // Variance of 1, 2, 3, 4 is 5 / 3; over 4 markets.
    #expect(abs(own.standardError - (5.0 / 12).squareRoot()) < 1e-12)
    #expect(table.overall.map(\.method) == ["own", "peer", "worse"])
    #expect(table.overall.map(\.moments) == [5, 4, 1])
    #expect(table.behaviours == ["calm", "wild"])
    let calm = try #require(table.byBehaviour.first { $0.method == "own" })
    #expect(calm.behaviour == "calm" && calm.moments == 3)
    #expect(abs(try #require(calm.scores[.emd10]).mean - 1.5) < 1e-12)
  }

  @Test("A factor is averaged as its logarithm")
  func factors() throws {
    let factor = try #require(try table().mean(.factor5, of: "own"))
    // Factors 2 and 8 at one market are 4; the other three are exact: the fourth root of 4.
    #expect(abs(factor.mean - 2.squareRoot()) < 1e-9)
  }

  @Test("The best peer, the ratio to it, and the paired difference")
  func comparisons() throws {
    let table = try table()
    let best = try #require(table.bestPeer(on: .emd10))
    #expect(best.method == "peer")
    // Calm: 1.5 over 2.5; wild: 3.5 over 3.5.
    let ratios = table.ratios(.emd10, of: "own", to: "peer")
    #expect(ratios.map(\.behaviour) == ["calm", "wild"])
    #expect(abs(ratios[0].ratio - 0.6) < 1e-12 && abs(ratios[1].ratio - 1) < 1e-12)
    let difference = try #require(table.difference(.emd10, of: "own", to: "peer"))
    // -1, -1, -1 and +1.
    #expect(abs(difference.mean + 0.5) < 1e-12 && difference.markets == 4)
    #expect(abs(difference.standardError - 0.5) < 1e-12)
    #expect(difference.shareBetter == 0.75)
    #expect(table.ratios(.emd10, of: "nobody", to: "peer").isEmpty)
    #expect(table.bestPeer(on: .emd10, kind: .peer) == nil)
    #expect(table.difference(.emd10, of: "own", to: "nobody") == nil)
  }

  @Test("The text is aligned, one line a method")
  func text() throws {
    let lines = try table().text().split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    #expect(Set(lines.map(\.count)).count == 1)
    #expect(lines[0].hasPrefix("method") && lines[0].contains("EMD10"))
    #expect(lines[1].hasPrefix("own") && lines[1].contains("2.500 ±0.645"))
    #expect(lines[1].contains("x1.41"))
    #expect(lines[3].contains("9.000") && !lines[3].contains("±"))
    let wild = try table().text(behaviour: "wild").split(separator: "\n")
    #expect(wild.count == 4 && wild[1].contains("3.500 ±0.500") && wild[3].contains(" - "))
    #expect(AccuracyTable.decimals(-0.0004, 3) == "0.000")
    #expect(AccuracyTable.decimals(-1.25, 1) == "-1.3")
    #expect(AccuracyTable.decimals(2_123.4, 0) == "2123")
  }

  @Test("The table survives JSON, whose metrics are keys")
  func json() throws {
    let table = try table()
    let data = try JSONEncoder().encode(table)
    #expect(try JSONDecoder().decode(AccuracyTable.self, from: data) == table)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let rows = try #require(object["overall"] as? [[String: Any]])
    let scores = try #require(rows[0]["scores"] as? [String: Any])
    let emd10 = try #require(scores["emd10"] as? [String: Any])
    #expect(emd10["mean"] as? Double == 2.5 && emd10["standard_error"] != nil)
    #expect(rows[1]["kind"] as? String == "repaired_peer")
  }

  @Test("A market scores its estimators at each moment, on what had closed by then")
  func market() throws {
    let intervals = try (0..<40).map { index in
      let price = 100 + Double(index % 5)
      return MarketInterval(
        candle: try Candle(
          openTime: Timestamp(milliseconds: Int64(index) * 60_000), interval: .minutes(1),
          open: price, high: price + 1, low: price - 1, close: price, volume: 3,
          takerBuyVolume: 1), openInterest: 100 + Double(index))
    }
    let moments = [10, 40].map { count in
      AccuracyMarket.Moment(
        intervalCount: count,
        truth: DistanceBins(mark: intervals[count - 1].close, long: [8: 3], short: [20: 1, 30: 2]))
    }
    let market = AccuracyMarket(
      behaviour: "toy", seed: 3, intervals: intervals, moments: moments)
    let perfect = AccuracyEstimator(name: "truth") { $0.moments.map(\.truth) }
    let samples = market.samples(of: [perfect] + AccuracyEstimator.peers)
    #expect(samples.count == 2 * 6)
    let table = AccuracyTable(samples: samples)
    #expect(table.mean(.emd10, of: "truth")?.mean == 0)
    #expect(table.mean(.factor20, of: "truth")?.mean == 1)
    #expect(table.overall.count { $0.kind == .peer } == 5)
    let early = try #require(PeerMethod.volumeMix.estimate(Array(intervals[..<10])))
    let expected = try #require(PositionScores(truth: moments[0].truth, estimate: early))
    let found = try #require(samples.first { $0.method == PeerMethod.volumeMix.label })
    #expect(found.values[.emd10] == expected.emd10 && found.values[.rho] == expected.rho)
    let fixed = AccuracyEstimator.peer(.volumeMix, repairs: [.smear, .rescale])
    #expect(
      fixed.name == "N0 volume x mix, cut on cross (rescale, smear)" && fixed.kind == .repairedPeer)
  }
}
