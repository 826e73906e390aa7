import Foundation
import MapUI

extension Configuration {
  /// What a file says. Throws where it can't be read or is no TOML.
  init(path: String, themes: [String]) throws(ConfigurationError) {
    func error(_ problem: String) -> ConfigurationError {
      ConfigurationError(path: path, line: nil, key: nil, problem: problem)
    }
    var isFolder = ObjCBool(false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw error("no such file")
    }
    guard !isFolder.boolValue else { throw error("is a folder, not a file") }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw error("can't be read; are its permissions right?")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw error("is not UTF-8 text")
    }
    try self.init(text: text, path: path, themes: themes)
  }

  /// Where the configuration is looked for unless a path is given: below `XDG_CONFIG_HOME`, or
  /// `~/.config`. Nil where the environment names neither.
  static func standardPath(environment: [String: String]) -> String? {
    XDGFolder.path("XDG_CONFIG_HOME", else: ".config", environment: environment)
      .map { $0 + "/lodestone/config.toml" }
  }

  /// Where the configuration is looked for: the path of `--config`, else of `LODESTONE_CONFIG`, else
  /// its usual place. What is named must exist.
  static func place(
    path: String?, environment: [String: String]
  ) -> (path: String, isNamed: Bool)? {
    let variable = environment["LODESTONE_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    if let named = path ?? variable { return (named, true) }
    return standardPath(environment: environment).map { ($0, false) }
  }

  /// The configuration in force: the file that was named, else the one in its usual place, else
  /// nothing said.
  static func load(
    path: String?, environment: [String: String], themes: [String]
  ) throws(ConfigurationError) -> Configuration {
    guard let place = place(path: path, environment: environment),
      place.isNamed || FileManager.default.fileExists(atPath: place.path)
    else { return Configuration() }
    return try Configuration(path: place.path, themes: themes)
  }
}

/// The folders of the XDG base directory specification.
enum XDGFolder {
  /// The folder that a variable names, else one below the home folder; nil where the environment
  /// names neither. The specification has relative paths ignored.
  static func path(
    _ variable: String, else usual: String, environment: [String: String]
  ) -> String? {
    if let folder = environment[variable], folder.hasPrefix("/") { return folder }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/\(usual)"
  }
}
