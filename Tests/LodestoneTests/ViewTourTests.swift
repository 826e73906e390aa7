import Foundation
import TestSupport
import Testing

@testable import MapUI

extension OnScreen {
  /// Every view at three sizes in four depths of colour.
  @MainActor @Suite struct ViewTourTests {
    /// A terminal by its colours.
    enum Depth: String, CaseIterable {
      case truecolor, ansi256, ansi16, mono

      /// What makes the terminal tell so.
      var environment: [String: String] {
        switch self {
        case .truecolor: [:]
        case .ansi256: ["COLORTERM": ""]
        case .ansi16: ["TERM": "xterm", "COLORTERM": ""]
        case .mono: ["NO_COLOR": "1"]
        }
      }

      /// Whether colours are named in the way of the depth alone, and in as many as views need.
      func allows(_ colors: SentColors) -> Bool {
        switch self {
        case .truecolor:
          colors.direct.count > 8 && colors.indexed.isEmpty && colors.sixteen.isEmpty
        case .ansi256:
          // Users redefine the first sixteen.
          colors.indexed.count > 8 && colors.indexed.allSatisfy { (16...255).contains($0) }
            && colors.direct.isEmpty && colors.sixteen.isEmpty
        case .ansi16:
          colors.sixteen.count > 5 && colors.direct.isEmpty && colors.indexed.isEmpty
        case .mono: colors.isEmpty
        }
      }
    }

    struct Size: Sendable, CustomTestStringConvertible {
      let width, height: Int
      var testDescription: String { "\(width)x\(height)" }
    }

    nonisolated static let sizes = [(80, 24), (120, 35), (200, 50)].map {
      Size(width: $0, height: $1)
    }

    /// Where a program has its market from.
    enum Market: CaseIterable {
      /// The simulator, which has venues and a tape.
      case simulator
      /// A file of four days, which are studied at once.
      case file

      /// The views that are looked at on it.
      var views: [ViewKind] {
        switch self {
        case .simulator: [.map, .venues, .tape]
        case .file: [.heatmap, .ledger, .accuracy]
        }
      }
    }

    @Test(arguments: sizes, Depth.allCases)
    func `Every view stands whole on the screen, in colours that the terminal has`(
      size: Size, depth: Depth
    ) throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try RandomWalk(days: 4).csv.write(
        to: folder.appending(path: "BTCUSDT-5m.csv"), atomically: true, encoding: .utf8)
      for market in Market.allCases {
        let terminal = try PseudoTerminal(
          executable: BuildProducts.executable("lodestone"),
          arguments: ["BTC", "--timeframe", "1d", "--no-state", "--source"]
            + (market == .file ? [folder.path] : ["demo", "--seed", "1"]),
          environment: PseudoTerminal.environment(depth.environment), width: size.width,
          height: size.height)
        try #require(terminal.shows("Total Long Liq"), "\(terminal.screen.text)")
        terminal.send(" ")
        #expect(terminal.shows("PAUSED"))
        try tour(market.views, of: terminal, in: depth)
        terminal.send("q")
        #expect(terminal.end() == .exited(0))
        #expect(depth.allows(SentColors(terminal.output)))
        try OnScreen.expectGivenBack(terminal)
      }
    }

