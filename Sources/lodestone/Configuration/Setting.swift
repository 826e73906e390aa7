/// Where a value comes from. The order of the cases is the order of precedence.
enum SettingOrigin: Hashable, Sendable, CustomStringConvertible {
  /// The argument of that name.
  case flag(String)
  /// The variable of that name.
  case environment(String)
  /// The file, and the line, where it is known.
  case file(String, line: Int?)
  /// What was on the screen when the program ended last.
  case state
  /// Nobody said anything.
  case standard

  var description: String {
    switch self {
    case .flag(let name): "argument \(name)"
    case .environment(let name): "environment \(name)"
    case .file(let path, let line): path + (line.map { ":\($0)" } ?? "")
    case .state: "last session"
    case .standard: "default"
    }
  }
}

/// A value in force, and where it comes from.
struct Setting<Value: Hashable & Sendable>: Hashable, Sendable {
  let value: Value
  let origin: SettingOrigin
}
