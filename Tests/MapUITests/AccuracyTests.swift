import Foundation
import MapEngine
import Market
import Terminal
import TestSupport
import Testing

@testable import MapUI

@Suite struct AccuracyTests {
  // MARK: The shipped record

  /// A page of the engine's documentation, each paragraph in one line.
  private func page(_ name: String) throws -> String {
    try Checkout.text("Sources/MapEngine/MapEngine.docc/\(name).md")
  }

  /// The rows of a page's tables, cell by cell.
  private func rows(_ page: String) -> [[String]] {
    page.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  private func bare(_ value: Double, _ places: Int) -> String {
    let text = String(format: "%.\(places)f", value)
    return text.hasPrefix("0.") ? String(text.dropFirst()) : text
  }

  private func words(_ measured: AccuracyRecord.Measured) -> String {
    "\(bare(measured.value, 2)) (\(bare(measured.low, 2)) to \(bare(measured.high, 2)))"
  }

  @Test func `real markets are told as the engine's page tells them`() throws {
    let rows = rows(try page("HowGoodItIs"))
    let markets = rows.filter { $0.count == 5 && Int($0[1]) != nil }
    #expect(markets.count == AccuracyRecord.realMarkets.count)
    for (row, market) in zip(markets, AccuracyRecord.realMarkets) {
      #expect(row[0] == "\(market.base), \(market.period)" && row[1] == "\(market.days)")
      #expect(row[2] == words(market.overConstant))
      #expect(row[3] == words(market.overFlat))
      #expect(row[4] == words(market.volumeAlone))
    }
  }

  @Test func `simulated markets are told as the engine's page tells them`() throws {
    let rows = rows(try page("HowGoodItIs"))
    for method in AccuracyRecord.methods {
      let row = try #require(rows.first { $0[0] == method.page }, "\(method.page)")
      let cells = row.map { $0.replacing("*", with: "") }
      #expect(Double(cells[1]) == method.emd10 && Double(cells[3]) == method.rho)
      #expect(Double(cells[4]) == method.top8)
      #expect(Double(cells[5].replacing("x", with: "")) == method.factor5)
    }
    let text = try page("HowGoodItIs").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let bins = AccuracyRecord.binsHeld
    let totals = AccuracyRecord.totalsHeld
    #expect(
      text.contains(
        "80 % bands hold \(bins.all) % of the bins (by behaviour \(bins.behaviours.lowerBound) to "
          + "\(bins.behaviours.upperBound)) and \(totals.all) % of the totals "
          + "(\(totals.behaviours.lowerBound) to \(totals.behaviours.upperBound))"))
  }

  @Test func `labels are told as the engine's page tells them, and none is proven`() throws {
    let rows = rows(try page("TheStory")).filter {
      $0.count == 4 && $0[1].first?.isNumber == true
    }
    #expect(rows.count == AccuracyRecord.labels.count)
    #expect(AccuracyRecord.labels.map(\.label) == RecordLabel.allCases)
    for (row, record) in zip(rows, AccuracyRecord.labels) {
      let name = record.label.rawValue.replacing("_confirmed", with: ", confirmed")
        .replacing("_", with: " ")
      #expect(row[0] == name && row[1] == "\(record.hits) of \(record.trials)")
      #expect(row[2] == "\(bare(record.interval.low, 2))-\(bare(record.interval.high, 2))")
      #expect(row[3] == bare(record.base ?? 0, 2))
      #expect(!record.isProven)
    }
  }

  // MARK: What is said

  private func text(_ state: AppState) -> String { state.frame.lines.joined(separator: "\n") }

  @Test func `touches are told as the study tested them`() {
    var state = ViewFixture.studied(.accuracy, width: 200, height: 60)
    state.accuracyLook.focus = .touch
    let text = text(state)
    let tested = ViewFixture.study.insight.touchReliability
    #expect(tested.count == 3)
    for reliability in tested {
      let trials = NumberText.decimal(Double(reliability.trials), places: 0, grouped: true)
      #expect(text.contains("Within \(reliability.horizon.rawValue), \(trials) trials"))
      #expect(text.contains("Brier \(bare(reliability.brier, 4))"))
      #expect(text.contains("random walk \(bare(reliability.brierOfRandomWalk, 4))"))
    }
    // Whoever is no better than a random walk says so.
    let worse = tested.count { $0.brier >= $0.brierOfRandomWalk }
    #expect(text.components(separatedBy: ": no better").count - 1 == worse)
  }

