import TestSupport

@testable import MapUI

extension ViewKind {
  /// Words that stand in the view once it has its facts, whatever the window.
  var landmarks: [String] {
    switch self {
    case .map: ["Total Long Liq", "Total Short Liq", "LONGS", "SHORTS", "100x"]
    case .heatmap: ["longs", "shorts", "$0 to", "UTC"]
    case .venues: ["SUM", "Sim A", "Sim B", "OI", "100x"]
    case .tape: ["LONGS", "SHORTS", "sum ≥", "Venue", "published"]
    case .ledger: ["Magnets", "Stop hunts", "Reading", "Zone", "standing"]
    case .accuracy: ["Touch", "Labels", "Brier", "Said", "Came"]
    }
  }

  /// Whether a screen shows the view: its name among the choices and all of its landmarks.
  func isShown(by text: String) -> Bool {
    isNamed(by: text) && landmarks.allSatisfy(text.contains)
  }

  /// Whether the view's name stands among the choices.
  func isNamed(by text: String) -> Bool {
    text.split(separator: "\n").dropFirst().first?.contains("\(rawValue) \(title)") == true
  }
}
