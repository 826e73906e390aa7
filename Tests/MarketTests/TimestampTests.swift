import Foundation
import Market
import Testing

@Suite struct TimestampTests {
  @Test func `moments are ordered and moved by spans`() {
    let moment = Timestamp(milliseconds: 1_000)
    #expect(moment + .seconds(2) == Timestamp(milliseconds: 3_000))
    #expect(moment - .seconds(2) == Timestamp(milliseconds: -1_000))
    #expect(moment + .minutes(1) - moment == .minutes(1))
    #expect(moment < moment + Span(milliseconds: 1))
    #expect(!(moment < moment))
  }

  @Test func `spans count in milliseconds`() {
    #expect(Span.seconds(1).milliseconds == 1_000)
    #expect(Span.minutes(1) == .seconds(60))
    #expect(Span.hours(1) == .minutes(60))
    #expect(Span.days(1) == .hours(24))
    #expect(Span.hours(36).days == 1.5)
    #expect(Span.hours(1) < .days(1))
  }

  @Test func `a moment is coded as a bare number of milliseconds`() throws {
    let moment = Timestamp(milliseconds: 1_722_816_000_000)
    let json = try JSONEncoder().encode([moment])
    #expect(String(decoding: json, as: UTF8.self) == "[1722816000000]")
    #expect(try JSONDecoder().decode([Timestamp].self, from: json) == [moment])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Timestamp].self, from: Data("[1.5]".utf8))
    }
  }

  @Test func `a timeframe spans what its name says`() {
    let spans: [Timeframe: Span] = [
      .hours12: .hours(12), .days1: .days(1), .days3: .days(3), .days7: .days(7),
      .days14: .days(14), .days30: .days(30), .days90: .days(90), .days180: .days(180),
      .year1: .days(365),
    ]
    for timeframe in Timeframe.allCases { #expect(timeframe.span == spans[timeframe]) }
    #expect(Timeframe.all.span == nil)
    #expect(Timeframe(rawValue: "7d") == .days7)
    #expect(Timeframe(rawValue: "8d") == nil)
  }

  @Test func `a longer timeframe never reaches less far`() {
    let ranges = Timeframe.allCases.map(\.defaultRangePercent)
    #expect(ranges == [5, 7, 10, 15, 20, 25, 35, 40, 50, 50])
  }

  @Test func `simulated venues are told apart from real ones`() {
    #expect(Venue.real == [.binance, .bybit, .okx, .hyperliquid, .gate])
    #expect(Venue.allCases.filter(\.isSimulated) == [.simulatedA, .simulatedB])
    #expect(Set(Venue.allCases.map(\.displayName)).count == Venue.allCases.count)
    #expect(Venue(rawValue: "sim-a") == .simulatedA)
  }

  @Test func `a side has a sign and an opposite`() {
    #expect(Side.long.sign == 1)
    #expect(Side.short.sign == -1)
    #expect(Side.allCases.map(\.opposite) == [.short, .long])
  }
}

@Suite struct TimestampTextTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (1_722_816_300_999, "2024-08-05T00:05:00Z"),
    (951_782_399_000, "2000-02-28T23:59:59Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
    (-1, "1969-12-31T23:59:59Z"),
  ])
  func `a moment reads as ISO 8601`(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).description == text)
  }
}
