import ArgumentParser

/// The command's name, its parts, and what `--help` says.
struct Lodestone: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lodestone",
    abstract: "The liquidation map of a perpetual future, in the terminal.",
    usage: """
      lodestone [SYMBOL] [--timeframe 7d] [--source live|demo|PATH] [--theme NAME] ...
      lodestone <subcommand>
      """,
    discussion: """
      Without a subcommand the map of the live venues opens on the screen: `lodestone BTC`; \
      `--source demo` shows a simulated market instead. Press ? there for the keys; `lodestone \
      watch --help` lists the options. The map estimates what would be force-closed at each \
      price; it never says where the price will go.
      """,
    subcommands: [
      WatchCommand.self, SnapshotCommand.self, VenuesCommand.self, LiquidationPriceCommand.self,
      AccuracyCommand.self, AlertsCommand.self, DecodeCommand.self, ThemesCommand.self,
      ConfigCommand.self,
    ],
    defaultSubcommand: WatchCommand.self)
}
