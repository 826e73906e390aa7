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

  /// The names of all of them. What is wrong with a file is left to `all` to say.
  static func names(environment: [String: String]) -> [String] {
    quietly(environment: environment).map(\.name)
  }

  /// All of them, without a word of what is wrong with a file.
  static func quietly(environment: [String: String]) -> [Theme] {
    ThemeLibrary(folder: folder(environment: environment)).themes
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

  /// A theme's name, which must be among those that there are. Throws what names there are.
  static func checked(_ name: String, among themes: [Theme]) throws(CommandFailure) -> String {
    do {
      return try Theme.named(name, in: themes).name
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
