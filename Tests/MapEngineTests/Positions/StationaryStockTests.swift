import Testing

@testable import MapEngine

@Suite struct StationaryStockTests {
  @Test(arguments: [0.03, 0.5, 8])
  func `the stock adds up and stands mostly around the distance it opens at`(hazard: Double) {
    let shares = StationaryStock.shares(
      distances: [(0.1, 1)], hazard: hazard, binWidth: 0.001)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
    let mode = shares.indices.max { shares[$0] < shares[$1] }
    #expect(mode == 99 || mode == 100)
  }

  @Test func `next to the price the density falls to nothing, since those were liquidated`() {
    let shares = StationaryStock.shares(distances: [(0.1, 1)], hazard: 0.12, binWidth: 0.001)
    #expect(shares[0] < shares[50] / 50)
    #expect(abs(shares[1] / shares[0] - 3) < 0.05)
  }

  @Test func `faster closing keeps the stock nearer to where it opened`() {
    func spread(_ hazard: Double) -> Double {
      let shares = StationaryStock.shares(distances: [(0.1, 1)], hazard: hazard, binWidth: 0.001)
      return shares.enumerated().reduce(0) {
        $0 + $1.element * abs(Double($1.offset) / 1_000 - 0.1)
      }
    }
    #expect(spread(8) < spread(0.5))
    #expect(spread(0.5) < spread(0.03))
  }
}
