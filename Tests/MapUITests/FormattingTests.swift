import Market
import Terminal
import Testing

@testable import MapUI

@Suite("How numbers and moments are written")
struct FormattingTests {
  private func written<Text>(
    _ change: (inout Formatting) -> Void, _ write: () -> Text
  ) -> Text {
    var formatting = Formatting.standard
    change(&formatting)
    return Formatting.$current.withValue(formatting, operation: write)
  }

  @Test func `marks stand before the fraction and between thousands`() {
    let german = written {
      $0.decimal = .comma
      $0.grouping = .point
    } _: {
      [NumberText.price(97_123.4), NumberText.usd(1_234), NumberText.percent(-1.32)]
        + [NumberText.axisUSD(2_500_000), NumberText.percent(0.001)]
    }
    #expect(german == ["97.123,4", "$1,23K", "−1,32%", "$2,5M", " 0,00%"])
    let texts = Formatting.GroupingMark.allCases.map { mark in
      written {
        $0.grouping = mark
      } _: {
        NumberText.decimal(1_234_567, places: 1, grouped: true)
      }
    }
    #expect(
      texts == [
        "1,234,567.0", "1.234.567.0", "1 234 567.0", "1'234'567.0", "1_234_567.0", "1234567.0",
      ])
  }

  @Test func `sentences of the engine get the same marks`() {
    let sentence = "shorts +2.91% (1,234.5 ATR), even. 0.93"
    #expect(NumberText.localized(sentence) == sentence)
    let text = written {
      $0.decimal = .comma
      $0.grouping = .point
    } _: {
      NumberText.localized(sentence)
    }
    #expect(text == "shorts +2,91% (1.234,5 ATR), even. 0,93")
  }

  @Test func `thousands have the letters that were chosen`() {
    let values = [1_234.0, 12_345_678, 1.5e9, 2e12]
    #expect(
      written {
        $0.prefixes = .metric
      } _: {
        values.map(NumberText.usd)
      }
        == ["$1.23k", "$12.3M", "$1.50G", "$2.00T"])
    #expect(
      written {
        $0.prefixes = .small
      } _: {
        values.map(NumberText.usd)
      }
        == ["$1.23k", "$12.3M", "$1.50B", "$2.00T"])
  }

  @Test func `amounts in coins have three digits that count, in six columns`() {
    let coin = Formatting.Coin(name: "BTC", price: 100_000)
    let values = [0, 45, 3_120, 99_970, 1_234_000, 12_340_000, 123_400_000, 1.234e9]
    let texts = written {
      $0.coin = coin
    } _: {
      values.map(NumberText.usd)
    }
    #expect(texts == ["0", "0.0005", "0.0312", "1.00", "12.3", "123", "1.23K", "12.3K"])
    #expect(
      written {
        $0.coin = coin
      } _: {
        NumberText.axisUSD(50_000)
      } == "0.5")
    var value = 1.0
    while value < 9e14 {
      let text = written {
        $0.coin = coin
      } _: {
        NumberText.paddedUSD(value)
      }
      #expect(text.unicodeScalars.count == 6, "\(text)")
      value *= 1.07
    }
  }

  @Test func `moments are told in the zone, before and after its clocks are changed`() {
    let summer = Timestamp(milliseconds: 1_774_746_000_000)  // 2026-03-29 01:00 UTC
    let zone = ClockZone(transitions: [
      .init(from: summer, offset: .hours(2)),
      .init(from: Timestamp(milliseconds: 0), offset: .hours(1)),
    ])
    func texts(_ clock: ClockZone, _ moment: Timestamp) -> [String] {
      written {
        $0.clock = clock
      } _: {
        [ClockText.dateAndTime(moment), ClockText.time(moment)]
      }
    }
    #expect(texts(.utc, summer) == ["2026-03-29 01:00 UTC", "01:00:00 UTC"])
    #expect(texts(zone, summer) == ["2026-03-29 03:00 UTC+2", "03:00:00 UTC+2"])
    #expect(texts(zone, summer - .seconds(1)) == ["2026-03-29 01:59 UTC+1", "01:59:59 UTC+1"])
    let west = ClockZone(transitions: [.init(from: summer, offset: .minutes(-210))])
    #expect(texts(west, summer) == ["2026-03-28 21:30 UTC−3:30", "21:30:00 UTC−3:30"])
  }

  @Test(arguments: [(60, 20), (80, 24), (120, 35), (200, 50)])
  func `a frame is written as the state says, and stays within its window`(
    _ width: Int, _ height: Int
  ) throws {
    let plain = UIState.make(width: width, height: height)
    var state = plain
    state.formatting.unit = .coin
    state.formatting.decimal = .comma
    state.formatting.grouping = .point
    state.formatting.clock = ClockZone(
      transitions: [.init(from: Timestamp(milliseconds: 0), offset: .minutes(345))])
    state.settle()
    let snapshot = try #require(state.snapshot)
    let text = state.frame.lines.joined(separator: "\n")
    let long = Formatting.$current.withValue(state.writing) {
      NumberText.usd(snapshot.map.total(.long))
    }
    #expect(text.contains("▼ " + NumberText.padded(long, 6)))
    #expect(text.contains(" BTC"))
    let price = Formatting.$current.withValue(state.writing) { NumberText.price(snapshot.price) }
    #expect(text.contains("$" + price) && price.contains(","))
    if width >= 120 { #expect(text.contains("UTC+5:45")) }
    for row in 0..<height { #expect(state.frame[width - 1, row].scalar == " ") }
    // What is written belongs to the state alone.
    #expect(plain.frame == UIState.make(width: width, height: height).frame)
    let scene = try #require(Scene(state, width: width, height: height))
    let end = scene.ceilings.bars / scene.ceilings.rate
    #expect(abs(AxisScale.ceiling(end * 0.9999) - end) < end * 1e-9)
  }

  @Test func `preferences change a running screen and nothing else`() {
    var state = UIState.make()
    var wanted = Preferences()
    #expect(update(&state, .preferences(wanted)).isEmpty)
    wanted.theme = "light"
    wanted.keymap = Keymap.standard.remapped([KeyWish(action: "quit", keys: ["x"])]).keymap
    wanted.formatting = .standard
    wanted.glyphs = .ascii
    #expect(update(&state, .preferences(wanted)) == [.draw])
    #expect(state.theme.name == "light" && state.glyphs == .ascii)
    #expect(state.keymap.shown(.quit) == "x")
    var others = Preferences()
    others.symbols = ["XRP", "DOGE"].map { Instrument(base: $0) }
    others.timeframe = .days30
    #expect(
      update(&state, .preferences(others))
        == [
          .list(others.symbols ?? []),
          .request(symbol: Instrument(base: "BTC"), timeframe: .days30), .draw,
        ])
    #expect(state.symbols.map(\.base) == ["BTC", "XRP", "DOGE"])
    #expect(state.theme.name == "light")
  }
}
