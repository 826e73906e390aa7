import Market

/// Why market data files couldn't be read. Each case says in one sentence what is wrong and where.
public enum FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing stands at the path.
  case notFound(path: String)
  /// The operating system refused; `reason` is its own text.
  case unreadable(path: String, reason: String)
  /// The file, or the table within its archive, holds nothing.
  case empty(file: String)
  /// The file's bytes are broken, e.g. a gzip file that ends early.
  case damaged(file: String, reason: String)
  /// The file holds something else than one table of text.
  case notTable(file: String, reason: String)
  /// The header lacks columns that candles need.
  case missingColumns(file: String, missing: [String], found: [String])
  /// The table has a header but no row that could be used; `firstBad` is the first one skipped.
  case noRows(file: String, firstBad: BadRow?)
  /// A row that can't be a fact about a market.
  case badRow(BadRow)
  /// Only one moment is known, so the length of a candle isn't.
  case unknownInterval(file: String)
  /// A table with several instruments, none of which is the one asked for.
  case otherInstruments(file: String, instrument: Instrument, found: [String])
  /// A folder without a file for the instrument; `found` are the instruments that it has.
  case noInstrument(folder: String, instrument: Instrument, found: [String])
  /// There is open interest, but no candle to put it on; or nothing of use at all.
  case noCandles(path: String, instrument: Instrument, reason: String)

  /// Whether the operating system failed, rather than the input being wrong.
  public var isSystemFailure: Bool {
    if case .unreadable = self { return true }
    return false
  }

  public var description: String {
    switch self {
    case .notFound(let path):
      "\(Printable.quoted(path)): no such file or folder"
    case .unreadable(let path, let reason):
      "\(Printable.quoted(path)) can't be read: \(reason)"
    case .empty(let file):
      "\(Printable.text(file)) is empty"
    case .damaged(let file, let reason):
      "\(Printable.text(file)) is damaged: \(reason)"
    case .notTable(let file, let reason):
      "\(Printable.text(file)) isn't a table of candles: \(reason)"
    case .missingColumns(let file, let missing, let found):
      "\(Printable.text(file)) has no column for \(missing.joined(separator: ", ")); "
        + "its first line has \(Printable.list(found))"
    case .noRows(let file, let firstBad):
      if let firstBad {
        "\(Printable.text(file)) has no good row; the first bad one: \(firstBad.finding)"
      } else {
        "\(Printable.text(file)) has a header but no rows"
      }
    case .badRow(let row):
      "\(row); fix the row or pass --skip-bad-rows"
    case .unknownInterval(let file):
      "\(Printable.text(file)) has a single candle, so the length of a candle is unknown; "
        + "add a second row or a close_time column"
    case .otherInstruments(let file, let instrument, let found):
      "\(Printable.text(file)) has no row for \(instrument); its symbols are "
        + Printable.list(found)
    case .noInstrument(let folder, let instrument, let found):
      "\(Printable.quoted(folder)) has no file for \(instrument); "
        + (found.isEmpty
          ? "no name of a .csv, .csv.gz or .zip file in it names an instrument"
          : "it has \(Printable.list(found))")
    case .noCandles(let path, let instrument, let reason):
      "\(Printable.quoted(path)) has no candles for \(instrument): \(reason)"
    }
  }
}

/// A row that can't be a fact about a market, and where it stands.
public struct BadRow: Hashable, Sendable, CustomStringConvertible {
  /// The name of the file.
  public let file: String
  /// The line of the text that the row starts on; the first line is 1.
  public let line: Int
  /// The column's name in the file's header, or `row` when the whole row is meant.
  public let field: String
  /// What stands there.
  public let value: String
  /// What is wrong with it, e.g. `is not a number`.
  public let fault: String

  /// A row in `file` whose `field` has a `value` with that `fault`.
  public init(file: String, line: Int, field: String, value: String, fault: String) {
    self.file = file
    self.line = line
    self.field = field
    self.value = value
    self.fault = fault
  }

  /// Line, field, value and fault, without the file.
  var finding: String {
    "line \(line), \(Printable.text(field)): \(Printable.quoted(value)) \(fault)"
  }

  public var description: String { "\(Printable.text(file)), \(finding)" }
}

/// Text from a file made safe and short enough for a sentence on a terminal.
enum Printable {
  /// Control characters as escapes, and at most `limit` characters.
  static func text(_ text: String, limit: Int = 200) -> String {
    var shown = ""
    for (index, character) in text.enumerated() {
      if index == limit { return shown + "…" }
      for scalar in character.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
          .privateUse:
          shown += scalar.escaped(asASCII: true)
        default: shown.unicodeScalars.append(scalar)
        }
      }
    }
    return shown
  }

  /// The text in double quotes.
  static func quoted(_ text: String) -> String { "\"\(Self.text(text))\"" }

  /// At most twenty names, then how many more there are.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(20).map { text($0, limit: 40) }.joined(separator: ", ")
    return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
  }
}
