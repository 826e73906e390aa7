/// A line that says what just happened. It goes by itself after some ticks.
public struct Message: Hashable, Sendable {
  /// The sentence.
  public var text: String
  /// Shorter wordings for windows that it doesn't fit into, the longest first.
  public var shorter: [String] = []
  /// Whether it tells of trouble.
  public var isWarning: Bool
  /// Ticks until it goes.
  public var ticksLeft: Int

  /// A message that stays for some ticks.
  public init(_ text: String, isWarning: Bool = false, ticks: Int = 5) {
    self.text = text
    self.isWarning = isWarning
    ticksLeft = ticks
  }

  /// A message in several wordings, the longest first; nothing where there are none.
  public init(_ wordings: [String], isWarning: Bool = false, ticks: Int = 5) {
    self.init(wordings.first ?? "", isWarning: isWarning, ticks: ticks)
    shorter = Array(wordings.dropFirst())
  }

  /// All wordings, the longest first.
  var wordings: [String] { [text] + shorter }

  /// The longest wording that fits into so many columns; the shortest, with an ellipsis, where none
  /// does.
  func fitting(_ columns: Int) -> String {
    if let fitting = wordings.first(where: { $0.unicodeScalars.count <= columns }) {
      return fitting
    }
    return Wrap.lines(shorter.last ?? text, width: columns, limit: 1).first ?? ""
  }
}
