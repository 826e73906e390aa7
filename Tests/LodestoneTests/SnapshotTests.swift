import Foundation
import TestSupport
import Testing

@Suite("lodestone snapshot: the simulated market")
struct SnapshotTests {
  static let keys: Set = [
    "instrument", "venues", "timeframe", "range_pct", "source", "simulated", "calibration",
    "as_of", "price", "total_long_usd", "total_short_usd", "fuel_ratio", "bias", "magnet",
    "magnets", "layers", "bins", "cumulative", "data", "feeds",
  ]

  private func json(_ options: String) throws -> String {
    let run = try ProgramRun(
      "lodestone",
      ["snapshot", "--source", "demo"] + options.split(separator: " ").map { "\($0)" })
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.complaint.isEmpty)
    return run.output
  }

  @Test(
    "The JSON has every key and agrees with itself",
    arguments: [
      ("BTC --timeframe 1d", 7.0), ("eth --timeframe 12h --seed 7", 5),
      ("SOLUSDT --timeframe 7d --seed 11 --behaviour sticky", 15),
    ])
  func document(options: String, range: Double) throws {
    let text = try json(options)
    #expect(try MapDocument.keys(text).isSuperset(of: Self.keys))
    let map = try MapDocument(text)
    #expect(map.contradictions() == [])
    #expect(map.simulated)
    #expect(map.source.hasPrefix("demo"))
    #expect(map.range_pct == range)
    #expect(map.bins.count == 400)
    #expect(map.calibration.state == "calibrated" && map.calibration.days > 10)
    #expect(map.calibration.as_of.map { $0 <= map.as_of } == true)
    #expect(map.total_long_usd > 0 && map.total_short_usd > 0)
    #expect(map.data.notes.contains { $0.contains("SIMULATED") })
    #expect(map.data.quality == "complete")
    #expect(map.data.last == map.as_of)
  }

  @Test("The same seed gives the same bytes, another seed another market")
  func seeds() throws {
    let one = try json("BTC --timeframe 12h --seed 5")
    #expect(try json("BTC --timeframe 12h --seed 5") == one)
    let other = try MapDocument(try json("BTC --timeframe 12h --seed 6"))
    #expect(other.bins != (try MapDocument(one)).bins)
  }

  @Test("--bins and --range are honoured, and the dollars stay the same")
  func binsAndRange() throws {
    let fine = try MapDocument(try json("BTC --timeframe 1d --bins 1000 --range 4"))
    let coarse = try MapDocument(try json("BTC --timeframe 1d --bins 10 --range 4"))
    #expect(fine.contradictions() == [] && coarse.contradictions() == [])
    #expect(fine.bins.count == 1_000 && coarse.bins.count == 10)
    #expect(fine.range_pct == 4 && coarse.range_pct == 4)
    #expect(fine.price == coarse.price && fine.as_of == coarse.as_of)
    // Ten bins reach 4 % to within half a bin of 0.8 %, so the totals are near, not equal.
    #expect(abs(coarse.total_long_usd / fine.total_long_usd - 1) < 0.2)
    let wide = try MapDocument(try json("BTC --timeframe 1d --range 40"))
    #expect(wide.contradictions() == [])
    #expect(wide.total_long_usd > fine.total_long_usd)
  }

  @Test("--at is the moment given in either notation")
  func moment() throws {
    let iso = try json("BTC --timeframe 12h --at 2026-01-04T12:00:00Z")
    #expect(try json("BTC --timeframe 12h --at 1767528000000") == iso)
    let map = try MapDocument(iso)
    #expect(map.as_of == 1_767_528_000_000)
    #expect(map.contradictions() == [])
  }
}

@Suite("lodestone snapshot: frames")
struct SnapshotFrameTests {
  private func frame(_ options: String) throws -> String {
    let run = try ProgramRun(
      "lodestone",
      ["snapshot", "BTC", "--source", "demo", "--timeframe", "12h"]
        + options.split(separator: " ").map { "\($0)" })
    #expect(run.status == 0, "\(run.complaint)")
    return run.output
  }

  /// A frame without its SGR sequences.
  static func plain(_ text: String) -> String {
    text.replacing(#/\u{1b}\[[0-9;]*m/#, with: "")
  }

  @Test(
    "A frame has its size and names the simulation", arguments: [(60, 20), (80, 24), (200, 50)])
  func size(width: Int, height: Int) throws {
    for format in ["text", "ansi"] {
      let text = try frame("--format \(format) --width \(width) --height \(height)")
      #expect(text.hasSuffix("\n"))
      let rows = Self.plain(text).dropLast().split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(rows.count == height)
      for row in rows { #expect(row.unicodeScalars.count == width, "\(row)") }
      #expect(rows[0].contains("SIMULATED"))
      #expect(text.contains("\u{1b}") == (format == "ansi"))
    }
  }

  @Test("text is ansi without its colours")
  func textIsAnsi() throws {
    let size = "--width 100 --height 30"
    let mono = try frame("--format ansi --color mono \(size)")
    let text = try frame("--format text \(size)")
    #expect(Self.plain(mono) == text)
    // In colour the layers are told apart by it, so that bars differ; words and numbers don't.
    let colour = Self.plain(try frame("--format ansi \(size)"))
    let bars = Set("█▓▒░▚▁▂▃▄▅▆▇ ")
    for (one, other) in zip(colour, text) where !bars.contains(one) || !bars.contains(other) {
      if one != other { Issue.record("\(one) in colour, \(other) without") }
    }
  }

  @Test("Colours are those of the depth that was asked for")
  func depth() throws {
    let direct = try frame("--format ansi --color truecolor --width 80 --height 24")
    #expect(direct.contains("48;2;255;157;46m"))
    let indexed = try frame("--format ansi --color 256 --width 80 --height 24")
    #expect(indexed.contains("48;5;") && !indexed.contains("48;2;"))
    let plain = try frame("--format text --glyphs ascii --width 80 --height 24")
    #expect(plain.unicodeScalars.allSatisfy { $0.isASCII })
  }
}
