import Market
import Testing

@testable import MapEngine

@Suite("The text of alert rules")
struct AlertTextTests {
  @Test(
    "A rule reads as what it says, and its description as the same rule",
    arguments: [
      (
        "near:distance=0.5%,usd=10m,side=long",
        .near(side: .long, distancePercent: 0.5, usd: 10_000_000)
      ),
      ("near:distance=2", .near(side: nil, distancePercent: 2, usd: 0)),
      ("price:above=70000", .price(.above, level: 70_000)),
      ("price:below=0.00001234", .price(.below, level: 0.00001234)),
      ("PRICE: cross = 70.5k", .price(.cross, level: 70_500)),
      ("swept", .swept(side: nil, usd: 0)),
      ("swept:side=short,usd=5M", .swept(side: .short, usd: 5_000_000)),
      ("magnet:moved=0.5%", .magnet(.moved, percent: 0.5)),
      ("magnet:grown=50%", .magnet(.grown, percent: 50)),
      ("bias", .bias),
      (
        "liquidations:usd=5m,within=90s,side=short",
        .liquidations(usd: 5_000_000, within: .seconds(90), side: .short)
      ),
      (
        "liquidations:usd=1.25B",
        .liquidations(usd: 1_250_000_000, within: .minutes(5), side: nil)
      ),
      ("cascade", .cascade(usd: 1_000_000)),
      ("cascade:usd=333333.5", .cascade(usd: 333_333.5)),
      ("feed:venue=okx", .feed(venue: .okx)),
      ("feed", .feed(venue: nil)),
    ] as [(String, AlertCondition)])
  func reading(text: String, condition: AlertCondition) throws {
    let rule = try AlertRule(text)
    #expect(rule.condition == condition)
    #expect(rule.cooldown == .minutes(5) && rule.channels == .standard && rule.isEnabled)
    #expect(try AlertRule(rule.description) == rule)
    #expect(rule.id == rule.description)
  }

  @Test("Instrument, cooldown and ways of telling belong to any rule")
  func wholeRule() throws {
    let rule = try AlertRule("bias:cooldown=90s,on=ethusdt,to=bell+slack+command")
    #expect(rule.instrument == Instrument(base: "ETH"))
    #expect(rule.cooldown == .seconds(90))
    #expect(
      rule.channels == AlertChannels(bell: true, command: true, webhooks: ["slack"]))
    #expect(rule.description == "bias:on=ETHUSDT,cooldown=90s,to=bell+command+slack")
    #expect(try AlertRule(rule.description) == rule)
    let mute = try AlertRule("swept:to=none,cooldown=0s")
    #expect(mute.channels == AlertChannels() && mute.cooldown == .seconds(0))
    #expect(try AlertRule(mute.description) == mute)
  }

  @Test(
    "What is wrong is said, with what is allowed",
    arguments: [
      ("", "\"\" is no kind of alert; allowed are near, price, swept"),
      ("nearby:distance=1%", "\"nearby\" is no kind of alert"),
      ("near", "needs a distance"),
      ("near:distance=0", "distance is \"0\"; write a percentage such as 0.5%, up to 50%"),
      ("near:distance=51%", "up to 50%"),
      ("near:distance=nan", "distance is \"nan\""),
      ("near:distance=0x1%", "distance is \"0x1%\""),
      ("near:distance=1%,usd=ten", "usd is \"ten\"; write dollars such as 500k, 10M or 1.5B"),
      ("near:distance=1%,usd=-5m", "usd is \"-5m\""),
      ("near:distance=1%,side=up", "side is \"up\"; write long or short"),
      ("near:distance=1%,distance=2%", "distance stands twice"),
      ("near:distance=1%,", "\"\" must be a name, = and a value"),
      ("near:distance", "\"distance\" must be a name, = and a value"),
      ("near:distance=1%,level=3", "\"level\" is no part of a near alert; allowed are distance"),
      ("price:above=70,000", "\"000\" must be a name, = and a value"),
      ("price", "needs one of above, below and cross"),
      ("price:above=1,below=2", "needs one of above, below and cross"),
      ("price:above=inf", "above is \"inf\"; write a price above zero"),
      ("magnet", "needs one of moved and grown"),
      ("magnet:moved=101%", "up to 100%"),
      ("bias:side=long", "\"side\" is no part of a bias alert; allowed are on, cooldown, to"),
      ("liquidations", "needs dollars"),
      ("liquidations:usd=1m,within=25h", "within is \"25h\"; write a time from 1s to 24h"),
      ("liquidations:usd=1m,within=5", "within is \"5\""),
      ("feed:venue=kraken", "venue is \"kraken\"; write one of binance"),
      ("swept:cooldown=soon", "cooldown is \"soon\"; write a time such as 30s"),
      ("swept:to=a b", "to is \"a b\"; write toast, bell, desktop, command"),
      ("swept:on=?", "on is \"?\"; write an instrument"),
    ])
  func errors(text: String, words: String) {
    do {
      let rule = try AlertRule(text)
      Issue.record("read as \(rule)")
    } catch {
      #expect(error.description.contains(words), "\(error)")
      #expect(error.description.hasPrefix("\"\(text)\": "))
    }
  }

  @Test("Any garbage is refused in one line or read as a rule that reads back")
  func garbage() {
    var random = SeededSeries(seed: 5)
    let words = [
      "near", "price", ":", "=", ",", "distance", "0.5%", "usd", "1e9", "k", "above", "side",
      "long", "-", "\u{1b}", "é", " ", "9999999999999999999", "to", "+", "cooldown", "5m",
    ]
    for _ in 0..<2_000 {
      let text = (0..<Int(random.next() * 9)).map { _ in
        words[Int(random.next() * Double(words.count))]
      }.joined()
      if let rule = try? AlertRule(text) { #expect((try? AlertRule(rule.description)) == rule) }
    }
  }

  @Test(arguments: [("30s", 30_000), ("5m", 300_000), ("2h", 7_200_000), ("1d", 86_400_000)])
  func `A length reads back`(text: String, milliseconds: Int64) {
    let span = Span(lengthText: text)
    #expect(span?.milliseconds == milliseconds)
    #expect(span?.lengthText == text)
  }
}
