import MapUI
import TOMLKit

/// A table of a configuration, read key by key. What it refuses it notes with its line, and goes on.
struct ConfigurationReader {
  /// What was refused so far, shared by all tables of a text.
  private final class Notes {
    var errors: [ConfigurationError] = []
  }

  private let path: String
  private let lines: TOMLLines
  private let table: TOMLTable
  private let place: String
  private let notes: Notes

  /// The whole of a file's text. Throws what the parser says of its syntax.
  init(text: String, path: String) throws(ConfigurationError) {
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let syntax = TOMLSyntax(error, in: text)
      throw ConfigurationError(path: path, line: syntax.line, key: nil, problem: syntax.problem)
    } catch {
      throw ConfigurationError(path: path, line: nil, key: nil, problem: "\(error)")
    }
    self.path = path
    lines = TOMLLines(text)
    place = ""
    notes = Notes()
  }

  private init(_ parent: ConfigurationReader, table: TOMLTable, place: String) {
    path = parent.path
    lines = parent.lines
    notes = parent.notes
    self.table = table
    self.place = place
  }

  /// What was refused so far, in the order of the lines.
  var errors: [ConfigurationError] { notes.errors.sorted { ($0.line ?? 0) < ($1.line ?? 0) } }

  /// The names of all keys, sorted.
  var keys: [String] { table.keys.sorted() }

  /// The line of the table, from 1.
  var line: Int? { lines.line(of: place) }

  /// The line of a key, from 1.
  func line(of key: String) -> Int? { lines.line(of: path(of: key)) }

  /// Refuses every key beside the allowed ones, and says which of those may have been meant.
  func allow(_ allowed: [String], in what: String) {
    for key in keys where !allowed.contains(key) {
      let question = NearNames.question(key, among: allowed)
      refuse(
        key, "is not a key of \(what); \(question ?? "allowed are \(Self.list(allowed, "and"))")")
    }
  }

  /// The value of a setting; nil where there's none, or none that is allowed.
  func value<Value>(_ setting: SettingKey<Value>) -> Value? {
    guard let value = table[setting.name] else { return nil }
    guard let text = Self.text(value, setting.kind) else {
      refuse(setting.name, "must be \(setting.kind.words), such as \(setting.example)")
      return nil
    }
    return make(setting.name) { try setting.parse(text) }
  }

  /// The text at a key, made into something; `make` throws a sentence, and `example` shows one.
  func text<Value>(
    _ key: String, example: String, isGrave: Bool = false, _ make: (String) throws -> Value
  ) -> Value? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else {
      refuse(key, "must be a text, such as \"\(example)\"", isGrave: isGrave)
      return nil
    }
    return self.make(key, isGrave: isGrave) { try make(text) }
  }

  /// The truth value at a key.
  func flag(_ key: String, isGrave: Bool = false) -> Bool? {
    guard let value = table[key] else { return nil }
    guard let flag = value.bool else {
      refuse(key, "must be true or false", isGrave: isGrave)
      return nil
    }
    return flag
  }

  /// The texts at a key; one text counts as a list of one.
  func texts(_ key: String, example: String) -> [String]? {
    guard let value = table[key] else { return nil }
    guard let texts = Self.texts(value) else {
      refuse(key, "must be a text or a list of texts, such as \(example)")
      return nil
    }
    return texts
  }

  /// The table at a key.
  func table(_ key: String, of what: String, isGrave: Bool = false) -> ConfigurationReader? {
    guard let value = table[key] else { return nil }
    guard let inner = value.table else {
      refuse(key, "must be a table of \(what)", isGrave: isGrave)
      return nil
    }
    return ConfigurationReader(self, table: inner, place: path(of: key))
  }

  /// The tables of a list, `[[key]]`.
  func tables(_ key: String, of what: String) -> [ConfigurationReader] {
    guard let value = table[key] else { return [] }
    let found = value.array.map { Array($0).compactMap(\.table) }
    guard let found, found.count == value.array?.count else {
      refuse(key, "must be tables of \(what): [[\(key)]]")
      return []
    }
    return found.enumerated().map { index, inner in
      ConfigurationReader(self, table: inner, place: "\(path(of: key))[\(index)]")
    }
  }

  /// Notes what is wrong with a key; nil for the table itself.
  func refuse(_ key: String?, _ problem: String, line: Int? = nil, isGrave: Bool = false) {
    let place = key.map(path(of:)) ?? place
    notes.errors.append(
      ConfigurationError(
        path: path, line: line ?? lines.line(of: place), key: place, problem: problem,
        isGrave: isGrave))
  }

  private func make<Value>(
    _ key: String, isGrave: Bool = false, _ make: () throws -> Value
  ) -> Value? {
    do {
      return try make()
    } catch {
      refuse(key, "\(error)", isGrave: isGrave)
      return nil
    }
  }

  private func path(of key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

  /// A value as the words of an argument; nil where it is of another kind.
  private static func text(_ value: any TOMLValueConvertible, _ kind: SettingKind) -> String? {
    switch kind {
    case .text: value.string
    case .integer: value.int.map(String.init)
    case .flag: value.bool.map(String.init)
    case .list: texts(value)?.joined(separator: ",")
    }
  }

  private static func texts(_ value: any TOMLValueConvertible) -> [String]? {
    if let text = value.string { return [text] }
    guard let array = value.array else { return nil }
    let texts = Array(array).compactMap(\.string)
    return texts.count == array.count ? texts : nil
  }

  /// Words as a sentence lists them.
  static func list(_ words: [String], _ last: String) -> String {
    guard words.count > 1, let end = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(last) " + end
  }
}
