import Market

/// Turns the records of one table into rows, and keeps count of what it meets.
struct RowReader {
  private let file: String
  private let columns: ColumnMap
  private let instrument: Instrument
  private let skipBadRows: Bool
  private let places: ColumnPlaces

  private var candles: [CandleRow] = []
  private var observations: [OpenInterestRow] = []
  private var rowsOfSymbol: [Int] = []
  private var symbols = SymbolColumn()
  private var statedInterval: Int64?
  private var badRows = 0
  private var firstBadRows: [BadRow] = []

  /// What is wrong with a field; only read where it is shown.
  private struct Fault: Error {
    let place: Int
    let text: String
  }

  /// A reader of rows with these columns.
  init(file: String, columns: ColumnMap, instrument: Instrument, skipBadRows: Bool) {
    self.file = file
    self.columns = columns
    self.instrument = instrument
    self.skipBadRows = skipBadRows
    places = ColumnPlaces(columns.places)
  }

  /// Makes room for so many rows at once.
  mutating func reserve(_ count: Int, asCandles: Bool) {
    if asCandles {
      candles.reserveCapacity(count)
    } else {
      observations.reserveCapacity(count)
    }
  }

  /// Whether a record has as many fields as the header; empty ones may follow.
  func fits(_ fields: [RecordScanner.Field]) -> Bool {
    fields.count == columns.header.count
      || fields.count > columns.header.count
        && fields[columns.header.count...].allSatisfy { $0.range.isEmpty }
  }

  /// Takes a record that fits. Throws its fault unless bad rows are skipped.
  mutating func read(
    _ fields: [RecordScanner.Field], line: Int, _ scanner: RecordScanner, asCandle: Bool
  ) throws(FileError) {
    let symbol = places.symbol < 0 ? nil : scanner.bytes[fields[places.symbol].range]
    let before = observations.count
    do throws(Fault) {
      if asCandle {
        candles.append(try candle(fields, scanner.bytes))
      } else {
        observations += try observe(fields, scanner.bytes)
      }
    } catch {
      try reject(
        line: line, field: columns.header[error.place],
        value: scanner.text(fields[error.place]), fault: error.text)
      return
    }
    if let symbol {
      let index = symbols.index(of: symbol)
      let added = asCandle ? 1 : observations.count - before
      for _ in 0..<added { rowsOfSymbol.append(index) }
    }
    if asCandle, statedInterval == nil, places.closeTime >= 0,
      let opens = candles.last?.time,
      let closes = TimeText.milliseconds(scanner.bytes, fields[places.closeTime].range)
    {
      statedInterval = TableReader.interval(from: opens, to: closes)
    }
  }

  /// Counts a bad row, or throws it unless bad rows are skipped.
  mutating func reject(
    line: Int, field: String, value: String, fault: String
  ) throws(FileError) {
    let row = BadRow(file: file, line: line, field: field, value: value, fault: fault)
    guard skipBadRows else { throw FileError.badRow(row) }
    badRows += 1
    if firstBadRows.count < FileReport.File.badRowsShown { firstBadRows.append(row) }
  }

  /// The rows, once all records are read. Throws where none is left.
  mutating func finish(asCandles: Bool) throws(FileError) -> TableRows {
    let others = try dropOtherInstruments(asCandles: asCandles)
    let times = asCandles ? candles.map(\.time) : observations.map(\.time)
    guard !times.isEmpty else {
      throw FileError.noRows(file: file, firstBad: firstBadRows.first)
    }
    var outOfOrder = 0
    var latest = Int64.min
    for time in times {
      if time < latest { outOfOrder += 1 }
      latest = max(latest, time)
    }
    let report = FileReport.File(
      path: file, content: asCandles ? .candles : .openInterest, columns: columns.found,
      ignored: columns.ignored, rows: times.count, badRows: badRows, firstBadRows: firstBadRows,
      outOfOrder: outOfOrder, otherInstruments: others,
      liquidationsMayCoverOtherVenues: columns.liquidationsMayCoverOtherVenues)
    if !asCandles, columns.timeStartsInterval { moveToClose(times) }
    return TableRows(
      file: file, content: asCandles ? .candles(candles) : .openInterest(observations),
      statedInterval: statedInterval, report: report)
  }

  /// Leaves the instrument's own rows where the table has several instruments. A table of one is
  /// the instrument's whatever it calls it.
  private mutating func dropOtherInstruments(asCandles: Bool) throws(FileError) -> Int {
    guard symbols.names.count > 1 else { return 0 }
    let own = symbols.names.map {
      FileName($0.replacing("/", with: "-")).isAbout(instrument)
    }
    guard own.contains(true) else {
      throw FileError.otherInstruments(file: file, instrument: instrument, found: symbols.names)
    }
    let before = rowsOfSymbol.count
    if asCandles {
      candles = zip(candles, rowsOfSymbol).filter { own[$0.1] }.map(\.0)
      return before - candles.count
    }
    observations = zip(observations, rowsOfSymbol).filter { own[$0.1] }.map(\.0)
    return before - observations.count
  }

