import Market

/// A value for longs and one for shorts.
public struct BySide<Value> {
  /// The longs'.
  public var long: Value
  /// The shorts'.
  public var short: Value

  /// Both values.
  public init(long: Value, short: Value) {
    self.long = long
    self.short = short
  }

  /// A value for each side.
  public init(_ value: (Side) throws -> Value) rethrows {
    long = try value(.long)
    short = try value(.short)
  }

  /// The value of a side.
  public subscript(_ side: Side) -> Value {
    get { side == .long ? long : short }
    set {
      if side == .long { long = newValue } else { short = newValue }
    }
  }
}

extension BySide: Sendable where Value: Sendable {}
extension BySide: Equatable where Value: Equatable {}
extension BySide: Hashable where Value: Hashable {}
