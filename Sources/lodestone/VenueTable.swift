import MapUI
import Market
import MarketData

/// What venues answer as a table: a row of facts each, and below it what is public there, what
/// limits apply and what is wrong.
struct VenueTable {
  let text: String

  private static let head = ["venue", "reached", "symbol", "open interest", "mark", "funding"]
  private static let margin = "  "

  /// The table of those reports.
  init(_ reports: [VenueReport]) {
    let rows = reports.map(Self.cells)
    let widths = Self.head.indices.map { column in
      ([Self.head] + rows).map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.unicodeScalars.count)
      }
      let joined = padded.joined(separator: "  ")
      return String(joined.reversed().drop { $0 == " " }.reversed())
    }
    var lines = [line(Self.head)]
    for (report, row) in zip(reports, rows) {
      lines.append(line(row))
      if !report.offers.isEmpty {
        lines.append(Self.margin + "public: " + report.offers.joined(separator: ", "))
      }
      if !report.limits.isEmpty {
        lines.append(Self.margin + "limits: " + report.limits.joined(separator: ", "))
      }
      lines += report.problems.map { Self.margin + "problem: " + $0 }
    }
    text = lines.joined(separator: "\n")
  }

  private static func cells(_ report: VenueReport) -> [String] {
    let coin = report.instrument?.instrument.base ?? ""
    let interest = report.openInterest.map { coins in
      let places = coins < 1_000 ? 1 : 0
      return NumberText.decimal(coins, places: places, grouped: true) + " \(coin)"
        + (report.openInterestValue.map { " (\(NumberText.usd($0)))" } ?? "")
    }
    let latency = report.latency.map { " in \($0.milliseconds) ms" } ?? ""
    return [
      report.venue.displayName,
      report.isReachable ? "yes" + latency : "no",
      report.instrument?.symbol ?? "–",
      interest ?? report.openInterestValue.map(NumberText.usd) ?? "–",
      report.mark.map(NumberText.price) ?? "–",
      report.funding.map(funding) ?? "–",
    ]
  }

  /// A rate in percent with its sign, and how often it is paid.
  private static func funding(_ funding: Funding) -> String {
    let percent = NumberText.decimal(abs(funding.rate) * 100, places: 4)
    let sign = funding.rate < 0 ? "−" : "+"
    guard let interval = funding.interval else { return "\(sign)\(percent)%" }
    let hours = Double(interval.milliseconds) / 3_600_000
    return "\(sign)\(percent)% / \(NumberText.decimal(hours, places: hours < 1 ? 2 : 0)) h"
  }
}
