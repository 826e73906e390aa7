import Market
import Terminal

/// An instrument that can be chosen, and how many venues list it.
public struct SymbolChoice: Hashable, Sendable {
  /// The instrument.
  public let symbol: Instrument
  /// How many venues list it; nil where the source has none.
  public let venueCount: Int?

  /// A choice.
  public init(_ symbol: Instrument, venueCount: Int? = nil) {
    self.symbol = symbol
    self.venueCount = venueCount
  }
}

/// The search for a symbol, open.
public struct SymbolSearch: Hashable, Sendable {
  /// What was typed, upper case.
  public var text = ""
  /// The chosen one among the matches.
  public var index = 0
}

extension AppState {
  /// How many matches the search shows.
  static let searchRows = 8

  /// What the search finds: names that begin as typed, then names that hold it.
  var searchMatches: [SymbolChoice] {
    guard let search else { return [] }
    let all = listed.isEmpty ? symbols.map { SymbolChoice($0) } : listed
    guard !search.text.isEmpty else { return Array(all.prefix(Self.searchRows)) }
    var first: [SymbolChoice] = []
    var second: [SymbolChoice] = []
    for choice in all {
      if choice.symbol.base.hasPrefix(search.text) {
        first.append(choice)
      } else if choice.symbol.base.contains(search.text) {
        second.append(choice)
      }
    }
    // A name typed in full comes before those that go on.
    if let exact = first.firstIndex(where: { $0.symbol.base == search.text }) {
      first.insert(first.remove(at: exact), at: 0)
    }
    return Array((first + second).prefix(Self.searchRows))
  }

  /// What a key does while the search is open; nil where it does what it always does.
  mutating func handleInSearch(_ key: Key) -> [Effect]? {
    guard var open = search else { return nil }
    switch key {
    case .escape:
      search = nil
      return []
    case .enter:
      return chooseFound()
    case .up: open.index = max(open.index - 1, 0)
    case .down: open.index = min(open.index + 1, max(searchMatches.count - 1, 0))
    case .backspace:
      open.text = String(open.text.dropLast())
      open.index = 0
    case .character(let character):
      open.type(String(character))
    default:
      return nil
    }
    search = open
    return []
  }

  /// Takes the match that is pointed at, or what was typed where venues may know it all the same.
  private mutating func chooseFound() -> [Effect] {
    let matches = searchMatches
    guard let open = search else { return [] }
    search = nil
    let found = matches.indices.contains(open.index) ? matches[open.index].symbol : nil
    guard let wanted = found ?? Instrument(named: open.text), !open.text.isEmpty || found != nil
    else { return [] }
    guard found != nil || source.isLive else {
      message = Message("\(source.name) has no \(open.text)", isWarning: true)
      return []
    }
    if !symbols.contains(wanted) { symbols.insert(wanted, at: 0) }
    return choose(symbol: wanted)
  }
}

extension SymbolSearch {
  /// Adds what was typed or pasted, as far as a name can hold it.
  mutating func type(_ typed: String) {
    let letters = typed.uppercased().filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "/")
    }
    text = String((text + letters).prefix(20))
    index = 0
  }
}
