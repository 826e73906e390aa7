import Market

/// Hyperliquid: answers of `info` and stream frames.
extension Decoding {
  mutating func hyperliquid(_ value: JSONValue) {
    switch value {
    case .null: ignore("null, which means no data")
    case .object(let object):
      attempt("") { decoding throws(DecodeProblem) in try decoding.hyperliquid(object) }
    case .array(let elements):
      if elements.count == 2, let meta = elements[0].object, meta.has("universe"),
        let contexts = elements[1].array
      {
        attempt("") { decoding throws(DecodeProblem) in
          try decoding.hyperliquidContexts(meta, contexts)
        }
      } else if elements.first?.array != nil {
        ignore("predicted fundings")
      } else {
        fundingStep = hyperliquidFundingStep(elements)
        rows(elements) { decoding, element throws(DecodeProblem) in
          if element != .null { try decoding.hyperliquid(try element.needObject()) }
        }
      }
    default: fail("", "\(value.kind), which no message is")
    }
  }

  private mutating func hyperliquid(_ object: JSONObject) throws(DecodeProblem) {
    if let channel = try object.text("channel") {
      try hyperliquidFrame(channel, object)
    } else if object.has("universe") {
      try hyperliquidMeta(object)
    } else if object.has("t", "T", "o", "c") {
      try hyperliquidCandle(object)
    } else if object.has("fundingRate") {
      addFunding(
        about: try object.needText("coin"), time: try object.needTime("time").roundedToMinute,
        rate: try object.need("fundingRate"), interval: fundingStep ?? .hours(1))
    } else if object.has("px", "sz", "side") {
      try hyperliquidTrade(object)
    } else if let name = hyperliquidUseless(object) {
      ignore(name)
    } else {
      throw DecodeProblem(reason: "a message of unknown shape")
    }
  }

  /// Fundings are paid every hour; a history of before mid-2023 shows the eight hours of then.
  private func hyperliquidFundingStep(_ rows: [JSONValue]) -> Span? {
    let times = rows.compactMap { row -> Int64? in
      guard let row = row.object, row.has("fundingRate"), let time = try? row.time("time") else {
        return nil
      }
      return time.roundedToMinute.milliseconds
    }
    return IntervalLength.mostFrequent(in: times).map { Span(milliseconds: $0) }
  }

  private func hyperliquidUseless(_ object: JSONObject) -> String? {
    if object.has("levels") { return "l2Book" }
    if object.has("assetPositions") { return "clearinghouseState" }
    if object.has("marginTiers") { return "marginTable" }
    if object.has("name", "fullName") { return "perpDexs" }
    let areMids = object.members.allSatisfy { member in
      if case .string(let text) = member.value { Double(text) != nil } else { false }
    }
    return areMids ? "allMids" : nil
  }

  private mutating func hyperliquidFrame(
    _ channel: String, _ frame: JSONObject
  ) throws(DecodeProblem) {
    let data = frame["data"]
    switch channel {
    case "candle":
      // One candle, or a list of them.
      for element in data?.array ?? [data ?? .null] {
        try hyperliquidCandle(try element.needObject())
      }
    case "trades":
      rows(try frame.list("data")) { decoding, row throws(DecodeProblem) in
        try decoding.hyperliquidTrade(try row.needObject())
      }
    case "activeAssetCtx":
      let data = try (data ?? .null).needObject()
      let coin = try data.needText("coin")
      try hyperliquidContext(try (data["ctx"] ?? .null).needObject(), coin)
    case "activeSpotAssetCtx": ignore(channel)
    case "allDexsAssetCtxs": try hyperliquidAllContexts(try (data ?? .null).needObject())
    case "user", "userEvents", "userFills":
      let data = try (data ?? .null).needObject()
      guard data.has("fills") else { return ignore(channel) }
      rows(try data.list("fills"), "fill") { decoding, row throws(DecodeProblem) in
        try decoding.hyperliquidFill(try row.needObject())
      }
    case "error":
      if let error = VenueError.stated(in: .object(frame), venue: .hyperliquid) { refuse(error) }
    case "subscriptionResponse", "pong", "bbo", "l2Book", "allMids", "notification", "webData2",
      "webData3", "orderUpdates", "userFundings", "activeAssetData":
      ignore(channel)
    default: throw DecodeProblem(reason: "the channel \(channel) is unknown")
    }
  }
}
