import Market

extension EmulatedVenue {
  /// What is due next on a stream.
  private enum Due {
    case pending
    case topic(Int)
    case ping
    case cut(String)
    case sudden(Int)
  }

  /// When something is sent next, if nobody says anything before; nil where no stream is open.
  /// A topic may then turn out to have nothing to tell.
  public var nextFrame: Timestamp? {
    var earliest = Int64.max
    for id in order {
      guard let stream = streams[id] else { continue }
      earliest = min(earliest, due(stream).time)
    }
    return earliest == .max ? nil : Timestamp(milliseconds: max(earliest, lastTime))
  }

  /// Everything that the venue sends up to and including a moment, in order of time.
  public mutating func frames(until moment: Timestamp) -> [EmulatedDelivery] {
    let now = moment.milliseconds
    var deliveries: [EmulatedDelivery] = []
    while true {
      var earliest: (time: Int64, id: EmulatedStreamID, due: Due)?
      for id in order {
        guard let stream = streams[id] else { continue }
        let due = due(stream)
        if due.time <= now, due.time < earliest?.time ?? .max {
          earliest = (due.time, id, due.due)
        }
      }
      guard let earliest else { break }
      let time = max(earliest.time, lastTime)
      lastTime = time
      perform(earliest.due, on: earliest.id, at: time, &deliveries)
    }
    lastTime = max(lastTime, now)
    return deliveries
  }

  private func due(_ stream: StreamState) -> (time: Int64, due: Due) {
    var time = Int64.max
    var due = Due.pending
    for (place, entry) in entries.enumerated()
    where entry.fault.isSudden && !stream.struck.contains(place) {
      // What is over before the stream opens doesn't strike it.
      let begin = max(entry.from.milliseconds, stream.opened)
      guard begin < entry.until.milliseconds else { continue }
      let isSooner = entry.from.milliseconds >= stream.opened && begin < time
      if isSooner { (time, due) = (begin, .sudden(place)) }
    }
    guard !stream.isHalfOpen else { return (time, due) }
    if let first = stream.pending.first, first.time < time { (time, due) = (first.time, .pending) }
    for (place, topic) in stream.topics.enumerated() where topic.next < time {
      (time, due) = (topic.next, .topic(place))
    }
    if stream.nextPing < time { (time, due) = (stream.nextPing, .ping) }
    let manners = dialect.manners
    if let silence = manners.silence {
      let end = max(stream.lastHeard, stream.lastSent) + silence
      if end < time { (time, due) = (end, .cut("silence")) }
    }
    if let silence = manners.clientSilence, stream.lastHeard + silence < time {
      (time, due) = (stream.lastHeard + silence, .cut("a silent client"))
    }
    if let lifetime = manners.lifetime, stream.opened + lifetime < time {
      (time, due) = (stream.opened + lifetime, .cut("its age"))
    }
    if let ping = manners.ping, let oldest = stream.unanswered.first,
      oldest.time + ping.patience < time
    {
      (time, due) = (oldest.time + ping.patience, .cut("an unanswered ping"))
    }
    return (time, due)
  }

  private mutating func perform(
    _ due: Due, on id: EmulatedStreamID, at time: Int64, _ deliveries: inout [EmulatedDelivery]
  ) {
    guard var stream = streams[id] else { return }
    func send(_ frame: EmulatedFrame) {
      deliveries.append(
        EmulatedDelivery(stream: id, time: Timestamp(milliseconds: time), frame: frame))
    }
    switch due {
    case .pending:
      let frame = stream.pending.removeFirst().frame
      send(frame)
      stream.lastSent = time
      streams[id] = stream
      if frame.isLast { remove(id) }
    case .ping:
      let payload = Array(String(time).utf8)
      stream.unanswered.append((time, payload))
      stream.nextPing += dialect.manners.ping?.every ?? .max / 2
      stream.lastSent = time
      streams[id] = stream
      send(.ping(payload))
    case .cut(let reason):
      if reason == "an unanswered ping" { book.note(.unansweredPing, reason, at: time) }
      send(reason == "silence" ? .close(code: 4004, reason: "no data in 30 s") : .dropped)
      remove(id)
    case .sudden(let place):
      strike(place, &stream, time, send)
    case .topic(let place):
      tell(place, &stream, time, send)
      streams[id] = stream
    }
  }

