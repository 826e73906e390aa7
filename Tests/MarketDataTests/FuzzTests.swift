import Market
import MarketData
import TestSupport
import Testing

/// Broken input ends in a table or in a `FileError`, never in a trap. Seeds are fixed, so that
/// a failure can be repeated.
@Suite struct FuzzTests {
  static let text = [UInt8](
    """
    open_time,open,high,low,close,volume,taker_buy_volume,oi_open,oi_close,liq_long,liq_short,note
    1700000040000,100,110,90,105,7.5,3.25,500,501,1,0,"a ""quoted"" note"
    1700000100000,105,106,104,105,1,,502,503,,,
    2023-11-14T22:16:00Z,105,106,104,105.000000000000000001,1e0,0.5,504,505,2,3,"x
    y"
    1700000220000000,105,106,104,105,1,0.5,504,505,2,3,

    """.utf8)

  /// Reads the bytes both ways, and checks that what comes out is sound.
  static func digest(_ bytes: [UInt8]) {
    for skip in [false, true] {
      do throws(FileError) {
        let table = try MarketFiles.table(
          bytes, name: "W.csv", instrument: btc, venue: .binance,
          options: FileOptions(skipBadRows: skip))
        #expect(table.isOrdered)
        #expect(table.candleCount > 0)
        #expect(table.interval.milliseconds > 0)
        #expect(!table.report.notes.contains(""))
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }

  @Test func `every truncation of a table is survived`() {
    for count in 0...Self.text.count { Self.digest(Array(Self.text[..<count])) }
  }

  @Test func `every truncation of its gzip and zip is survived`() throws {
    let packed = try gzip(Self.text)
    for count in 0..<packed.count { Self.digest(Array(packed[..<count])) }
    let archive = try zip([("W.csv", Self.text)])
    for count in 0..<archive.count { Self.digest(Array(archive[..<count])) }
  }

  @Test func `flipped, dropped and doubled bytes are survived`() throws {
    var random = SeededRandom(seed: 11)
    for original in [Self.text, try gzip(Self.text), try zip([("W.csv", Self.text)])] {
      for _ in 0..<400 {
        var bytes = original
        for _ in 0..<(1 + random.next() % 4) {
          let index = Int(random.next() % UInt64(bytes.count))
          switch random.next() % 3 {
          case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
          case 1: bytes.remove(at: index)
          default: bytes.insert(bytes[index], at: index)
          }
        }
        Self.digest(bytes)
      }
    }
  }

  @Test func `noise is survived, also behind every head that means something`() {
    var random = SeededRandom(seed: 12)
    let heads: [[UInt8]] = [
      [], [0x1F, 0x8B], [0x1F, 0x8B, 8, 0], [0x50, 0x4B], [0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6],
      [0xEF, 0xBB, 0xBF], [UInt8]("open_time,open,high,low,close,volume\n".utf8),
    ]
    for head in heads {
      for _ in 0..<60 {
        let count = Int(random.next() % 400)
        let noise = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        Self.digest(head + noise)
      }
    }
  }

  @Test func `noise of a table's own characters is survived`() {
    var random = SeededRandom(seed: 13)
    let alphabet = [UInt8]("0123456789.,,,,\"\n\n\r-+eE:; \tTZ".utf8)
    let header = [UInt8]("open_time,open,high,low,close,volume\n".utf8)
    for _ in 0..<600 {
      let count = Int(random.next() % 300)
      let noise = (0..<count).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      Self.digest(header + noise)
      Self.digest(noise)
    }
  }

  @Test func `numbers and times at the edges of what fits are survived`() {
    let edges = [
      "9223372036854775807", "99999999999999999", "100000000000000000", "99999999999999", "1e308",
      "1e-320", "18446744073709551616", "9999-12-31T23:59:59Z", "0000-01-01", "1e-400", "-0",
    ]
    for time in edges + ["1700000040000"] {
      for number in edges {
        let rows = [time, "1700000040000", "100000000"].map {
          "\($0),\(number),\(number),\(number),\(number),\(number),\(number),\(number)\n"
        }
        Self.digest(
          [UInt8](
            ("open_time,open,high,low,close,volume,oi_usd,oi_usd_open\n" + rows.joined()).utf8))
      }
    }
  }
}
