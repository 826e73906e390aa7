import Foundation
import Market
import MarketData
import Testing

@Suite struct PathTests {
  @Test func `a path to nothing is an input error`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "nothing.csv").path
      #expect(throws: FileError.notFound(path: path)) {
        try MarketFiles.load(path: path, instrument: btc, venue: .binance)
      }
      #expect(!FileError.notFound(path: path).isSystemFailure)
      #expect(FileError.notFound(path: path).description == "\"\(path)\": no such file or folder")
    }
  }

  @Test func `a path that the operating system refuses is a failure of the system`() throws {
    try withTemporaryFolder { folder in
      let link = folder.appending(path: "loop.csv")
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: link)
      do throws(FileError) {
        _ = try MarketFiles.load(path: link.path, instrument: btc, venue: .binance)
        Issue.record("a link to itself was read")
      } catch {
        #expect(error.isSystemFailure)
        #expect(
          error.description
            == "\"\(link.path)\" can't be read: Too many levels of symbolic links")
      }
    }
  }

  @Test func `a single file is the instrument whatever its name`() throws {
    try withTemporaryFolder { folder in
      try folder.write("ETHUSDT.txt", FolderTests.candles(4, step: 300_000))
      let path = folder.appending(path: "ETHUSDT.txt").path
      let table = try MarketFiles.load(path: path, instrument: btc, venue: .bybit)
      #expect(table.events.allSatisfy { $0.instrument == btc && $0.venue == .bybit })
      #expect(table.report.files.map(\.path) == ["ETHUSDT.txt"])
    }
  }
}
