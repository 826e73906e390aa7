import MapEngine
import Market
import Synchronization

/// Liquidations between one map and the next: what a background tells is added on its thread and
/// taken on another.
public final class HeardLiquidations: Sendable {
  private let prints = Mutex<[LiquidationPrint]>([])

  /// The most that is held for a reader that doesn't come; the oldest go first.
  static let most = 50_000

  /// Nothing heard yet.
  public init() {}

  /// Adds the liquidations of an instrument among events.
  public func add(_ events: [MarketEvent], of instrument: Instrument) {
    let new = events.filter { $0.instrument == instrument }.compactMap(LiquidationPrint.init)
    prints.withLock { prints in
      prints += new
      if prints.count > Self.most { prints.removeFirst(prints.count - Self.most) }
    }
  }

  /// Takes out what is there.
  public func take() -> [LiquidationPrint] {
    prints.withLock { prints in
      defer { prints = [] }
      return prints
    }
  }
}
