import RealModule
import Testing

@testable import MarketSimulator

struct MarginRuleTests {
  @Test func `at the liquidation price the equity equals the maintenance margin`() {
    let rule = MarginRule(rate: 0.01, amount: 0.002)
    for sign in [1.0, -1.0] {
      for margin in [0.02, 0.1, 0.5, 0.9] {
        let price = Double.exp(rule.liquidation(sign: sign, margin: margin))
        let equity = margin + sign * (price - 1)
        let maintenance = price * 0.01 - 0.002
        #expect(abs(equity - maintenance) < 1e-12)
      }
    }
  }

  @Test func `a long whose margin covers its whole value is never liquidated`() {
    #expect(MarginRule().liquidation(sign: 1, margin: 1) == -.infinity)
    #expect(MarginRule().liquidation(sign: -1, margin: 1).isFinite)
  }
}
