/// How a source of facts is doing.
public enum FeedHealth: Hashable, Codable, Sendable {
  /// History is still being read.
  case catchingUp
  /// Everything that the source offers has arrived.
  case live
  /// A file has been read to its end.
  case complete
  /// Some facts are missing; the text says which and why.
  case partial(reason: String)
  /// Nothing has arrived since.
  case stale(since: Timestamp)
  /// The source will not answer; the text is its own reason.
  case refused(reason: String)
}
