import Foundation
import LiveMap
import MapEngine
import MapUI
import Market
import Terminal

/// The loop of the screen: events in, frames out. It waits for keys and for the background's
/// signal alike, and for nothing else.
@MainActor
final class MapLoop {
  private let screen: Screen
  private let live: LiveMap
  private let mailbox: Mailbox<MapUpdate>
  /// What the screen shows.
  private(set) var state: AppState
  private let demo: DemoSettings
  private let alerts: AlertDesk
  /// What the venues list, as the state knows it.
  private var listed: [ListedInstrument] = []
  /// What of the last frame can serve the next.
  private var memory = FrameMemory()
  private var isOver = false
  private var endingSignal: Int32?
  private var needsFrame = true
  /// Whether the frame that is needed answers a key.
  private var isUrgent = false
  private var follower: SettingsFollower
  private var budget: FrameBudget
  /// Bytes that the budget knows of.
  private var countedBytes = 0
  private var lastTick = ContinuousClock.now
  /// What became of work that was done elsewhere.
  private let notices: Mailbox<Message>

  /// A loop on a screen; `demo` is the simulator that a key changes over to.
  init(
    screen: Screen, live: LiveMap, mailbox: Mailbox<MapUpdate>, state: AppState,
    demo: DemoSettings, alerts: AlertDesk, following follower: SettingsFollower
  ) {
    self.demo = demo
    self.alerts = alerts
    self.follower = follower
    budget = follower.settings.budget
    self.screen = screen
    self.live = live
    self.mailbox = mailbox
    self.state = state
    let wakeup = screen.wakeup
    notices = Mailbox<Message> { wakeup.signal() }
  }

  /// Runs until the user ends it, or a signal, which is returned.
  func run() -> Int32? {
    show()
    if state.view != .map { perform([.look(state.view)]) }
    perform([.judge(state.alerts)])
    // Venues keep listed instruments warm at no cost; a simulated market of each costs its making.
    if state.source.isLive { perform([.list(state.watchlist)]) }
    while !isOver {
      if take(screen.wait(timeoutMilliseconds: patience)) { isUrgent = true }
      if let update = mailbox.take() {
        alerts.observe(update)
        take(update)
      }
      if let notice = notices.take() { perform(update(&state, .notice(notice))) }
      follow()
      takeAlerts()
      age()
      if needsFrame, untilFrame() <= .zero { show() }
      if !needsFrame { isUrgent = false }
    }
    return endingSignal
  }

  /// How long nothing need happen: until a due frame, or until what is on the screen ages.
  private var patience: Int? {
    if needsFrame { return max(Int((untilFrame() / .milliseconds(1)).rounded(.up)), 1) }
    return state.isAging ? 1_000 : nil
  }

  private func show() {
    needsFrame = false
    isUrgent = false
    screen.draw(draw(state, width: state.width, height: state.height, memory: &memory))
    spend()
  }

  /// How long the frame that is needed has to wait for its turn.
  private func untilFrame() -> Duration {
    // A terminal that is slow takes bytes long after the frame that they are of.
    if screen.bytesWritten != countedBytes { spend(isFrame: false) }
    return budget.wait(at: .now, isUrgent: isUrgent)
  }

  private func spend(isFrame: Bool = true) {
    budget.spend(screen.bytesWritten - countedBytes, at: .now, isFrame: isFrame)
    countedBytes = screen.bytesWritten
  }

  /// Follows a configuration that was saved.
  private func follow() {
    guard let change = follower.next() else { return }
    var preferences = change.preferences
    if !state.source.isLive {
      // The list is of the venues; a simulator or a file has its own.
      preferences.symbols = nil
      if let symbol = preferences.symbol, !state.symbols.contains(symbol) {
        preferences.symbol = nil
      }
    }
    budget.change(to: follower.settings.budget)
    if let ways = change.ways { alerts.tell(by: ways) }
    switch change.connection {
    case .connect(let source): live.ask(.connect(source))
    case .enable(let venues):
      for (venue, isEnabled) in venues { live.ask(.enable(venue, isEnabled)) }
    case nil: break
    }
    perform(update(&state, .preferences(preferences)))
    perform(update(&state, .notice(change.message)))
    isUrgent = true
  }

