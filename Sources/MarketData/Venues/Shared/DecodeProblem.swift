import Market

/// Why a message, or a part of one, could not be decoded.
public struct DecodeProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The part of the message: `row 3`; empty where it is the whole.
  public let place: String
  /// What is wrong with it.
  public let reason: String

  /// A problem in that part of a message.
  public init(place: String = "", reason: String) {
    self.place = place
    self.reason = reason
  }

  init(_ error: MarketValueError) {
    self.init(reason: error.description)
  }

  /// The same problem, in a part of a greater message.
  func within(_ outer: String) -> DecodeProblem {
    guard !outer.isEmpty else { return self }
    return DecodeProblem(place: place.isEmpty ? outer : outer + ", " + place, reason: reason)
  }

  public var description: String { place.isEmpty ? reason : place + ": " + reason }
}

/// Makes a value of the market's vocabulary; what it refuses becomes a problem of decoding.
func checked<Value>(
  _ make: () throws(MarketValueError) -> Value
) throws(DecodeProblem) -> Value {
  do {
    return try make()
  } catch {
    throw DecodeProblem(error)
  }
}
