import Synchronization

/// The messages that have arrived and wait for whoever reads them: bounded by count and by bytes.
///
/// The bound is kept by reading no further from the network while the queue is full; what had been
/// read already is still taken, so it can be passed by one read.
final class MessageQueue: Sendable {
  /// How much may wait before reading stops. It goes on when half of that is left.
  struct Bounds {
    let messages: Int
    let bytes: Int
  }

  private struct State {
    var messages: [WebSocketMessage] = []
    var head = 0
    var bytes = 0
    var isFull = false
    var end: WebSocketEnd?
    var lastID = 0
    var readers: [(id: Int, continuation: CheckedContinuation<WebSocketMessage?, Never>)] = []
    var cancelled: Set<Int> = []
    var resume: (@Sendable () -> Void)?

    var count: Int { messages.count - head }

    mutating func pop() -> WebSocketMessage? {
      guard head < messages.count else { return nil }
      let message = messages[head]
      messages[head] = WebSocketMessage(bytes: [])
      head += 1
      bytes -= message.bytes.count
      if head == messages.count {
        messages.removeAll(keepingCapacity: true)
        head = 0
      } else if head >= 1_024 {
        messages.removeFirst(head)
        head = 0
      }
      return message
    }
  }

  private let bounds: Bounds
  private let state = Mutex(State())

  /// An empty queue.
  init(bounds: Bounds) {
    self.bounds = bounds
  }

  /// What to do when there is room again after the queue was full.
  func onRoom(_ resume: @escaping @Sendable () -> Void) {
    state.withLock { if $0.end == nil { $0.resume = resume } }
  }

  /// Why no more will come; nil while more may.
  var end: WebSocketEnd? { state.withLock { $0.end } }

  /// How many messages wait.
  var count: Int { state.withLock { $0.count } }

  /// Takes a message in. False when the queue is full, so that reading must stop.
  func push(_ message: WebSocketMessage) -> Bool {
    typealias Reader = CheckedContinuation<WebSocketMessage?, Never>
    let (reader, hasRoom): (Reader?, Bool) = state.withLock { state in
      if state.end != nil { return (nil, true) }
      if !state.readers.isEmpty { return (state.readers.removeFirst().continuation, true) }
      state.messages.append(message)
      state.bytes += message.bytes.count
      if state.count >= bounds.messages || state.bytes >= bounds.bytes { state.isFull = true }
      return (nil, !state.isFull)
    }
    reader?.resume(returning: message)
    return hasRoom
  }

  /// Nothing more will come. What waits is still delivered.
  func finish(_ end: WebSocketEnd) {
    let readers = state.withLock { state in
      if state.end == nil { state.end = end }
      state.resume = nil
      defer { state.readers = [] }
      return state.readers
    }
    for reader in readers { reader.continuation.resume(returning: nil) }
  }

  /// The next message; nil when the stream is over or the task is cancelled.
  func next() async -> WebSocketMessage? {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    let message = await withTaskCancellationHandler {
      await withCheckedContinuation { (reader: CheckedContinuation<WebSocketMessage?, Never>) in
        take(id, reader)
      }
    } onCancel: {
      let reader = state.withLock { state in
        guard let index = state.readers.firstIndex(where: { $0.id == id }) else {
          state.cancelled.insert(id)
          return nil as CheckedContinuation<WebSocketMessage?, Never>?
        }
        return state.readers.remove(at: index).continuation
      }
      reader?.resume(returning: nil)
    }
    state.withLock { _ = $0.cancelled.remove(id) }
    return message
  }

  /// Takes out everything that waits, in its order.
  func drain() -> [WebSocketMessage] {
    let (messages, resume) = state.withLock { state in
      let messages = Array(state.messages[state.head...])
      state.messages.removeAll(keepingCapacity: true)
      state.head = 0
      state.bytes = 0
      let resume = state.isFull ? state.resume : nil
      state.isFull = false
      return (messages, resume)
    }
    resume?()
    return messages
  }

  private func take(_ id: Int, _ reader: CheckedContinuation<WebSocketMessage?, Never>) {
    var resume: (@Sendable () -> Void)?
    let answer: WebSocketMessage?? = state.withLock { state in
      if state.cancelled.remove(id) != nil { return .some(nil) }
      if let message = state.pop() {
        if state.isFull, state.count <= bounds.messages / 2, state.bytes <= bounds.bytes / 2 {
          state.isFull = false
          resume = state.resume
        }
        return message
      }
      if state.end != nil { return .some(nil) }
      state.readers.append((id, reader))
      return nil
    }
    resume?()
    if let answer { reader.resume(returning: answer) }
  }
}