  @Test(arguments: [(60, 20), (80, 24), (120, 35), (200, 50)])
  func `no number stands in brackets without a word`(_ width: Int, _ height: Int) throws {
    let state = ViewFixture.studied(.accuracy, width: width, height: height)
    let text = self.text(state)
    let scores = text.matches(of: /(Brier|off by) [.0-9]+ \(/)
    #expect(scores.isEmpty, "\(text)")
  }

  @Test func `a label is called proven only where its interval clears the base`() {
    for width in [60, 80, 200] {
      var state = ViewFixture.studied(.accuracy, width: width, height: 60)
      state.accuracyLook.focus = .labels
      let lines = state.frame.lines
      for record in ViewFixture.study.insight.records {
        let name = ReadingText.name(record.label)
        // In a large window another pane stands to the right.
        let line = (lines.first { $0.hasPrefix(" \(name)  ") } ?? "").prefix(66)
        #expect(!line.isEmpty, "\(name) at \(width)")
        if record.trials > 0 { #expect(line.contains("\(record.hits)")) }
        #expect(line.contains(" proven") == record.isProven)
      }
    }
  }

  @Test func `calibration is told with its days, and its lack as a warning`() {
    let calibrated = text(ViewFixture.studied(.accuracy))
    #expect(calibrated.contains("Calibrated on 28 days"))
    var state = UIState.make()
    state.view = .accuracy
    let row = ViewArea(layout: Layout(width: 120, height: 35)).y.lowerBound
    #expect(state.frame.lines[row].contains("Uncalibrated"))
    let palette = Palette(state.theme, depth: .truecolor, layerCount: 5)
    #expect(state.frame[1, row].style == palette.warning)
  }

  @Test func `a coin that wasn't measured is said not to be`() {
    var state = ViewFixture.studied(.accuracy, width: 100, height: 30)
    state.accuracyLook.focus = .shipped
    #expect(!text(state).contains("was not measured"))
    state.symbol = Instrument(base: "DOGE")
    #expect(text(state).contains("DOGE was not measured"))
  }

  @Test func `without a study what was measured before still stands`() {
    var state = UIState.make()
    state.view = .accuracy
    #expect(text(state).contains("The study is being worked out: the test of touches"))
    state = UIState.after(.character("w"), in: state)
    #expect(text(state).contains("the record of the labels comes with it"))
    #expect(text(state).contains("no label is proven"))
    state = UIState.after(.character("w"), in: state)
    #expect(text(state).contains(".33") && text(state).contains(AccuracyRecord.date))
    state.snapshot = nil
    #expect(text(state).contains("There is no map yet"))
  }

  @Test func `the bands of the totals are the study's own`() throws {
    let bands = try #require(ViewFixture.study.snapshot.bands)
    let text = text(ViewFixture.studied(.accuracy))
    for side in Side.allCases {
      let low = NumberText.usd(bands[side].lowerBound)
      let high = NumberText.usd(bands[side].upperBound)
      #expect(text.contains("(\(low) to \(high))"))
    }
  }

  // MARK: Keys

  @Test func `w and the arrows walk the panes around`() {
    var state = ViewFixture.studied(.accuracy)
    for pane in AccuracyLook.Pane.allCases {
      #expect(state.accuracyLook.focus == pane)
      _ = update(&state, .input(.key(.character("w"))))
    }
    #expect(state.accuracyLook.focus == .touch)
    _ = update(&state, .input(.key(.left)))
    #expect(state.accuracyLook.focus == .meaning && state.crosshair == nil)
  }

  @Test(arguments: [(60, 20), (80, 24), (200, 50)])
  func `every line of every pane can be scrolled to, and no farther`(
    _ width: Int, _ height: Int
  ) throws {
    var state = ViewFixture.studied(.accuracy, width: width, height: height)
    for pane in AccuracyLook.Pane.allCases {
      let layout = AccuracyLayout(
        area: ViewArea(layout: Layout(width: width, height: height)), focus: pane)
      let place = try #require(layout.place(pane))
      let palette = Palette(state.theme, depth: .truecolor, layerCount: 5)
      let count = AccuracyPages(state, palette: palette).page(pane, width: place.x.count).count
      let limit = max(count - place.body.count, 0)
      _ = update(&state, .input(.key(.end)))
      #expect(state.accuracyLook.tops[pane] == limit)
      _ = update(&state, .input(.key(.down)))
      #expect(state.accuracyLook.tops[pane] == limit)
      _ = update(&state, .input(.key(.pageUp)))
      #expect(state.accuracyLook.tops[pane] == max(limit - max(place.body.count - 1, 1), 0))
      _ = update(&state, .input(.key(.home)))
      #expect(state.accuracyLook.tops[pane] == 0)
      _ = update(&state, .input(.key(.character("w"))))
    }
  }

  @Test func `the wheel scrolls the pane under the pointer`() throws {
    var state = ViewFixture.studied(.accuracy, width: 200, height: 50)
    let layout = AccuracyLayout(
      area: ViewArea(layout: Layout(width: 200, height: 50)), focus: .touch)
    let labels = try #require(layout.place(.labels))
    let wheel = MouseEvent(
      action: .scrollDown, button: .none, x: labels.x.lowerBound + 2, y: labels.y.lowerBound + 4)
    _ = update(&state, .input(.mouse(wheel)))
    #expect((state.accuracyLook.tops[.labels] ?? 0) > 0 && state.accuracyLook.tops[.touch] == nil)
    let press = MouseEvent(action: .press, button: .left, x: wheel.x, y: wheel.y)
    _ = update(&state, .input(.mouse(press)))
    #expect(state.accuracyLook.focus == .labels)
  }
}
