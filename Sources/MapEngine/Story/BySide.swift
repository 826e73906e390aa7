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

extension BySide<Double?> {
  /// Published liquidations of intervals in US dollars, at each interval's typical price; nil where
  /// none are published.
  init(publishedWithin intervals: some Sequence<MarketInterval>) {
    self.init(long: nil, short: nil)
    for interval in intervals {
      for side in Side.allCases {
        let coins = side == .long ? interval.liquidatedLong : interval.liquidatedShort
        guard let coins else { continue }
        self[side] = (self[side] ?? 0) + coins * interval.typicalPrice
      }
    }
  }
}

extension BySide: Sendable where Value: Sendable {}
extension BySide: Equatable where Value: Equatable {}
extension BySide: Hashable where Value: Hashable {}
