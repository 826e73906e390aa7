import Market
import MarketData

/// Where venues are reached unless told otherwise.
enum VenueBases {
  /// The venue's own hosts; nil for a venue that has none.
  static func endpoints(
    of venue: Venue, headers: [HTTPHeader]
  ) throws(EndpointError) -> (rest: Endpoint, stream: Endpoint)? {
    guard let (rest, stream) = bases(venue) else { return nil }
    return (
      try Endpoint(rest, kind: .rest, headers: headers),
      try Endpoint(stream, kind: .stream, headers: headers)
    )
  }

  private static func bases(_ venue: Venue) -> (rest: String, stream: String)? {
    switch venue {
    case .binance: ("https://fapi.binance.com", "wss://fstream.binance.com")
    case .bybit: ("https://api.bybit.com", "wss://stream.bybit.com")
    case .okx: ("https://www.okx.com", "wss://ws.okx.com:8443")
    case .hyperliquid: ("https://api.hyperliquid.xyz", "wss://api.hyperliquid.xyz")
    case .gate: ("https://api.gateio.ws", "wss://fx-ws.gateio.ws")
    case .simulatedA, .simulatedB: nil
    }
  }
}
