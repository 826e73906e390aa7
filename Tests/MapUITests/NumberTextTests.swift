import Market
import Testing

@testable import MapUI

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0, "$0"), (7.4, "$7"), (999.4, "$999"), (999.6, "$1.00K"), (1_234, "$1.23K"),
    (12_345, "$12.3K"), (123_456, "$123K"), (999_499, "$999K"), (999_501, "$1.00M"),
    (1_999_999, "$2.00M"), (9_996_000, "$10.0M"), (99_960_000, "$100M"), (1_234_567_890, "$1.23B"),
    (2.5e12, "$2.50T"), (9.994e14, "$999T"), (-1_234, "−$1.23K"),
  ])
  func `dollars have three significant digits`(_ value: Double, _ text: String) {
    #expect(NumberText.usd(value) == text)
  }

  @Test func `dollars are six characters wide whatever they are`() {
    var value = 0.9
    while value < 9e14 {
      #expect(NumberText.paddedUSD(value).unicodeScalars.count == 6, "\(value)")
      value *= 1.013
    }
  }

  @Test func `dollars of an axis drop zeros that say nothing`() {
    #expect(NumberText.axisUSD(2_500_000) == "$2.5M")
    #expect(NumberText.axisUSD(10_000_000) == "$10M")
    #expect(NumberText.axisUSD(100_000_000) == "$100M")
    #expect(NumberText.axisUSD(1_000) == "$1K")
    #expect(NumberText.axisUSD(0) == "$0")
  }

  @Test(arguments: [
    (97_123.4, "97,123.4"), (104_000, "104,000"), (3_412.55, "3,412.55"), (187.3, "187.300"),
    (2.12345, "2.12345"), (0.0821345, "0.0821345"), (0.00001234, "0.00001234"),
    (1_234_567.8, "1,234,568"),
  ])
  func `prices keep six significant digits`(_ value: Double, _ text: String) {
    #expect(NumberText.price(value) == text)
  }

  @Test func `a price keeps its width while its digits change`() {
    let widths = stride(from: 90_000.0, to: 99_999.0, by: 137.7).map { NumberText.price($0).count }
    #expect(Set(widths) == [8])
  }

  @Test(arguments: [
    (1.3149, "+1.31%"), (-12.4, "−12.40%"), (0, " 0.00%"), (-0.001, " 0.00%"), (0.005, "+0.01%"),
  ])
  func `distances carry their sign`(_ value: Double, _ text: String) {
    #expect(NumberText.percent(value) == text)
  }

  @Test func `ratios and ATR say when they are unknown`() {
    #expect(NumberText.ratio(nil) == "–")
    #expect(NumberText.ratio(1.9) == "1.90×")
    #expect(NumberText.ratio(12.34) == "12.3×")
    #expect(NumberText.ratio(123.4) == "123×")
    #expect(NumberText.ratio(1e9) == ">9999×")
    #expect(NumberText.atr(nil) == "ATR –")
    #expect(NumberText.atr(-2.06) == "2.1 ATR")
  }

  @Test func `numbers that are none are a dash, never a crash`() {
    for value in [Double.nan, .infinity, -.infinity, 1e300] {
      #expect(NumberText.price(value).contains("–"))
    }
    #expect(NumberText.usd(.nan) == "$–")
  }

  @Test func `thousands stand apart`() {
    #expect(NumberText.decimal(1_234_567.891, places: 2, grouped: true) == "1,234,567.89")
    #expect(NumberText.decimal(999, places: 0, grouped: true) == "999")
    #expect(NumberText.decimal(1_000, places: 0, grouped: true) == "1,000")
    #expect(NumberText.decimal(-0.5, places: 1) == "-0.5")
    #expect(NumberText.decimal(0.04, places: 1) == "0.0")
  }

  @Test(
    arguments: [
      (0, "1970-01-01 00:00 UTC"), (951_782_400_000, "2000-02-29 00:00 UTC"),
      (1_771_511_527_000, "2026-02-19 14:32 UTC"), (-1, "1969-12-31 23:59 UTC"),
      (4_102_444_799_999, "2099-12-31 23:59 UTC"),
    ] as [(Int64, String)])
  func `moments are dates of the Gregorian calendar`(_ milliseconds: Int64, _ text: String) {
    #expect(ClockText.dateAndTime(Timestamp(milliseconds: milliseconds)) == text)
  }

  @Test func `clocks show seconds`() {
    #expect(ClockText.time(Timestamp(milliseconds: 1_771_511_527_999)) == "14:32:07 UTC")
  }
}
