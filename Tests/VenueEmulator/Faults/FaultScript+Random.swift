import Market

extension FaultScript {
  /// The faults that a client can heal from by itself, without being told to try again: all but
  /// refused locations, delistings and changed contract sizes.
  public static let healable: [Fault] = [
    .cutMidFrame, .closeStreams, .halfOpen, .hugeFrame, .stall, .gap, .repeated, .reordered,
    .replayed, .fragments, .slowDrip, .refusedStreams, .unreachable, .wrongCertificate,
    .rateLimited, .banned, .firewall, .overloaded, .serverError, .errorInBody,
    .htmlInsteadOfJSON, .truncatedBody, .droppedAnswer, .slowAnswer, .noAnswer, .truncatedJSON,
    .wrongTypes, .unknownFields, .emptyNumbers, .scientificNotation, .bareNumbers,
    .clockSkew(.seconds(90)), .clockSkew(.seconds(-45)),
  ]

  /// A script drawn by a seed: some faults of each venue within a stretch of time, one over
  /// another now and then, all over at its end.
  /// - Parameters:
  ///   - start: when the stretch begins.
  ///   - duration: how long it is: half a minute at least.
  ///   - count: how many faults a venue has at most.
  ///   - faults: what is drawn from.
  public static func random(
    seed: UInt64, start: Timestamp, duration: Span, venues: [Venue], count: Int = 5,
    faults: [Fault] = FaultScript.healable
  ) -> FaultScript {
    var entries: [Entry] = []
    for venue in venues {
      let noise = Noise(seed: seed, name: "faults \(venue.rawValue)")
      for place in 0..<(noise.below(Int64(count), -1) + 1) {
        let fault = faults[Int(noise.below(Int64(faults.count), place, 1))]
        let begin = noise.below(duration.milliseconds * 9 / 10 - 2_000, place, 2)
        // Mostly short, sometimes as long as there is time.
        let share = noise.unit(place, 3)
        let length = Double(duration.milliseconds - begin) * share * share * share + 1_000
        let most = duration.milliseconds - begin
        let end = start + duration
        func entry(_ fault: Fault) -> Entry {
          Entry(
            venue, fault, at: start + Span(milliseconds: begin),
            lasting: Span(milliseconds: min(Int64(length), most - 1_000)))
        }
        // What would reach beyond the end is less hard.
        let drawn = entry(fault)
        entries.append(drawn.healed <= end ? drawn : entry(.rateLimited))
      }
    }
    return FaultScript(entries)
  }

  /// A fault as it is named on a command line, `VENUE:NAME@+SECONDS` or
  /// `VENUE:NAME@+SECONDS/LENGTH`: `binance:418@+30/60`. Faults with a value have it behind an
  /// equals sign: `okx:contract-size=BTC-USDT-SWAP*10@+60`, `bybit:delisted=BTCUSDT@+60`,
  /// `okx:clock-skew=90@+5/60`. Without a venue all of them are meant.
  /// - Returns: nil where the text isn't of that form.
  public static func entries(named text: String, start: Timestamp) -> [Entry]? {
    var venues = Venue.real
    var rest = text[...]
    if let colon = rest.firstIndex(of: ":"), let venue = Venue(rawValue: String(rest[..<colon])) {
      venues = [venue]
      rest = rest[rest.index(after: colon)...]
    }
    let parts = rest.split(separator: "@", maxSplits: 1)
    guard parts.count == 2, parts[1].hasPrefix("+"), let fault = fault(named: parts[0]) else {
      return nil
    }
    let times = parts[1].dropFirst().split(separator: "/")
    guard let begin = times.first.flatMap({ Double($0) }), begin >= 0, times.count <= 2 else {
      return nil
    }
    var length = fault.isSudden ? 1.0 : 30.0
    switch fault {
    case .delisted, .contractSize: length = 86_400 * 3_650
    default: break
    }
    if times.count == 2 {
      guard let told = Double(times[1]), told > 0 else { return nil }
      length = told
    }
    return venues.map {
      Entry(
        $0, fault, at: start + Span(milliseconds: Int64(begin * 1_000)),
        lasting: Span(milliseconds: Int64(length * 1_000)))
    }
  }

  private static func fault(named text: Substring) -> Fault? {
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { return Fault.named[String(text)] }
    switch parts[0] {
    case "clock-skew":
      return Double(parts[1]).map { .clockSkew(Span(milliseconds: Int64($0 * 1_000))) }
    case "delisted": return .delisted(symbol: String(parts[1]))
    case "contract-size":
      let sides = parts[1].split(separator: "*")
      guard sides.count == 2, let factor = Double(sides[1]), factor > 0 else { return nil }
      return .contractSize(symbol: String(sides[0]), factor: factor)
    default: return nil
    }
  }
}
