import Market

extension EmulatedVenue {
  /// Answers a handshake: opens a stream or refuses it.
  public mutating func open(
    path: String, query: [EmulatedRequest.Pair] = [], at moment: Timestamp
  ) -> EmulatedOpening {
    let now = moment.milliseconds
    lastTime = max(lastTime, now)
    let desk = desk(now)
    for fault in active(now) {
      switch fault {
      case .unreachable, .wrongCertificate:
        struck(fault)
        counters.refusedStreams += 1
        return .refused(EmulatedAnswer(status: 0, body: [], delivery: .unreachable))
      case .refusedStreams:
        struck(fault)
        counters.refusedStreams += 1
        return .refused(.text("<html><body>503</body></html>", status: 503))
      default: continue
      }
    }
    if let rule = dialect.rules.first(where: { $0.bucket == "connect" }) {
      guard book.take(1, of: rule, at: now) else {
        counters.refusedStreams += 1
        return .refused(.text("Too Many Requests", status: 429, type: "text/plain"))
      }
    }
    let id = EmulatedStreamID(number: streamCount)
    var stream = StreamState(id: id, path: path, at: now)
    guard dialect.open(&stream, query: query, desk) else {
      book.note(.malformed, "a stream at \(path)", at: now)
      counters.refusedStreams += 1
      return .refused(.text("Not Found", status: 404, type: "text/plain"))
    }
    if venue == .hyperliquid, streams.count >= 100 {
      book.note(.flooded, "more than 100 streams", at: now)
    }
    if let ping = dialect.manners.ping { stream.nextPing = now + ping.every }
    if isActive(.replayed, now) {
      struck(.replayed)
      for (place, text) in lastWords.enumerated() {
        stream.pending.append((now + 60 + Int64(place), .text(text)))
      }
    }
    streamCount += 1
    counters.streams += 1
    streams[id] = stream
    order.append(id)
    return .opened(id)
  }

  /// Hears a text of a client.
  public mutating func receive(_ text: String, on id: EmulatedStreamID, at moment: Timestamp) {
    receive(.text(text), on: id, at: moment)
  }

  /// Hears a client.
  public mutating func receive(
    _ message: EmulatedClientMessage, on id: EmulatedStreamID, at moment: Timestamp
  ) {
    let now = moment.milliseconds
    lastTime = max(lastTime, now)
    guard var stream = streams[id] else { return }
    guard !stream.isHalfOpen else { return }
    stream.lastHeard = now
    count(&stream, now)
    switch message {
    case .text(let text):
      let hearing = dialect.hear(text, &stream, desk(now))
      if let complaint = hearing.complaint { book.note(.malformed, complaint, at: now) }
      for reply in hearing.replies { stream.pending.append((now + 1, .text(reply))) }
      if hearing.isLast {
        stream.pending.append((now + 2, .close(code: 1008, reason: "")))
      }
    case .ping(let payload): stream.pending.append((now + 1, .pong(payload)))
    case .pong(let payload): stream.unanswered.removeAll { $0.payload == payload }
    case .binary:
      book.note(.malformed, "a binary message", at: now)
      stream.pending.append((now + 1, .close(code: 1003, reason: "")))
    case .close(let code):
      stream.pending.append((now + 1, .close(code: code ?? 1000, reason: "")))
      stream.topics = []
    }
    streams[id] = stream
  }

  /// A client has gone.
  public mutating func ended(_ id: EmulatedStreamID, at moment: Timestamp) {
    lastTime = max(lastTime, moment.milliseconds)
    remove(id)
  }

  private mutating func count(_ stream: inout StreamState, _ now: Int64) {
    guard let limit = dialect.manners.messages else { return }
    let rule = BookRule(
      "messages of stream \(stream.id.number)", limit.limit,
      per: Span(milliseconds: limit.window))
    guard !book.take(1, of: rule, at: now) else { return }
    book.note(.flooded, rule.bucket, at: now)
    stream.pending.append((now + 1, .close(code: 1008, reason: "Too many requests")))
  }

  mutating func remove(_ id: EmulatedStreamID) {
    guard let stream = streams.removeValue(forKey: id) else { return }
    order.removeAll { $0 == id }
    if !stream.recent.isEmpty { lastWords = stream.recent }
  }
}
