/// When the next frame may be drawn: by the frames a second, and by the bytes a second that a slow
/// line takes. Bytes that weren't used are saved up for one second.
struct FrameBudget {
  /// The least time between frames that data alone asks for.
  let interval: Duration
  /// Bytes a second; nil for no limit.
  let bytesPerSecond: Int?
  /// Bytes that may be written now; negative while the line catches up.
  private var credit: Double
  private var lastFrame: ContinuousClock.Instant?
  private var lastCount: ContinuousClock.Instant?

  /// A budget of so many frames and bytes; 0 bytes for no limit. With reduced motion the picture
  /// moves once a second at most.
  init(frameRate: Int, bytesPerSecond: Int, hasReducedMotion: Bool) {
    let rate = hasReducedMotion ? 1 : max(frameRate, 1)
    interval = .nanoseconds(1_000_000_000 / rate)
    self.bytesPerSecond = bytesPerSecond > 0 ? bytesPerSecond : nil
    credit = Double(bytesPerSecond)
  }

  /// Goes over to another budget; a debt to the line is kept.
  mutating func change(to other: FrameBudget) {
    let old = self
    self = other
    lastFrame = old.lastFrame
    lastCount = old.lastCount
    if old.bytesPerSecond != nil { credit = min(credit, old.credit) }
  }

  /// How long a frame must wait: not at all where it is zero. A frame that a key asks for waits for
  /// the line alone.
  mutating func wait(at now: ContinuousClock.Instant, isUrgent: Bool) -> Duration {
    var wait = Duration.zero
    if !isUrgent, let lastFrame { wait = max(wait, lastFrame + interval - now) }
    if let bytesPerSecond {
      save(now)
      if credit < 0 { wait = max(wait, .seconds(-credit / Double(bytesPerSecond))) }
    }
    return wait
  }

  /// Notes that so many bytes were written, by a frame of this moment or an earlier one.
  mutating func spend(_ bytes: Int, at now: ContinuousClock.Instant, isFrame: Bool = true) {
    if isFrame { lastFrame = now }
    guard bytesPerSecond != nil else { return }
    save(now)
    credit -= Double(bytes)
  }

  private mutating func save(_ now: ContinuousClock.Instant) {
    guard let bytesPerSecond else { return }
    if let lastCount {
      let seconds = (now - lastCount) / .seconds(1)
      credit = min(credit + seconds * Double(bytesPerSecond), Double(bytesPerSecond))
    }
    lastCount = now
  }
}
