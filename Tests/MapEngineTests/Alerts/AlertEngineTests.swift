import Market
import Testing

@testable import MapEngine

@Suite("Alert rules: once, cooldown, hysteresis, snooze")
struct AlertEngineTests {
  @Test("A price alert fires once, and again only after the price was clearly off")
  func priceOnce() throws {
    var scene = try AlertScene("price:above=100,cooldown=0s")
    #expect(scene.see(at: 99).isEmpty)
    let fired = scene.see(at: 100)
    #expect(fired.map(\.sentence) == ["BTCUSDT at 100.00 is above 100.00"])
    #expect(fired.first?.basis == .measured && fired.first?.level == 100)
    #expect(scene.see(at: 101).isEmpty)
    // 0.1 % is the margin: a little below isn't enough.
    #expect(scene.see(at: 99.95).isEmpty)
    #expect(scene.see(at: 100.2).isEmpty)
    #expect(!scene.engine.isArmed("price:above=100,cooldown=0s", AlertScene.bitcoin))
    #expect(scene.see(at: 99.8).isEmpty)
    #expect(scene.engine.isArmed("price:above=100,cooldown=0s", AlertScene.bitcoin))
    #expect(scene.see(at: 100.1).count == 1)
  }

  @Test("A wick within a bar counts, and so does a level jumped over")
  func wick() throws {
    var scene = try AlertScene("price:below=90", "price:cross=95")
    #expect(scene.see(at: 100).isEmpty)
    let fired = scene.see(at: 99, traded: 89...101)
    #expect(fired.count == 2)
    #expect(fired[0].sentence == "BTCUSDT at 99.000 traded below 90.000, as low as 89.000")
    var jump = try AlertScene("price:cross=95")
    #expect(jump.see(at: 100).isEmpty)
    #expect(jump.see(at: 80).first?.sentence == "BTCUSDT at 80.000 crossed 95.000 downwards")
    // A crossing within the cooldown is not told later.
    #expect(jump.see(at: 99).isEmpty)
    #expect(jump.see(after: .minutes(6), at: 99).isEmpty)
    #expect(jump.see(at: 80).first?.sentence.hasSuffix("downwards") == true)
    #expect(jump.see(after: .minutes(6), at: 99).first?.sentence.hasSuffix("upwards") == true)
  }

  @Test("Within its cooldown a rule keeps silent; what still holds is told at its end")
  func cooldown() throws {
    var scene = try AlertScene("price:above=100,cooldown=10m")
    #expect(scene.see(at: 101).count == 1)
    #expect(scene.see(at: 90).isEmpty)
    #expect(scene.see(at: 102).isEmpty)
    #expect(scene.see(after: .minutes(7), at: 102).isEmpty)
    #expect(scene.see(after: .minutes(1), at: 102).count == 1)
    #expect(scene.see(after: .minutes(20), at: 102).isEmpty)
  }

  @Test("A snoozed rule tells afterwards what still holds; a disabled one begins anew")
  func snooze() throws {
    var scene = try AlertScene("price:above=100")
    let end = AlertScene.start + .minutes(10)
    scene.replace { $0.snoozedUntil = end }
    #expect(scene.see(at: 101).isEmpty)
    #expect(scene.see(after: .minutes(9), at: 101).count == 1)
    #expect(scene.see(at: 101).isEmpty)
    scene.replace { $0.isEnabled = false }
    #expect(scene.see(after: .minutes(9), at: 90).isEmpty)
    #expect(scene.see(at: 101).isEmpty)
    scene.replace { $0.isEnabled = true }
    #expect(scene.see(at: 101).count == 1)
  }

  @Test("A rule of another instrument hears nothing")
  func instrument() throws {
    var scene = try AlertScene("price:above=100,on=ETH", "price:above=100,on=BTC")
    #expect(scene.see(at: 101).map(\.rule.instrument) == [AlertScene.bitcoin])
  }

