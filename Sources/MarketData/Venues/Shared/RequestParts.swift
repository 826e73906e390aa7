import Market

/// The names that a venue gives to lengths of time.
struct IntervalNames: ExpressibleByDictionaryLiteral, Sendable {
  private let names: [Span: String]

  init(dictionaryLiteral elements: (Span, String)...) {
    names = Dictionary(elements) { first, _ in first }
  }

  /// The name of a length; nil where the venue has no such interval.
  subscript(span: Span) -> String? { names[span] }
}

extension HistoryDepth {
  /// How many rows lie in a range at most, and no more than a page holds.
  func rows(from: Timestamp, to: Timestamp) -> Int {
    let length = max(0, (to - from).milliseconds)
    let count = (length + step.milliseconds - 1) / max(1, step.milliseconds)
    return Int(min(max(1, count), Int64(rows)))
  }
}

extension VenueRequest.Parameter {
  /// A parameter that is a whole number.
  init(_ name: String, _ value: Int64) { self.init(name, "\(value)") }

  /// A parameter that counts.
  init(_ name: String, _ value: Int) { self.init(name, "\(value)") }

  /// A moment in milliseconds.
  init(_ name: String, _ moment: Timestamp) { self.init(name, moment.milliseconds) }
}

extension Timestamp {
  /// The millisecond before: the last of a range that a venue includes.
  var before: Timestamp { Timestamp(milliseconds: milliseconds - 1) }

  /// The first full second that isn't earlier.
  var secondsUp: Int64 { -Self.floor(-milliseconds) }

  /// The last full second that isn't later.
  var secondsDown: Int64 { Self.floor(milliseconds) }

  private static func floor(_ milliseconds: Int64) -> Int64 {
    let quotient = milliseconds / 1_000
    return milliseconds % 1_000 < 0 ? quotient - 1 : quotient
  }
}

/// Texts of requests.
enum RequestText {
  /// A JSON string. Symbols come from the venue, so nothing is taken for granted about them.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// A number for a subscription, by which its acknowledgement is known: always the same for the
  /// same text, whatever else is subscribed to. FNV-1a, 31 bits.
  static func number(of text: String) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash & 0x7FFF_FFFF)
  }
}

extension StreamPlan {
  /// Connections for subscriptions of which one connection carries only so many; none where there
  /// is nothing to subscribe to. The first has the name itself, the others a number behind it.
  static func connections(
    _ name: String, path: String, _ subscriptions: [StreamSubscription], atMost limit: Int,
    lifetime: Span? = nil
  ) -> [StreamPlan] {
    stride(from: 0, to: subscriptions.count, by: limit).enumerated().map { index, start in
      StreamPlan(
        name: index == 0 ? name : "\(name)-\(index + 1)", path: path,
        subscriptions: Array(subscriptions[start..<min(start + limit, subscriptions.count)]),
        lifetime: lifetime)
    }
  }
}
