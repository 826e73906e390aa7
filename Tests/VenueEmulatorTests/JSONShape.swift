import Foundation

/// A JSON value of which only the form matters: which keys, which kinds, in which order.
indirect enum JSONShape: Decodable, Equatable {
  case null
  case bool
  case number(Double)
  case text(String)
  case list([JSONShape])
  case object([String: JSONShape])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if (try? container.decode(Bool.self)) != nil {
      self = .bool
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONShape].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONShape].self))
    }
  }

  init(_ text: String) throws {
    self = try JSONDecoder().decode(JSONShape.self, from: Data(text.utf8))
  }

  /// What stands at a path of keys and places: `result.list.0`.
  subscript(path path: String) -> JSONShape? {
    path.split(separator: ".").reduce(self) { value, step in
      switch value {
      case .object(let members): members[String(step)]
      case .list(let values): Int(step).flatMap { values.indices.contains($0) ? values[$0] : nil }
      default: nil
      }
    }
  }

  var text: String? {
    if case .text(let text) = self { return text }
    return nil
  }

  var number: Double? {
    switch self {
    case .number(let number): number
    case .text(let text): Double(text)
    default: nil
    }
  }

  var list: [JSONShape] {
    if case .list(let values) = self { return values }
    return []
  }

  /// How this differs in form from a recording of the same; empty where it doesn't.
  /// - Parameters:
  ///   - newer: keys that are documented and younger than the recording.
  ///   - older: keys of the recording that may be absent.
  func differences(
    from recorded: JSONShape, at place: String = "", newer: Set<String> = [],
    older: Set<String> = []
  ) -> [String] {
    switch (self, recorded) {
    case (.null, _), (_, .null), (.bool, .bool), (.number, .number): return []
    case (.text(let own), .text(let other)):
      // Numbers in quotes stay numbers in quotes.
      let isSame = (Double(own) != nil) == (Double(other) != nil) || own.isEmpty || other.isEmpty
      return isSame ? [] : ["\(place): \(own) for \(other)"]
    case (.list(let own), .list(let other)):
      guard let first = own.first, let model = other.first else { return [] }
      if case .list = model {
        return first.differences(from: model, at: place + ".0", newer: newer, older: older)
      }
      if case .object = model {
        return first.differences(from: model, at: place + ".0", newer: newer, older: older)
      }
      // A row of values: as many, of the same kinds.
      guard own.count == other.count else {
        return ["\(place): \(own.count) values for \(other.count)"]
      }
      return zip(own, other).enumerated().flatMap { index, pair in
        pair.0.differences(from: pair.1, at: "\(place).\(index)", newer: newer, older: older)
      }
    case (.object(let own), .object(let other)):
      let missing = Set(other.keys).subtracting(own.keys).subtracting(older)
      let added = Set(own.keys).subtracting(other.keys).subtracting(newer)
      return missing.sorted().map { "\(place).\($0) is missing" }
        + added.sorted().map { "\(place).\($0) is new" }
        + own.sorted { $0.key < $1.key }.flatMap { key, value in
          other[key].map {
            value.differences(from: $0, at: "\(place).\(key)", newer: newer, older: older)
          } ?? []
        }
    default: return ["\(place): another kind of value"]
    }
  }
}
