import Terminal

/// What a configuration wants of an action: these keys, and no others.
public struct KeyWish: Hashable, Sendable {
  /// The action's name: `zoom_in`.
  public let action: String
  /// The keys' names; none takes the action's keys away.
  public let keys: [String]
  /// The line of the file that says so, from one, where it is known.
  public let line: Int?

  /// A wish of a line.
  public init(action: String, keys: [String], line: Int? = nil) {
    self.action = action
    self.keys = keys
    self.line = line
  }
}

/// What of a wish can't be fulfilled.
public struct KeyProblem: Hashable, Sendable {
  /// The wish.
  public let wish: KeyWish
  /// What is wrong, and what is allowed.
  public let problem: String
}

extension Keymap {
  /// The table with the keys that a configuration wants, and what of it can't be: unknown actions
  /// and keys, and keys that another action has already, by the file or by default. Such a key is
  /// left out; an action that would have none of the keys it wants keeps its own.
  public func remapped(_ wishes: [KeyWish]) -> (keymap: Keymap, problems: [KeyProblem]) {
    var problems: [KeyProblem] = []
    var wanted: [(wish: KeyWish, action: Action)] = []
    for wish in wishes.sorted(by: { ($0.line ?? 0, $0.action) < ($1.line ?? 0, $1.action) }) {
      if let action = Action(named: wish.action) {
        wanted.append((wish, action))
      } else {
        problems.append(KeyProblem(wish: wish, problem: Self.unknown(wish.action)))
      }
    }
    // Keys of actions that the file doesn't speak of stay theirs.
    var holders: [KeyPlace: Action] = [:]
    for binding in bindings {
      guard let action = binding.action, !wanted.contains(where: { $0.action == action }) else {
        continue
      }
      for key in binding.keys { holders[KeyPlace(key: key, prefix: binding.prefix)] = action }
    }
    var chosen: [Action: [Key]] = [:]
    for (wish, action) in wanted {
      var keys: [Key] = []
      for name in wish.keys {
        switch take(name, for: action, holders: &holders) {
        case .success(let key): if !keys.contains(key) { keys.append(key) }
        case .failure(let refusal):
          problems.append(KeyProblem(wish: wish, problem: refusal.reason))
        }
      }
      if action == .quit, keys.isEmpty, wish.keys.isEmpty {
        problems.append(KeyProblem(wish: wish, problem: "quit needs a key"))
      }
      if keys.isEmpty, action == .quit || !wish.keys.isEmpty {
        // Its own keys, as far as nobody else has taken them by now.
        let prefix = prefix(of: action)
        keys = self.keys(of: action).filter { key in
          let holder = holders[KeyPlace(key: key, prefix: prefix)]
          return holder == nil || holder == action
        }
        for key in keys { holders[KeyPlace(key: key, prefix: prefix)] = action }
      }
      chosen[action] = keys
    }
    return (replacing(chosen), problems)
  }

  /// A key, and the prefix that it is pressed after.
  private struct KeyPlace: Hashable {
    let key: Key
    let prefix: Action?
  }

  private func prefix(of action: Action) -> Action? {
    bindings.first { $0.action == action }?.prefix
  }

  private struct KeyRefusal: Error {
    let reason: String
  }

  /// Gives a key to an action unless another has it.
  private func take(
    _ name: String, for action: Action, holders: inout [KeyPlace: Action]
  ) -> Result<Key, KeyRefusal> {
    guard let key = Key(named: name) else {
      return .failure(
        KeyRefusal(reason: "\"\(name)\" is no key; allowed are \(Key.allowedNames)"))
    }
    if let obstacle = key.obstacle(for: action) { return .failure(KeyRefusal(reason: obstacle)) }
    let place = KeyPlace(key: key, prefix: prefix(of: action))
    if let holder = holders[place], holder != action {
      return .failure(
        KeyRefusal(
          reason: "\"\(name)\" is the key of \(holder.name), too; give one of them another key"))
    }
    holders[place] = action
    return .success(key)
  }

  private static func unknown(_ name: String) -> String {
    // The names of all are too many for a sentence.
    let question = NearNames.question(name, among: Action.allCases.map(\.name))
    return "is no action; \(question ?? "`lodestone config print` lists them all")"
  }
}

extension Action {
  /// The name by which a configuration knows the action: `zoom_in`.
  public var name: String {
    var name = ""
    for letter in rawValue {
      if letter.isUppercase { name += "_" }
      name += letter.lowercased()
    }
    return name
  }

  /// The action of a name; nil where there is none.
  public init?(named name: String) {
    guard let action = Action.allCases.first(where: { $0.name == name }) else { return nil }
    self = action
  }
}
