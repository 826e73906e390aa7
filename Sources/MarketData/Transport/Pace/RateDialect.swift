import Market

/// What an answer says about limits.
public enum RateSignal: Hashable, Sendable {
  /// Whom a host's complaint means.
  public enum Scope: Hashable, Sendable {
    /// Everything from this address.
    case host
    /// The endpoint that was asked.
    case endpoint
  }

  /// So much of an allowance is used in the host's current window, which lasts for another `rest`.
  case used(amount: Int, bucket: String, rest: Span)
  /// The endpoint's allowance is used up; it is new after the span. No complaint yet.
  case exhausted(Span)
  /// Too many requests. Wait as told; where nothing is told, `fallback`, doubled with each repetition.
  case limited(told: Span?, fallback: Span, scope: Scope)
}

/// How a venue says how much was used, and that it was asked too often.
///
/// Source: the venues' documentation. Moments in a venue's own time are compared with the time of the
/// same answer, so a wrong clock here changes no wait.
public enum RateDialect: Hashable, Sendable {
  case binance
  case bybit
  case okx
  case hyperliquid
  case gate
  /// A host of which nothing is known but HTTP's own 429 and `Retry-After`.
  case plain

  /// The venue's own way.
  public static func of(_ venue: Venue) -> RateDialect {
    switch venue {
    case .binance: .binance
    case .bybit: .bybit
    case .okx: .okx
    case .hyperliquid: .hyperliquid
    case .gate: .gate
    case .simulatedA, .simulatedB: .plain
    }
  }

  /// What the answer says.
  /// - Parameter now: the moment here, for answers without a time of their own.
  public func signals(in result: HTTPResult, now: Timestamp) -> [RateSignal] {
    let there = Self.moment(of: result) ?? now
    var signals: [RateSignal] = []
    switch self {
    case .binance: signals = binance(result, there)
    case .bybit: signals = bybit(result, there)
    case .okx: signals = okx(result)
    case .gate: signals = gate(result, there)
    case .hyperliquid, .plain: break
    }
    let isCovered = signals.contains { if case .limited = $0 { true } else { false } }
    if !isCovered, result.status == 429 || result.status == 418 {
      signals.append(
        .limited(told: Self.retryAfter(result, there), fallback: fallback, scope: .host))
    } else if !isCovered, result.status == 503, let told = Self.retryAfter(result, there) {
      signals.append(.limited(told: told, fallback: told, scope: .host))
    }
    return signals
  }

  /// The wait after a complaint that tells none.
  private var fallback: Span {
    switch self {
    case .binance: .minutes(1)
    case .okx: .seconds(2)
    case .bybit: .seconds(5)
    case .hyperliquid, .gate, .plain: .seconds(10)
    }
  }

  private func binance(_ result: HTTPResult, _ there: Timestamp) -> [RateSignal] {
    var signals: [RateSignal] = []
    if let used = result.number("X-MBX-USED-WEIGHT-1M"), let used = Int(exactly: used) {
      let rest = 60_000 - Self.remainder(there.milliseconds, 60_000)
      signals.append(.used(amount: used, bucket: "weight", rest: Span(milliseconds: rest)))
    }
    switch result.status {
    case 418, 429:
      var told = Self.retryAfter(result, there)
      if let end = Self.number(after: "banned until ", in: result) {
        let ban = Timestamp(milliseconds: end) - there
        told = max(told ?? ban, ban)
      }
      if let span = told, span.milliseconds <= 0 { told = nil }
      let fallback = result.status == 418 ? Span.minutes(2) : fallback
      signals.append(.limited(told: told, fallback: fallback, scope: .host))
    case 403:
      // The firewall in front of the venue; it wants minutes of silence.
      signals.append(
        .limited(told: Self.retryAfter(result, there), fallback: .minutes(5), scope: .host))
    default: break
    }
    return signals
  }

