import ArgumentParser

/// The command's name, its parts, and what `--help` says.
struct Lodestone: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lodestone",
    abstract: "The liquidation map of a perpetual future, in the terminal.",
    usage: """
      lodestone [SYMBOL] [--timeframe 7d] [--source demo|live|PATH] [--theme NAME] ...
      lodestone <subcommand>
      """,
    discussion: """
      Without a subcommand the map opens on the screen: `lodestone BTC`. Press ? there for the \
      keys; `lodestone watch --help` lists the options. The map estimates what would be \
      force-closed at each price; it never says where the price will go.
      """,
    subcommands: [
      WatchCommand.self, SnapshotCommand.self, LiquidationPriceCommand.self, AccuracyCommand.self,
      DecodeCommand.self,
    ],
    defaultSubcommand: WatchCommand.self)
}
