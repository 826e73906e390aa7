import CZip
import CZlib
import Foundation
import Market
import MarketData
import Testing

let btc = Instrument(base: "BTC")

/// A table with the canonical names, and rows of a calm market a minute apart.
func minutes(_ count: Int, from start: Int64 = 1_700_000_040_000) -> String {
  var text = "open_time,open,high,low,close,volume\n"
  for index in 0..<count { text += "\(start + Int64(index) * 60_000),100,101,99,100.5,\(index)\n" }
  return text
}

/// Reads a table of bitcoin on Binance from text.
func read(
  _ text: String, name: String = "W.csv", skipBadRows: Bool = false, of instrument: Instrument = btc
) throws(FileError) -> MarketTable {
  try MarketFiles.table(
    [UInt8](text.utf8), name: name, instrument: instrument, venue: .binance,
    options: FileOptions(skipBadRows: skipBadRows))
}

/// The sentence that reading ends with; nil where it succeeds.
func sentence(of action: () throws(FileError) -> MarketTable) -> String? {
  do throws(FileError) {
    _ = try action()
    return nil
  } catch {
    return error.description
  }
}

extension MarketTable {
  /// The candles, in order.
  var candles: [Candle] {
    events.compactMap { if case .candle(let candle, _) = $0.fact { candle } else { nil } }
  }

  /// The observations of open interest, in order.
  var openInterest: [OpenInterest] {
    events.compactMap {
      if case .openInterest(let observation) = $0.fact { observation } else { nil }
    }
  }

  /// The liquidated sizes, in order.
  var liquidated: [(time: Timestamp, interval: Market.Span, long: Double, short: Double)] {
    events.compactMap {
      if case .liquidatedTotal(let time, let interval, let long, let short) = $0.fact {
        (time, interval, long, short)
      } else {
        nil
      }
    }
  }

  /// Whether every event stands where its time says.
  var isOrdered: Bool {
    zip(events, events.dropFirst()).allSatisfy { $0.time <= $1.time }
  }
}

/// Why a test couldn't make what it reads.
struct PackingFailure: Error {
  let step: String
}

/// The bytes as one gzip member.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  var stream = z_stream()
  let started = deflateInit2_(
    &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  guard started == Z_OK else { throw PackingFailure(step: "deflateInit2") }
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 64)
  let count = try input.withUnsafeMutableBufferPointer { source in
    try output.withUnsafeMutableBufferPointer { target in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(target.count)
      guard deflate(&stream, Z_FINISH) == Z_STREAM_END else {
        throw PackingFailure(step: "deflate")
      }
      return target.count - Int(stream.avail_out)
    }
  }
  return Array(output[..<count])
}

/// A zip archive of these files; names that end in a slash are folders.
func zip(_ files: [(name: String, bytes: [UInt8])], password: String? = nil) throws -> [UInt8] {
  try withTemporaryFolder { folder in
    let path = folder.appending(path: "made.zip").path
    guard let archive = zip_open(path, ZIP_CREATE, nil) else { throw PackingFailure(step: "open") }
    for file in files {
      if file.name.hasSuffix("/") {
        guard zip_dir_add(archive, file.name, 0) >= 0 else { throw PackingFailure(step: "folder") }
        continue
      }
      // libzip frees the copy once the archive is written; it takes none of an empty file.
      var copy: UnsafeMutableRawPointer?
      if !file.bytes.isEmpty {
        copy = malloc(file.bytes.count)
        guard let copy else { throw PackingFailure(step: "copy") }
        file.bytes.withUnsafeBytes {
          if let base = $0.baseAddress { copy.copyMemory(from: base, byteCount: $0.count) }
        }
      }
      guard
        let source = zip_source_buffer(
          archive, copy, UInt64(file.bytes.count), copy == nil ? 0 : 1)
      else { throw PackingFailure(step: "source") }
      let index = zip_file_add(archive, file.name, source, 0)
      guard index >= 0 else { throw PackingFailure(step: "add") }
      if let password {
        guard zip_file_set_encryption(archive, UInt64(index), UInt16(ZIP_EM_AES_256), password) == 0
        else { throw PackingFailure(step: "encrypt") }
      }
    }
    guard zip_close(archive) == 0 else { throw PackingFailure(step: "close") }
    return [UInt8](try Data(contentsOf: URL(filePath: path)))
  }
}

/// Runs `body` with a folder of its own, which is gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "lodestone-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
  return try body(folder)
}

extension URL {
  /// Writes a file below this folder, with the folders that its name asks for.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Writes a text file below this folder.
  func write(_ name: String, _ text: String) throws { try write(name, [UInt8](text.utf8)) }
}