  /// Messages and waits age by the second.
  private func age() {
    guard state.isAging else {
      lastTick = .now
      return
    }
    while ContinuousClock.now - lastTick >= .seconds(1), state.isAging {
      lastTick += .seconds(1)
      perform(update(&state, .tick))
    }
  }

  /// Takes what the terminal has to say; true when the user did something that shows.
  private func take(_ events: [ScreenEvent]) -> Bool {
    var isUrgent = false
    for event in events {
      switch event {
      case .input(let input):
        perform(update(&state, .input(input)))
        isUrgent = true
      case .resumed:
        needsFrame = true
        isUrgent = true
      case .terminate(let signal):
        endingSignal = signal
        isOver = true
      case .wakeup:
        break
      }
    }
    return isUrgent
  }

  private func take(_ news: MapUpdate) {
    guard news.instrument == state.symbol, news.timeframe == state.timeframe,
      news.isSimulated == state.source.isSimulated
    else { return }
    let source = SourceState(
      name: news.snapshot?.source ?? state.source.name, health: news.health,
      isSimulated: news.isSimulated, feeds: news.feeds.map(FeedState.init))
    perform(update(&state, .source(source)))
    perform(update(&state, .market(tape: news.tape, figures: news.figures)))
    perform(update(&state, .watched(news.watched)))
    if let study = news.study { perform(update(&state, .study(study))) }
    if let snapshot = news.snapshot {
      perform(update(&state, .snapshot(snapshot)))
    } else if !source.isLive, case .refused(let reason) = news.health {
      perform(update(&state, .notice(Message(reason, isWarning: true))))
    }
    if news.listed != listed {
      listed = news.listed
      perform(
        update(
          &state,
          .listed(listed.map { SymbolChoice($0.instrument, venueCount: $0.venueCount) })))
    }
    perform(
      update(
        &state,
        .timeframes(
          Timeframe.allCases.map { TimeframeChoice($0, reason: news.unavailable[$0]) })))
  }

  /// Shows the alerts that have fired, and lets the terminal tell of them.
  private func takeAlerts() {
    guard let (report, signals) = alerts.take() else { return }
    perform(update(&state, .alerts(report.fired, resting: report.resting)))
    if let complaint = report.complaints.last {
      perform(update(&state, .notice(Message(complaint, isWarning: true, ticks: 10))))
    }
    screen.send(signals)
  }

  /// Saves the screen without what was said of the saving, in the background.
  private func save() {
    var shown = state
    shown.message = nil
    let capture = ScreenCapture(shown, at: Date())
    let notices = notices
    Task.detached { notices.put(capture.save()) }
  }

  /// Shows so many colours; where the terminal can't be started anew, those of before.
  private func show(_ depth: ColorDepth) {
    do {
      try screen.change(to: depth)
    } catch {
      state.depth = screen.colorDepth
      perform(update(&state, .notice(Message("color: \(error)", isWarning: true, ticks: 10))))
    }
    needsFrame = true
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .draw:
        needsFrame = true
      case .redraw:
        screen.redraw()
        needsFrame = true
      case .request(let symbol, let timeframe):
        live.ask(.show(symbol, timeframe))
      case .list(let instruments):
        live.ask(.list(instruments))
      case .judge(let rules):
        alerts.judge(rules)
      case .look(let view):
        live.ask(.look(view == .heatmap ? .overTime : .now))
      case .weigh(let weights):
        live.ask(.weigh(weights))
      case .learn(let learning):
        live.ask(.learn(learning))
      case .divide(let layers):
        live.ask(.divide(layers))
      case .color(let depth):
        show(depth)
      case .pause:
        live.ask(.pause(true))
      case .resume:
        live.ask(.pause(false))
      case .enable(let venue, let isEnabled):
        live.ask(.enable(venue, isEnabled))
      case .retry:
        live.ask(.retry)
      case .simulate:
        live.ask(.simulate(demo))
      case .leaveSimulator:
        live.ask(.leaveSimulator)
      case .saveScreen:
        save()
      case .suspend:
        screen.suspend()
      case .quit:
        isOver = true
      }
    }
  }
}
