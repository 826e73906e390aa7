import Foundation

/// How far a long command has come, on one line of the standard error:
/// `[########            ] 32 of 80 markets`.
struct ProgressBar {
  private let total: Int
  private let unit: String
  private let isShown: Bool
  private var done = 0

  private static let width = 30

  /// A bar of so many units, drawn where it is shown: on a terminal.
  init(total: Int, unit: String, isShown: Bool) {
    self.total = total
    self.unit = unit
    self.isShown = isShown
    draw()
  }

  /// The line as it stands.
  var text: String {
    let filled = total > 0 ? Self.width * done / total : Self.width
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: " ", count: Self.width - filled) + "] \(done) of \(total) \(unit)"
  }

  /// One unit more is done.
  mutating func advance() {
    done += 1
    draw()
  }

  /// Takes the line away.
  func finish() {
    write("\r" + String(repeating: " ", count: text.count) + "\r")
  }

  private func draw() {
    write("\r" + text)
  }

  private func write(_ text: String) {
    guard isShown else { return }
    // A bar that can't be drawn is no reason to end the work that it tells of.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
