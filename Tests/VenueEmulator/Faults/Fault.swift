import Market

/// What can go wrong with a venue.
public enum Fault: Hashable, Sendable {
  // MARK: Streams, once at the beginning

  /// Every open stream breaks in the middle of a frame.
  case cutMidFrame
  /// Every open stream is closed by the venue, with the notice that some venues give before.
  case closeStreams
  /// Every open stream stays open, says nothing and hears nothing any more.
  case halfOpen
  /// One message of four mebibytes on each open stream.
  case hugeFrame

  // MARK: Streams, while it lasts

  /// Subscriptions are acknowledged, no data comes.
  case stall
  /// Messages are left out.
  case gap
  /// Every message comes twice.
  case repeated
  /// Every second message is overtaken by the next.
  case reordered
  /// What was said at the end of a stream is said again at the beginning of the next one.
  case replayed
  /// Messages come in many frames.
  case fragments
  /// Messages come byte by byte.
  case slowDrip
  /// The handshake of a stream is answered with 503.
  case refusedStreams

  // MARK: Everything, while it lasts

  /// There is nobody at the address.
  case unreachable
  /// Whoever answers has a certificate of another name.
  case wrongCertificate

  // MARK: REST, while it lasts

  /// Too many requests, with the time to wait where the venue tells it.
  case rateLimited
  /// The address is banned: Binance's 418, Bybit's 403 of ten minutes, others' 429.
  case banned
  /// The firewall in front of the venue: 403 with a page of HTML.
  case firewall
  /// The venue refuses the location: Binance's 451, Bybit's 403 that isn't JSON.
  case restricted
  /// 503 or the venue's own word for being overloaded.
  case overloaded
  /// 500 or 502 with a page of HTML.
  case serverError
  /// 200 with the venue's own code of an error in the body.
  case errorInBody
  /// 200 with a page of HTML.
  case htmlInsteadOfJSON
  /// Half a body, then the connection ends.
  case truncatedBody
  /// The connection ends without an answer.
  case droppedAnswer
  /// The answer takes seconds.
  case slowAnswer
  /// The answer never comes.
  case noAnswer

  // MARK: Contents, on REST and streams, while it lasts

  /// Half of the JSON, well delivered.
  case truncatedJSON
  /// An object, a list or a truth value where a number belongs.
  case wrongTypes
  /// Fields that nobody has heard of.
  case unknownFields
  /// `""` for numbers.
  case emptyNumbers
  /// `8.46601E4` for 84660.1.
  case scientificNotation
  /// Numbers as JSON numbers that are otherwise text.
  case bareNumbers
  /// The venue's clock is off by so much.
  case clockSkew(Span)
  /// An instrument leaves the list.
  case delisted(symbol: String)
  /// An instrument's contracts are so many times as large as before.
  case contractSize(symbol: String, factor: Double)

  /// The name on a command line.
  public var name: String {
    switch self {
    case .clockSkew: "clock-skew"
    case .delisted: "delisted"
    case .contractSize: "contract-size"
    default: Fault.named.first { $0.value == self }?.key ?? "fault"
    }
  }

  /// The faults without values of their own, by name.
  public static let named: [String: Fault] = [
    "cut-mid-frame": .cutMidFrame, "close": .closeStreams, "half-open": .halfOpen,
    "huge-frame": .hugeFrame, "stall": .stall, "gap": .gap, "repeat": .repeated,
    "reorder": .reordered, "replay": .replayed, "fragments": .fragments, "drip": .slowDrip,
    "refuse-streams": .refusedStreams, "unreachable": .unreachable,
    "wrong-certificate": .wrongCertificate, "429": .rateLimited, "418": .banned,
    "403": .firewall, "451": .restricted, "503": .overloaded, "500": .serverError,
    "error-in-body": .errorInBody, "html": .htmlInsteadOfJSON, "truncated-body": .truncatedBody,
    "dropped-answer": .droppedAnswer, "slow-answer": .slowAnswer, "no-answer": .noAnswer,
    "truncated-json": .truncatedJSON, "wrong-types": .wrongTypes,
    "unknown-fields": .unknownFields, "empty-numbers": .emptyNumbers,
    "scientific": .scientificNotation, "bare-numbers": .bareNumbers,
  ]

  /// Whether it strikes once, at its beginning.
  public var isSudden: Bool {
    switch self {
    case .cutMidFrame, .closeStreams, .halfOpen, .hugeFrame: true
    default: false
    }
  }
}

/// The faults of all venues, each with its time.
public struct FaultScript: Hashable, Sendable {
  /// One fault of one venue.
  public struct Entry: Hashable, Sendable {
    public let venue: Venue
    public let fault: Fault
    /// From when, and until when (not included).
    public let from: Timestamp
    public fileprivate(set) var until: Timestamp

    /// A fault of a venue from a moment on for so long.
    public init(_ venue: Venue, _ fault: Fault, at from: Timestamp, lasting span: Span) {
      self.venue = venue
      self.fault = fault
      self.from = from
      until = from + span
    }

    /// When it is over, and what it may have told to wait for: waits are told in whole seconds,
    /// and Bybit's ban is of ten minutes from whenever it is met.
    public var healed: Timestamp {
      switch fault {
      case .banned: until + (venue == .bybit ? .minutes(10) : .seconds(1))
      case .rateLimited: until + .seconds(1)
      default: until
      }
    }
  }

  /// In order of their beginnings.
  public private(set) var entries: [Entry]

  /// A script of these faults.
  public init(_ entries: [Entry] = []) {
    self.entries = entries.sorted { ($0.from, $0.until) < ($1.from, $1.until) }
  }

  /// Nothing goes wrong.
  public static let none = FaultScript()

  /// When the last fault is over, and every wait that it may have told; nil where there is none.
  public var healed: Timestamp? { entries.map(\.healed).max() }

  /// Adds a fault.
  public mutating func add(_ entry: Entry) {
    self = FaultScript(entries + [entry])
  }

  /// Ends whatever goes on at a moment.
  public mutating func end(at moment: Timestamp) {
    for index in entries.indices where entries[index].from <= moment {
      entries[index].until = min(entries[index].until, moment)
    }
  }
}
