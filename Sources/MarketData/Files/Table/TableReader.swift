import Market

/// Reads one table of candles or open interest from its text.
struct TableReader {
  /// The name of the file, for messages and the report.
  let file: String
  /// The instrument that is asked for.
  let instrument: Instrument
  /// Whether a bad row is counted and skipped rather than thrown.
  let skipBadRows: Bool

  /// No more room than two years of minutes is made on the word of one row.
  private static let mostRowsReserved = 1 << 20

  /// What the header says the table is good for, and the first times of its rows.
  struct Probe {
    let content: ColumnMap.Content
    let header: [String]
    let times: [Int64]
    let statedInterval: Int64?
  }

  /// Looks at a table's header and at the times of its first thousand rows, bad ones passed over.
  func probe(_ text: [UInt8]) throws(FileError) -> Probe {
    var scanner = RecordScanner(bytes: text)
    let start = try head(&scanner)
    var times: [Int64] = []
    var stated: Int64?
    if let place = start.columns.places[.openTime] {
      let end = start.columns.places[.closeTime]
      func note(_ fields: [RecordScanner.Field]) {
        guard place < fields.count,
          let opens = TimeText.milliseconds(text, fields[place].range)
        else { return }
        times.append(opens)
        if stated == nil, let end, end < fields.count,
          let closes = TimeText.milliseconds(text, fields[end].range)
        {
          stated = Self.interval(from: opens, to: closes)
        }
      }
      if let first = start.firstRow { note(first.fields) }
      var fields: [RecordScanner.Field] = []
      scan: while times.count < 1_000 {
        switch scanner.next(&fields) {
        case .end: break scan
        case .unclosedQuote: continue
        case .record: note(fields)
        }
      }
    }
    return Probe(
      content: start.columns.content, header: start.columns.header, times: times,
      statedInterval: stated)
  }

  /// Reads the whole table. Throws where its columns are of no use, at the first bad row unless
  /// they're skipped, and where no row is left.
  func read(_ text: [UInt8]) throws(FileError) -> TableRows {
    var scanner = RecordScanner(bytes: text)
    let start = try head(&scanner)
    let isCandles: Bool
    switch start.columns.content {
    case .candles: isCandles = true
    case .openInterest: isCandles = false
    case .neither(let missing):
      throw FileError.missingColumns(
        file: file, missing: missing.map(\.rawValue), found: start.columns.header)
    }
    var reader = RowReader(
      file: file, columns: start.columns, instrument: instrument, skipBadRows: skipBadRows)
    if let first = start.firstRow {
      try reader.read(first.fields, line: first.line, scanner, asCandle: isCandles)
    }
    var fields: [RecordScanner.Field] = []
    var hasRoom = false
    scan: while true {
      switch scanner.next(&fields) {
      case .end: break scan
      case .unclosedQuote(let line, let bytes):
        try reader.reject(
          line: line, field: "row", value: Self.excerpt(text, bytes),
          fault: "opens a quote that never closes")
      case .record(let line, let bytes):
        guard reader.fits(fields) else {
          try reader.reject(
            line: line, field: "row", value: Self.excerpt(text, bytes),
            fault: "has \(fields.count) fields where the header has \(start.columns.header.count)")
          continue
        }
        if !hasRoom {
          // Rows are about as long as the first one: growing step by step would copy them often.
          let expected = min(text.count / max(1, bytes.count), Self.mostRowsReserved)
          reader.reserve(expected, asCandles: isCandles)
          hasRoom = true
        }
        try reader.read(fields, line: line, scanner, asCandle: isCandles)
      }
    }
    return try reader.finish(asCandles: isCandles)
  }

  /// The columns, and the first row where the file starts with one instead of a header.
  private struct Head {
    let columns: ColumnMap
    let firstRow: (fields: [RecordScanner.Field], line: Int)?
  }

  private func head(_ scanner: inout RecordScanner) throws(FileError) -> Head {
    var fields: [RecordScanner.Field] = []
    switch scanner.next(&fields) {
    case .end:
      throw FileError.empty(file: file)
    case .unclosedQuote:
      throw FileError.notTable(file: file, reason: "its first line opens a quote that never closes")
    case .record(let line, let bytes):
      let first = fields[0].range
      let startsWithNumber =
        NumberText.double(scanner.bytes, first) != nil
        || TimeText.milliseconds(scanner.bytes, first) != nil
      guard startsWithNumber else {
        guard fields.count > 1 else {
          throw FileError.notTable(
            file: file,
            reason: "its first line, \(Printable.quoted(Self.excerpt(scanner.bytes, bytes))), "
              + "holds no comma")
        }
        let header = fields.map(scanner.text)
        return Head(columns: ColumnMap(header: header, instrument: instrument), firstRow: nil)
      }
      guard fields.count == ColumnMap.klineHeader.count else {
        throw FileError.notTable(
          file: file,
          reason: "it has no header line, and \(fields.count) columns rather than the "
            + "\(ColumnMap.klineHeader.count) of a kline file of data.binance.vision")
      }
      return Head(
        columns: ColumnMap(header: ColumnMap.klineHeader, instrument: instrument),
        firstRow: (fields, line))
    }
  }

  /// The length of an interval of which `closes` is the last millisecond, or the first one after
  /// it; nil when it doesn't follow `opens`.
  static func interval(from opens: Int64, to closes: Int64) -> Int64? {
    guard closes > opens else { return nil }
    let length = closes - opens
    return length % 1_000 == 999 ? length + 1 : length
  }

  /// The beginning of a row, for a message.
  private static func excerpt(_ text: [UInt8], _ range: Range<Int>) -> String {
    let shown = String(decoding: text[range.prefix(60)], as: UTF8.self)
    return range.count > 60 ? shown + "…" : shown
  }
}
