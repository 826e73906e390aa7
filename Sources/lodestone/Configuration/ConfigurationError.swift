/// Why a configuration can't be used: where, what is wrong, and what is allowed.
struct ConfigurationError: Error, Hashable, CustomStringConvertible {
  /// The file's path.
  let path: String
  /// The line, from 1, where it is known.
  let line: Int?
  /// The key, as a path: `venues.binance.rest_url`; nil where the file itself is at fault.
  let key: String?
  /// What is wrong, and what is allowed.
  let problem: String

  var description: String {
    let place = line.map { ", line \($0)" } ?? ""
    return "\(path)\(place)\(key.map { ", \($0)" } ?? ""): \(problem)"
  }
}
