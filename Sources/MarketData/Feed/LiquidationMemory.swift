import Market

/// Remembers which liquidations were told of, so that none counts twice: overlapping connections,
/// late repetitions and the venue's own history all bring the same ones. Pure.
struct LiquidationMemory: Sendable {
  private struct Key: Hashable, Sendable {
    let time: Timestamp
    let side: Side
    let price, quantity: Double
  }

  /// How long one is remembered: OKX lists a day of them.
  private static let span = Span.hours(26)
  /// More than a cascade of a day; the oldest are forgotten first.
  private static let limit = 50_000

  private var known: Set<Key> = []
  private var order: [Key] = []
  private var head = 0

  /// Whether the liquidation is new.
  mutating func isNew(_ liquidation: Liquidation, now: Timestamp) -> Bool {
    let key = Key(
      time: liquidation.time, side: liquidation.side, price: liquidation.price,
      quantity: liquidation.quantity)
    guard liquidation.time > now - Self.span, known.insert(key).inserted else { return false }
    order.append(key)
    forget(now: now)
    return true
  }

  /// Forgets what came first while that is too old or too much. They come nearly in order.
  private mutating func forget(now: Timestamp) {
    while head < order.count,
      order[head].time <= now - Self.span || order.count - head > Self.limit
    {
      known.remove(order[head])
      head += 1
    }
    if head > 1_024, head > order.count / 2 {
      order.removeFirst(head)
      head = 0
    }
  }
}
