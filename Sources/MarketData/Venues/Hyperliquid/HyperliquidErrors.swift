import Market

/// Hyperliquid's errors on the stream: `{"channel": "error", "data": "..."}`. Those of REST are
/// bare sentences.
enum HyperliquidErrors {
  static func stated(
    _ object: JSONObject
  ) -> (code: String?, text: String, kind: VenueError.Kind)? {
    guard object["channel"] == .string("error") else { return nil }
    return (nil, object["data"]?.string ?? "", .badRequest)
  }
}
