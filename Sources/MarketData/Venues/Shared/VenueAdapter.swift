import Market

/// What a venue is asked and how: the whole of what Lodestone knows about a venue besides decoding
/// its messages. Pure rules; whoever holds an adapter decides when to ask.
public protocol VenueAdapter: Sendable {
  /// The venue.
  var venue: Venue { get }
  /// The base of its REST interface: `https://fapi.binance.com`.
  var restURL: String { get }
  /// The base of its streams: `wss://fstream.binance.com`.
  var streamURL: String { get }
  /// The allowances of its REST interface, those of single endpoints included.
  var limits: [RateRule] { get }

  /// Asks for all instruments, a first page each.
  func instruments() -> [VenueRequest]
  /// The allowances that an answer names, which replace those of `limits`.
  func limits(statedIn answer: [UInt8], to request: VenueRequest) -> [RateRule]
  /// The page after one whose answer named a further one; nil where it was the last.
  func page(after request: VenueRequest, answer: [UInt8]) -> VenueRequest?
  /// Asks for the maintenance tiers of an instrument; none where they aren't public.
  func maintenanceTiers(of instrument: VenueInstrument) -> [VenueRequest]

  /// How far back and in how large pages the venue keeps a series; nil where it has none.
  func depth(of series: HistorySeries) -> HistoryDepth?
  /// Asks for the rows of a series whose time t is from <= t < to: one page, of which the range
  /// must not hold more rows than `depth` says. Candles go by their open time. Nil where the venue
  /// has no such series.
  func history(
    _ series: HistorySeries, of instrument: VenueInstrument, from: Timestamp, to: Timestamp,
    now: Timestamp
  ) -> VenueRequest?
  /// Asks for what holds now: open interest, mark, funding, the ratio of longs to shorts.
  func current(of instrument: VenueInstrument) -> [VenueRequest]
  /// What no stream carries and is asked for again and again while an instrument is watched.
  func polls(of instrument: VenueInstrument) -> [VenuePoll]

  /// The connections that carry the live facts of these instruments, candles of that length; a
  /// connection that needn't be opened is left out.
  func streams(of instruments: [VenueInstrument], candles: Span) -> [StreamPlan]
}

extension VenueAdapter {
  /// Most venues name their allowances in no answer.
  public func limits(statedIn answer: [UInt8], to request: VenueRequest) -> [RateRule] { [] }
}

/// A series of the past that a venue may keep.
public enum HistorySeries: Hashable, Sendable {
  /// Candles of that length.
  case candles(Span)
  /// Open interest at the multiples of that length.
  case openInterest(Span)
  /// Liquidations: single ones, or totals by interval.
  case liquidations
}

/// How much of a series a venue keeps.
public struct HistoryDepth: Hashable, Sendable {
  /// How far back from now; nil where it goes back to the listing.
  public let span: Span?
  /// How many rows a page holds at most.
  public let rows: Int
  /// The step of the rows; the longest range of a page is `rows` times it.
  public let step: Span

  /// So much.
  public init(span: Span?, rows: Int, step: Span) {
    self.span = span
    self.rows = rows
    self.step = step
  }
}

/// A request that is made again and again.
public struct VenuePoll: Hashable, Sendable {
  public let request: VenueRequest
  public let every: Span

  /// A request that is made that often.
  public init(_ request: VenueRequest, every: Span) {
    self.request = request
    self.every = every
  }
}

/// One connection to a venue and what is asked for on it.
public struct StreamPlan: Hashable, Sendable {
  /// The name of the connection at its venue: `market`, `public`, `business`.
  public let name: String
  /// The venue's own path.
  public let path: String
  /// What is subscribed to, in order.
  public let subscriptions: [StreamSubscription]
  /// After how long the venue cuts the connection; nil where it doesn't say.
  public let lifetime: Span?

  /// A connection.
  public init(
    name: String, path: String, subscriptions: [StreamSubscription], lifetime: Span? = nil
  ) {
    self.name = name
    self.path = path
    self.subscriptions = subscriptions
    self.lifetime = lifetime
  }
}

/// One subscription of a stream.
public struct StreamSubscription: Hashable, Sendable {
  /// The venue's symbol; nil where it is about all of them.
  public let symbol: String?
  /// The facts that it brings; the first is the one it is for.
  public let channels: [VenueChannel]
  /// The text that asks for it, and the one that ends it.
  public let subscribe, unsubscribe: String
  /// Within how long data must come, whatever the market does; nil where silence is normal.
  public let patience: Span?

  /// A subscription.
  public init(
    symbol: String?, channels: [VenueChannel], subscribe: String, unsubscribe: String,
    patience: Span?
  ) {
    self.symbol = symbol
    self.channels = channels
    self.subscribe = subscribe
    self.unsubscribe = unsubscribe
    self.patience = patience
  }
}
