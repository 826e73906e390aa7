import Market

/// Recorded market data: candles, open interest and liquidated sizes in files.
///
/// A file is a table of comma-separated values with a header, or a kline file of
/// data.binance.vision with or without one; bare, in gzip or in a zip archive. Columns are known
/// by name:
///
/// | column | meaning |
/// |---|---|
/// | `open_time` | start of the interval: s, ms or us since 1970, or ISO 8601 in UTC |
/// | `open`, `high`, `low`, `close` | prices |
/// | `volume`, `taker_buy_volume` | coins |
/// | `open_interest`, `open_interest_usd` | as of the interval's close |
/// | `open_interest_at_open`, `open_interest_open`, also `..._usd` | as of its open |
/// | `liquidated_long`, `liquidated_short`, also `..._usd` | sizes of positions of that side |
/// | `mark_high`, `mark_low` | mark prices |
///
/// Sizes are in coins unless the name ends in `_usd`. Open interest is then divided by the price
/// of its moment (the interval's open or close), liquidated sizes by the interval's typical price
/// (high + low + close) / 3. Names that exchanges and archives use instead are
/// understood as well, and the report says what was taken for what. An empty field is unknown,
/// where the column isn't required.
public enum MarketFiles {
  /// Reads the market data at a path.
  ///
  /// A single file holds `instrument`, whatever its name. A folder, and the folders in it, are
  /// searched for files whose names are about the instrument (`BTCUSDT-1m-2024-08.zip`,
  /// `btc_5m.csv`); of several series of candles the finest is read, the files of one series are
  /// joined, and files of open interest are joined to them.
  ///
  /// - Parameters:
  ///   - path: A file or a folder.
  ///   - instrument: What the facts are about.
  ///   - venue: Where they happened.
  ///   - options: What to do with bad rows.
  /// - Returns: At least one candle.
  public static func load(
    path: String, instrument: Instrument, venue: Venue, options: FileOptions = FileOptions()
  ) throws(FileError) -> MarketTable {
    let loader = Loader(instrument: instrument, venue: venue, options: options)
    switch try FileSystem.kind(path) {
    case .file: return try loader.file(path)
    case .folder: return try loader.folder(path)
    }
  }

  /// The instruments that the names of a folder's files are about, by symbol, without opening
  /// any; a name without a quote currency means USDT. None for a single file, which holds whatever
  /// instrument is asked for.
  public static func instruments(path: String) throws(FileError) -> [Instrument] {
    guard try FileSystem.kind(path) == .folder else { return [] }
    var found: Set<Instrument> = []
    for entry in try FileSystem.tables(in: path).found {
      let name = FileName(entry.name)
      if name.eventKind == nil, FolderSearch.otherTree(entry.name) == nil {
        found.formUnion(name.listed)
      }
    }
    return found.sorted { $0.symbol < $1.symbol }
  }

  /// Reads one table from bytes, as `load` reads a file: no file system is asked.
  ///
  /// - Parameters:
  ///   - content: The file's bytes: text, gzip or zip.
  ///   - name: The file's name, for messages and the report.
  public static func table(
    _ content: [UInt8], name: String, instrument: Instrument, venue: Venue,
    options: FileOptions = FileOptions()
  ) throws(FileError) -> MarketTable {
    let loader = Loader(instrument: instrument, venue: venue, options: options)
    let rows = try loader.rows(content, name: name)
    return try loader.join([rows], path: name, report: FileReport())
  }
}

/// One reading of a file or folder.
private struct Loader {
  /// How much of a table is unpacked to see what it is: a thousand rows and more.
  private static let probedBytes = 256 << 10

  let instrument: Instrument
  let venue: Venue
  let options: FileOptions

  func file(_ path: String) throws(FileError) -> MarketTable {
    let rows = try rows(try FileSystem.read(path), name: lastPart(of: path))
    return try join([rows], path: path, report: FileReport())
  }

  func folder(_ path: String) throws(FileError) -> MarketTable {
    let search = FolderSearch(instrument: instrument)
    let tables = try FileSystem.tables(in: path)
    let names = search.byName(tables.found)
    guard !names.own.isEmpty else {
      throw FileError.noInstrument(
        folder: path, instrument: instrument, found: names.listed.map(\.symbol))
    }
    var candidates: [FolderSearch.Candidate] = []
    var leftOut = names.leftOut
    leftOut += tables.unreadable.map { FileReport.LeftOut(path: $0.name + "/", reason: $0.reason) }
    for entry in names.own {
      do throws(FileError) {
        candidates.append(FolderSearch.Candidate(entry: entry, probe: try probe(entry)))
      } catch {
        // A name can mislead; a file that is no table of candles is no fault of the folder.
        guard case .notTable(_, let reason) = error else { throw error }
        leftOut.append(FileReport.LeftOut(path: entry.name, reason: reason))
      }
    }
    let choice = search.choose(candidates)
    guard !choice.candles.isEmpty else {
      let leftOut = (leftOut + choice.leftOut).map { "\($0.path): \($0.reason)" }
      let reason =
        choice.openInterest.isEmpty
        ? leftOut.prefix(3).joined(separator: "; ") : "its files hold open interest alone"
      throw FileError.noCandles(path: path, instrument: instrument, reason: reason)
    }
    var report = FileReport()
    report.leftOut = (leftOut + choice.leftOut).sorted { $0.path < $1.path }
    report.otherInstrumentFiles = names.others
    var parts: [TableRows] = []
    for entry in choice.candles + choice.openInterest {
      parts.append(try rows(try FileSystem.read(entry.path), name: entry.name))
    }
    return try join(parts, path: path, report: report)
  }

  /// The rows of one file.
  func rows(_ content: [UInt8], name: String) throws(FileError) -> TableRows {
    let text = try TableBytes.unpack(content, file: name)
    return try reader(name).read(text)
  }

  /// The table of all files together.
  func join(
    _ parts: [TableRows], path: String, report: FileReport
  ) throws(FileError) -> MarketTable {
    var candles: [TableRows] = []
    var openInterest: [TableRows] = []
    for part in parts {
      switch part.content {
      case .candles: candles.append(part)
      case .openInterest: openInterest.append(part)
      }
    }
    guard let first = candles.first else {
      throw FileError.noCandles(
        path: path, instrument: instrument,
        reason: "it holds open interest alone; name a folder that holds candles beside it")
    }
    let builder = MarketTableBuilder(venue: venue, instrument: instrument)
    do {
      if let table = try builder.table(
        candles: candles, openInterest: openInterest, report: report)
      {
        return table
      }
    } catch {
      throw FileError.noCandles(path: path, instrument: instrument, reason: "\(error)")
    }
    throw FileError.unknownInterval(file: first.file)
  }

  /// What a file of a folder gives, by its beginning.
  private func probe(_ entry: FileSystem.Entry) throws(FileError) -> TableReader.Probe {
    // The end of packed bytes can matter to their beginning (a zip archive's list is at the end),
    // so only bare text is read in part.
    let isPacked = !entry.name.lowercased().hasSuffix(".csv")
    let content = try FileSystem.read(entry.path, prefix: isPacked ? nil : Self.probedBytes)
    var text = try TableBytes.unpack(content, file: entry.name, prefix: Self.probedBytes)
    if text.count >= Self.probedBytes, let end = text.lastIndex(of: 0x0A) {
      // The last line is cut in two, unless it is the first as well.
      text.removeSubrange((end + 1)...)
    }
    return try reader(entry.name).probe(text)
  }

  private func reader(_ name: String) -> TableReader {
    TableReader(file: name, instrument: instrument, skipBadRows: options.skipBadRows)
  }

  private func lastPart(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
