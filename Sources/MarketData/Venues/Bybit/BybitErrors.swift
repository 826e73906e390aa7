import Market

/// Bybit's errors: HTTP 200 with a `retCode` other than 0, and refused subscriptions.
enum BybitErrors {
  static func stated(
    _ object: JSONObject
  ) -> (code: String?, text: String, kind: VenueError.Kind)? {
    if object["success"] == .boolean(false), let text = object["ret_msg"]?.string {
      let kind: VenueError.Kind = text.contains("handler not found") ? .badSymbol : .badRequest
      return (nil, text, kind)
    }
    guard let code = codeText(object["retCode"]), code != "0" else { return nil }
    let text = object["retMsg"]?.string ?? ""
    let kind: VenueError.Kind =
      switch code {
      case "10001": text.lowercased().contains("symbol") ? .badSymbol : .badRequest
      case "10006", "10018", "429", "20003": .rateLimited
      case "10009", "10024", "10029": .refusedForLocation
      case "10003", "10004", "10005", "10007": .needsKey
      case "10016", "10000": .unavailable
      case "10017", "404": .notFound
      default: .other
      }
    return (code, text, kind)
  }
}
