import MapEngine
import Market
import MarketData

/// A market read from files: its facts, and what was found on the way in.
public struct RecordedMarket: Sendable {
  /// The facts.
  public let history: MarketHistory
  /// Single liquidations, and what the venues said last.
  let ticker: MarketTicker
  /// The files, in words, with what was found in them.
  public let source: MapSource

  /// Reads the facts of an instrument at a path. `venue` says whose rules the files follow.
  public init(
    path: String, instrument: Instrument, venue: Venue, skipBadRows: Bool
  ) throws(FileError) {
    let table = try MarketFiles.load(
      path: path, instrument: instrument, venue: venue,
      options: FileOptions(skipBadRows: skipBadRows))
    var history = MarketHistory()
    history.append(table.events)
    self.history = history
    var ticker = MarketTicker()
    ticker.take(table.events)
    self.ticker = ticker
    source = MapSource(
      name: path.split(separator: "/").last.map(String.init) ?? path, isSimulated: false,
      findings: Self.findings(table.report))
  }

  private static func findings(_ report: FileReport) -> SourceFindings {
    var findings = SourceFindings()
    findings.skipped = report.badRows
    findings.duplicates = report.identicalDuplicates + report.conflictingDuplicates
    findings.outOfOrder = report.outOfOrder
    for file in report.files {
      let place = report.files.count > 1 ? " (\(file.path))" : ""
      findings.columnsFound += file.columns.map {
        ($0.name == $0.header ? $0.name : "\($0.name) <- \($0.header)") + place
      }
      findings.columnsIgnored += file.ignored.map { "\($0.header)\(place): \($0.reason)" }
    }
    // The report tells of the first bad row itself.
    findings.notes =
      report.notes + report.files.flatMap(\.firstBadRows).dropFirst().map { "skipped: \($0)" }
    return findings
  }
}