  /// Moves observations as of the close there, where times are the starts of intervals.
  private mutating func moveToClose(_ times: [Int64]) {
    guard let step = IntervalLength.mostFrequent(in: times.sorted()) else { return }
    for index in observations.indices where observations[index].isAtClose {
      observations[index].time += step
    }
  }

  // MARK: One row

  /// What a coin can cost: anything beyond is a damaged field, such as two that ran together.
  private static let prices = 1e-15...1e15

  private func candle(
    _ fields: [RecordScanner.Field], _ bytes: [UInt8]
  ) throws(Fault) -> CandleRow {
    var row = CandleRow(
      time: try time(fields, bytes),
      open: try price(places.open, fields, bytes),
      high: try price(places.high, fields, bytes),
      low: try price(places.low, fields, bytes),
      close: try price(places.close, fields, bytes),
      volume: try number(places.volume, fields, bytes))
    row.takerBuyVolume = try optional(places.takerBuyVolume, fields, bytes)
    row.markHigh = try optional(places.markHigh, fields, bytes)
    row.markLow = try optional(places.markLow, fields, bytes)
    do {
      _ = try row.candle(Market.Span(milliseconds: 1))
    } catch {
      throw Fault(place: place(ofField: error.field), text: error.rule)
    }
    // Sizes in the quote currency become coins: open interest at the price of its own moment,
    // what happened within the interval at the interval's typical price.
    let typical = (row.high + row.low + row.close) / 3
    row.openInterest = try size(places.openInterest, fields, bytes, per: row.close)
    row.openInterestAtOpen = try size(places.openInterestAtOpen, fields, bytes, per: row.open)
    row.liquidatedLong = try size(places.liquidatedLong, fields, bytes, per: typical)
    row.liquidatedShort = try size(places.liquidatedShort, fields, bytes, per: typical)
    return row
  }

  /// The observations of a row without a candle: one as of its open, one as of its close, less
  /// those whose fields are empty or missing.
  private func observe(
    _ fields: [RecordScanner.Field], _ bytes: [UInt8]
  ) throws(Fault) -> [OpenInterestRow] {
    let time = try time(fields, bytes)
    var found: [OpenInterestRow] = []
    for (place, isAtClose) in [(places.openInterestAtOpen, false), (places.openInterest, true)] {
      guard let size = try size(place, fields, bytes, per: 1) else { continue }
      found.append(
        OpenInterestRow(time: time, size: size, inUSD: place.inUSD, isAtClose: isAtClose))
    }
    return found
  }

  private func time(_ fields: [RecordScanner.Field], _ bytes: [UInt8]) throws(Fault) -> Int64 {
    guard let time = TimeText.milliseconds(bytes, fields[places.time].range) else {
      throw Fault(
        place: places.time,
        text: "is not a time in seconds, milliseconds or microseconds since 1970 or ISO 8601")
    }
    return time
  }

  private func number(
    _ place: Int, _ fields: [RecordScanner.Field], _ bytes: [UInt8]
  ) throws(Fault) -> Double {
    guard let value = NumberText.double(bytes, fields[place].range) else {
      throw Fault(place: place, text: "is not a number")
    }
    return value
  }

  /// A price; checked here so that a fault is laid to the field that has it, not to one that it
  /// is compared with.
  private func price(
    _ place: Int, _ fields: [RecordScanner.Field], _ bytes: [UInt8]
  ) throws(Fault) -> Double {
    let value = try number(place, fields, bytes)
    guard value > 0, value.isFinite else {
      throw Fault(place: place, text: "must be a finite number above zero")
    }
    guard Self.prices.contains(value) else {
      throw Fault(place: place, text: "is no price: it must lie between 1e-15 and 1e15")
    }
    return value
  }

  /// A number that may be missing: nil where the column is, or where the field is empty.
  private func optional(
    _ place: Int, _ fields: [RecordScanner.Field], _ bytes: [UInt8]
  ) throws(Fault) -> Double? {
    guard place >= 0, !fields[place].range.isEmpty else { return nil }
    return try number(place, fields, bytes)
  }

  /// A size that may be missing, divided by `price` where it is in the quote currency.
  private func size(
    _ place: ColumnPlaces.Size, _ fields: [RecordScanner.Field], _ bytes: [UInt8],
    per price: Double
  ) throws(Fault) -> Double? {
    guard let written = try optional(place.place, fields, bytes) else { return nil }
    let value = place.inUSD ? written / price : written
    guard value >= 0, value.isFinite else {
      throw Fault(place: place.place, text: "must be a finite number of at least zero")
    }
    return value
  }

  /// Where the vocabulary's name of a field stands in a record.
  private func place(ofField name: String) -> Int {
    Column(rawValue: name).flatMap { columns.places[$0] } ?? places.time
  }
}
