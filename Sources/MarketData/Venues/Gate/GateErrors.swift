import Market

/// Gate's errors: `{"label", "message"}`, and `{"error": {"code", "message"}}` on the stream.
enum GateErrors {
  static func stated(
    _ object: JSONObject
  ) -> (code: String?, text: String, kind: VenueError.Kind)? {
    if let label = object["label"]?.string {
      let text = object["message"]?.string ?? object["detail"]?.string ?? ""
      return (label, text, kind(label))
    }
    guard let error = object["error"]?.object else { return nil }
    let text = error["message"]?.string ?? ""
    return (codeText(error["code"]), text, text.contains("unknown") ? .badSymbol : .badRequest)
  }

  private static func kind(_ label: String) -> VenueError.Kind {
    switch label {
    case "TOO_MANY_REQUESTS", "TOO_BUSY", "TOO_FAST": .rateLimited
    case "CONTRACT_NOT_FOUND", "INVALID_CURRENCY", "INVALID_CURRENCY_PAIR": .badSymbol
    case "INVALID_KEY", "MISSING_REQUIRED_HEADER", "INVALID_CREDENTIALS", "INVALID_SIGNATURE":
      .needsKey
    case "NOT_FOUND", "URL_NOT_FOUND", "DEPRECATED": .notFound
    case "SERVER_ERROR", "INTERNAL": .unavailable
    case "FORBIDDEN": .refusedForLocation
    default: label.hasPrefix("INVALID") || label.hasPrefix("MISSING") ? .badRequest : .other
    }
  }
}
