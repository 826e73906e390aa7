import TestSupport
import Testing

@testable import MarketData

@Suite struct NumberTextTests {
  static func double(_ text: String) -> Double? {
    let bytes = [UInt8](text.utf8)
    return NumberText.double(bytes, 0..<bytes.count)
  }

  @Test(
    "numbers are bit for bit what the standard library makes of them",
    arguments: [
      "0", "-0", "+0", "0.0", "1", "-1", "+1.5", "00012.500", "3107.466999999993",
      "8064963864.475081", "973395.4699999999", "9007199254740992", "9007199254740993",
      "9007199254740995", "18446744073709551615", "18446744073709551616", "99999999999999999999",
      "1e22", "1e23", "1E-22", "1e-23", "1.7976931348623157e308", "1.7976931348623159e308",
      "2.2250738585072014e-308", "4.9e-324", "2e-324", "1e999", "-1e999", "1e-999",
      "0.1", "0.30000000000000004", "123456789012345678901234567890", "1e0000000000000000005",
      "0.000000000000000000000000000001", "179769313486231580793728971405301e277",
      "0.500000000000000166533453693773481063544750213623046875", "1e99999999999999999999",
    ])
  func exact(_ text: String) throws {
    let expected = try #require(Double(text))
    let found = try #require(Self.double(text))
    #expect(found.bitPattern == expected.bitPattern)
  }

  @Test func `every shortest and every fixed notation of random numbers reads back`() throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(Self.double("\(value)") == value)
    }
    for _ in 0..<20_000 {
      let digits = String(random.next() >> UInt64(random.next() % 60))
      let places = Int(random.next() % UInt64(digits.count + 3))
      let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
      let text = "\(padded.dropLast(places)).\(padded.suffix(places))0"
      #expect(Self.double(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test(
    "what isn't a decimal number is none",
    arguments: [
      "", "abc", "nan", "NaN", "inf", "infinity", "0x10", "1,5", "1 000", "1.2.3", "-", "+", ".",
      "e5", "1e", "1e+", "1e5.5", "--1", "1-", "12a", "1_000", "$5", "٣",
    ])
  func noNumber(_ text: String) {
    #expect(Self.double(text) == nil)
  }

  @Test func `a point may begin or end a number`() {
    #expect(Self.double(".5") == 0.5)
    #expect(Self.double("5.") == 5)
  }
}