  @Test("Liquidations add up over their time, and re-arm at half")
  func liquidations() throws {
    var scene = try AlertScene("liquidations:usd=5m,within=5m,side=long,cooldown=0s")
    #expect(scene.see(at: 100, prints: [try scene.print(.long, usd: 3e6)]).isEmpty)
    #expect(scene.see(at: 100, prints: [try scene.print(.short, usd: 9e6)]).isEmpty)
    let fired = scene.see(at: 100, prints: [try scene.print(.long, usd: 2e6, on: .okx)])
    #expect(
      fired.map(\.sentence) == [
        "BTCUSDT: $5.0M of long liquidations published within 5m on Binance and OKX, "
          + "at least $5.0M"
      ])
    #expect(fired[0].basis == .measured && fired[0].usd == 5e6)
    #expect(fired[0].venues == [.binance, .okx] && fired[0].side == .long)
    // 3 million fall out of the window, 2 are left: less than half.
    #expect(scene.see(after: .minutes(3), at: 100).isEmpty)
    #expect(scene.see(at: 100, prints: [try scene.print(.long, usd: 6e6)]).count == 1)
    // What is older than the window when it becomes known plays no part.
    var late = try AlertScene("liquidations:usd=1m")
    #expect(late.see(at: 100, prints: [try late.print(.long, usd: 9e6, ago: .days(1))]).isEmpty)
  }

  @Test("A cascade is one side on two venues, or in three steps outwards")
  func cascade() throws {
    var one = try AlertScene("cascade:usd=1m")
    #expect(
      one.see(after: .seconds(5), at: 100, prints: [try one.print(.long, usd: 5e6)]).isEmpty)
    #expect(
      one.see(after: .seconds(5), at: 100, prints: [try one.print(.short, usd: 5e6, on: .okx)])
        .isEmpty)
    let fired = one.see(
      after: .seconds(5), at: 100, prints: [try one.print(.long, usd: 5e6, on: .okx)])
    #expect(fired.count == 1 && fired.first?.side == .long && fired.first?.usd == 10e6)

    var steps = try AlertScene("cascade:usd=1m")
    #expect(
      steps.see(
        after: .seconds(9), at: 100, prints: [try steps.print(.short, usd: 1e6, at: 100)]
      ).isEmpty)
    // Backwards is no step.
    #expect(
      steps.see(
        after: .seconds(9), at: 100,
        prints: [
          try steps.print(.short, usd: 1e6, at: 99), try steps.print(.short, usd: 1, at: 98),
        ]
      ).isEmpty)
    #expect(
      steps.see(
        after: .seconds(9), at: 101, prints: [try steps.print(.short, usd: 1e6, at: 100.2)]
      ).isEmpty)
    let third = steps.see(
      after: .seconds(9), at: 101, prints: [try steps.print(.short, usd: 1e6, at: 100.4)])
    #expect(third.first?.sentence.contains("in 3 steps upwards") == true)
  }

  @Test("A feed's trouble is told once for each venue, and again after it was well for a while")
  func feed() throws {
    var scene = try AlertScene("feed:cooldown=0s")
    let silent = FeedHealth.stale(since: AlertScene.start)
    #expect(scene.see(at: 1, healths: [.okx: .catchingUp, .gate: .live]).isEmpty)
    let fired = scene.see(at: 1, healths: [.okx: silent, .gate: .refused(reason: "no such pair")])
    #expect(
      fired.map(\.sentence) == [
        "BTCUSDT: OKX's feed is silent since 2024-08-05T00:00:00Z",
        "BTCUSDT: Gate refuses: no such pair",
      ])
    #expect(scene.see(after: .seconds(10), at: 1, healths: [.okx: .live]).isEmpty)
    #expect(scene.see(after: .seconds(10), at: 1, healths: [.okx: silent]).isEmpty)
    #expect(scene.see(after: .seconds(1), at: 1, healths: [.okx: .live]).isEmpty)
    #expect(scene.see(after: .seconds(30), at: 1, healths: [.okx: .live]).isEmpty)
    #expect(scene.see(after: .seconds(1), at: 1, healths: [.okx: silent]).count == 1)
    var one = try AlertScene("feed:venue=gate")
    #expect(one.see(at: 1, healths: [.okx: silent, .gate: .live]).isEmpty)
  }

  @Test("The log keeps the newest and counts all")
  func log() throws {
    var scene = try AlertScene("price:above=100,cooldown=0s")
    var log = AlertLog(limit: 3)
    for step in 0..<10 {
      log.append(scene.see(at: step % 2 == 0 ? 101 + Double(step) : 90))
    }
    #expect(log.count == 5)
    #expect(log.alerts.map(\.price) == [105, 107, 109])
  }
}

