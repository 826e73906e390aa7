import Foundation
import MapUI
import Market
import Pictures
import Terminal

/// The screen as pictures in the current folder: as SVG, and as text with its colours (ANSI).
///
/// They are named after instrument, timeframe and the moment of the key, in UTC:
/// `lodestone-BTCUSDT-7d-20260219T143207Z.svg`. A file that is there already is never replaced.
struct ScreenCapture: Sendable {
  private let frame: CellGrid
  private let title: String
  private let name: String
  private let depth: ColorDepth
  private let folder: String

  /// The frame of a state, to be saved in a folder; the current one unless another is given.
  init(_ state: AppState, at moment: Date, folder: String? = nil) {
    frame = draw(state, width: state.width, height: state.height)
    depth = state.depth
    // The picture names itself, even while another one is on its way.
    let symbol = (state.snapshot?.instrument ?? state.symbol).symbol
    let timeframe = (state.snapshot?.timeframe ?? state.timeframe).rawValue
    let simulated = state.snapshot?.isSimulated ?? state.source.isSimulated
    title =
      (simulated ? "Simulated liquidation map of " : "Liquidation map of ")
      + "\(symbol), \(timeframe)"
    name = "lodestone-\(Self.plain(symbol))-\(timeframe)-\(Self.stamp(moment))"
    self.folder = folder ?? FileManager.default.currentDirectoryPath
  }

  /// Writes the pictures; what became of it, in a sentence.
  func save() -> Message {
    // A file of each kind, under one name that neither has yet.
    let pictures = [
      ("svg", Picture.svg(frame, title: title)),
      ("ans", AnsiFrame.ansi(frame, depth: depth) + "\n"),
    ]
    for attempt in 1...99 {
      let stem = attempt == 1 ? name : "\(name)-\(attempt)"
      let paths = pictures.map { URL(filePath: folder).appending(path: "\(stem).\($0.0)") }
      guard !paths.contains(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
        continue
      }
      do {
        for (path, picture) in zip(paths, pictures) {
          try Data(picture.1.utf8).write(to: path, options: .withoutOverwriting)
        }
        return Message(
          [
            "Saved \(stem).svg and .ans in \(Self.shortened(folder))",
            "Saved \(stem).svg and .ans", "Saved \(stem).svg",
          ], ticks: 10)
      } catch {
        return Message(
          [
            "The screen can't be saved in \(Self.shortened(folder)): \(Self.reason(error))",
            "The screen can't be saved: \(Self.reason(error))",
          ], isWarning: true, ticks: 10)
      }
    }
    return Message("There are 99 pictures of this second already", isWarning: true)
  }

  /// What the system says was wrong.
  private static func reason(_ error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let cause, cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(cause.code))).lowercased()
  }

  /// A folder's name as a shell writes it.
  private static func shortened(_ folder: String) -> String {
    let home = FileManager.default.homeDirectoryForCurrentUser.path
    if folder == home { return "~" }
    return folder.hasPrefix(home + "/") ? "~" + folder.dropFirst(home.count) : folder
  }

  /// The letters and digits of a name: the others can mean something to a file system.
  private static func plain(_ name: String) -> String {
    let kept = name.unicodeScalars.filter { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    }
    return kept.isEmpty ? "map" : String(String.UnicodeScalarView(kept))
  }

  /// `20260219T143207Z`.
  private static func stamp(_ moment: Date) -> String {
    let milliseconds = Int64((moment.timeIntervalSince1970 * 1_000).rounded(.down))
    let text = Timestamp(milliseconds: milliseconds).description
    let digits = text.filter { $0.isNumber || $0 == "T" }
    return String(digits.prefix(15)) + "Z"
  }
}
