import Market

/// What a message held.
public struct DecodedMessage: Hashable, Sendable {
  /// Facts, in order of time where the venue gives the newest first.
  public var observations: [VenueObservation] = []
  /// Names of what was recognised and has no use: acks, pongs, books, tickers.
  public var ignored: [String] = []
  /// What could not be decoded; the rest still was.
  public var problems: [DecodeProblem] = []
  /// The venue's error, where the message is or holds one.
  public var error: VenueError?
}

/// A message being decoded: collects what is found and knows what was asked.
struct Decoding {
  let catalog: InstrumentCatalog
  let channel: VenueChannel?
  let context: DecodeContext
  var found = DecodedMessage()
  /// What sizes of a message that names no instrument can be seen to count.
  var unnamed: VenueInstrument?
  /// The step between the fundings of a history.
  var fundingStep: Span?

  var venue: Venue { catalog.venue }

  /// Whether anybody wants facts of that channel.
  func wants(_ wanted: VenueChannel) -> Bool { channel == nil || channel == wanted }

  mutating func ignore(_ name: String) { found.ignored.append(name) }

  mutating func fail(_ place: String, _ reason: String) {
    found.problems.append(DecodeProblem(place: place, reason: reason))
  }

  /// Does one part of the work; its problem is noted and the rest goes on.
  mutating func attempt(
    _ place: String, _ body: (inout Decoding) throws(DecodeProblem) -> Void
  ) {
    do {
      try body(&self)
    } catch {
      found.problems.append(error.within(place))
    }
  }

  /// Each element of a list; a bad one is noted and the others are read.
  mutating func rows(
    _ list: [JSONValue], _ name: String = "row",
    _ body: (inout Decoding, JSONValue) throws(DecodeProblem) -> Void
  ) {
    for (index, element) in list.enumerated() {
      do {
        try body(&self, element)
      } catch {
        found.problems.append(error.within("\(name) \(index)"))
      }
    }
  }

  /// The instrument that a symbol names, or that was asked for where the message names none.
  func instrument(_ symbol: String?) -> VenueInstrument? {
    (symbol ?? context.symbol).flatMap { catalog.instrument($0) }
  }

  mutating func add(
    _ content: VenueObservation.Content, about symbol: String?, time: Timestamp?,
    reason: String? = nil
  ) {
    let known = instrument(symbol)
    add(content, about: symbol, known, time: time, reason: reason)
  }

  mutating func add(
    _ content: VenueObservation.Content, about symbol: String?, _ known: VenueInstrument?,
    time: Timestamp?, reason: String? = nil
  ) {
    let observation = VenueObservation(
      venue: venue, symbol: symbol ?? context.symbol, instrument: known?.instrument,
      isPerpetual: known?.isPerpetual ?? false, time: time, content: content, reason: reason)
    if wants(observation.channel) { found.observations.append(observation) }
  }
}
