/// Why something in a configuration can't be used: where, what is wrong, and what is allowed.
struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's path, or `the environment`.
  let path: String
  /// The line, from 1, where it is known.
  let line: Int?
  /// The key, as a path: `venues.binance.rest_url`; nil where the file itself is at fault.
  let key: String?
  /// What is wrong, and what is allowed.
  let problem: String
  /// Whether going on without the value could do harm: a proxy or a host that was meant would be
  /// passed by.
  var isGrave = false

  /// As compilers put it, so that editors can jump there: `config.toml:2: theme: no theme ...`
  var description: String {
    let place = line.map { ":\($0)" } ?? ""
    return "\(path)\(place): \(key.map { "\($0): " } ?? "")\(problem)"
  }
}

/// Why a value is refused, in a sentence.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
