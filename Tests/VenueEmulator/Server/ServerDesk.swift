import Market
import NIOCore
import Synchronization

/// What the connections of a server share: the venue, the clock, and the streams that are open.
final class ServerDesk: Sendable {
  private struct State {
    var venue: EmulatedVenue
    var channels: [EmulatedStreamID: any Channel] = [:]
    var isStopped = false
  }

  private let state: Mutex<State>
  let clock: EmulatorClock
  private let loop: any EventLoop

  init(venue: EmulatedVenue, clock: EmulatorClock, loop: any EventLoop) {
    state = Mutex(State(venue: venue))
    self.clock = clock
    self.loop = loop
  }

  var report: EmulatorReport {
    state.withLock {
      EmulatorReport(
        venue: $0.venue.venue, counters: $0.venue.counters, violations: $0.venue.violations,
        violationCounts: $0.venue.violationCounts, openStreams: $0.venue.openStreams)
    }
  }

  func suffer(_ fault: Fault, lasting span: Span) {
    state.withLock {
      $0.venue.script.add(
        FaultScript.Entry($0.venue.venue, fault, at: clock.now, lasting: span))
    }
  }

  func heal() {
    state.withLock { $0.venue.script.end(at: clock.now) }
  }

  /// What meets whoever connects now.
  func troubleOfConnecting() -> Fault? {
    let now = clock.now.milliseconds
    return state.withLock { state in
      if state.isStopped { return .unreachable }
      let trouble = [Fault.unreachable, .wrongCertificate].first {
        state.venue.isActive($0, now)
      }
      if let trouble { state.venue.struck(trouble) }
      return trouble
    }
  }

  func answer(_ request: EmulatedRequest) -> EmulatedAnswer {
    let now = clock.now
    return state.withLock { $0.venue.answer(request, at: now) }
  }

  func open(_ target: EmulatedRequest) -> EmulatedOpening {
    let now = clock.now
    return state.withLock { $0.venue.open(path: target.path, query: target.query, at: now) }
  }

  func joined(_ id: EmulatedStreamID, _ channel: any Channel) {
    state.withLock { $0.channels[id] = channel }
  }

  func receive(_ message: EmulatedClientMessage, on id: EmulatedStreamID) {
    let now = clock.now
    state.withLock { $0.venue.receive(message, on: id, at: now) }
    deliver()
  }

  func ended(_ id: EmulatedStreamID) {
    let now = clock.now
    state.withLock {
      $0.channels[id] = nil
      $0.venue.ended(id, at: now)
    }
  }

  /// Sends what is due, again and again.
  func start() {
    _ = loop.scheduleRepeatedTask(initialDelay: .milliseconds(5), delay: .milliseconds(5)) { task in
      if self.state.withLock({ $0.isStopped }) {
        task.cancel()
      } else {
        self.deliver()
      }
    }
  }

  func stop() {
    let channels = state.withLock { state in
      state.isStopped = true
      defer { state.channels = [:] }
      return Array(state.channels.values)
    }
    for channel in channels { channel.close(promise: nil) }
  }

  private func deliver() {
    let now = clock.now
    let due = state.withLock { state -> [(any Channel, EmulatedFrame)] in
      guard !state.venue.streams.isEmpty else { return [] }
      return state.venue.frames(until: now).compactMap { delivery in
        state.channels[delivery.stream].map { ($0, delivery.frame) }
      }
    }
    for (channel, frame) in due { channel.writeAndFlush(OutboundFrame(frame), promise: nil) }
  }
}

/// A frame on its way to the handler that puts it on the wire.
struct OutboundFrame: Sendable {
  let frame: EmulatedFrame

  init(_ frame: EmulatedFrame) {
    self.frame = frame
  }
}
