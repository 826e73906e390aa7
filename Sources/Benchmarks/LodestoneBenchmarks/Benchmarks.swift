import Benchmark
import Foundation
import MapEngine
import MapUI
import Market
import Terminal

/// What the engine and the drawing cost. The reference data's folder comes from the environment
/// (`LODESTONE_BENCH_DATA`: candles.bin and expected.json); `.ci/bench` makes it.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal], maxDuration: .seconds(8), maxIterations: 1_000)
  guard let folder = ProcessInfo.processInfo.environment["LODESTONE_BENCH_DATA"] else {
    fatalError("LODESTONE_BENCH_DATA is unset: run .ci/bench")
  }
  let data = URL(filePath: folder)
  let year: YearOfMinutes
  do {
    year = try YearOfMinutes(folder: data)
  } catch {
    fatalError("\(data.path) can't be read: \(error)")
  }

  Benchmark("Year of minutes, 10 components x 2 sides") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(year.book()) }
    benchmark.stopMeasurement()
    if let fault = year.fault(of: year.book()) { benchmark.error(fault) }
  }

  Benchmark("Map of 30 days and its reading") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(ScreenFixture.snapshot(year)) }
  }

  let snapshot = ScreenFixture.snapshot(year)
  for (width, height) in [(120, 35), (200, 50)] {
    Benchmark("Frame \(width)x\(height)") { benchmark in
      guard let state = ScreenFixture.state(snapshot, width: width, height: height) else {
        benchmark.error("the default theme can't be read")
        return
      }
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations { blackHole(draw(state, width: width, height: height)) }
    }
  }
}
