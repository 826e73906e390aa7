import Market

extension EmulatedVenue {
  /// Answers a request.
  public mutating func answer(_ request: EmulatedRequest, at moment: Timestamp) -> EmulatedAnswer {
    let now = moment.milliseconds
    lastTime = max(lastTime, now)
    let desk = desk(now)
    var answer = undelivered(request, desk)
    guard answer.delivery != .unreachable else { return answer }
    if answer.header("Date") == nil {
      answer.headers.append(("Date", HTTPDateText.text(desk.stamp)))
    }
    if venue == .bybit { answer.headers.append(("Timenow", String(desk.stamp))) }
    counters.requests[request.path, default: 0] += 1
    counters.statuses[answer.status, default: 0] += 1
    return entries.isEmpty ? answer : delivered(answer, desk)
  }

  private mutating func undelivered(_ request: EmulatedRequest, _ desk: Desk) -> EmulatedAnswer {
    let now = desk.now
    for fault in active(now) where fault == .unreachable || fault == .wrongCertificate {
      struck(fault)
      return EmulatedAnswer(status: 0, body: [], delivery: .unreachable)
    }
    if let refusal = held(request, desk) { return refusal }
    for fault in active(now) {
      if let trouble = trouble(fault, request, desk) { return trouble }
    }
    let reply = dialect.answer(request, desk)
    for charge in dialect.charges(request, rows: reply.rows) {
      guard let rule = rule(charge.bucket) else { continue }
      guard book.take(charge.amount, of: rule, at: now) else {
        let reset = book.reset(rule, at: now)
        return refused(bucket: holdBucket(charge.bucket), until: reset, isBan: false, desk)
      }
    }
    if reply.answer.status == 404 || reply.answer.status == 422 {
      book.note(.malformed, "\(request.method) \(request.path)", at: now)
    }
    var answer = reply.answer
    answer.headers += headers(request, desk)
    return answer
  }

  private mutating func headers(_ request: EmulatedRequest, _ desk: Desk) -> [EmulatedRequest.Pair]
  {
    var used: [String: (used: Int, limit: Int, reset: Int64)] = [:]
    for charge in dialect.charges(request, rows: 0) {
      guard let rule = rule(charge.bucket) else { continue }
      used[charge.bucket] = (
        book.used(rule, at: desk.now), rule.limit, book.reset(rule, at: desk.now)
      )
    }
    return dialect.headers(request, used: { used[$0] }, desk)
  }

  /// What a client hears that asks although it was told to wait.
  private mutating func held(_ request: EmulatedRequest, _ desk: Desk) -> EmulatedAnswer? {
    let buckets = [""] + dialect.charges(request, rows: 0).map(\.bucket)
    for bucket in buckets {
      guard let hold = book.held(bucket, at: desk.now) else { continue }
      guard desk.now - hold.from > options.grace.milliseconds else {
        return dialect.refusal(bucket: bucket, wait: hold.until - desk.now, isBan: false, desk)
      }
      book.note(
        .impatient, "\(request.path), \(hold.until - desk.now) ms before the time", at: desk.now)
      // Whoever goes on is banned, and each time for longer.
      let until =
        bucket.isEmpty ? desk.now + max(120_000, (hold.until - hold.from) * 2) : hold.until
      return refused(bucket: bucket, until: until, isBan: bucket.isEmpty, desk)
    }
    return nil
  }

  private mutating func refused(
    bucket: String, until: Int64, isBan: Bool, _ desk: Desk
  ) -> EmulatedAnswer {
    let answer = dialect.refusal(bucket: bucket, wait: until - desk.now, isBan: isBan, desk)
    guard let told = EmulatedVenue.told(answer, desk) else { return answer }
    book.hold(bucket, from: desk.now, until: told)
    return answer
  }

  /// Until when the answer itself tells to wait.
  private static func told(_ answer: EmulatedAnswer, _ desk: Desk) -> Int64? {
    if let seconds = answer.header("Retry-After").flatMap({ Int64($0) }) {
      return desk.now + seconds * 1_000
    }
    if let reset = answer.header("X-Bapi-Limit-Reset-Timestamp").flatMap({ Int64($0) }) {
      return desk.now + reset - desk.stamp
    }
    let text = String(decoding: answer.body.prefix(300), as: UTF8.self)
    return text.contains("access too frequent") ? desk.now + 600_000 : nil
  }

  /// The answers of a venue in trouble.
  private mutating func trouble(
    _ fault: Fault, _ request: EmulatedRequest, _ desk: Desk
  ) -> EmulatedAnswer? {
    switch fault {
    case .rateLimited:
      struck(fault)
      // Bybit limits endpoints; what it says to whole addresses is a ban.
      let bucket = venue == .bybit ? request.path : ""
      return refused(bucket: bucket, until: end(of: fault, desk), isBan: false, desk)
    case .banned:
      struck(fault)
      return refused(bucket: "", until: end(of: fault, desk), isBan: true, desk)
    default:
      guard let answer = dialect.trouble(fault, desk) ?? EmulatedVenue.page(fault) else {
        return nil
      }
      struck(fault)
      return answer
    }
  }

  private func end(of fault: Fault, _ desk: Desk) -> Int64 {
    let ends = entries.filter {
      $0.fault == fault && $0.from.milliseconds <= desk.now && desk.now < $0.until.milliseconds
    }
    return ends.map(\.until.milliseconds).max() ?? desk.now
  }

  /// What stands in front of a venue says, in no venue's own language.
  private static func page(_ fault: Fault) -> EmulatedAnswer? {
    switch fault {
    case .firewall:
      .text(
        "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 "
          + "Forbidden</h1></center>\r\n</body>\r\n</html>\r\n", status: 403)
    case .serverError:
      .text(
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n</body>\r\n</html>",
        status: 502)
    case .htmlInsteadOfJSON:
      .text("<!DOCTYPE html><html><body>Maintenance</body></html>", status: 200)
    default: nil
    }
  }

  /// The answer on a way that has its own troubles.
  private mutating func delivered(_ answer: EmulatedAnswer, _ desk: Desk) -> EmulatedAnswer {
    var answer = answer
    let place = Int64(counters.requests.values.reduce(0, +))
    for fault in active(desk.now) {
      switch fault {
      case .truncatedBody: answer.delivery = .truncated(answer.body.count / 2)
      case .droppedAnswer: answer.delivery = .dropped
      case .noAnswer: answer.delivery = .silence
      case .slowAnswer: answer.delivery = .after(options.slowness)
      case .slowDrip: answer.delivery = .dripped(options.slowness)
      case .truncatedJSON, .wrongTypes, .emptyNumbers:
        // Not every answer: a client may meet both within one page.
        guard noise.below(3, place, 21) > 0 else { continue }
        answer.body = Array(spoiled(answer.body, fault, place).utf8)
      case .unknownFields, .scientificNotation, .bareNumbers:
        answer.body = Array(spoiled(answer.body, fault, place).utf8)
      default: continue
      }
      struck(fault)
    }
    return answer
  }

  private func spoiled(_ body: [UInt8], _ fault: Fault, _ place: Int64) -> String {
    Corruption.spoiled(
      String(decoding: body, as: UTF8.self), by: fault, noise: noise, place: place)
  }

  private func rule(_ bucket: String) -> BookRule? {
    dialect.rules.first { $0.bucket == bucket }
  }

  /// What is held when an allowance is exceeded: the endpoint where it is one's own, else all.
  private func holdBucket(_ bucket: String) -> String { bucket.hasPrefix("/") ? bucket : "" }
}
