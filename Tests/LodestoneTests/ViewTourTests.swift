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
          colors.sixteen.count >= 5 && colors.direct.isEmpty && colors.indexed.isEmpty
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
      let file = try RecordedWalk(days: 4)
      for market in Market.allCases {
        let terminal = try PseudoTerminal(
          executable: BuildProducts.executable("lodestone"),
          arguments: ["BTC", "--timeframe", "1d", "--no-state", "--source"]
            + (market == .file ? [file.path] : ["demo", "--seed", "1"]),
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
        // Which cells are sent doesn't depend on their colours.
        terminal.expectNothingStale("\(view)", fromNothing: depth == .truecolor) { $0.send(keys) }
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
  /// What is seen of a cell. A blank has no ink: in which colour it was written doesn't show.
  private struct Seen: Equatable {
    let character: Unicode.Scalar
    let ink, background: UInt32?
    let attributes: [Bool]

    init(_ cell: VirtualTerminal.Cell) {
      let isBare = cell.character == " " && !cell.isUnderlined && !cell.isReversed
      character = cell.character
      ink = isBare ? nil : cell.foreground
      background = cell.background
      attributes = isBare ? [] : [cell.isBold, cell.isUnderlined, cell.isItalic, cell.isReversed]
    }
  }

  private var cells: [Seen] {
    (0..<screen.height).flatMap { y in
      (0..<screen.width).compactMap { x in screen[x, y].map { Seen($0) } }
    }
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

  /// Expects what is seen to be what a redraw shows, which sends anew what the program believes to
  /// be there, and, where asked for, what is drawn from nothing after the window was another size. The background may
  /// have had news in the meantime, so what differs must do so three times in a row, after the
  /// picture was made again.
  func expectNothingStale(
    _ what: Comment, fromNothing: Bool, sourceLocation: SourceLocation = #_sourceLocation,
    again: (PseudoTerminal) -> Void
  ) {
    var failure = ""
    for attempt in 0..<3 {
      if attempt > 0 { again(self) }
      guard let found = staleness(fromNothing: fromNothing) else { return }
      failure = found
    }
    Issue.record("\(what): \(failure)\n\(screen.text)", sourceLocation: sourceLocation)
  }

  /// What is wrong with the cells that are seen; nil where nothing is.
  private func staleness(fromNothing: Bool) -> String? {
    let (width, height) = (screen.width, screen.height)
    guard catchUp() else { return "the help doesn't come and go" }
    let seen = cells
    let before = output.count
    send("\u{0c}")
    guard waits(until: { $0.output.count > before + seen.count / 4 && $0.isAtEndOfFrame }) else {
      return "no redraw"
    }
    if let stale = differences(from: seen) { return "\(stale) from a redraw" }
    guard fromNothing else { return nil }
    for width in [width - 1, width] {
      resize(width: width, height: height)
      guard catchUp() else { return "no frame after another size" }
    }
    return differences(from: seen).map { "\($0) from a new frame" }
  }

  /// How many cells differ from those that were seen, and where; nil where none does.
  private func differences(from seen: [Seen]) -> String? {
    let changed = zip(seen, cells).enumerated().filter { $0.element.0 != $0.element.1 }
    guard let (place, (old, new)) = changed.first else { return nil }
    return "\(changed.count) cells differ, the first at \(place % screen.width), "
      + "\(place / screen.width): \(old) was \(new)"
  }
}
