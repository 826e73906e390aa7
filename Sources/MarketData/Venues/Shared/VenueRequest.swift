import Market

/// One question to a venue's REST interface, with what its answer has to be decoded with. Pure: a
/// client sends it.
public struct VenueRequest: Hashable, Sendable {
  /// A parameter of the query.
  public struct Parameter: Hashable, Sendable {
    public let name: String
    public let value: String

    /// A parameter of that name and value.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The venue's own path, beginning with a slash; the endpoint's prefix comes before it.
  public var path: String
  /// In the order in which they are sent.
  public var query: [Parameter]
  /// The body of a POST; nil for a GET.
  public var json: [UInt8]?
  /// What it takes from the venue's allowances, the most general first.
  public var costs: [RateCost]
  /// What is asked for. The answer may hold more: see `filter`.
  public var channel: VenueChannel
  /// What is known of the answer and isn't in it.
  public var context: DecodeContext

  /// A GET, or a POST where there is a body.
  public init(
    _ path: String, query: [Parameter] = [], json: [UInt8]? = nil, costs: [RateCost],
    channel: VenueChannel, context: DecodeContext = DecodeContext()
  ) {
    self.path = path
    self.query = query
    self.json = json
    self.costs = costs
    self.channel = channel
    self.context = context
  }

  /// The one channel that the answer is decoded for; nil where all of it is of use, as in a ticker
  /// that holds the mark price, the funding and the open interest.
  public var filter: VenueChannel? {
    switch channel {
    case .markPrice, .openInterest, .funding: nil
    case .candle, .liquidation, .trade, .longShortRatio, .instruments, .maintenanceTiers: channel
    }
  }

  /// Names and values of the query, as the transport takes them.
  public var pairs: [(name: String, value: String)] {
    query.map { (name: $0.name, value: $0.value) }
  }
}