  /// A fault that strikes once.
  private mutating func strike(
    _ place: Int, _ stream: inout StreamState, _ time: Int64, _ send: (EmulatedFrame) -> Void
  ) {
    let fault = entries[place].fault
    stream.struck.insert(place)
    struck(fault)
    switch fault {
    case .cutMidFrame:
      send(.cut(stream.recent.last ?? "{\"e\":\"kline\",\"E\":1"))
      streams[stream.id] = stream
      remove(stream.id)
    case .closeStreams:
      if venue == .okx { send(.text(OKXDialect.notice)) }
      send(.close(code: 1001, reason: "service upgrade"))
      streams[stream.id] = stream
      remove(stream.id)
    case .halfOpen:
      stream.isHalfOpen = true
      streams[stream.id] = stream
    default:
      let text = stream.recent.last ?? "{}"
      let blanks = max(options.hugeFrameBytes - text.utf8.count, 0)
      send(.text(text + String(repeating: " ", count: blanks)))
      stream.lastSent = time
      streams[stream.id] = stream
    }
  }

  /// A topic's turn.
  private mutating func tell(
    _ place: Int, _ stream: inout StreamState, _ time: Int64, _ send: (EmulatedFrame) -> Void
  ) {
    var topic = stream.topics[place]
    let desk = desk(time)
    let isGone = topic.symbol.map { desk.delisted.contains($0) } ?? false
    let texts = topic.isStarved || isGone ? [] : dialect.messages(&topic, stream, desk)
    topic.told = time
    topic.next = max(topic.next + period(of: topic, time), time + 1)
    stream.topics[place] = topic
    for text in texts { pass(text, &stream, time, send) }
  }

  /// How long a topic waits for its next turn.
  private func period(of topic: StreamTopic, _ time: Int64) -> Int64 {
    guard case .total(let rate) = options.pace, topic.isPaced else { return topic.period }
    let topics = streams.values.reduce(0) { $0 + $1.topics.count { $0.isPaced } }
    // In whole milliseconds on average, not each time.
    let wait = 1_000 * Double(max(topics, 1)) / max(rate, 0.001)
    return Int64(wait) + (noise.unit(time, 24) < wait - wait.rounded(.down) ? 1 : 0)
  }

  /// A data message on a way that has its own troubles.
  private mutating func pass(
    _ text: String, _ stream: inout StreamState, _ time: Int64, _ send: (EmulatedFrame) -> Void
  ) {
    var frames = [EmulatedFrame.text(text)]
    if !entries.isEmpty {
      let isKept = spoil(&frames, text, stream, time)
      guard isKept else {
        counters.keptBack += 1
        return
      }
      if isActive(.reordered, time), stream.held == nil {
        stream.held = frames[0]
        struck(.reordered)
        return
      }
      if let held = stream.held {
        frames.append(held)
        stream.held = nil
      }
    }
    stream.recent.append(text)
    if stream.recent.count > 40 { stream.recent.removeFirst(20) }
    stream.lastSent = time
    counters.messages += frames.count
    for frame in frames { send(frame) }
  }

  /// Whether the message is sent at all.
  private mutating func spoil(
    _ frames: inout [EmulatedFrame], _ text: String, _ stream: StreamState, _ time: Int64
  ) -> Bool {
    var text = text
    let place = Int64(counters.messages + counters.keptBack)
    for fault in active(time) {
      switch fault {
      case .stall:
        struck(fault)
        return false
      case .gap:
        // Something still comes, so that nobody notices by silence alone.
        guard noise.below(3, place, 23) > 0 else { continue }
        struck(fault)
        return false
      case .repeated: frames.append(frames[0])
      case .truncatedJSON, .wrongTypes, .emptyNumbers:
        guard noise.below(3, place, 22) > 0 else { continue }
        text = Corruption.spoiled(text, by: fault, noise: noise, place: place)
        frames = frames.map { _ in .text(text) }
      case .unknownFields, .scientificNotation, .bareNumbers:
        text = Corruption.spoiled(text, by: fault, noise: noise, place: place)
        frames = frames.map { _ in .text(text) }
      case .fragments: frames[0] = .fragments(text, count: 7)
      case .slowDrip: frames[0] = .dripped(text, over: .seconds(1))
      default: continue
      }
      struck(fault)
    }
    return true
  }
}
