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
  /// Whether what is found goes onto the watchlist; it is shown otherwise.
  public var isForWatchlist = false
}

extension AppState {
  /// How many matches the search shows.
  static let searchRows = 8

  /// What the search finds, the best first: see ``FuzzyMatch``. Equally good ones stay in the order
  /// of the list.
  var searchMatches: [SymbolChoice] {
    guard let search else { return [] }
    let all = listed.isEmpty ? symbols.map { SymbolChoice($0) } : listed
    guard !search.text.isEmpty else { return Array(all.prefix(Self.searchRows)) }
    var found: [(score: Int, place: Int)] = []
    for (place, choice) in all.enumerated() {
      if let score = search.score(of: choice.symbol) { found.append((score, place)) }
    }
    found.sort { ($1.score, $0.place) < ($0.score, $1.place) }
    return found.prefix(Self.searchRows).map { all[$0.place] }
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
    if open.isForWatchlist { return addWatched(wanted) }
    if !symbols.contains(wanted) { symbols.insert(wanted, at: 0) }
    return choose(symbol: wanted)
  }
}

extension SymbolSearch {
  /// How well an instrument fits what was typed, by its coin; by its symbol where that was typed
  /// beyond the coin.
  func score(of instrument: Instrument) -> Int? {
    let typed = text.filter { $0.isLetter || $0.isNumber }
    if let score = FuzzyMatch.score(typed, in: instrument.base) { return score }
    let symbol = instrument.symbol
    guard typed.count > instrument.base.count, symbol.hasPrefix(typed) else { return nil }
    return FuzzyMatch.score(typed, in: symbol)
  }

  /// Adds what was typed or pasted, as far as a name can hold it.
  mutating func type(_ typed: String) {
    let letters = typed.uppercased().filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "/")
    }
    text = String((text + letters).prefix(20))
    index = 0
  }
}
