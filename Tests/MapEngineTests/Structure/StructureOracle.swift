import Foundation
import MapEngine
import Market
import TestSupport

/// Candles, and what the Python package smartmoneyconcepts publishes as right for them: an oracle
/// from outside (MIT), read from beside the project.
enum StructureOracle {
  /// One row of a table of results: the numbers of its columns, nil where empty.
  typealias Row = [Double?]

  /// Thrown when a table isn't what the tests expect.
  struct Unreadable: Error {
    let line: String
  }

  /// 15-minute candles of EURUSD, counted as if none were missing.
  static func bars() throws -> [PriceBar] { try loaded.get() }

  private static let loaded = Result {
    try lines("EURUSD_15M.csv").enumerated().map { index, line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == 8, let open = Double(fields[1]), let high = Double(fields[2]),
        let low = Double(fields[3]), let close = Double(fields[4])
      else { throw Unreadable(line: String(line)) }
      return PriceBar(
        openTime: Timestamp(milliseconds: Int64(index) * 900_000), span: .minutes(15),
        open: open, high: high, low: low, close: close)
    }
  }

  /// A table of results, a row for each candle.
  static func rows(_ file: String) throws -> [Row] {
    try lines(file).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    }
  }

  private static func lines(_ file: String) throws -> [Substring] {
    let text = try String(contentsOf: SharedData.file("data/structure/" + file), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).dropFirst().map { $0 }
  }
}

/// The first rows in which two tables differ, as words; nil where they are the same.
func firstMismatch(_ ours: [StructureOracle.Row], _ theirs: [StructureOracle.Row]) -> String? {
  guard ours.count == theirs.count else { return "\(ours.count) rows for \(theirs.count)" }
  let different = ours.indices.filter { ours[$0] != theirs[$0] }
  guard let first = different.first else { return nil }
  return "\(different.count) rows, first \(first): \(ours[first]) for \(theirs[first])"
}
