import Market

/// How long a venue bears with a stream.
struct StreamManners: Sendable {
  /// The stream is cut when neither side has said anything for so long.
  var silence: Int64?
  /// The stream is cut when the client has said nothing for so long.
  var clientSilence: Int64?
  /// The venue sends a ping so often, and cuts the stream after so long without its pong.
  var ping: (every: Int64, patience: Int64)?
  /// The stream is cut at this age.
  var lifetime: Int64?
  /// Client messages within a window; the stream is cut beyond.
  var messages: (limit: Int, window: Int64)?
}

/// A venue's answer and how many rows it holds.
struct DialectReply: Sendable {
  var answer: EmulatedAnswer
  var rows = 0

  init(_ text: String, rows: Int = 0, status: Int = 200) {
    answer = .json(text, status: status)
    self.rows = rows
  }

  init(_ answer: EmulatedAnswer) {
    self.answer = answer
  }
}

/// One venue's language: what it answers, sends and counts. Written from the venue's documentation
/// and recordings alone.
protocol VenueDialect: Sendable {
  /// The allowances of the REST interface and of opening streams, in the order they are charged.
  var rules: [BookRule] { get }
  var manners: StreamManners { get }

  /// What a request takes from which allowances.
  func charges(_ request: EmulatedRequest, rows: Int) -> [(bucket: String, amount: Int)]
  /// What takes nothing into account but the request and the market.
  func answer(_ request: EmulatedRequest, _ desk: Desk) -> DialectReply
  /// The answer to too many requests.
  /// - Parameters:
  ///   - bucket: the allowance; empty where everything is held.
  ///   - wait: until when, in milliseconds from now.
  ///   - isBan: whether the client went on after having been told to wait.
  func refusal(bucket: String, wait: Int64, isBan: Bool, _ desk: Desk) -> EmulatedAnswer
  /// The answer of a venue in trouble, HTTP status and body.
  func trouble(_ fault: Fault, _ desk: Desk) -> EmulatedAnswer?
  /// What an answer's headers say about limits.
  func headers(
    _ request: EmulatedRequest, used: (String) -> (used: Int, limit: Int, reset: Int64)?,
    _ desk: Desk
  ) -> [EmulatedRequest.Pair]

  /// Prepares a stream for a path; false where the venue has no such path.
  func open(_ stream: inout StreamState, query: [EmulatedRequest.Pair], _ desk: Desk) -> Bool
  /// Hears a client; returns what is answered at once and what was wrong about it.
  func hear(_ text: String, _ stream: inout StreamState, _ desk: Desk) -> DialectHearing
  /// What a topic tells of `topic.told < t <= now`; updates nothing but the topic's count.
  func messages(_ topic: inout StreamTopic, _ stream: StreamState, _ desk: Desk) -> [String]
}

/// What a venue makes of a client's message.
struct DialectHearing: Sendable {
  var replies: [String] = []
  /// What no reader of the documentation would have sent.
  var complaint: String?
  /// Whether the venue ends the stream over it.
  var isLast = false
}
