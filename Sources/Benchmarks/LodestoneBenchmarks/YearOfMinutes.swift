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

  /// Reads rows of eight little-endian doubles: time, open, high, low, close, volume, taker
  /// buys, open interest.
  init(contentsOf file: URL) throws {
    let data = try Data(contentsOf: file)
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

  /// Coins and their moment about the first bin, per side.
  func checksums(of book: PositionBook) -> [(side: Side, total: Double, moment: Double)] {
    Side.allCases.map { side in
      var total = 0.0
      var moment = 0.0
      for component in Self.leverage.indices {
        let (first, coins) = book.levels(side, component: component)
        for (index, amount) in coins.enumerated() {
          total += amount
          moment += amount * Double(first + index - Self.firstBin)
        }
      }
      return (side, total, moment)
    }
  }
}
