/// What a terminal is told besides its frames; it shows nothing of it in a cell.
public enum TerminalSignal: Hashable, Sendable {
  /// The bell.
  case bell
  /// An operating system command, such as a notice of the desktop: `9;text`. What could end it early
  /// is left out of it.
  case command(String)

  /// What is sent: `BEL`, or `OSC text ST`.
  var bytes: [UInt8] {
    switch self {
    case .bell: return [0x07]
    case .command(let text):
      let harmless = text.unicodeScalars.filter {
        $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value)
      }
      return Array("\u{1b}]\(String(String.UnicodeScalarView(harmless)))\u{1b}\\".utf8)
    }
  }
}
