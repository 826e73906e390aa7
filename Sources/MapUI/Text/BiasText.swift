import MapEngine

/// The words for where a map leans.
enum BiasText {
  /// In running text.
  static func words(_ label: Bias.Label) -> String {
    switch label {
    case .squeezeUp: "squeeze up"
    case .flushDown: "flush down"
    case .pinned: "pinned"
    case .balanced: "balanced"
    }
  }

  /// As a heading, with a sign that needs no colour.
  static func heading(_ label: Bias.Label) -> String {
    switch label {
    case .squeezeUp: "▲ SQUEEZE UP"
    case .flushDown: "▼ FLUSH DOWN"
    case .pinned: "◆ PINNED"
    case .balanced: "= BALANCED"
    }
  }
}
