import Market
import MarketData

/// Where venues are reached unless told otherwise.
enum VenueBases {
  /// The venue's own hosts; nil for a venue that has none.
  static func endpoints(
    of venue: Venue, headers: [HTTPHeader]
  ) throws(EndpointError) -> (rest: Endpoint, stream: Endpoint)? {
    guard let adapter = VenueAdapters.adapter(of: venue) else { return nil }
    return (
      try Endpoint(adapter.restURL, kind: .rest, headers: headers),
      try Endpoint(adapter.streamURL, kind: .stream, headers: headers)
    )
  }
}