  private func bybit(_ result: HTTPResult, _ there: Timestamp) -> [RateSignal] {
    let reset = result.number("X-Bapi-Limit-Reset-Timestamp").map {
      Timestamp(milliseconds: $0) - there
    }
    if Self.has("\"retCode\":10006", in: result) {
      let told = reset.flatMap { $0.milliseconds > 0 ? $0 : nil }
      return [.limited(told: told, fallback: .seconds(1), scope: .endpoint)]
    }
    // Without these words a 403 is about the place, not the pace.
    if result.status == 403, Self.has("too frequent", in: result) {
      return [.limited(told: .minutes(10), fallback: .minutes(10), scope: .host)]
    }
    if result.number("X-Bapi-Limit-Status") == 0, let reset, reset.milliseconds > 0 {
      return [.exhausted(min(reset, .minutes(1)))]
    }
    return []
  }

  private func okx(_ result: HTTPResult) -> [RateSignal] {
    let isLimited = ["50011", "50040"].contains { Self.has("\"code\":\"\($0)\"", in: result) }
    guard isLimited else { return [] }
    let told = result.number("Retry-After").map(Span.seconds)
    return [.limited(told: told, fallback: fallback, scope: .endpoint)]
  }

  private func gate(_ result: HTTPResult, _ there: Timestamp) -> [RateSignal] {
    var reset: Span?
    if let moment = result.number("X-Gate-RateLimit-Reset-Timestamp") {
      // Documented in seconds; milliseconds tell themselves apart.
      let end = Timestamp(milliseconds: moment > 100_000_000_000 ? moment : moment * 1_000)
      if end > there { reset = end - there }
    }
    if result.status == 429 {
      let told = Self.retryAfter(result, there) ?? reset
      return [.limited(told: told, fallback: fallback, scope: .endpoint)]
    }
    if result.number("X-Gate-RateLimit-Requests-Remain") == 0, let reset {
      return [.exhausted(min(reset, .minutes(1)))]
    }
    return []
  }

  /// `Retry-After`, in seconds or as a date.
  private static func retryAfter(_ result: HTTPResult, _ there: Timestamp) -> Span? {
    guard let text = result.header("Retry-After") else { return nil }
    if let seconds = Int64(text) { return seconds >= 0 ? .seconds(min(seconds, 864_000)) : nil }
    guard let moment = HTTPDate.moment(text), moment > there else { return nil }
    return moment - there
  }

  /// The moment of the answer by the venue's own clock.
  private static func moment(of result: HTTPResult) -> Timestamp? {
    if let time = result.number("Timenow"), time > 1_000_000_000_000 {
      return Timestamp(milliseconds: time)
    }
    return result.header("Date").flatMap(HTTPDate.moment)
  }

  private static func remainder(_ value: Int64, _ divisor: Int64) -> Int64 {
    let rest = value % divisor
    return rest < 0 ? rest + divisor : rest
  }

  /// Whether the beginning of the body holds the text, blanks apart.
  private static func has(_ text: String, in result: HTTPResult) -> Bool {
    let wanted = Array(text.utf8.filter { $0 != 0x20 })
    let head = result.body.prefix(600).filter { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D }
    return head.firstRange(of: wanted) != nil
  }

  /// The whole number behind the text in the beginning of the body.
  private static func number(after text: String, in result: HTTPResult) -> Int64? {
    let head = result.body.prefix(600)
    guard let range = head.firstRange(of: Array(text.utf8)) else { return nil }
    let digits = head[range.upperBound...].prefix { (0x30...0x39).contains($0) }
    return Int64(String(decoding: digits, as: UTF8.self))
  }
}

/// Dates in HTTP headers.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The moment of e.g. `Sun, 06 Nov 1994 08:49:37 GMT`; nil for anything else.
  static func moment(_ text: String) -> Timestamp? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), (1...31).contains(day),
      let month = months.firstIndex(of: String(words[2])), let year = Int64(words[3]),
      (1970...9999).contains(year)
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int64($0) }
    guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]),
      (0...60).contains(clock[2])
    else { return nil }
    // Days since 1970 in the proleptic Gregorian calendar, with years that begin in March.
    let shifted = Int64(month + 1)
    let civilYear = shifted <= 2 ? year - 1 : year
    let dayOfYear = (153 * (shifted + (shifted > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let days =
      civilYear * 365 + civilYear / 4 - civilYear / 100 + civilYear / 400 + dayOfYear
      - 719_468
    let seconds = days * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2]
    return Timestamp(milliseconds: seconds * 1_000)
  }
}
