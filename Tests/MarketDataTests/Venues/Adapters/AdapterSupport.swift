import Market
import Testing

@testable import MarketData

extension VenueRequest {
  /// The request as it goes over the wire: method, path and query, and the body of a POST.
  var line: String {
    let query = query.map { "\(PercentText.encode($0.name))=\(PercentText.encode($0.value))" }
    let target = path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    guard let json else { return "GET " + target }
    return "POST \(target) " + String(decoding: json, as: UTF8.self)
  }
}

extension StreamSubscription {
  /// What it is for, how patient it is, and what is sent.
  var line: String {
    let names = channels.map(\.rawValue).joined(separator: "+")
    let patience = patience.map { "\($0.milliseconds / 1_000)s" } ?? "-"
    return "\(symbol ?? "*") \(names) \(patience) \(subscribe)"
  }
}

extension StreamPlan {
  var lines: [String] { ["\(name) \(path)"] + subscriptions.map(\.line) }
}

/// The adapter of a venue and an instrument understood from its symbol.
func subject(
  _ venue: Venue, _ symbol: String
) throws -> (adapter: any VenueAdapter, instrument: VenueInstrument) {
  (
    try #require(VenueAdapters.adapter(of: venue)),
    try #require(InstrumentCatalog(venue: venue).instrument(symbol))
  )
}

/// Half past midnight of 2026-09-25, and a full hour before it.
let requestNow = Timestamp(milliseconds: 1_790_296_200_000)
let requestHour = Timestamp(milliseconds: 1_790_290_800_000)

/// What an answer holds in short words, decoded with nothing but what the request says of it.
func words(
  _ request: VenueRequest?, _ body: String, venue: Venue
) throws -> [String] {
  let request = try #require(request)
  var decoder = VenueDecoder(venue: venue)
  let result = HTTPResult(status: 200, headers: [], body: Array(body.utf8))
  switch decoder.outcome(of: .success(result), to: request, now: requestNow) {
  case .decoded(let message):
    #expect(message.problems.isEmpty)
    return message.words
  case .failed(let failure):
    Issue.record("\(failure)")
    return []
  }
}
