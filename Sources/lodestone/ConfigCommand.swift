import ArgumentParser
import Foundation
import MapUI
import Market

/// `lodestone config`: where the configuration is, what is in force, and whether it is right.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Show, check or begin the configuration file.",
    discussion: """
      Arguments go before the environment, the environment before the file, the file before the \
      defaults. In the environment each setting is LODESTONE_ and its name in capitals: \
      LODESTONE_THEME, LODESTONE_FRAME_RATE; LODESTONE_CONFIG names the file.
      """,
    subcommands: [
      ConfigPathCommand.self, ConfigPrintCommand.self, ConfigCheckCommand.self,
      ConfigInitCommand.self,
    ])
}

/// Which file it is about.
struct ConfigFileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The configuration instead of lodestone/config.toml below XDG_CONFIG_HOME or ~/.config.",
      valueName: "file"))
  var config: String?

  /// What the file says, with whatever can't be used. A file that can't be read at all ends the
  /// command with that failure.
  func load(
    _ environment: [String: String], themes: [String], failing kind: CommandFailure.Kind
  ) throws(CommandFailure) -> Configuration {
    do {
      return try Configuration.load(path: config, environment: environment, themes: themes)
    } catch {
      throw CommandFailure(kind, error.description)
    }
  }

  /// Where the file is looked for.
  func place(_ environment: [String: String]) throws -> (path: String, isNamed: Bool) {
    guard let place = Configuration.place(path: config, environment: environment) else {
      throw CommandFailure(
        .usage, "there's no place for a configuration: set HOME or XDG_CONFIG_HOME, or name a file")
    }
    return place
  }
}

/// `lodestone config path`.
struct ConfigPathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Print where the configuration is looked for.",
    discussion: "The path is on the standard output; whether there is such a file is said on the "
      + "standard error.")

  @OptionGroup var file: ConfigFileOptions

  func run() throws {
    let path = try file.place(ProcessInfo.processInfo.environment).path
    StandardOutput.print(path)
    if !FileManager.default.fileExists(atPath: path) {
      StandardOutput.complain("lodestone: no such file yet; `lodestone config init` writes one")
    }
  }
}

/// `lodestone config print`.
struct ConfigPrintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print", abstract: "Print what is in force, and where each value comes from.",
    discussion: """
      What is printed is TOML and can be used as a file. Values of headers and passwords of proxies \
      are not shown. What can't be used is said on the standard error.
      """)

  @Argument(help: "The instrument, as `lodestone` takes it.")
  var symbol: String?

  @OptionGroup var file: ConfigFileOptions

  @OptionGroup var display: DisplayOptions

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let themes = ThemeChoice.names(environment: environment)
    let configuration = try file.load(environment, themes: themes, failing: .usage)
    let settings = Settings(
      flags: try display.flags(symbol: symbol), environment: environment,
      configuration: configuration, themes: themes)
    StandardOutput.complain(settings.problems)
    StandardOutput.print(ConfigurationText.inForce(settings, configuration))
  }
}

/// `lodestone config check`.
struct ConfigCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say all that is wrong with the configuration.",
    discussion: "Ends with 0 where everything can be used, with 1 where something can't.")

  @OptionGroup var file: ConfigFileOptions

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let place = try file.place(environment)
    let themes = ThemeChoice.names(environment: environment)
    let configuration = try file.load(environment, themes: themes, failing: .runTime)
    let settings = Settings(
      flags: SettingFlags(), environment: environment, configuration: configuration,
      themes: themes)
    guard settings.problems.isEmpty else {
      for problem in settings.problems { StandardOutput.complain("\(problem)") }
      throw ExitCode(1)
    }
    StandardOutput.print(
      configuration.path == nil
        ? "\(place.path): no such file; the defaults are in force" : "\(place.path): all right")
  }
}

/// `lodestone config init`.
struct ConfigInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented file to begin with; never over another one.")

  @OptionGroup var file: ConfigFileOptions

  func run() throws {
    let path = try file.place(ProcessInfo.processInfo.environment).path
    let url = URL(filePath: path)
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(ConfigurationText.beginning.utf8).write(to: url, options: .withoutOverwriting)
    } catch CocoaError.fileWriteFileExists {
      throw CommandFailure(.runTime, "\(path) is there already; it is left as it is")
    } catch {
      throw CommandFailure(.runTime, "\(path) can't be written: \(error.localizedDescription)")
    }
    StandardOutput.print(path)
  }
}

extension StandardOutput {
  /// Says on the standard error what of a configuration can't be used.
  static func complain(_ problems: [ConfigurationError]) {
    for problem in problems { complain("lodestone: \(problem)") }
  }
}
