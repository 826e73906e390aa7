import TestSupport
import Testing

@testable import MarketData

@Suite(
  "What venues sent is what the recordings' index says that it holds",
  .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct RecordingTests {
  @Test(
    "A recording decodes to what its index says", arguments: VenueRecordings.all.flatMap(\.facts))
  func decodes(_ recorded: RecordedFacts) throws {
    try recorded.check()
  }

  @Test(
    "What the map has no use for is recognised by name",
    arguments: VenueRecordings.all.flatMap(\.useless))
  func ignores(file: String, name: String) throws {
    let decoded = try Recordings.decode(file)
    #expect(decoded.ignored.first == name)
    #expect(decoded.observations.isEmpty && decoded.problems.isEmpty)
  }

  @Test(
    "A refusal, or what nobody can read, is reported with its reason",
    arguments: VenueRecordings.all.flatMap(\.refusals))
  func reports(file: String, words: String) throws {
    let decoded = try Recordings.decode(file)
    let problem = try #require(decoded.problems.first)
    #expect(problem.description.hasPrefix(words))
    #expect(decoded.observations.isEmpty)
  }

  @Test(
    "Three columns are what was asked for: dollars of open interest, or takers' sales and purchases"
  )
  func threeColumns() throws {
    let files = VenueRecordings.okx.byChannel
    let interest = try Recordings.decode(files[0], .openInterest)
    #expect(interest.words == ["open_interest - 1630502400000 - 1713028741.6898"])
    let taker = try Recordings.decode(files[1], .longShortRatio)
    #expect(
      taker.words == [
        "long_short_ratio - 1630339200000 taker_volume 1.318094120683462 0.5686111314129203"
          + " 7002.7541 5312.7876",
        "long_short_ratio - 1630425600000 taker_volume 0.9411843064824055 0.4848505643381762"
          + " 7149.4855 7596.2651",
      ])
    #expect(try Recordings.decode(files[0]).problems.count == 1)
  }

  @Test("Every recording of a venue is tested", arguments: VenueRecordings.all)
  func complete(_ recordings: VenueRecordings) throws {
    #expect(Set(recordings.tested) == Set(try Recordings.files(of: recordings.venue)))
  }
}
