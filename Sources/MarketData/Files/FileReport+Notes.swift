import Market

extension FileReport {
  /// What a reader of the map ought to know of its data, a sentence each; empty when all is well.
  public var notes: [String] {
    var notes: [String] = []
    if badRows > 0 {
      let first = files.lazy.compactMap(\.firstBadRows.first).first
      let example = first.map { "; the first: \($0)" } ?? ""
      notes.append("\(Self.count(badRows, "bad row")) skipped\(example)")
    }
    if !gaps.isEmpty {
      notes.append(
        "\(Self.count(gaps.count, "gap")), in which \(Self.count(missingIntervals, "candle")) "
          + "\(missingIntervals == 1 ? "is" : "are") missing")
    }
    if outOfOrder > 0 { notes.append("\(Self.count(outOfOrder, "row")) out of order, sorted") }
    if identicalDuplicates > 0 {
      notes.append("\(Self.count(identicalDuplicates, "identical duplicate")) dropped")
    }
    if conflictingDuplicates > 0 {
      notes.append(
        "\(Self.count(conflictingDuplicates, "time")) given twice with different values, of which "
          + "the later ones were kept")
    }
    if overlapping > 0 {
      notes.append(
        "\(Self.count(overlapping, "candle")) dropped that start within the one before")
    }
    if openInterestOutside > 0 {
      notes.append(
        "\(Self.count(openInterestOutside, "observation")) of open interest outside the candles' "
          + "time left aside")
    }
    if openInterestUnpriced > 0 {
      notes.append(
        "\(Self.count(openInterestUnpriced, "observation")) of open interest in USD dropped for "
          + "want of a price")
    }
    for file in files {
      if file.otherInstruments > 0 {
        notes.append(
          "\(Self.count(file.otherInstruments, "row")) of other instruments passed over in "
            + Printable.text(file.path))
      }
      if file.liquidationsMayCoverOtherVenues {
        notes.append(
          "the liquidations in \(Printable.text(file.path)) stand beside an aggregator's columns "
            + "and may sum several venues")
      }
    }
    for file in leftOut {
      notes.append("\(Printable.text(file.path)) left out: \(Printable.text(file.reason))")
    }
    return notes
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
