import Market
import Testing

@testable import MarketData

/// Sides, sizes, multipliers and times that venues state differently.
struct UnitsTests {
  @Test("Multipliers in a coin's name scale its prices down and its sizes up")
  func multipliers() throws {
    let force = decoded(
      #"""
      {"e":"forceOrder","E":1,"o":{"s":"1000PEPEUSDT","S":"SELL","q":"500","p":"0.0100",
      "ap":"0.0125","X":"FILLED","l":"1","z":"400","T":1700000000000}}
      """#, .binance)
    #expect(force.words == ["liquidation 1000PEPEUSDT 1700000000000 long 1.25e-05 400000.0 5.0"])
    #expect(force.observations.first?.instrument?.symbol == "PEPEUSDT")
    let trade = decoded(
      #"{"channel":"trades","data":[{"coin":"kPEPE","side":"A","px":"0.0125","sz":"8","time":5}]}"#,
      .hyperliquid)
    #expect(trade.words == ["trade kPEPE 5 sold 1.25e-05 8000.0 0.1"])
    let bybit = decoded(
      #"""
      {"topic":"allLiquidation.SHIB1000USDT","ts":6,"data":[
      {"T":5,"s":"SHIB1000USDT","S":"Buy","v":"2000","p":"0.016"}]}
      """#, .bybit)
    #expect(bybit.words == ["liquidation SHIB1000USDT 5 long 1.6e-05 2000000.0 32.0"])
    for (name, coin, multiplier) in [
      ("1000000MOG", "MOG", 1e6), ("10000SATS", "SATS", 1e4), ("1MBABYDOGE", "BABYDOGE", 1e6),
      ("1INCH", "1INCH", 1), ("1000X", "1000X", 1), ("BTC", "BTC", 1), ("kBONK", "kBONK", 1),
    ] {
      #expect(CoinName(name).coin == coin)
      #expect(CoinName(name).multiplier == multiplier)
    }
  }

  @Test("The side of a liquidation is the position's, whatever side the venue states")
  func sides() {
    func okx(_ details: String) -> [String] {
      decoded(
        #"{"arg":{"channel":"liquidation-orders"},"data":[{"instId":"BTC-USDT-SWAP","details":["#
          + details + "]}]}", .okx
      ).observations.map { observation in
        if case .liquidation(let side, _, _, _) = observation.content { side.rawValue } else { "" }
      }
    }
    let rest = #""bkPx":"5","sz":"1","ts":"7"}"#
    #expect(okx(#"{"side":"sell","posSide":"long",\#(rest)"#) == ["long"])
    #expect(okx(#"{"side":"sell","posSide":"net",\#(rest)"#) == ["long"])
    #expect(okx(#"{"side":"buy",\#(rest)"#) == ["short"])
    #expect(okx(#"{"side":"buy","posSide":"long",\#(rest)"#) == ["long"])
    let gate = decoded(
      #"""
      [{"time":1700000000,"contract":"BTC_USDT","size":600,"order_size":-600,"order_price":"1",
      "fill_price":"20000","left":0},
      {"time":1700000001,"contract":"BTC_USDT","size":"-3","time_ms":1700000001234,"price":"20000"}]
      """#, .gate)
    #expect(
      gate.words == [
        "liquidation BTC_USDT 1700000000000 long 20000.0 0.06 1200.0",
        "liquidation BTC_USDT 1700000001234 short 20000.0 0.0003 6.0",
      ])
    let own = decoded(
      #"""
      {"channel":"userFills","data":{"fills":[{"coin":"BTC","px":"10","sz":"1","side":"A","time":5,
      "dir":"Liquidated Cross Long","liquidation":{"method":"market"}}]}}
      """#, .hyperliquid)
    #expect(own.words == ["liquidation BTC 5 long 10.0 1.0 10.0"])
  }

  @Test("An order that is not filled yet is priced at its limit")
  func unfilled() {
    let force = decoded(
      #"{"e":"forceOrder","E":9,"o":{"s":"BTCUSDT","S":"BUY","p":"100","ap":"0","z":"0","T":8}}"#,
      .binance)
    #expect(force.words == ["liquidation BTCUSDT 8 short 100.0 0.0 0.0"])
  }

  @Test("What REST answers don't hold comes from the context")
  func context() throws {
    let row = #"[[1672531200000,"10","20","5","15","300",1672617599999,"2",1,"100","1","0"]]"#
    #expect(
      decoded(row, .binance, symbol: "ETHUSD_PERP").words == [
        "candle ETHUSD_PERP 1672531200000 86400000 10.0 20.0 5.0 15.0 2.0 3000.0 1.0 open"
      ])
    let okx = decoded(
      #"{"code":"0","msg":"","data":[["60000","1","2","1","2","5","0.05","0.1","0"]]}"#, .okx,
      symbol: "BTC-USDT-SWAP", interval: .minutes(1))
    #expect(okx.words == ["candle BTC-USDT-SWAP 60000 60000 1.0 2.0 1.0 2.0 0.05 0.1 - open"])
    let event = try #require(okx.observations.first?.event())
    #expect(event.instrument == Instrument(base: "BTC"))
    let gate = decoded(
      #"[{"t":60,"o":"10","h":"10","l":"10","c":"10","v":20000,"sum":"20"}]"#, .gate,
      symbol: "BTC_USDT", interval: .minutes(1))
    #expect(gate.words == ["candle BTC_USDT 60000 60000 10.0 10.0 10.0 10.0 2.0 20.0 - open"])
  }

  @Test("An unknown contract size leaves quantity and notional unknown, with the reason")
  func unknownSize() throws {
    let trade = decoded(
      #"{"arg":{"channel":"trades"},"data":[{"instId":"ABC-USDT-SWAP","tradeId":"1","px":"2","#
        + #""sz":"7","side":"buy","ts":"5"}]}"#, .okx)
    let observation = try #require(trade.observations.first)
    #expect(observation.words == "trade ABC-USDT-SWAP 5 bought 2.0 - -")
    #expect(observation.reason == "the contract size of ABC-USDT-SWAP is unknown")
    #expect(observation.event() == nil)
  }

  @Test("A listing teaches contract sizes, and the coin that was asked for is found in it")
  func listing() throws {
    var decoder = VenueDecoder(venue: .okx)
    let learnt = decoder.learnInstruments(
      Array(
        #"""
        {"code":"0","data":[{"instId":"ABC-USDT-SWAP","instType":"SWAP","ctType":"linear",
        "ctVal":"10","ctMult":"2","tickSz":"0.1","state":"live","expTime":""},
        {"instId":"OLD-USDT-SWAP","instType":"SWAP","ctType":"linear","ctVal":"1","ctMult":"",
        "state":"suspend"}]}
        """#.utf8))
    #expect(learnt.problems.isEmpty)
    #expect(decoder.catalog.instrument("ABC-USDT-SWAP")?.unit == .coins(20))
    #expect(decoder.catalog.perpetual(of: "abc")?.symbol == "ABC-USDT-SWAP")
    #expect(decoder.catalog.perpetual(of: "OLD") == nil)
    #expect(InstrumentCatalog(venue: .bybit).perpetual(of: "BTC")?.symbol == "BTCUSDT")
    #expect(InstrumentCatalog(venue: .gate).perpetual(of: "btc")?.symbol == "BTC_USDT")
  }

  @Test(
    "Symbols tell what they stand for",
    arguments: [
      (Venue.binance, "BTCUSDT_261225", "BTCUSDT", ContractKind.linear, false),
      (.binance, "BTCUSD_PERP", "BTCUSD", .inverse, true),
      (.bybit, "BTCPERP", "BTCUSDC", .linear, true),
      (.bybit, "BTCUSDU26", "BTCUSD", .inverse, false),
      (.bybit, "BTCUSDT-25DEC26", "BTCUSDT", .linear, false),
      (.bybit, "BTC-25DEC26", "BTCUSDC", .linear, false),
      (.bybit, "BTCUSD", "BTCUSD", .inverse, true),
      (.okx, "BTC-USD_UM-261030", "BTCUSD", .linear, false),
      (.okx, "BTC-USD_UM_XPERP-310404", "BTCUSD", .linear, true),
      (.okx, "BTC-USD-261030", "BTCUSD", .inverse, false),
      (.gate, "BTC_USD", "BTCUSD", .inverse, true),
      (.gate, "BTC_USDT_20261225", "BTCUSDT", .linear, false),
    ])
  func symbols(
    venue: Venue, symbol: String, name: String, kind: ContractKind, isPerpetual: Bool
  ) throws {
    let known = try #require(InstrumentCatalog(venue: venue).instrument(symbol))
    #expect(known.instrument.symbol == name)
    #expect(known.kind == kind)
    #expect(known.isPerpetual == isPerpetual)
  }

  @Test("A delta changes the ticker that the snapshot gave, and states only what it touches")
  func deltas() {
    var decoder = VenueDecoder(venue: .bybit)
    func words(_ type: String, _ data: String) -> [String] {
      decoder.decode(
        Array(
          #"{"topic":"tickers.BTCUSDT","type":"\#(type)","ts":9,"data":{"symbol":"BTCUSDT",\#(data)}}"#
            .utf8)
      ).words
    }
    _ = words(
      "snapshot",
      #""markPrice":"100","indexPrice":"101","openInterest":"8","fundingRate":"0.1","nextFundingTime":"50""#
    )
    #expect(words("delta", #""indexPrice":"102""#) == ["mark_price BTCUSDT 9 100.0 102.0 0.1 50"])
    #expect(
      words("delta", #""openInterestValue":"900""#) == ["open_interest BTCUSDT 9 4.0 450.0"])
    #expect(words("delta", #""bid1Price":"99""#) == [])
    decoder.forgetState()
    #expect(words("delta", #""indexPrice":"103""#) == ["mark_price BTCUSDT 9 - 103.0 - -"])
  }

  @Test("Without a flag the newest candle is open, the last word on an earlier one is closed")
  func closing() {
    let candle = { (time: Int, close: String) in
      #"{"t":\#(time),"T":\#(time + 59999),"s":"BTC","i":"1m","o":"1","h":"9","l":"1","#
        + #""c":"\#(close)","v":"1"}"#
    }
    let rows = decoded(
      "[" + [candle(60_000, "2"), candle(60_000, "3"), candle(120_000, "4")].joined(separator: ",")
        + "]", .hyperliquid)
    let closed = rows.observations.map { observation in
      if case .candle(let candle) = observation.content { candle.isClosed } else { false }
    }
    #expect(closed == [false, true, false])
  }
}
