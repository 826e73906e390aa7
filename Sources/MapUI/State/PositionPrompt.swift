import MapEngine
import Market
import Terminal

/// The line that a position is typed into, open.
public struct PositionPrompt: Hashable, Sendable {
  /// What was typed.
  public var text = ""
  /// Why that is no position; nil until it was entered.
  public var error: String?

  /// A line that begins with the position asked about already.
  init(_ wish: PositionWish? = nil) {
    text = wish?.text ?? ""
  }

  /// A line that holds a text.
  init(text: String) {
    self.text = text
  }

  /// What a typed line says.
  enum Answer: Hashable {
    /// Nothing: no position is asked about.
    case nothing
    case position(PositionWish)
    /// Why it says nothing that can be understood, in a sentence.
    case error(String)
  }

  /// Reads `side:entry:leverage:coins`, a venue behind an @ where one is named.
  var answer: Answer {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    let stated = parts.first ?? ""
    guard !text.isEmpty else { return .nothing }
    guard parts.count <= 2 else { return .error("`\(text)` names more than one venue") }
    var venue: Venue?
    if parts.count == 2 {
      venue = Venue.allCases.first { $0.rawValue == parts[1].lowercased() }
      guard venue != nil else {
        let names = Venue.real.map(\.rawValue).joined(separator: ", ")
        return .error("`\(parts[1])` is no venue that Lodestone knows; it knows \(names)")
      }
    }
    do throws(StatedPosition.Unreadable) {
      return .position(PositionWish(try StatedPosition(stated), venue: venue))
    } catch {
      return .error(error.description)
    }
  }

  /// Adds what was typed or pasted, as far as a position can hold it.
  mutating func type(_ typed: String) {
    let kept = typed.filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || ":.@-+".contains($0))
    }
    text = String((text + kept).prefix(48))
    error = nil
  }
}

extension AppState {
  /// What a key does while the line is open; nil where it does what it always does.
  mutating func handleInPositionPrompt(_ key: Key) -> [Effect]? {
    guard var open = positionPrompt else { return nil }
    switch key {
    case .escape:
      positionPrompt = nil
      return []
    case .enter:
      enterPosition(open)
      return []
    case .backspace:
      open.text = String(open.text.dropLast())
      open.error = nil
    case .control("u"):
      open = PositionPrompt()
    case .character(let character):
      open.type(String(character))
    case .control:
      return nil
    default:
      return []
    }
    positionPrompt = open
    return []
  }

  private mutating func enterPosition(_ open: PositionPrompt) {
    switch open.answer {
    case .nothing:
      positionPrompt = nil
      if position != nil { message = Message("No position is asked about any more") }
      position = nil
    case .position(let wish):
      positionPrompt = nil
      position = wish
      message = positionCheck.map { Message(PositionText.sentences($0), ticks: 12) }
    case .error(let reason):
      positionPrompt?.error = reason
    }
  }
}
