import ArgumentParser

@main
struct Lodestone: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lodestone", abstract: "The liquidation map of a perpetual future.",
    subcommands: [LiquidationPriceCommand.self])
}
