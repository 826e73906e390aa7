import ArgumentParser
import Foundation
import Market

/// A moment as an argument: ISO 8601, or milliseconds since 1970.
struct MomentArgument: ExpressibleByArgument {
  /// The moment.
  let timestamp: Timestamp

  init?(argument: String) {
    if let milliseconds = Int64(argument) {
      timestamp = Timestamp(milliseconds: milliseconds)
      return
    }
    let text = argument.uppercased().replacing(" ", with: "T")
    let zoned = text.hasSuffix("Z") || text.dropFirst(11).contains { "+-".contains($0) }
    let full =
      text.contains("T")
      ? (zoned ? text : text + "Z") : text + "T00:00:00Z"
    for fraction in [false, true] {
      let style = Date.ISO8601FormatStyle(includingFractionalSeconds: fraction)
      if let date = try? style.parse(full) {
        timestamp = Timestamp(
          milliseconds: Int64((date.timeIntervalSince1970 * 1_000).rounded()))
        return
      }
    }
    return nil
  }
}
