import MapEngine
import Market
import MarketData

/// A recorded market with published liquidations, made ready to score forecasts on, walk-forward.
public struct RecordedTrial: Sendable {
  /// The file or folder.
  public let path: String
  /// What the facts are about.
  public let instrument: Instrument
  /// Whose rules they follow.
  public let venue: Venue
  /// Whether rows that can't be read are left out.
  public let skipBadRows: Bool

  /// A trial of what stands at a path. Without an instrument, the one that the name spells with
  /// its quote currency (`W0_BTCUSDT_1h.csv`); nil where it spells none.
  public init?(path: String, instrument: Instrument?, venue: Venue, skipBadRows: Bool) {
    guard let known = instrument ?? Self.instrument(named: path) else { return nil }
    self.path = path
    self.instrument = known
    self.venue = venue
    self.skipBadRows = skipBadRows
  }

  private static func instrument(named path: String) -> Instrument? {
    let name = path.split(separator: "/").last ?? ""
    return name.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
      .first { $0.uppercased().hasSuffix("USDT") && $0.count > 4 }
      .flatMap { Instrument(named: String($0)) }
  }

  /// Reads the facts and scores every method's forecasts; nil where the facts hold no published
  /// liquidations or too few days.
  public func table() throws(FileError) -> WalkForwardTable? {
    let recorded = try RecordedMarket(
      path: path, instrument: instrument, venue: venue, skipBadRows: skipBadRows)
    guard let series = recorded.history.series().first else { return nil }
    return WalkForwardTable(
      WalkForward(series, instrument: instrument),
      source: "\(instrument) of \(recorded.source.name)")
  }
}
