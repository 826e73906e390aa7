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
  private var state: AppState
  private let demo: DemoSettings
  /// What the venues list, as the state knows it.
  private var listed: [ListedInstrument] = []
  private var isOver = false
  private var endingSignal: Int32?
  private var needsFrame = true
  private var lastFrame = ContinuousClock.now
  private var lastTick = ContinuousClock.now

  /// Data alone draws at most 20 frames a second; a key's frame is drawn at once.
  private static let leastBetweenDataFrames = Duration.milliseconds(50)

  /// A loop on a screen; `demo` is the simulator that a key changes over to.
  init(
    screen: Screen, live: LiveMap, mailbox: Mailbox<MapUpdate>, state: AppState,
    demo: DemoSettings
  ) {
    self.demo = demo
    self.screen = screen
    self.live = live
    self.mailbox = mailbox
    self.state = state
  }

  /// Runs until the user ends it, or a signal, which is returned.
  func run() -> Int32? {
    show()
    while !isOver {
      let isUrgent = take(screen.wait(timeoutMilliseconds: patience))
      if let update = mailbox.take() { take(update) }
      age()
      let isDue = ContinuousClock.now - lastFrame >= Self.leastBetweenDataFrames
      if needsFrame, isUrgent || isDue { show() }
    }
    return endingSignal
  }

  /// How long nothing need happen: until a due frame, or until what is on the screen ages.
  private var patience: Int? {
    if needsFrame { return 50 }
    return state.isAging ? 1_000 : nil
  }

  private func show() {
    needsFrame = false
    lastFrame = .now
    screen.draw(draw(state, width: state.width, height: state.height))
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
      case .look(let view):
        live.ask(.look(view == .heatmap ? .overTime : .now))
      case .weigh(let weights):
        live.ask(.weigh(weights))
      case .learn(let learning):
        live.ask(.learn(learning))
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
      case .suspend:
        screen.suspend()
      case .quit:
        isOver = true
      }
    }
  }
}
