import Market

/// What a server has seen.
public struct EmulatorReport: Sendable {
  public let venue: Venue
  public let counters: EmulatedVenue.Counters
  /// The newest violations of what the venue's documentation asks, and how many there were.
  public let violations: [Violation]
  public let violationCounts: [Violation.Kind: Int]
  public let openStreams: Int

  /// One JSON object: `venue`, `requests` by path, `statuses`, `streams`, `refused_streams`,
  /// `open_streams`, `messages`, `kept_back`, `faults`, `violation_counts`, `violations`.
  public var json: String {
    func table(_ values: [String: Int]) -> String {
      let pairs = values.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)):\($0.value)" }
      return "{" + pairs.joined(separator: ",") + "}"
    }
    let statuses = Dictionary(
      counters.statuses.map { (String($0.key), $0.value) }, uniquingKeysWith: { $1 })
    let counts = Dictionary(
      violationCounts.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { $1 })
    let listed = violations.suffix(100).map { violation in
      "{\"kind\":\"\(violation.kind.rawValue)\",\"time\":\(violation.time.milliseconds),"
        + "\"what\":\(Self.quoted(violation.what))}"
    }
    return #"""
      {"venue":"\#(venue.rawValue)","requests":\#(table(counters.requests)),\#
      "statuses":\#(table(statuses)),"streams":\#(counters.streams),\#
      "refused_streams":\#(counters.refusedStreams),"open_streams":\#(openStreams),\#
      "messages":\#(counters.messages),"kept_back":\#(counters.keptBack),\#
      "faults":\#(table(counters.faults)),"violation_counts":\#(table(counts)),\#
      "violations":[\#(listed.joined(separator: ","))]}
      """#
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
