import MapEngine
import Market
import MarketData

/// A market read from files: its facts, and what was found on the way in.
public struct RecordedMarket: Sendable {
  /// The facts.
  public let history: MarketHistory
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
      findings.notes += file.firstBadRows.map { "skipped: \($0)" }
      if file.liquidationsMayCoverOtherVenues {
        findings.notes.append("\(file.path): liquidations may sum several venues")
      }
    }
    findings.notes += report.leftOut.map { "\($0.path) was left out: \($0.reason)" }
    func note(_ count: Int, _ text: String) {
      if count > 0 { findings.notes.append("\(count) \(text)") }
    }
    note(report.conflictingDuplicates, "facts stood twice with different values; the later won")
    note(report.overlapping, "candles started within the one before and were dropped")
    note(report.openInterestOutside, "observations of open interest lay outside of the candles")
    note(report.openInterestUnpriced, "observations of open interest had no price to be read at")
    return findings
  }
}
