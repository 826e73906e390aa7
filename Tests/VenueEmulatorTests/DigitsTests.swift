import Testing

@testable import VenueEmulator

@Suite("Numbers are written as venues write them")
struct DigitsTests {
  @Test(arguments: [
    (48.25, 2, 8, "48.25000000"), (48, 0, 8, "48.00000000"), (48.25, 2, 2, "48.25"),
    (48, 0, 0, "48"), (-0.5, 1, 2, "-0.50"),
  ])
  func `Zeros that are added stand behind the point`(
    _ value: Double, _ decimals: Int, _ places: Int, _ text: String
  ) {
    #expect(Digits.padded(value, decimals, to: places) == text)
  }
}