@Suite("Alert rules on the map")
struct AlertMapTests {
  typealias Hill = AlertScene.Hill

  @Test("A cluster within the distance fires for its side, and re-arms at a margin")
  func near() throws {
    var scene = try AlertScene("near:distance=2%,usd=10m,cooldown=0s")
    let wall = Hill(.short, 105, 20e6)
    let small = Hill(.short, 101.5, 3e6)
    #expect(scene.see(at: 100, [wall, small]).isEmpty)
    let fired = scene.see(at: 103.2, [wall])
    #expect(fired.count == 1)
    let alert = try #require(fired.first)
    #expect(alert.side == .short && alert.basis == .modelled)
    #expect(abs((alert.level ?? 0) - 105) < 0.3 && abs((alert.usd ?? 0) - 16e6) < 2e6)
    #expect(alert.sentence.contains("% below the short cluster at 105"), "\(alert.sentence)")
    #expect(alert.sentence.hasSuffix("M modelled"))
    // 2.2 % is beyond the distance, but not clearly.
    #expect(scene.see(at: 102.7, [wall]).isEmpty)
    #expect(scene.see(at: 103.2, [wall]).isEmpty)
    #expect(scene.see(at: 101.5, [wall]).isEmpty)
    #expect(scene.see(at: 103.2, [wall]).count == 1)
    // The other side has a state of its own.
    #expect(scene.see(at: 103.2, [wall, Hill(.long, 102, 15e6)]).map(\.side) == [.long])
    var longs = try AlertScene("near:distance=2%,side=long")
    #expect(longs.see(at: 103.2, [wall]).isEmpty)
  }

