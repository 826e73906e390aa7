import Foundation
import TestSupport
import Testing

@testable import MapUI

extension OnScreen {
  /// Every key of the help does what the help says, seen on the screen.
  @MainActor @Suite struct KeyTourTests {
    /// A person at a terminal.
    private final class Person {
      let terminal: PseudoTerminal
      var screen: VirtualTerminal { terminal.screen }

      init(_ terminal: PseudoTerminal) { self.terminal = terminal }

      /// Types, and waits until the screen shows it.
      func types(
        _ keys: String, _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation,
        until condition: (VirtualTerminal) -> Bool
      ) {
        terminal.send(keys)
        #expect(
          terminal.waits { condition($0.screen) }, "\(what)\n\(screen.text)",
          sourceLocation: sourceLocation)
        #expect(screen.cutRows == [], "\(what)\n\(screen.text)", sourceLocation: sourceLocation)
      }

      /// Types keys that change something, and waits until it has changed.
      func changes<Part: Equatable>(
        _ part: (VirtualTerminal) -> Part, by keys: String, _ what: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
      ) {
        let before = part(screen)
        types(keys, what, sourceLocation: sourceLocation) { part($0) != before }
      }

      /// Reports the mouse over a cell, counted from zero.
      func mouse(_ button: Int, x: Int, y: Int, released: Bool = false) -> String {
        "\u{1b}[<\(button);\(x + 1);\(y + 1)\(released ? "m" : "M")"
      }
    }

    @Test(arguments: OnScreen.windows)
    func `Each key does what the help says`(window: Window) throws {
      let person = Person(try OnScreen.open(window))
      try firstFrame(person.screen)
      person.types(" ", "Space holds the picture") { $0.title.contains("PAUSED") }
      view(person)
      crosshair(person)
      magnets(person)
      try layersAndThemes(person)
      mouse(person)
      help(person)
      redraw(person)
      person.types(" ", "Space lets it run") { !$0.title.contains("PAUSED") }
      timeframesAndSymbols(person)
      person.terminal.send("q")
      #expect(person.terminal.end() == .exited(0))
      try OnScreen.expectGivenBack(person.terminal)
    }

