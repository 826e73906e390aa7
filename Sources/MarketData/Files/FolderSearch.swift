import Market

/// Chooses the files of one instrument among those of a folder.
struct FolderSearch {
  /// A file that was opened far enough to see what it gives.
  struct Candidate {
    let entry: FileSystem.Entry
    let probe: TableReader.Probe

    /// The length of its candles in milliseconds: by its rows, else by its close times, else by
    /// its name; nil when none of them tells.
    var interval: Int64? {
      IntervalLength.mostFrequent(in: probe.times.sorted()) ?? probe.statedInterval
        ?? FileName(entry.name).interval
    }
  }

  /// The files to read.
  struct Choice {
    /// Files of the finest series of candles.
    var candles: [FileSystem.Entry] = []
    /// Files of open interest.
    var openInterest: [FileSystem.Entry] = []
    /// Files about the instrument that aren't read.
    var leftOut: [FileReport.LeftOut] = []
  }

  /// The instrument that is asked for.
  let instrument: Instrument

  /// Parts the folder's files by their names. `own` are about the instrument and worth opening.
  func byName(
    _ entries: [FileSystem.Entry]
  ) -> (own: [FileSystem.Entry], leftOut: [FileReport.LeftOut], others: Int, listed: [Instrument]) {
    var own: [FileSystem.Entry] = []
    var leftOut: [FileReport.LeftOut] = []
    var others = 0
    var listed: Set<Instrument> = []
    for entry in entries {
      let name = FileName(entry.name)
      if let kind = name.eventKind {
        leftOut.append(
          FileReport.LeftOut(path: entry.name, reason: "by its name it holds \(kind), not candles"))
      } else if let tree = Self.otherTree(entry.name) {
        leftOut.append(
          FileReport.LeftOut(path: entry.name, reason: "it lies in \(tree), which aren't trades"))
      } else if name.isDelivery, name.instruments.contains(instrument) {
        leftOut.append(
          FileReport.LeftOut(path: entry.name, reason: "a future with a date of delivery"))
      } else if name.isAbout(instrument) {
        own.append(entry)
      } else {
        others += 1
        listed.formUnion(name.listed)
      }
    }
    return (own, leftOut, others, listed.sorted { $0.symbol < $1.symbol })
  }

  /// Takes the finest series of candles and all files of open interest.
  func choose(_ candidates: [Candidate]) -> Choice {
    var choice = Choice()
    var finest: Int64?
    for candidate in candidates {
      guard case .candles = candidate.probe.content, let interval = candidate.interval else {
        continue
      }
      finest = min(finest ?? interval, interval)
    }
    for candidate in candidates {
      let name = candidate.entry.name
      switch candidate.probe.content {
      case .candles:
        // With no length known at all, one candle stands alone, and its error says so.
        if candidate.interval == finest {
          choice.candles.append(candidate.entry)
        } else {
          let own = candidate.interval.map { "\(IntervalLength.text($0)) candles" }
          let taken = finest.map(IntervalLength.text) ?? ""
          choice.leftOut.append(
            FileReport.LeftOut(
              path: name,
              reason: "\(own ?? "a candle of unknown length"); the \(taken) series is used"))
        }
      case .openInterest:
        choice.openInterest.append(candidate.entry)
      case .neither(let missing):
        // A table with some of a candle's prices was meant to be one.
        let isNearlyOne = [Column.open, .high, .low, .close].contains { !missing.contains($0) }
        let reason =
          isNearlyOne
          ? "no column for \(missing.map(\.rawValue).joined(separator: ", "))"
          : "neither candles nor open interest"
        choice.leftOut.append(FileReport.LeftOut(path: name, reason: reason))
      }
    }
    return choice
  }

  /// The folder of data.binance.vision that a file lies in, if its candles aren't of trades.
  static func otherTree(_ path: String) -> String? {
    let trees: Set<Substring> = ["markPriceKlines", "indexPriceKlines", "premiumIndexKlines"]
    return path.split(separator: "/").first { trees.contains($0) }.map(String.init)
  }
}
