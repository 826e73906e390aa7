import Foundation
import Market
import MarketData
import Testing

@Suite struct TimeTextTests {
  @Test(
    "seconds, milliseconds and microseconds are told apart by magnitude",
    arguments: [
      ("1722816300", 1_722_816_300_000), ("1722816300000", 1_722_816_300_000),
      ("1722816300000000", 1_722_816_300_000), ("1722816300.0", 1_722_816_300_000),
      ("1722816300.25", 1_722_816_300_250), ("1722816300123.9", 1_722_816_300_123),
      ("1722816300123999", 1_722_816_300_123), ("100000000", 100_000_000_000),
      ("99999999999", 99_999_999_999_000), ("100000000000", 100_000_000_000),
    ] as [(String, Int64)])
  func counts(_ text: String, _ milliseconds: Int64) {
    #expect(TimeText.timestamp(text)?.milliseconds == milliseconds)
  }

  @Test(
    "dates are read in UTC unless they say otherwise",
    arguments: [
      "2024-08-05 00:05:00", "2024-08-05T00:05:00", "2024-08-05T00:05:00Z", "2024-08-05 00:05",
      "2024-08-05t00:05:00z", "2024-08-05T00:05:00.000Z", "2024-08-05T02:05:00+02:00",
      "2024-08-05T02:05:00+0200", "2024-08-05T02:05:00+02", "2024-08-04 19:05:00-05:00",
      "2024.08.05 00:05:00", "2024/08/05 00:05:00", "2024-08-05 00:05:00 UTC",
      "2024-08-05 00:05:00 +00:00",
    ])
  func dates(_ text: String) {
    #expect(TimeText.timestamp(text)?.milliseconds == 1_722_816_300_000)
  }

  @Test(
    "dates and fractions land where the calendar has them",
    arguments: [
      ("1970-01-01", 0), ("2000-02-29", 951_782_400_000), ("2024-02-29", 1_709_164_800_000),
      ("1969-12-31T23:59:59.999Z", -1), ("2026-02-04T09:34:27.568479Z", 1_770_197_667_568),
      ("2024-12-31 23:59:59,5", 1_735_689_599_500),
    ] as [(String, Int64)])
  func calendar(_ text: String, _ milliseconds: Int64) {
    #expect(TimeText.timestamp(text)?.milliseconds == milliseconds)
  }

  @Test func `every day of three hundred years is where Foundation has it`() throws {
    let format = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    for day in stride(from: -50_000, through: 60_000, by: 17) {
      let date = Date(timeIntervalSince1970: Double(day) * 86_400)
      let text = date.formatted(format)
      #expect(TimeText.timestamp(text)?.milliseconds == Int64(day) * 86_400_000, "\(text)")
    }
  }

  @Test(
    "what is no moment is none",
    arguments: [
      "", "abc", "0", "12345678", "20240805", "1.72E+12", "-1722816300", "1722816300000000000",
      "99999999999999999999999", "2024-13-01", "2024-00-10", "2024-02-30", "2023-02-29",
      "1900-02-29", "2024-8-5", "2024-08-05X", "2024-08-05 24:00:00", "2024-08-05 00:60:00",
      "2024-08-05 00:00:60", "2024-08-05 00", "2024-08-05T00:05:00+", "2024-08-05T00:05:00+25:00",
      "2024-08-05T00:05:00Zx", "2024-08-05T00:05:00.", "2024-08/05", "05.08.2024", "1722816300.x",
      "1722816300000 ", "2024-08-05 00:05:00 ",
    ])
  func nothing(_ text: String) {
    #expect(TimeText.timestamp(text) == nil)
  }
}
