import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite("Alerts on the screen")
struct AlertTests {
  private static let btc = Instrument(base: "BTC")

  private func typed(_ text: String, in start: AppState) -> AppState {
    var state = UIState.after(.control("u"), in: start)
    for character in text { _ = update(&state, .input(.key(.character(character)))) }
    return state
  }

  private func text(_ state: AppState) -> String { state.frame.lines.joined(separator: "\n") }

  // MARK: - Setting one

  @Test func `without a crosshair the nearest large cluster suggests itself`() throws {
    let state = UIState.after(.character("a"), in: UIState.make())
    let prompt = try #require(state.alertPrompt)
    let reading = try #require(state.snapshot?.reading)
    let nearest = try #require(
      [reading.nearestLong, reading.nearestShort].compactMap { $0 }
        .min { abs($0.distancePercent) < abs($1.distancePercent) })
    guard case .near(let side, let distance, let usd) = try #require(prompt.rule).condition else {
      Issue.record("\(prompt.line.text)")
      return
    }
    #expect(side == nearest.side && distance < abs(nearest.distancePercent))
    #expect(usd <= nearest.usd * 0.85 && usd >= nearest.usd * 0.7)
    #expect(prompt.rule?.instrument == Self.btc)
    #expect(text(state).contains(prompt.line.text))
  }

  @Test func `on a cluster the crosshair suggests that cluster, beside one its price`() throws {
    let start = UIState.after(.character("m"), in: UIState.make())
    let magnet = try #require(start.snapshot?.reading.magnet)
    let near = try #require(UIState.after(.character("a"), in: start).alertPrompt?.rule)
    guard case .near(let side, _, let usd) = near.condition else {
      Issue.record("\(near)")
      return
    }
    #expect(side == magnet.side && usd < magnet.usd && usd > magnet.usd * 0.7)

    var beside = UIState.make()
    let price = try #require(beside.snapshot?.price)
    for _ in 0..<200 {
      beside = UIState.after(.left, in: beside)
      let asked = UIState.after(.character("a"), in: beside)
      guard case .price(let test, let level)? = asked.alertPrompt?.rule?.condition,
        test != .cross
      else { continue }
      // The level is in the column, and below the price.
      let scene = try #require(Scene(beside, width: beside.width, height: beside.height))
      let crosshair = try #require(beside.crosshair)
      let step = try #require(scene.scale.step(ofDistance: crosshair.distance))
      #expect(test == .below && level < price)
      #expect(level >= scene.scale.price(ofStep: step))
      #expect(level <= scene.scale.price(ofStep: step + 1))
      return
    }
    Issue.record("no column beside a cluster was found")
  }

  @Test func `before there is a map a rule suggests itself that needs none`() throws {
    let state = UIState.after(.character("a"), in: UIState.make(nil))
    let rule = try #require(state.alertPrompt?.rule)
    #expect(!rule.condition.needsMap && rule.instrument == Self.btc)
  }

  @Test func `up and down walk what suggests itself, all of it rules`() throws {
    let start = UIState.after(.character("a"), in: UIState.live())
    let offers = try #require(start.alertPrompt?.offers)
    #expect(Set(offers).count == offers.count && offers.count >= 8)
    for offer in offers { #expect(try AlertRule(offer).description == offer) }
    #expect(UIState.after(.down, in: start).alertPrompt?.line.text == offers[1])
    #expect(UIState.after(.up, in: start).alertPrompt?.line.text == offers.last)
    #expect(UIState.after(.down, .up, in: start).alertPrompt?.line.text == offers[0])
  }

  @Test func `Enter sets the rule, and the background is told`() throws {
    var state = typed(
      "price:cross=98k,on=BTC", in: UIState.after(.character("a"), in: UIState.make()))
    let effects = update(&state, .input(.key(.enter)))
    #expect(state.alertPrompt == nil)
    #expect(state.alerts.map(\.description) == ["price:cross=98000,on=BTCUSDT"])
    #expect(effects == [.judge(state.alerts), .draw])
    #expect(state.message?.text.contains("price crosses 98,000.0 on BTCUSDT") == true)
    // What was set on the screen can be kept.
    #expect(state.ownAlerts == state.alerts)
  }

  @Test(arguments: [
    ("price:abov=3", "is no part of a price alert"), ("nonsense", "is no kind of alert"),
    ("near:distance=99%", "up to 50%"), ("", "is no kind of alert"),
  ])
  func `a line that is no rule is refused with a sentence below it`(
    line: String, words: String
  ) {
    let start = UIState.after(.character("a"), in: UIState.make())
    let state = UIState.after(.enter, in: typed(line, in: start))
    #expect(state.alerts.isEmpty && state.alertPrompt?.problem?.contains(words) == true)
    #expect(text(state).contains(words))
    // It goes with the next key.
    #expect(UIState.after(.character("x"), in: state).alertPrompt?.problem == nil)
  }

  @Test func `the same alert isn't set twice`() {
    var state = UIState.make()
    for _ in 0..<2 { state = UIState.after(.character("a"), .enter, in: state) }
    #expect(state.alerts.count == 1 && state.alertPrompt?.problem == "This alert is set already")
    #expect(UIState.after(.escape, in: state).alertPrompt == nil)
  }

  @Test func `the line is edited as lines are`() {
    func after(_ keys: [Key]) -> String? {
      var state = typed("price:above=12", in: UIState.after(.character("a"), in: UIState.make()))
      for key in keys { _ = update(&state, .input(.key(key))) }
      return state.alertPrompt?.line.text
    }
    #expect(after([.left, .character("9")]) == "price:above=192")
    #expect(after([.backspace, .backspace, .character("7")]) == "price:above=7")
    #expect(after([.home, .delete, .right]) == "rice:above=12")
    #expect(after([.control("w"), .character("5")]) == "price:above=5")
    #expect(after([.control("w"), .control("w"), .control("w")]) == "")
    #expect(after([.home, .control("k")]) == "")
    #expect(after([.character("é"), .character("q")]) == "price:above=12q")
    var state = UIState.after(.character("a"), .control("u"), in: UIState.make())
    _ = update(&state, .input(.paste("bias\n\u{1b}[31m" + String(repeating: "x", count: 900))))
    #expect(state.alertPrompt?.line.text.count == PromptLine.most)
    #expect(state.alertPrompt?.line.text.hasPrefix("bias[31mxx") == true)
  }

  // MARK: - The list

  @Test func `the list says how each rule stands`() {
    let text = text(UIState.after(.escape, .character("A"), in: AlertFixture.state()))
    for words in [
      "Alerts  1 armed of 5", "fired 14:32:00", "snoozed to 15:32", "off", "armed",
      "price above 97,000.0", "short cluster ≥ $2.5M swept", "bias changed",
      "near:distance=5%, usd=1M, on=BTCUSDT", "Fires again once no such cluster",
    ] {
      #expect(text.contains(words), "\(words)\n\(text)")
    }
    #expect(
      self.text(UIState.after(.character("A"), in: UIState.make())).contains("No alert is set"))
  }

  @Test func `each key of the list does what its hint says`() throws {
    let list = UIState.after(.escape, .character("A"), .down, .down, in: AlertFixture.state())
    let rule = list.alerts[2]
    var state = list
    #expect(update(&state, .input(.key(.character("z")))).contains(.judge(state.alerts)))
    #expect(state.alerts[2].snoozedUntil == ViewFixture.now + .hours(1))
    _ = update(&state, .input(.key(.character("z"))))
    #expect(state.alerts[2].snoozedUntil == nil)
    #expect(update(&state, .input(.key(.character(" ")))).contains(.judge(state.alerts)))
    #expect(!state.alerts[2].isEnabled && !state.isPaused)
    for key in [Key.enter, .character("e")] {
      let prompt = UIState.after(key, in: list).alertPrompt
      #expect(prompt?.edited == rule.id && prompt?.line.text == rule.description)
    }
    state = UIState.after(.character("x"), in: list)
    #expect(state.alerts.count == 4 && !state.alerts.contains(rule))
    #expect(UIState.after(.character("l"), in: list).alertList?.isLog == true)
    #expect(UIState.after(.character("l"), .escape, in: list).alertList?.isLog == false)
    #expect(UIState.after(.escape, in: list).alertList == nil)
    #expect(UIState.after(.character("A"), in: list).alertList == nil)
    #expect(UIState.after(.character("a"), in: list).alertPrompt?.edited == nil)
    #expect(UIState.after(.end, in: list).alertList?.rules.selected == 4)
    #expect(UIState.after(.character("?"), in: list).help != nil)
    // Keys of the map do nothing behind it.
    var behind = UIState.after(.character("m"), .character("4"), in: list)
    #expect(behind.message?.text == "The list of alerts is open: Esc closes it")
    behind.message = nil
    #expect(behind == list)
    state = list
    #expect(update(&state, .input(.key(.character("q")))) == [.quit])
  }

  @Test func `an edited rule goes on where it was while it waits for the same`() {
    let list = UIState.after(.escape, .character("A"), .down, .down, in: AlertFixture.state())
    func edited(_ text: String) -> AppState {
      UIState.after(.enter, in: typed(text, in: UIState.after(.enter, in: list)))
    }
    let id = list.alerts[2].id
    let same = edited("liquidations:usd=5m,within=10m,side=long,on=ETH,cooldown=2h")
    #expect(same.alerts[2].id == id && same.alerts[2].cooldown == .hours(2))
    let other = edited("liquidations:usd=6m,within=10m,side=long,on=ETH")
    #expect(other.alerts[2].id != id && other.alerts.count == 5 && other.alertList != nil)
    // It is the user's own from now on.
    #expect(list.ownAlerts.count == 2 && other.ownAlerts.count == 3)
    // The old text is free again, though its name is taken.
    let again = UIState.after(
      .enter, in: typed(list.alerts[2].description, in: UIState.after(.character("a"), in: same)))
    #expect(again.alerts.count == 6 && Set(again.alerts.map(\.id)).count == 6)
  }

  @Test func `a configuration's rules are replaced, those of the screen stay`() {
    var state = AlertFixture.state()
    let own = state.ownAlerts.map(\.description)
    // A price is one of an instrument.
    #expect(state.alerts[1].description == "price:above=97000,on=BTCUSDT")
    #expect(state.place(alerts: AlertFixture.rules("cascade", "cascade")) == [.judge(state.alerts)])
    #expect(state.alerts.map(\.description) == ["cascade"] + own)
    #expect(state.ownAlerts.map(\.description) == own && state.ownAlerts[1].isEnabled == false)
  }

  @Test func `a rule that a configuration says again stays as keys have left it`() {
    func rule(_ text: String, _ id: String) -> AlertRule {
      let rule = AlertFixture.rules(text)[0]
      return AlertRule(
        id: id, rule.condition, instrument: rule.instrument, cooldown: rule.cooldown,
        channels: rule.channels)
    }
    let first = [
      rule("price:above=1", "c1"), rule("cascade", "c2"), rule("bias", "c3"),
      rule("magnet:grown=50%", "c4"),
    ]
    var state = UIState.make()
    _ = state.place(alerts: first, own: AlertFixture.rules("swept"))
    state.alerts[0].snoozedUntil = ViewFixture.now + .hours(1)
    state.alerts[1].isEnabled = false
    state.toggleAlertList()
    state.scrollAlerts(.rows(2))
    _ = update(&state, .input(.key(.character("x"))))
    var elsewhere = Preferences()
    elsewhere.symbol = Instrument(base: "DOGE")
    _ = update(&state, .preferences(elsewhere))
    // A new one before them, c2 is told in another way, c4 waits for something else.
    let second = [
      rule("feed", "c5"), first[0], rule("cascade,to=toast+bell", "c2"), first[2],
      rule("magnet:grown=80%", "c4"),
    ]
    var preferences = Preferences()
    preferences.alerts = second
    let effects = update(&state, .preferences(preferences))
    #expect(effects.contains(.judge(state.alerts)))
    #expect(state.alerts.map(\.id) == ["c5", "c1", "c2", "c4", "swept"])
    #expect(state.alerts[1].snoozedUntil != nil)
    #expect(state.alerts[1].instrument == ViewFixture.instrument)
    #expect(!state.alerts[2].isEnabled && state.alerts[2].channels.bell)
    #expect(state.alerts[3].isEnabled && state.ownAlerts.map(\.id) == ["swept"])
    // Who takes a deleted one out of the file and puts it back wants it again.
    _ = state.place(alerts: [first[0]])
    _ = state.place(alerts: [first[0], first[2]])
    #expect(state.alerts.map(\.id) == ["c1", "c3", "swept"])
  }

  // MARK: - Toasts and the log

  @Test func `what fires is told for some ticks with where it comes from, and stays in the log`() {
    var state = AlertFixture.state()
    let shown = text(state)
    for words in [
      "ALERT ─ SIMULATED", "BTCUSDT at 97,123 is above 97,000", "measured, 14:32:00 UTC",
      "modelled, 14:32:00 UTC", "A lists",
    ] {
      #expect(shown.contains(words), "\(words)\n\(shown)")
    }
    #expect(state.isAging)
    for _ in 0..<9 { #expect(update(&state, .tick) == []) }
    #expect(update(&state, .tick) == [.draw])
    #expect(!text(state).contains("ALERT") && !state.isAging)
    let log = text(UIState.after(.character("A"), .character("l"), in: state))
    #expect(log.contains("Alerts that fired  2") && log.contains("modelled SIM"))
    #expect(UIState.after(.escape, in: AlertFixture.state()).alertStory.toasts.isEmpty)
  }

  @Test func `an alert that asks for no toast is in the log alone`() {
    var state = UIState.make()
    let rule = AlertFixture.rules("price:above=1,to=bell")[0]
    #expect(update(&state, .alerts(AlertFixture.fired(rule), resting: [:])).isEmpty)
    #expect(state.alertStory.toasts.isEmpty && state.alertStory.log.count == 1)
    var real = UIState.live()
    let toast = AlertFixture.rules("price:above=1")[0]
    _ = update(&real, .alerts(AlertFixture.fired(toast, isSimulated: false), resting: [:]))
    #expect(!text(real).contains("SIMULATED") && text(real).contains("ALERT"))
  }

  // MARK: - The mouse

  @Test func `a click selects a rule, then opens it; the wheel scrolls; outside closes`() {
    func mouse(_ action: MouseEvent.Action, _ x: Int, _ y: Int, _ start: AppState) -> AppState {
      var state = start
      _ = update(
        &state, .input(.mouse(MouseEvent(action: action, button: .left, x: x, y: y))))
      return state
    }
    let list = UIState.after(.escape, .character("A"), in: AlertFixture.state())
    let layout = AlertListLayout(list, AlertList())
    let row = layout.table.lowerBound + 4
    let selected = mouse(.press, layout.x.lowerBound + 9, row, list)
    #expect(selected.alertList?.rules.selected == 3 && selected.alertPrompt == nil)
    let opened = mouse(.press, layout.x.lowerBound + 9, row, selected)
    #expect(opened.alertPrompt?.edited == list.alerts[3].id)
    #expect(mouse(.press, 0, 0, opened).alertPrompt == nil)
    #expect(mouse(.scrollDown, 50, row, list).alertList?.rules.selected == 3)
    #expect(mouse(.press, 0, 0, list).alertList == nil)
    // A toast goes when it is clicked, and nothing behind it moves.
    let told = mouse(.press, 110, 2, AlertFixture.state())
    #expect(told.alertStory.toasts.isEmpty && told.crosshair == nil)
  }

  // MARK: - Frames

  private static let sizes = [(60, 20), (61, 23), (80, 24), (97, 30), (200, 50), (400, 120)]

  @Test(arguments: sizes)
  func `at any size nothing is cut and the last column stays free`(width: Int, height: Int) {
    for keys in [
      [], [.escape, .character("A")], [.escape, .character("A"), .character("l")],
      [.escape, .character("a")], [.character("A"), .enter, .home],
      [.escape, .character("a"), .control("u"), .enter],
    ] as [[Key]] {
      var state = AlertFixture.state(width: width, height: height)
      for key in keys { _ = update(&state, .input(.key(key))) }
      #expect(state.frame.lines.allSatisfy { $0.last == " " }, "\(text(state))")
      state.glyphs = .ascii
      state.depth = .mono
      let frame = state.frame
      #expect(frame.cells.allSatisfy { $0.scalar.isASCII })
      // A question mark stands for what ASCII lacks; the footer's hint of the help is none.
      #expect(!frame.lines.dropLast().joined().contains("?"), "\(text(state))")
    }
  }

  static let golden =
    ViewGoldenTests.cases("alerts") { width, height, theme, depth, glyphs in
      UIState.after(
        .escape, .character("A"), .down,
        in: AlertFixture.state(
          width: width, height: height, theme: theme, depth: depth, glyphs: glyphs))
    }
    + ViewGoldenTests.cases("alert-log") { width, height, theme, depth, glyphs in
      UIState.after(
        .escape, .character("A"), .character("l"),
        in: AlertFixture.state(
          width: width, height: height, theme: theme, depth: depth, glyphs: glyphs))
    }
    + ViewGoldenTests.cases("alert-toast") { width, height, theme, depth, glyphs in
      AlertFixture.state(
        width: width, height: height, theme: theme, depth: depth, glyphs: glyphs)
    }
    + ViewGoldenTests.cases("alert-prompt") { width, height, theme, depth, glyphs in
      UIState.after(
        .escape, .character("m"), .character("a"), .left,
        in: AlertFixture.state(
          width: width, height: height, theme: theme, depth: depth, glyphs: glyphs))
    }

  @Test(arguments: golden)
  func `a frame with alerts is what it was`(_ golden: GoldenTests.Case) throws {
    try GoldenTests.check(golden)
  }
}