    private func firstFrame(_ screen: VirtualTerminal) throws {
      let layout = screen.layout
      #expect(screen.title.contains("BTCUSDT 1d"))
      let word = try #require(screen.title.firstRange(of: "SIMULATED"))
      let x = screen.title.distance(from: screen.title.startIndex, to: word.lowerBound)
      #expect(screen[x, 0]?.background != screen[0, 0]?.background)
      #expect(screen[x, 0]?.isBold == true)
      for words in ["Total Long Liq", "Total Short Liq", "Price", "Magnet", "ATR", "unproven"] {
        #expect(screen.text.contains(words), "\(words)\n\(screen.text)")
      }
      #expect(screen.footer.contains("q quit"))
      #expect(screen.lines[layout.legend].contains("100x"))
      #expect(screen.layerColors.count == 5)
      let price = try #require(
        layout.plotX.first { x in layout.plotY.allSatisfy { screen[x, $0]?.character == "│" } })
      #expect(screen.bars(in: layout.plotX.lowerBound..<price) > 20)
      #expect(screen.bars(in: price + 1..<layout.plotX.upperBound) > 20)
      #expect(screen.cutRows == [])
    }

    private func view(_ person: Person) {
      let whole = person.screen.prices
      for (near, far) in [("+", "-"), ("=", "_")] {
        person.changes(\.prices, by: near, "\(near) zooms in")
        person.types(far, "\(far) zooms out") { $0.prices == whole }
      }
      person.changes(\.prices, by: "+", "zoom in")
      person.changes(\.prices, by: "+", "zoom in twice")
      for key in ["<", ">", ",", ".", "\u{1b}[5~", "\u{1b}[6~"] {
        person.changes(\.prices, by: key, "\(key) pans")
      }
      person.changes(\.prices, by: "<", "< pans")
      person.types("c", "c centres on the price") { screen in
        let price = screen.layout.plotX.first { x in
          screen.layout.plotY.allSatisfy { screen[x, $0]?.character == "│" }
        }
        let middle = (screen.layout.plotX.lowerBound + screen.layout.plotX.upperBound) / 2
        return price.map { abs($0 - middle) <= 2 } ?? false
      }
      person.types("0", "0 shows the whole map") { $0.prices == whole }
    }

    private func crosshair(_ person: Person) {
      let plot = person.screen.layout.plotX
      person.types("l", "l shows the crosshair") { $0.crosshair != nil && $0.tellsOfCrosshair }
      for (key, step) in [("l", 1), ("\u{1b}[C", 1), ("h", -1), ("\u{1b}[D", -1)] {
        let start = person.screen.crosshair ?? 0
        person.types(key, "\(key) moves the crosshair by \(step)") {
          $0.crosshair == start + step
        }
      }
      person.types("\u{1b}[H", "Home goes left") { $0.crosshair == plot.lowerBound }
      person.types("G", "G goes right") { $0.crosshair == plot.upperBound - 1 }
      person.types("\u{1b}[H", "Home goes left") { $0.crosshair == plot.lowerBound }
      person.types("\u{1b}[F", "End goes right") { $0.crosshair == plot.upperBound - 1 }
      for key in ["k", "\u{1b}[A", "j", "\u{1b}[B"] {
        person.changes(\.axis, by: key, "\(key) moves the level line")
      }
      person.types("\u{1b}", "Esc leaves the crosshair") {
        $0.crosshair == nil && !$0.tellsOfCrosshair
      }
    }

    private func magnets(_ person: Person) {
      let whole = person.screen.prices
      person.types("m", "m goes to the magnet") {
        $0.footer.contains("Magnet 1 of") && $0.prices != whole && $0.crosshair != nil
      }
      let plot = person.screen.layout.plotX
      if let column = person.screen.crosshair {
        let place = Double(column - plot.lowerBound) / Double(plot.count)
        #expect((0...1).contains(place))
      }
      person.types("n", "n goes to the next") { $0.footer.contains("Cluster 2 of") }
      person.types("N", "N goes back") { $0.footer.contains("Magnet 1 of") }
      person.types("\u{1b}0", "and all is as before") {
        $0.prices == whole && $0.crosshair == nil
      }
    }

    private func layersAndThemes(_ person: Person) throws {
      let colors = person.screen.layerColors.count
      person.types("L", "L isolates a layer") { $0.footer.contains("Only 5x") }
      person.types("L", "then the next") { $0.footer.contains("Only 10x") }
      person.types("\u{1b}", "Esc shows all layers") {
        $0.layerColors.count == colors && $0.footer.contains("q quit")
      }
      for label in ["5x", "10x", "25x", "50x", "100x"] {
        person.types("L", "L isolates \(label)") { $0.footer.contains("Only \(label):") }
      }
      person.types("L", "and all again") { $0.footer.contains("All layers") }
      let ground = person.screen[0, 0]?.background
      person.types("T", "T takes the next theme") {
        $0.footer.contains("Theme: light") && $0[0, 0]?.background != ground
      }
      let others = try Theme.builtIn().count - 1
      person.types(String(repeating: "T", count: others), "and comes around") {
        $0.footer.contains("Theme: default") && $0[0, 0]?.background == ground
      }
      person.types("t", "t lists the themes") {
        $0.text.contains("Themes") && $0.footer.contains("Enter keeps")
      }
      person.types("j", "and previews the next one at once") {
        $0.text.contains("Themes") && $0[0, 0]?.background != ground
      }
      person.types("\u{1b}", "Esc goes back") {
        !$0.text.contains("Themes") && $0[0, 0]?.background == ground
      }
      person.types("tj\r", "Enter keeps the one that is shown") {
        $0.footer.contains("Theme: light") && $0[0, 0]?.background != ground
      }
      person.types(":theme default\r", "and the palette finds a theme by its name") {
        $0.footer.contains("Theme: default") && $0[0, 0]?.background == ground
      }
    }

    private func mouse(_ person: Person) {
      let layout = person.screen.layout
      let whole = person.screen.prices
      let x = layout.plotX.lowerBound + layout.plotX.count / 4
      let y = layout.plotY.upperBound - 3
      person.types(
        person.mouse(0, x: x, y: y) + person.mouse(0, x: x, y: y, released: true),
        "a click sets the crosshair"
      ) { $0.crosshair == x }
      person.types("\u{1b}", "Esc leaves it") { $0.crosshair == nil }
      person.changes(\.prices, by: person.mouse(64, x: x, y: y), "the wheel zooms in")
      person.changes(\.prices, by: person.mouse(64, x: x, y: y), "and further")
      person.changes(
        \.prices,
        by: person.mouse(0, x: x, y: y) + person.mouse(32, x: x + 12, y: y)
          + person.mouse(0, x: x + 12, y: y, released: true), "a drag pans")
      person.types(
        person.mouse(65, x: x, y: y) + person.mouse(65, x: x, y: y)
          + person.mouse(65, x: x, y: y), "the wheel zooms out"
      ) { $0.prices.split(separator: " ").first == whole.split(separator: " ").first }
      person.types("\u{1b}0", "and all is as before") {
        $0.prices == whole && $0.crosshair == nil
      }
    }

    private func help(_ person: Person) {
      person.types("?", "? opens the help") { $0.text.contains("Esc closes") }
      // What doesn't fit is scrolled to.
      var missing = Set(Keymap.standard.bindings.map(\.help))
      func read() { missing = missing.filter { !person.screen.text.contains($0) } }
      read()
      while !missing.isEmpty, person.screen.text.contains("scroll") {
        let before = person.screen.text
        person.terminal.send("j")
        guard person.terminal.waits(limitMilliseconds: 2_000, until: { $0.screen.text != before })
        else { break }
        read()
      }
      #expect(missing == [])
      person.types("?", "? closes it") { !$0.text.contains("Esc closes") }
      person.types("?", "? opens it") { $0.text.contains("Esc closes") }
      person.types("\u{1b}", "Esc closes it") { !$0.text.contains("Esc closes") }
    }

    private func redraw(_ person: Person) {
      let before = person.screen.text
      let sent = person.terminal.output.count
      person.types("\u{0c}", "^L draws the screen anew") { screen in
        person.terminal.output.count > sent + screen.width * screen.height / 2
          && screen.text == before
      }
    }

    private func timeframesAndSymbols(_ person: Person) {
      person.types("[", "[ is a shorter timeframe") { $0.title.contains("BTCUSDT 12h") }
      person.types("]", "] is a longer one") { $0.title.contains("BTCUSDT 1d") }
      person.types("]", "] again") { $0.title.contains("BTCUSDT 3d") }
      person.types("\t", "Tab is the next symbol") { $0.title.contains("ETHUSDT 3d") }
      person.types("\u{1b}[Z", "S-Tab goes back") { $0.title.contains("BTCUSDT 3d") }
    }
  }
}
