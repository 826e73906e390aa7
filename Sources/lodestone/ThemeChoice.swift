import Foundation
import MapUI

/// The themes that can be chosen: those built in, and the user's own.
enum ThemeChoice {
  /// All of them. What is wrong with a file of the user's is said on the standard error; the rest
  /// of it still applies.
  static func all(environment: [String: String]) -> [Theme] {
    let library = ThemeLibrary(folder: folder(environment: environment))
    for problem in library.problems { StandardOutput.complain("lodestone: \(problem)") }
    return library.themes
  }

  /// The theme of a name, and all themes. Throws what names there are.
  static func named(
    _ name: String, environment: [String: String]
  ) throws(CommandFailure) -> (theme: Theme, all: [Theme]) {
    let all = all(environment: environment)
    do {
      return (try Theme.named(name, in: all), all)
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  /// `themes` beside the configuration.
  private static func folder(environment: [String: String]) -> String? {
    Configuration.standardPath(environment: environment).map {
      URL(filePath: $0).deletingLastPathComponent().appending(path: "themes").path
    }
  }
}
