import TOMLKit

/// A table of a configuration, read key by key. What it refuses names its line.
struct ConfigurationReader {
  private let path: String
  private let locator: KeyLocator
  private let table: TOMLTable
  private let place: [String]

  /// The whole of a file's text. Throws what the parser says of its syntax.
  init(text: String, path: String) throws(ConfigurationError) {
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw ConfigurationError(
        path: path, line: error.source.begin.line, key: nil, problem: error.description)
    } catch {
      throw ConfigurationError(path: path, line: nil, key: nil, problem: "\(error)")
    }
    self.path = path
    locator = KeyLocator(text)
    place = []
  }

  private init(_ parent: ConfigurationReader, table: TOMLTable, key: String) {
    path = parent.path
    locator = parent.locator
    self.table = table
    place = parent.place + [key]
  }

  /// The names of all keys, sorted.
  var keys: [String] { table.keys.sorted() }

  /// Throws where there's a key beside the allowed ones.
  func allow(_ allowed: [String], in what: String) throws(ConfigurationError) {
    for key in keys where !allowed.contains(key) {
      throw error(key, "is not a key of \(what); allowed are \(Self.list(allowed, "and"))")
    }
  }

  /// The text at a key, made into something; `make` throws a sentence, and `example` shows one.
  func text<Value>(
    _ key: String, example: String, _ make: (String) throws -> Value
  ) throws(ConfigurationError) -> Value? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else {
      throw error(key, "must be a text, such as \"\(example)\"")
    }
    do {
      return try make(text)
    } catch {
      throw self.error(key, "\(error)")
    }
  }

  /// The truth value at a key.
  func flag(_ key: String) throws(ConfigurationError) -> Bool? {
    guard let value = table[key] else { return nil }
    guard let flag = value.bool else { throw error(key, "must be true or false") }
    return flag
  }

  /// The table at a key.
  func table(_ key: String, of what: String) throws(ConfigurationError) -> ConfigurationReader? {
    guard let value = table[key] else { return nil }
    guard let inner = value.table else { throw error(key, "must be a table of \(what)") }
    return ConfigurationReader(self, table: inner, key: key)
  }

  /// What is wrong with a key.
  func error(_ key: String, _ problem: String) -> ConfigurationError {
    let place = place + [key]
    return ConfigurationError(
      path: path, line: locator.line(of: place), key: place.joined(separator: "."),
      problem: problem)
  }

  /// Words as a sentence lists them.
  static func list(_ words: [String], _ last: String) -> String {
    guard words.count > 1, let end = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(last) " + end
  }
}
