import Market
import Testing
import VenueEmulator

@testable import MarketData

struct FaultScheduleTests {
  @Test("Five undisturbed venues are live, complete and ask for no more than they may")
  func undisturbed() throws {
    for venue in FaultMarket.venues {
      var run = try #require(FaultMarket.simulation(venue, script: .none, seed: 7))
      run.run(until: FaultMarket.end)
      let status = try #require(run.status)
      #expect(status.health == .live, "\(venue)")
      #expect(status.progress == nil, "\(venue)")
      #expect(status.dropped == 0, "\(venue)")
      #expect(run.venue.violations.isEmpty, "\(venue): \(run.venue.violations)")
      let truth = FaultMarket.basis(FaultMarket.undisturbed[venue] ?? [])
      #expect(FaultMarket.basis(run.facts) == truth, "\(venue)")
      #expect(truth.count > 80, "\(venue)")
      #expect(run.standing?.mark != nil, "\(venue)")
      #expect(run.standing?.openInterest != nil, "\(venue)")
      // A wake-up for each thing that has its time, and no more.
      #expect(run.wakes < 600, "\(venue): \(run.wakes)")
    }
  }

  @Test(
    "A list of which parts can't be read doesn't lead to another quote's instrument",
    arguments: [203, 1_171])
  func spoiledList(seed: Int) throws {
    let run = try #require(
      FaultRun(.binance, script: FaultMarket.script(seed: seed), seed: seed))
    #expect(run.complaints.isEmpty, "\(run.name)")
  }

  @Test("After any faults the map is the undisturbed one to the last bit", arguments: 0..<20)
  func healed(block: Int) throws {
    let truth = try FaultMarket.bytes(FaultMarket.undisturbed)
    for seed in block * 10..<(block + 1) * 10 {
      let script = FaultMarket.script(seed: seed)
      var facts: [Venue: [MarketEvent]] = [:]
      for venue in FaultMarket.venues {
        let run = try #require(FaultRun(venue, script: script, seed: seed))
        #expect(run.complaints.isEmpty, "\(run.name)")
        facts[venue] = run.facts
      }
      #expect(try FaultMarket.bytes(facts) == truth, "seed \(seed)")
    }
  }
}
