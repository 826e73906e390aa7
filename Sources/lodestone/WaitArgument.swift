import ArgumentParser
import Market

/// A length of time as an argument: `20s`, `500ms`, `2m`.
struct WaitArgument: ExpressibleByArgument, CustomStringConvertible {
  /// The length, up to an hour.
  let span: Span
  let description: String

  /// How long a snapshot waits unless told otherwise.
  static let usual = WaitArgument(span: .seconds(20), description: "20s")

  private init(span: Span, description: String) {
    self.span = span
    self.description = description
  }

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int64(digits), count <= 3_600_000 else { return nil }
    let span: Span
    switch argument[digits.endIndex...] {
    case "ms": span = Span(milliseconds: count)
    case "s", "": span = .seconds(count)
    case "m": span = .minutes(count)
    default: return nil
    }
    guard span <= .hours(1) else { return nil }
    self.init(span: span, description: argument)
  }
}
