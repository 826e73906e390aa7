import Market

/// Binance's error bodies: `{"code": -1121, "msg": "Invalid symbol."}`.
enum BinanceErrors {
  static func stated(
    _ object: JSONObject, status: Int?
  ) -> (code: String?, text: String, kind: VenueError.Kind)? {
    // A stream wraps its errors: {"error": {"code": 2, "msg": ...}, "id": 1}.
    let body = object["error"]?.object ?? object
    guard case .number(let code)? = body["code"], let text = body["msg"]?.string,
      code != 200
    else { return nil }
    return (codeText(body["code"]), text, kind(code: code, text: text, status: status))
  }

  private static func kind(code: Double, text: String, status: Int?) -> VenueError.Kind {
    switch code {
    case -1003:
      let until = bannedUntil(text)
      return until != nil || status == 418 ? .banned(until: until) : .rateLimited
    case 0 where status == 451 || text.contains("restricted location"):
      return .refusedForLocation
    case -1121: return .badSymbol
    case -2014, -2015, -1002: return .needsKey
    case -1000, -1001, -1006, -1007, -1008, -1016: return .unavailable
    case -1015: return .rateLimited
    case -4088, -1199...(-1100), 1...9: return .badRequest
    default: return status.map(VenueError.kind(status:)) ?? .other
    }
  }

  /// The moment in `... banned until 1746327239762. ...`.
  private static func bannedUntil(_ text: String) -> Timestamp? {
    guard let range = text.firstRange(of: "banned until ") else { return nil }
    let digits = text[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
    guard digits.count <= 14, let milliseconds = Int64(digits) else { return nil }
    return Timestamp(milliseconds: milliseconds)
  }
}
