import Market

/// A stop hunt as a story: a swing with a pool of liquidations behind it, how price grabbed it, and
/// what came of that.
public struct StopHunt: Hashable, Sendable {
  /// How far the story has come.
  public enum Phase: String, CaseIterable, Codable, Hashable, Sendable {
    /// The swing stands and the pool builds up behind it.
    case building
    /// Price has gone through the swing; whether it comes back isn't known yet.
    case grabbed
    /// A bar closed back inside in time: the hunt was a sweep.
    case reversed
    /// None did: the swing is broken.
    case continued
  }

  /// The liquidations behind the swing.
  public struct Pool: Hashable, Sendable {
    /// The lower edge, in the quote currency.
    public internal(set) var low: Double
    /// The upper edge.
    public internal(set) var high: Double
    /// Modelled dollars between the edges: now while the story builds, else as price went through
    /// the swing.
    public internal(set) var usd: Double
    /// The most dollars that the pool held behind this swing.
    public internal(set) var peakUSD: Double
    /// The largest living magnet that reaches into it, by its number in the ledger; nil for none.
    public internal(set) var magnet: Int?
  }

  /// The next large cluster on the other side when the story was decided.
  public struct NextPool: Hashable, Sendable {
    /// Whose positions.
    public let side: Side
    /// Its mean price, in the quote currency.
    public let price: Double
    /// Its dollars.
    public let usd: Double
    /// From the price then to it, in percent; negative below.
    public let distancePercent: Double
  }

  /// Whether the swing is a high or a low.
  public let kind: Swing.Kind
  /// The swing's price, in the quote currency.
  public let level: Double
  /// The bar of the swing.
  public let swingIndex: Int
  /// The start of the bar of the swing.
  public let swingAt: Timestamp
  /// When a pool was first seen behind the confirmed swing.
  public let since: Timestamp
  /// The pool.
  public internal(set) var pool: Pool
  /// How far the story has come.
  public internal(set) var phase = Phase.building
  /// The close of the bar that went through the swing; nil while none has.
  public internal(set) var grabbedAt: Timestamp?
  /// Modelled dollars of the pool that were eaten from then until the story was decided.
  public internal(set) var eatenUSD = 0.0
  /// Published liquidations of the pool's side in those bars, in dollars; nil where none are.
  public internal(set) var printedUSD: Double?
  /// The same of the other side.
  public internal(set) var printedOppositeUSD: Double?
  /// The fall of open interest over those bars, in coins; negative where it rose.
  public internal(set) var openInterestDrop: Double?
  /// The price farthest beyond the swing in those bars.
  public internal(set) var extreme: Double?
  /// When it was decided, reversed or continued; nil before.
  public internal(set) var decidedAt: Timestamp?
  /// The close of the bar that decided it, in the quote currency.
  public internal(set) var decidedPrice: Double?
  /// The close of the first bar, of the 24 after a reversal, that closed beyond the extreme: the
  /// hunt was a pause in a longer move. Nil while none has.
  public internal(set) var failedAt: Timestamp?
  /// The next pool opposite, as of that moment; nil where there was none.
  public internal(set) var opposite: NextPool?

  /// Whose liquidations: shorts' above a high, longs' below a low.
  public var side: Side { kind.backing }

  /// What was eaten, as a share of what the pool held when price went through the swing.
  public var eatenShare: Double { pool.usd > 0 ? min(eatenUSD / pool.usd, 1) : 0 }

  /// Whether open interest fell and liquidations of the right side were printed, more than of the
  /// other.
  public var isConfirmed: Bool {
    (openInterestDrop ?? 0) > 0 && (printedUSD ?? 0) > (printedOppositeUSD ?? 0)
  }
}
