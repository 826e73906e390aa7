import Foundation
import TestSupport
import Testing

@testable import MapUI

/// The program on a real pty with libvterm as its terminal, as a trader would use it. Serial,
/// because each test waits for a program, and on the main thread, because a wait on one of the few
/// threads that tests share would starve those that wait for each other.
@Suite("lodestone on the screen", .serialized)
enum OnScreen {
  /// A window and its colours.
  struct Window: Sendable, CustomTestStringConvertible {
    let width, height: Int
    let isDirect: Bool
    var testDescription: String { "\(width)x\(height), \(isDirect ? "truecolor" : "256 colours")" }
    var environment: [String: String] {
      PseudoTerminal.environment(isDirect ? [:] : ["COLORTERM": ""])
    }
  }

  static let windows = [(80, 24), (120, 35), (200, 50)].flatMap { width, height in
    [false, true].map { Window(width: width, height: height, isDirect: $0) }
  }

  /// The program once it shows a map.
  static func open(_ window: Window, _ options: [String] = []) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      executable: BuildProducts.executable("lodestone"),
      arguments: ["BTC", "--source", "demo", "--seed", "1", "--timeframe", "1d"] + options,
      environment: window.environment, width: window.width, height: window.height)
    try #require(
      terminal.waits {
        $0.screen.text.contains("Total Long Liq")
          && $0.screen.lines[$0.screen.layout.legend].contains("100x")
      }, "\(terminal.screen.text)")
    // A frame can arrive in pieces; its last rows are on their way.
    terminal.settle()
    return terminal
  }

  /// The program as soon as it has the terminal, the first map still on its way.
  static func begin() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      executable: BuildProducts.executable("lodestone"), arguments: ["--source", "demo"],
      environment: PseudoTerminal.environment(), width: 120, height: 35)
    try #require(terminal.shows("Waiting for BTCUSDT 7d"), "\(terminal.screen.text)")
    return terminal
  }

  /// The modes of a terminal that nobody has touched.
  static func untouchedModes() throws -> String {
    let terminal = try PseudoTerminal(
      executable: "/bin/true", environment: [:], width: 80, height: 24)
    #expect(terminal.end() == .exited(0))
    return terminal.modes
  }

  static func expectGivenBack(
    _ terminal: PseudoTerminal, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try terminal.modes == untouchedModes(), sourceLocation: sourceLocation)
    #expect(!terminal.screen.isAlternate, sourceLocation: sourceLocation)
    #expect(terminal.screen.isCursorVisible, sourceLocation: sourceLocation)
    #expect(!terminal.screen.reportsMouse, sourceLocation: sourceLocation)
    for mode in [1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026] {
      #expect(!terminal.isOn(mode: mode), "mode \(mode)", sourceLocation: sourceLocation)
    }
  }
}

extension VirtualTerminal {
  /// Where things stand in a window of this size, with the panels that open unasked.
  var layout: Layout { Layout(width: width, height: height, panels: MapPanels()) }
  /// The first line: instrument, timeframe, state, moment.
  var title: String { lines[layout.title] }
  /// Below the plot: the labels of prices.
  var prices: String { lines[layout.prices] }
  /// The last line: hints, or what just happened.
  var footer: String { lines[layout.footer] }
  /// The column of the crosshair's foot; nil without a crosshair.
  var crosshair: Int? { (0..<width).first { self[$0, layout.baseline]?.character == "┼" } }
  /// The axis left of the bars, the level's label among its numbers.
  var axis: [String] { lines[layout.plotY].map { String($0.prefix(Layout.axisWidth)) } }
  /// Whether the map tells what stands at the crosshair.
  var tellsOfCrosshair: Bool { text.contains("to here") }
  /// The colours that the legend explains.
  var layerColors: Set<UInt32> {
    let ground = self[width - 1, layout.legend]?.background
    return Set(
      (0..<width).compactMap { self[$0, layout.legend] }
        .filter { $0.character == " " && $0.background != ground }.compactMap(\.background))
  }
  /// How often the columns show a colour of a layer.
  func bars(in columns: Range<Int>) -> Int {
    let colors = layerColors
    return columns.reduce(0) { count, x in
      count
        + layout.plotY.filter { y in
          guard let cell = self[x, y] else { return false }
          return [cell.background, cell.foreground].contains { $0.map(colors.contains) ?? false }
        }.count
    }
  }
  /// The rows whose last column isn't free: something was cut there.
  var cutRows: [Int] { (0..<height).filter { self[width - 1, $0]?.character != " " } }
}
