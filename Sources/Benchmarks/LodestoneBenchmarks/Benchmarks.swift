import Foundation

let benchmarks: @Sendable () -> Void = {
  Quick.run()
}
@_cdecl("quick") func quick() {}
enum Quick {
  static func run() {
    guard let y = try? YearOfMinutes(contentsOf: URL(filePath: "/tmp/bench/candles.bin")) else {
      return
    }
    var best = 1e9
    var book = y.book()
    for _ in 0..<10 {
      let c = ContinuousClock(); let d = c.measure { book = y.book() };
      best = min(best, Double(d.components.attoseconds) / 1e18)
    }
    print(best, y.checksums(of: book), book.liquidated(.long, component: 0))
  }
}
