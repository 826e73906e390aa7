import Foundation
import MapEngine
import Market

/// The reference task: a year of one-minute intervals, ten components a side, bins of 10 basis
/// points, removal on cross, closing on the volume clock. Inputs and checksums are those of the
/// C reference that the engine is compared with.
struct YearOfMinutes {
  /// Leverage of each component.
  static let leverage: [Double] = [2, 3, 5, 8, 12, 20, 35, 50, 75, 100]
  /// Width of a bin in log price, and the absolute bin that checksums count from.
  static let binWidth = 0.001
  static let firstBin = 9500

  let intervals: [MarketInterval]
  private let expected: Checksums

  /// Coins per side and their moment about the first bin.
  struct Checksums: Decodable {
    let tot: [Double]
    let moment: [Double]
  }

  /// Reads `candles.bin` (rows of eight little-endian doubles: time, open, high, low, close,
  /// volume, taker buys, open interest) and `expected.json`.
  init(folder: URL) throws {
    let data = try Data(contentsOf: folder.appending(path: "candles.bin"))
    let json = try Data(contentsOf: folder.appending(path: "expected.json"))
    expected = try JSONDecoder().decode(Expected.self, from: json).task2
    intervals = try data.withUnsafeBytes { bytes in
      let values = bytes.bindMemory(to: Double.self)
      return try (0..<values.count / 8).map { row in
        let at = row * 8
        let candle = try Candle(
          openTime: Timestamp(milliseconds: Int64(values[at])), interval: .minutes(1),
          open: values[at + 1], high: values[at + 2], low: values[at + 3], close: values[at + 4],
          volume: values[at + 5], takerBuyVolume: values[at + 6])
        return MarketInterval(candle: candle, openInterest: values[at + 7])
      }
    }
  }

  /// The engine's answer to the task.
  func book() -> PositionBook {
    func distance(_ side: Side, _ leverage: Double) -> Double {
      let rate = leverage > 20 ? 0.004 : min(0.01, 0.5 / leverage)
      return Foundation.log(
        side == .long ? (1 - 1 / leverage) / (1 - rate) : (1 + 1 / leverage) / (1 + rate))
    }
    var book = PositionBook(
      venue: .binance,
      components: Self.leverage.map {
        LeverageComponent(leverage: $0, hazard: 0.2 * pow($0 / 10, 1.5), share: 0.1)
      },
      offsets: [
        .long: Self.leverage.map { [distance(.long, $0)] },
        .short: Self.leverage.map { [distance(.short, $0)] },
      ], smearWeights: [1], binWidth: Self.binWidth, isSeeded: false)
    book.append(intervals)
    return book
  }

  /// What is wrong with an answer, beyond a relative 1e-9; nil when nothing is.
  func fault(of book: PositionBook) -> String? {
    for (index, side) in Side.allCases.enumerated() {
      var total = 0.0
      var moment = 0.0
      for component in Self.leverage.indices {
        let (first, coins) = book.levels(side, component: component)
        for (bin, amount) in coins.enumerated() {
          total += amount
          moment += amount * Double(first + bin - Self.firstBin)
        }
      }
      let faults = [
        abs(total / expected.tot[index] - 1), abs(moment / expected.moment[index] - 1),
      ]
      if faults.contains(where: { !($0 < 1e-9) }) {
        return "\(side): \(total) coins, moment \(moment), do not match the reference"
      }
    }
    return nil
  }

  /// The candles and their open interest as events.
  var events: [MarketEvent] {
    let instrument = Instrument(base: "BTC")
    return intervals.flatMap { interval -> [MarketEvent] in
      guard
        let candle = try? Candle(
          openTime: interval.openTime, interval: interval.span, open: interval.open,
          high: interval.high, low: interval.low, close: interval.close, volume: interval.volume),
        let interest = try? OpenInterest(
          time: interval.closeTime, quantity: interval.openInterest)
      else { return [] }
      return [MarketEvent.Fact.candle(candle, isClosed: true), .openInterest(interest)].map {
        MarketEvent(venue: .binance, instrument: instrument, fact: $0)
      }
    }
  }
}

/// The part of `expected.json` that is compared.
private struct Expected: Decodable {
  let task2: YearOfMinutes.Checksums

  private enum CodingKeys: String, CodingKey {
    case task2 = "t2_K10"
  }
}
