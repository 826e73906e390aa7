import ArgumentParser
import Foundation
import MapEngine
import MapUI
import Market
import Terminal

/// What arguments say of the screen, as the commands that have one share it.
struct DisplayOptions: ParsableArguments {
  @Option(help: "The look-back window. (default: 7d)")
  var timeframe: Timeframe?

  @Option(help: LayersArgument.help)
  var layers: LayersArgument?

  @Option(help: "The theme, one of those that `lodestone themes` shows. (default: default)")
  var theme: String?

  @Option(help: "How many colours to use, whatever the terminal says of itself.")
  var color: ColorDepth?

  @Option(help: "Which characters to use.")
  var glyphs: GlyphSet?

  @Option(help: "Frames a second at most, 1 to 60. (default: 20)")
  var frameRate: Int?

  @Option(help: "Bytes a second that the screen may cost on a slow line; 0 for no limit.")
  var bytesPerSecond: Int?

  @Flag(help: "Let the picture move once a second at most, keys apart.")
  var reducedMotion = false

  @Option(help: "What amounts are counted in: usd or coin.")
  var units: Formatting.Unit?

  @Option(help: "The clock: UTC, local, or a name such as Europe/Berlin.")
  var timeZone: String?

  func validate() throws {
    try Self.check(SettingKeys.frameRate, frameRate.map(String.init))
    try Self.check(SettingKeys.bytesPerSecond, bytesPerSecond.map(String.init))
    try Self.check(SettingKeys.timeZone, timeZone)
  }

  private static func check<Value>(_ key: SettingKey<Value>, _ text: String?) throws {
    guard let text else { return }
    do {
      _ = try key.parse(text)
    } catch {
      throw ValidationError("\(key.argument): \(error)")
    }
  }

  /// What was said.
  func flags(symbol: String?) throws -> SettingFlags {
    var flags = SettingFlags()
    flags.symbol = try symbol.map { try Instrument(argument: $0) }
    flags.timeframe = timeframe
    flags.layers = layers?.layers
    flags.theme = theme
    flags.color = color
    flags.glyphs = glyphs
    flags.frameRate = frameRate
    flags.bytesPerSecond = bytesPerSecond
    flags.reducedMotion = reducedMotion ? true : nil
    flags.units = units
    flags.timeZone = timeZone
    return flags
  }
}

extension Formatting.Unit: ExpressibleByArgument {}