  @Test("A map that is still filling in says nothing")
  func fillingIn() throws {
    var scene = try AlertScene("near:distance=5%", "bias:cooldown=0s", "magnet:moved=1%")
    let hill = Hill(.short, 103, 5e6)
    #expect(scene.see(at: 100, [hill], bias: .balanced, isFillingIn: true).isEmpty)
    #expect(
      scene.see(at: 100, [Hill(.short, 104, 9e6)], bias: .pinned, isFillingIn: true).isEmpty)
    #expect(scene.see(at: 100, [hill], bias: .balanced).map(\.rule.condition.kind) == ["near"])
    #expect(scene.see(after: .minutes(6), at: 100, [hill], bias: .pinned).count == 1)
  }

  @Test("A cluster that price goes through is swept once, with its dollars")
  func swept() throws {
    var scene = try AlertScene("swept:usd=5m", "swept:side=long")
    let wall = Hill(.short, 104, 10e6)
    for _ in 0..<4 { #expect(scene.see(at: 100, [wall]).isEmpty) }
    #expect(scene.see(at: 103, [wall]).isEmpty)
    // Of what was published, the cluster's share of all that was eaten is its own.
    let fired = scene.see(
      at: 106, [], prints: [try scene.print(.short, usd: 2e6), try scene.print(.long, usd: 1)])
    #expect(fired.count == 1)
    let alert = try #require(fired.first)
    #expect(alert.side == .short && alert.rule.description == "swept:usd=5M")
    #expect(abs((alert.level ?? 0) - 104) < 0.5)
    #expect(alert.sentence.contains("$1.6M of it published as liquidated"), "\(alert.sentence)")
    #expect(scene.see(at: 108, []).isEmpty)
    #expect(scene.see(after: .minutes(9), at: 100, []).isEmpty)
  }

  @Test("Other venues in the map are no news of the market")
  func otherBasis() throws {
    var engine = AlertEngine(rules: [try AlertRule("magnet:moved=1%")])
    func see(_ minute: Int64, _ price: Double, timeframe: Timeframe) -> [FiredAlert] {
      let time = AlertScene.start + .minutes(minute)
      let map = AlertScene.map(at: 100, [Hill(.short, price, 5e6)], time: time)
      let snapshot = MapSnapshot(
        instrument: map.instrument, timeframe: timeframe, rangePercent: 20, source: "scene",
        isSimulated: true, asOf: time, map: map.map, reading: map.reading, calibration: .none,
        data: map.data)
      return engine.observe(
        AlertObservation(time: time, instrument: map.instrument, snapshot: snapshot))
    }
    #expect(see(0, 104, timeframe: .days7).isEmpty)
    #expect(see(1, 108, timeframe: .days1).isEmpty)
    let fired = see(2, 104, timeframe: .days1)
    #expect(fired.count == 1 && fired.first?.isSimulated == true)
  }

  @Test("The magnet's move is measured from where it was told")
  func moved() throws {
    var scene = try AlertScene("magnet:moved=2%,cooldown=0s")
    #expect(scene.see(at: 100, [Hill(.short, 105, 9e6)]).isEmpty)
    #expect(scene.see(at: 100, [Hill(.short, 106, 9e6)]).isEmpty)
    let fired = scene.see(at: 100, [Hill(.short, 107.5, 9e6)])
    #expect(fired.count == 1)
    #expect(fired.first?.sentence.contains("the magnet moved +2.") == true)
    #expect(scene.see(at: 100, [Hill(.short, 107.5, 9e6)]).isEmpty)
    #expect(scene.see(at: 100, [Hill(.short, 106.5, 9e6)]).isEmpty)
    #expect(scene.see(at: 100, [Hill(.long, 95, 9e6)]).count == 1)
  }

  @Test("Two clusters of a size don't take turns as the magnet")
  func flicker() throws {
    var scene = try AlertScene("magnet:moved=2%,cooldown=0s")
    for step in 0..<6 {
      let more = step % 2 == 0 ? 1.0 : 1.1
      #expect(
        scene.see(at: 100, [Hill(.short, 105, 9e6), Hill(.short, 110, 9e6 * more)]).isEmpty)
    }
  }

  @Test("The magnet's growth is measured from the least since it was told")
  func grown() throws {
    var scene = try AlertScene("magnet:grown=50%,cooldown=0s")
    #expect(scene.see(at: 100, [Hill(.short, 105, 10e6)]).isEmpty)
    #expect(scene.see(at: 100, [Hill(.short, 105, 8e6)]).isEmpty)
    #expect(scene.see(at: 100, [Hill(.short, 105, 11e6)]).isEmpty)
    let fired = scene.see(at: 100, [Hill(.short, 105, 12.5e6)])
    #expect(fired.count == 1 && fired.first?.basis == .modelled)
    #expect(scene.see(at: 100, [Hill(.short, 105, 12.5e6)]).isEmpty)
    #expect(scene.see(at: 100, [Hill(.short, 105, 19e6)]).count == 1)
    // Another magnet is no growth.
    #expect(scene.see(at: 100, [Hill(.long, 95, 90e6)]).isEmpty)
  }

  @Test("A bias that flips back and forth is told when it has changed for good")
  func bias() throws {
    var scene = try AlertScene("bias:cooldown=0s")
    #expect(scene.see(at: 100, bias: .balanced).isEmpty)
    let fired = scene.see(at: 100, bias: .squeezeUp)
    #expect(
      fired.map(\.sentence) == [
        "BTCUSDT at 100.00: the modelled bias changed from balanced to squeeze up (as written)"
      ])
    for _ in 0..<2 {
      #expect(scene.see(at: 100, bias: .balanced).isEmpty)
      #expect(scene.see(at: 100, bias: .squeezeUp).isEmpty)
    }
    #expect(scene.see(at: 100, bias: .balanced).count == 1)
  }
}
