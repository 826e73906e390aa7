import Market
import MarketData
import Testing

@testable import enum MarketData.TableBytes

@Suite struct ArchiveTests {
  static let text = [UInt8](minutes(500).utf8)

  static func read(_ bytes: [UInt8], name: String) throws(FileError) -> MarketTable {
    try MarketFiles.table(bytes, name: name, instrument: btc, venue: .binance)
  }

  @Test func `gzip and zip hold the same market as bare text`() throws {
    let bare = try Self.read(Self.text, name: "W.csv")
    let packed = try gzip(Self.text)
    #expect(packed.count < Self.text.count / 4)
    #expect(try Self.read(packed, name: "W.csv.gz").events == bare.events)
    let archive = try zip([("BTCUSDT-1m-2023-11.csv", Self.text)])
    #expect(try Self.read(archive, name: "W.zip").events == bare.events)
  }

  @Test func `what a file is packed in is told by its bytes, not by its name`() throws {
    let bare = try Self.read(Self.text, name: "W.csv")
    #expect(try Self.read(try gzip(Self.text), name: "W.csv").events == bare.events)
    #expect(try Self.read(try zip([("W", Self.text)]), name: "W.gz").events == bare.events)
    #expect(try Self.read(Self.text, name: "W.zip").events == bare.events)
  }

  @Test func `gzip members one after the other are one text`() throws {
    let half = Self.text.count / 2
    let joined = try gzip(Array(Self.text[..<half])) + gzip(Array(Self.text[half...]))
    let bare = try Self.read(Self.text, name: "W.csv")
    #expect(try Self.read(joined, name: "W.csv.gz").events == bare.events)
    #expect(try Self.read(joined + [0, 0, 0], name: "W.csv.gz").events == bare.events)
  }

  @Test func `a gzip file that ends early is damaged`() throws {
    let packed = try gzip(Self.text)
    for count in [2, 5, 10, packed.count / 2, packed.count - 8, packed.count - 1] {
      #expect(
        sentence { () throws(FileError) in
          try Self.read(Array(packed[..<count]), name: "W.csv.gz")
        } == "W.csv.gz is damaged: the gzip stream ends early")
    }
  }

  @Test func `a gzip file with a flipped bit is damaged`() throws {
    var packed = try gzip(Self.text)
    packed[packed.count - 6] ^= 1
    let found = sentence { () throws(FileError) in try Self.read(packed, name: "W.csv.gz") }
    #expect(found == "W.csv.gz is damaged: the gzip stream is broken (incorrect data check)")
  }

  @Test func `a zip archive that ends early is damaged`() throws {
    let archive = try zip([("W.csv", Self.text)])
    for count in [2, 4, 30, archive.count / 2, archive.count - 1] {
      let found = try #require(
        sentence { () throws(FileError) in
          try Self.read(Array(archive[..<count]), name: "W.zip")
        })
      #expect(found.hasPrefix("W.zip is damaged: the zip archive can't be opened ("))
    }
  }

  @Test func `a zip archive whose file doesn't match its checksum is damaged`() throws {
    var archive = try zip([("W.csv", Self.text)])
    archive[60] ^= 0x55
    let found = try #require(
      sentence { () throws(FileError) in try Self.read(archive, name: "W.zip") })
    #expect(found.hasPrefix("W.zip is damaged: the zip archive's file is broken ("))
  }

  @Test func `folders and what macOS adds don't count among an archive's files`() throws {
    let archive = try zip([
      ("data/", []), ("data/W.csv", Self.text), ("__MACOSX/data/._W.csv", [1, 2, 3]),
    ])
    #expect(try Self.read(archive, name: "W.zip").candleCount == 500)
  }

  @Test func `an archive of several files or of none is refused`() throws {
    let two = try zip([("a.csv", Self.text), ("b.csv", Self.text)])
    #expect(
      sentence { () throws(FileError) in try Self.read(two, name: "W.zip") }
        == "W.zip isn't a table of candles: the zip archive holds 2 files rather than one: "
        + "a.csv, b.csv")
    let none = try zip([("a/", [])])
    #expect(
      sentence { () throws(FileError) in try Self.read(none, name: "W.zip") }
        == "W.zip isn't a table of candles: the zip archive holds no file")
  }

  @Test func `a locked archive can't be opened`() throws {
    let archive = try zip([("W.csv", Self.text)], password: "secret")
    let found = try #require(
      sentence { () throws(FileError) in try Self.read(archive, name: "W.zip") })
    #expect(found.hasPrefix("W.zip is damaged: the zip archive's file can't be opened ("))
  }

  @Test func `an archive of an empty file is empty`() throws {
    #expect(
      sentence { () throws(FileError) in try Self.read(try zipEmpty(), name: "W.zip") }
        == "W.zip is empty")
    let packed = try gzip([])
    #expect(
      sentence { () throws(FileError) in try Self.read(packed, name: "W.csv.gz") }
        == "W.csv.gz is empty")
  }

  private func zipEmpty() throws(FileError) -> [UInt8] {
    do {
      return try zip([("W.csv", [])])
    } catch {
      throw FileError.unreadable(path: "made.zip", reason: "\(error)")
    }
  }

  @Test func `text beyond the limit of size is refused, packed either way`() throws {
    for packed in [try gzip(Self.text), try zip([("W.csv", Self.text)])] {
      #expect(throws: FileError.self) {
        try TableBytes.unpack(packed, file: "W", sizeLimit: 1_000)
      }
      #expect(try TableBytes.unpack(packed, file: "W", sizeLimit: Self.text.count) == Self.text)
    }
  }

  @Test func `a prefix is unpacked without what follows it`() throws {
    let long = [UInt8](minutes(20_000).utf8)
    let packed = try gzip(long)
    let start = try TableBytes.unpack(
      Array(packed[..<(packed.count / 2)]), file: "W", prefix: 100_000)
    #expect(start.count >= 100_000 && start.count < 300_000)
    #expect(long.starts(with: start))
  }
}
