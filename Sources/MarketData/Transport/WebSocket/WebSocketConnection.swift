import Market
import NIOCore

/// An open stream: an asynchronous sequence of the venue's messages, in their order.
///
/// One task reads. While it lags, the queue fills to its bounds and then nothing more is read from the
/// network, so the venue's own buffers hold the rest. The sequence ends when the stream is over, and
/// `end` says why; it also ends when the reading task is cancelled, and `end` may be nil then. The
/// connection closes with `close()` or with the last reference to it.
public final class WebSocketConnection: AsyncSequence, Sendable {
  /// Reads the messages.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let connection: WebSocketConnection

    /// The next message; nil when the stream is over or the task is cancelled.
    public mutating func next() async -> WebSocketMessage? {
      await connection.queue.next()
    }

    /// The next message; nil when the stream is over or the task is cancelled.
    public mutating func next(
      isolation: isolated (any Actor)?
    ) async -> WebSocketMessage? {
      await connection.queue.next()
    }
  }

  /// The venue's host.
  public let host: String
  private let channel: any Channel
  private let queue: MessageQueue

  init(host: String, channel: any Channel, queue: MessageQueue) {
    self.host = host
    self.channel = channel
    self.queue = queue
  }

  deinit {
    channel.close(promise: nil)
  }

  /// Why the stream is over; nil while it is open.
  public var end: WebSocketEnd? { queue.end }

  /// How many messages have arrived that nobody has read yet.
  public var backlog: Int { queue.count }

  /// Takes the messages that have arrived and that nobody has read yet, without waiting.
  public func drain() -> [WebSocketMessage] { queue.drain() }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(connection: self) }

  /// Sends a text message; returns when it is handed to the system.
  /// - Throws: a `TransportError` when the stream is over.
  public func send(_ text: String) async throws(TransportError) {
    do {
      try await channel.writeAndFlush(WebSocketCommand.text(text)).get()
    } catch {
      throw TransportError(host: host, .closed)
    }
  }

  /// Closes the stream: says so to the venue, waits a moment for its answer, and ends the connection.
  public func close() async {
    // Each can only fail because the connection is gone already.
    try? await channel.writeAndFlush(WebSocketCommand.close).get()
    try? await channel.closeFuture.get()
  }
}
