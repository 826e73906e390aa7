import Market

/// OKX's errors: a `code` other than "0", which is a string.
enum OKXErrors {
  static func stated(
    _ object: JSONObject
  ) -> (code: String?, text: String, kind: VenueError.Kind)? {
    guard let code = codeText(object["code"]), code != "0",
      let text = object["msg"]?.string, object["event"] != .string("notice")
    else { return nil }
    let kind: VenueError.Kind =
      switch code {
      case "51001": .badSymbol
      case "51000", "60012": .badRequest
      case "60018": text.contains("wrong URL") ? .badRequest : .badSymbol
      case "50011", "50040", "50061", "60014": .rateLimited
      case "50001", "50013", "50026": .unavailable
      case "50101"..."50114": .needsKey
      case "50404", "404": .notFound
      default: .other
      }
    return (code, text, kind)
  }
}