    /// Looks at views, one after the other, each of them come from another one.
    private func tour(
      _ views: [ViewKind], of terminal: PseudoTerminal, in depth: Depth
    ) throws {
      var texts: Set<String> = []
      for view in views {
        let start = terminal.output.count
        let keys = "\(view == .map ? 4 : 1)\(view.rawValue)"
        terminal.send(keys)
        #expect(
          terminal.waits { view.isShown(by: $0.screen.text) }, "\(view)\n\(terminal.screen.text)")
        terminal.expectNothingStale("\(view)") { $0.send(keys) }
        #expect(terminal.screen.cutRows == [], "\(view)\n\(terminal.screen.text)")
        texts.insert(terminal.screen.text)
        let colors = SentColors(terminal.output[start...])
        #expect(depth.allows(colors), "\(view): \(colors)")
      }
      #expect(texts.count == views.count)
    }

    @Test func `Colours are read off whatever way they are named in`() {
      let sent = "\u{1b}[1;38;2;1;2;3;48;5;200mA\u{1b}[0;31;102mB\u{1b}[38:2:4:5:6mC\u{1b}[39;49m"
      let colors = SentColors(Array(sent.utf8))
      #expect(colors.direct == [[1, 2, 3], [4, 5, 6]])
      #expect(colors.indexed == [200])
      #expect(colors.sixteen == [1, 10])
      #expect(SentColors(Array("\u{1b}[1;7mbold\u{1b}[H\u{1b}[38C\u{1b}[m".utf8)).isEmpty)
    }
  }
}

extension PseudoTerminal {
  /// All that is seen, cell by cell.
  var cells: [VirtualTerminal.Cell?] {
    (0..<screen.height).flatMap { y in (0..<screen.width).map { screen[$0, y] } }
  }

  private var isAtEndOfFrame: Bool { output.suffix(8).elementsEqual("\u{1b}[?2026l".utf8) }

  /// Waits until the program has drawn what follows from all that was sent, and no help is open: it
  /// acts upon what happens in order, so the help that is asked for last closes behind all else.
  func catchUp() -> Bool {
    send("?")
    guard shows("Esc closes") else { return false }
    send("?")
    return waits { !$0.screen.text.contains("Esc closes") && $0.isAtEndOfFrame }
  }

  /// Expects what is seen to be what a whole redraw shows. The background may have had news between
  /// the two, so what differs must do so three times in a row, after the picture was made again.
  func expectNothingStale(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation,
    again: (PseudoTerminal) -> Void
  ) {
    var places: [String] = []
    for attempt in 0..<3 {
      if attempt > 0 { again(self) }
      guard catchUp() else {
        Issue.record("\(what): the help doesn't come and go", sourceLocation: sourceLocation)
        return
      }
      let seen = cells
      let before = output.count
      send("\u{0c}")
      guard waits(until: { $0.output.count > before + seen.count / 4 && $0.isAtEndOfFrame }) else {
        Issue.record("\(what): no redraw", sourceLocation: sourceLocation)
        return
      }
      places = zip(seen, cells).enumerated().filter { $0.element.0 != $0.element.1 }
        .map { "\($0.offset % screen.width), \($0.offset / screen.width)" }
      if places.isEmpty { return }
    }
    Issue.record(
      "\(what): \(places.count) stale cells, at \(places.prefix(3))\n\(screen.text)",
      sourceLocation: sourceLocation)
  }
}

/// A seeded market in a table of five-minute candles, with open interest and liquidations.
private struct RandomWalk {
  let csv: String

  init(days: Int) {
    var state: UInt64 = 20_260_219
    func unit() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    var rows = [
      "open_time,open,high,low,close,volume,open_interest,liquidated_long,liquidated_short"
    ]
    var price = 97_000.0
    var interest = 80_000.0
    for index in 0..<days * 288 {
      let open = price
      let shock = unit() < 0.02 ? (unit() - 0.5) * 0.03 : 0
      price *= 1 + (unit() - 0.5) * 0.003 + shock
      let (high, low) = (max(open, price) * 1.0006, min(open, price) * 0.9994)
      interest *= 1 + (unit() - 0.49) * 0.004 - abs(shock)
      let (longs, shorts) = (max(1 - low / open - 0.001, 0), max(high / open - 1 - 0.001, 0))
      let numbers = [open, high, low, price, 900, interest, longs * 6_000, shorts * 6_000]
      let time = 1_771_000_000_000 / 300_000 * 300_000 + index * 300_000
      rows.append("\(time)," + numbers.map { "\($0)" }.joined(separator: ","))
    }
    csv = rows.joined(separator: "\n") + "\n"
  }
}
