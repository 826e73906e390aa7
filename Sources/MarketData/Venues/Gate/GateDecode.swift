import Market

/// Gate perpetuals: REST answers and stream frames. Times are seconds where not said otherwise.
extension Decoding {
  mutating func gate(_ value: JSONValue) {
    switch value {
    case .array(let elements):
      if let first = elements.first?.object, first.has("maintenance_rate", "risk_limit"),
        !first.has("name")
      {
        attempt("") { decoding throws(DecodeProblem) in try decoding.gateTiers(elements) }
      } else {
        rows(elements) { decoding, element throws(DecodeProblem) in
          try decoding.gate(try element.needObject())
        }
      }
    case .object(let object):
      attempt("") { decoding throws(DecodeProblem) in try decoding.gate(object) }
    default: fail("", "\(value.kind), which no message is")
    }
  }

  private mutating func gate(_ object: JSONObject) throws(DecodeProblem) {
    if let error = VenueError.stated(in: .object(object), venue: .gate) {
      refuse(error)
    } else if let channel = try object.text("channel") {
      try gateFrame(channel, object)
    } else {
      try gateRow(object, time: nil)
    }
  }

  private mutating func gateFrame(
    _ channel: String, _ frame: JSONObject
  ) throws(DecodeProblem) {
    let event = try frame.text("event")
    guard event == "update" || event == "all" else { return ignore(event ?? channel) }
    let time = try frame.has("time_ms") ? frame.time("time_ms") : frame.time("time", unit: 1_000)
    switch channel {
    case "futures.tickers", "futures.trades", "futures.candlesticks", "futures.contract_stats",
      "futures.public_liquidates", "futures.liquidates":
      gateResult(frame["result"] ?? .null, time: time, depth: 0)
    default:
      guard channel.hasPrefix("futures.") else {
        throw DecodeProblem(reason: "the channel \(channel) is unknown")
      }
      ignore(channel)
    }
  }

  /// A result is an object, a list of them, or a list of lists.
  private mutating func gateResult(_ value: JSONValue, time: Timestamp?, depth: Int) {
    if let list = value.array, depth < 3 {
      for element in list { gateResult(element, time: time, depth: depth + 1) }
    } else {
      attempt("result") { decoding throws(DecodeProblem) in
        try decoding.gateRow(try value.needObject(), time: time)
      }
    }
  }

  /// A row, told by its members what it states.
  private mutating func gateRow(_ row: JSONObject, time: Timestamp?) throws(DecodeProblem) {
    if row.has("name", "quanto_multiplier") {
      try gateContract(row)
    } else if row.has("total_size") {
      try gateTicker(row, time: time)
    } else if row.has("open_interest", "time") {
      try gateStatistics(row)
    } else if row.has("t", "o", "c") {
      try gateCandle(row)
    } else if row.has("r", "t") {
      addFunding(
        about: nil, time: try row.needTime("t", unit: 1_000).roundedToMinute,
        rate: try row.need("r"))
    } else if row.has("fill_price") || row.has("price", "size", "time") {
      try gateLiquidation(row)
    } else if row.has("create_time", "price") {
      try gateTrade(row)
    } else if row.has("asks", "bids") || row.has("b", "a") {
      ignore("order book")
    } else {
      throw DecodeProblem(reason: "a row of unknown shape")
    }
  }
}
