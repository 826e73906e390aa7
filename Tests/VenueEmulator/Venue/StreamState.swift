/// What a client has asked for on a stream.
struct StreamTopic: Sendable {
  /// The venue's own word for it, by which it is ended.
  let key: String
  let channel: String
  /// The instrument; nil where the topic is about all of them.
  let symbol: String?
  /// The bars of a candle topic, and the venue's name of their interval.
  var clock: BarClock = .minutes(1)
  var interval = ""
  /// How often something is told, in milliseconds.
  var period: Int64
  /// When the next is due, and up to when everything has been told.
  var next: Int64
  var told: Int64
  /// How many messages there have been.
  var count: Int64 = 0
  /// Whether it never gets data, though it was acknowledged.
  var isStarved = false

  /// Whether it tells of prices, again and again.
  var isPaced: Bool {
    switch channel {
    case "kline", "markPrice", "tickers", "mark-price", "index-tickers", "candle", "allMids",
      "activeAssetCtx", "futures.candlesticks", "futures.tickers":
      true
    default: channel.hasPrefix("candle")
    }
  }

  init(
    key: String, channel: String, symbol: String?, period: Int64, at now: Int64
  ) {
    self.key = key
    self.channel = channel
    self.symbol = symbol
    self.period = period
    next = now + 40
    told = now
  }
}

/// A stream of one client.
struct StreamState: Sendable {
  let id: EmulatedStreamID
  let path: String
  let opened: Int64
  /// Whether messages come in an envelope that names their stream.
  var isCombined = false
  var topics: [StreamTopic] = []
  /// What is to be sent apart from data, in order.
  var pending: [(time: Int64, frame: EmulatedFrame)] = []
  /// When the client was last heard, and when the venue last said something.
  var lastHeard: Int64
  var lastSent: Int64
  /// The pings of the venue that wait for their pongs.
  var unanswered: [(time: Int64, payload: [UInt8])] = []
  var nextPing: Int64 = .max
  /// Whether nothing will ever be said or heard on it again.
  var isHalfOpen = false
  /// A message that its successor overtakes.
  var held: EmulatedFrame?
  /// The newest messages, for those who say them again.
  var recent: [String] = []
  /// Characters of all subscriptions, where the venue counts them.
  var characters = 0
  /// When subscriptions were changed, where the venue counts them.
  var operations: [Int64] = []
  /// Which faults that strike once have struck it.
  var struck: Set<Int> = []

  init(id: EmulatedStreamID, path: String, at now: Int64) {
    self.id = id
    self.path = path
    opened = now
    lastHeard = now
    lastSent = now
  }
}
