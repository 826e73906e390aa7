import Foundation
import TestSupport
import Testing

@testable import MapUI

extension OnScreen {
  /// Somebody who has read nothing sits down at the program. They know only what stands on the
  /// screen: they look for a word that sounds right, press the key that stands before it, and look
  /// again. Each task must be done within two keys of a hint that is in sight, where opening the
  /// help, which the first screen offers, is one of the two.
  @Suite struct NewcomerTests {
    /// Something that a newcomer wants.
    struct Task: Sendable, CustomTestStringConvertible {
      /// What they want.
      let wish: String
      /// Words that would tell them how.
      let words: [String]
      /// How the screen looks once it is done.
      let isDone: @Sendable (VirtualTerminal) -> Bool
      var testDescription: String { wish }
    }

    static let tasks = [
      Task(wish: "change the symbol", words: ["symbol"]) { $0.title.contains("ETHUSDT") },
      Task(wish: "change the timeframe", words: ["timeframe"]) {
        $0.title.contains("12h") || $0.title.contains("3d")
      },
      Task(wish: "zoom to the magnet", words: ["magnet"]) {
        $0.footer.contains("Magnet 1 of") && $0.crosshair != nil
      },
      Task(wish: "set an alert", words: ["alert"]) { $0.text.contains("Set an alert") },
    ]

    /// What stands on the first screen itself, whatever its size.
    static let first = [["symbol"], ["timeframe"], ["magnet"], ["alert"]]

    static let windows = [(60, 20), (80, 24), (120, 35), (200, 50)].map {
      Window(width: $0, height: $1, isDirect: true)
    }

    @Test(arguments: tasks, windows)
    func `What a newcomer wants is within two keys of what they see`(
      task: Task, window: Window
    ) throws {
      let terminal = try OnScreen.open(window)
      try follow(task.words, on: terminal, isDone: task.isDone)
      // Where a line is typed, q is a letter of it.
      terminal.send("\u{03}")
      #expect(terminal.end() == .exited(0))
    }

    @Test(arguments: windows)
    func `Quitting is in sight from the first moment`(window: Window) throws {
      let terminal = try OnScreen.open(window)
      let key = try #require(hints(terminal.screen.footer).first { $0.words.contains("quit") })
      terminal.send(key.key)
      #expect(terminal.end() == .exited(0))
      try OnScreen.expectGivenBack(terminal)
    }

    @Test func `A newcomer finds nothing where no hint says it`() throws {
      #expect(hints("q quit  ? help  +- zoom").map(\.key) == ["q", "?", "+"])
      #expect(Self.find(["magnet"], in: hints("q quit  ? help  +- zoom")) == nil)
      #expect(Self.find(["magnet"], in: hints("q quit  m magnet"))?.key == "m")
    }

    /// A key and the words behind it, as they are read off the screen.
    struct Hint: Equatable {
      let key: String
      let words: String
    }

    /// Does what the screen's words say until the wish is fulfilled, two keys at most.
    private func follow(
      _ words: [String], on terminal: PseudoTerminal, isDone: @Sendable (VirtualTerminal) -> Bool
    ) throws {
      var pressed: [String] = []
      if Self.find(words, in: hints(terminal.screen.footer)) == nil {
        // The smallest window has room for the first steps: help is asked for what comes later.
        #expect(!Self.first.contains(words), "\(words) should be in sight")
        // The first screen doesn't say it: whoever is lost asks for help.
        let help = try #require(
          Self.find(["help"], in: hints(terminal.screen.footer)), "nothing offers help")
        terminal.send(help.key)
        pressed.append(help.key)
        #expect(terminal.waits { $0.screen.text.contains("closes") })
        let hint = try #require(
          Self.find(words, in: lines(terminal)), "nothing says \(words)\n\(terminal.screen.text)")
        terminal.send("\u{1b}")
        #expect(terminal.waits { !$0.screen.text.contains("Esc closes") })
        terminal.send(hint.key)
        pressed.append(hint.key)
      } else if let hint = Self.find(words, in: hints(terminal.screen.footer)) {
        terminal.send(hint.key)
        pressed.append(hint.key)
      }
      #expect(pressed.count <= 2)
      #expect(terminal.waits { isDone($0.screen) }, "\(pressed)\n\(terminal.screen.text)")
    }

    private static func find(_ words: [String], in hints: [Hint]) -> Hint? {
      hints.first { hint in words.contains { hint.words.lowercased().contains($0) } }
    }

    /// The hints of a footer: keys and words two blanks apart. Of several keys the first is pressed.
    private func hints(_ footer: String) -> [Hint] {
      footer.split(separator: "  ").compactMap { part in
        let words = part.split(separator: " ", maxSplits: 1)
        guard words.count == 2, let key = Self.typed(String(words[0])) else { return nil }
        return Hint(key: key, words: String(words[1]))
      }
    }

    /// The lines of the help: keys, then what they do, some blanks apart; further ones are scrolled
    /// to, as its own words say.
    private func lines(_ terminal: PseudoTerminal) -> [Hint] {
      var found: [Hint] = []
      for _ in 0..<40 {
        for line in terminal.screen.lines {
          for half in line.split(separator: "  ").map({ $0.trimming }).indices {
            let parts = line.split(separator: "  ").map { $0.trimming }.filter { !$0.isEmpty }
            guard parts.indices.contains(half + 1) else { continue }
            let keys = parts[half].replacing("│", with: "").trimming.split(separator: " ")
            guard let first = keys.first, let key = Self.typed(String(first)) else { continue }
            found.append(Hint(key: key, words: parts[half + 1].replacing("│", with: "")))
          }
        }
        let before = terminal.screen.text
        guard before.contains("scroll") else { break }
        terminal.send("j")
        guard terminal.waits(limitMilliseconds: 500, until: { $0.screen.text != before }) else {
          break
        }
      }
      return found
    }

    /// What is typed for a key as the screen shows it; nil where it isn't one.
    private static func typed(_ shown: String) -> String? {
      switch shown {
      case "Tab": return "\t"
      case "Enter": return "\r"
      case "Esc": return "\u{1b}"
      case "Space": return " "
      default:
        guard let first = shown.first, shown.count <= 2, first.isASCII else { return nil }
        if first == "^" { return nil }
        return String(first)
      }
    }
  }
}

extension StringProtocol {
  /// Without blanks at its ends.
  fileprivate var trimming: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
