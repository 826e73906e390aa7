import Market

/// What a venue answers from here about one instrument: a line of `lodestone venues`.
public struct VenueReport: Hashable, Sendable {
  /// The venue.
  public let venue: Venue
  /// Whether it said what it lists.
  public var isReachable = false
  /// From sending a request to the end of its answer, the shortest of all; nil where none came.
  public var latency: Span?
  /// How many perpetuals it lists for trading.
  public var listed = 0
  /// What it trades the coin in; nil where it doesn't, or wasn't reached.
  public var instrument: VenueInstrument?
  /// One-sided open interest in coins and in US dollars.
  public var openInterest: Double?
  public var openInterestValue: Double?
  /// The mark and the index price per coin.
  public var mark: Double?
  public var index: Double?
  /// The running funding, with the time from one payment to the next where it is known.
  public var funding: Funding?
  /// Longs to shorts by accounts.
  public var longShortRatio: LongShortRatio?
  /// What is public there, a few words each: `liquidations as they happen`.
  public var offers: [String] = []
  /// What limits apply, a few words each: `2400 weight per minute`.
  public var limits: [String] = []
  /// Why something above is missing, a sentence each; empty where nothing is.
  public var problems: [String] = []

  /// A report of which nothing is known yet.
  public init(venue: Venue) {
    self.venue = venue
  }

  /// The first of the problems.
  public var error: String? { problems.first }

  /// Takes in what an answer says of the instrument, or of the index that it follows.
  mutating func take(_ message: DecodedMessage) {
    guard let instrument else { return }
    for observation in message.observations {
      let isItself = observation.symbol == instrument.symbol
      let isIndex = observation.instrument == instrument.instrument && !observation.isPerpetual
      guard isItself || isIndex else { continue }
      switch observation.content {
      case .markPrice(let reading):
        mark = reading.mark ?? mark
        index = reading.index ?? index
      case .openInterest(let quantity, let dollars):
        openInterest = quantity ?? openInterest
        openInterestValue = dollars ?? openInterestValue
      case .funding:
        if case .funding(let stated)? = observation.event()?.fact { funding = stated }
      case .longShortRatio:
        if case .longShortRatio(let stated)? = observation.event()?.fact {
          longShortRatio = stated
        }
      default: break
      }
    }
  }

  /// Fills in the one of the two sizes of open interest that the venue left out.
  mutating func complete() {
    guard let mark, mark > 0 else { return }
    if let openInterest, openInterestValue == nil { openInterestValue = openInterest * mark }
    if let openInterestValue, openInterest == nil { openInterest = openInterestValue / mark }
  }
}
