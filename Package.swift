// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]
let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

let numerics = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

// What market data travels over: REST on AsyncHTTPClient, WebSockets on NIO itself.
let network: [Target.Dependency] = [
  .product(name: "AsyncHTTPClient", package: "async-http-client"),
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
  .product(name: "NIOWebSocket", package: "swift-nio"),
  .product(name: "NIOSSL", package: "swift-nio-ssl"),
  .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
  .product(name: "NIOSOCKS", package: "swift-nio-extras"),
]

// Without optimisation the loops over bins and traders are fifty times slower, and tests would
// spend their time in them; the program's own debug builds would crawl.
let numeric: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// One room of the house: a target under Sources whose warnings are errors.
func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = strict
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of one room.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude,
    swiftSettings: strict)
}

// Benchmarks are built only on request: nobody who runs or tests the program needs them.
let isBenchmarking = Context.environment["LODESTONE_BENCHMARKS"] != nil
let benchmarkDependencies: [Package.Dependency] =
  isBenchmarking
  ? [.package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: [])] : []
let benchmarkTargets: [Target] =
  isBenchmarking
  ? [
    .executableTarget(
      name: "LodestoneBenchmarks",
      dependencies: [
        "Market", "MapEngine", "Terminal", "MapUI",
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Sources/Benchmarks/LodestoneBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "FeedLoad", dependencies: ["Market", "MarketData"],
      path: "Sources/Benchmarks/FeedLoad"),
    .executableTarget(
      name: "ScreenLoad", dependencies: ["TestSupport"],
      path: "Tests/ScreenLoad", swiftSettings: strict),
  ] : []

let package = Package(
  name: "Lodestone",
  products: [.executable(name: "lodestone", targets: ["lodestone"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ] + benchmarkDependencies,
  targets: [
    room("Market"),
    room("MapEngine", ["Market", numerics], settings: numeric),
    room("MarketSimulator", ["Market", "MapEngine", numerics], settings: numeric),
    .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    room("MarketData", ["Market", "CZip", "CZlib"] + network),
    room("LiveMap", ["Market", "MapEngine", "MarketData", "MarketSimulator"]),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
    .target(name: "CTerminal", cSettings: strictC),
    room("Terminal", ["CNcurses", "CTerminal"]),
    .target(
      name: "Themes", path: "Themes",
      resources: [
        .embedInCode("default.toml"), .embedInCode("light.toml"),
        .embedInCode("high-contrast.toml"), .embedInCode("colorblind.toml"),
        .embedInCode("deuteranopia.toml"), .embedInCode("tritanopia.toml"),
        .embedInCode("solarized.toml"), .embedInCode("solarized-light.toml"),
        .embedInCode("terminal.toml"), .embedInCode("mono.toml"),
      ],
      swiftSettings: strict),
    .systemLibrary(name: "CCairo", providers: [.apt(["libcairo2-dev"])]),
    room("Pictures", ["Terminal", "CCairo"]),
    room("MapUI", ["Market", "MapEngine", "Terminal", "Themes", toml]),
    .executableTarget(
      name: "lodestone",
      dependencies: [
        "Market", "MapEngine", "MarketSimulator", "MarketData", "LiveMap", "Terminal", "MapUI",
        "Pictures", arguments, toml,
      ],
      swiftSettings: strict),

    .systemLibrary(
      name: "CVTerm", path: "Tests/CVTerm", providers: [.apt(["libvterm-dev"])]),
    .target(
      name: "TestSupport", dependencies: ["CVTerm"], path: "Tests/TestSupport",
      swiftSettings: strict),
    // The venues' side of the wire, written from their documentation: it shares no code with the
    // adapters that are tested against it.
    .target(
      name: "VenueEmulator",
      dependencies: [
        "Market", "MapEngine", "MarketSimulator",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      path: "Tests/VenueEmulator", swiftSettings: strict),
    .executableTarget(
      name: "VenueEmulatorServer", dependencies: ["VenueEmulator", "Market", arguments],
      path: "Tests/VenueEmulatorServer", swiftSettings: strict),
    tests("VenueEmulatorTests", ["VenueEmulator", "Market", "MarketSimulator"]),
    tests("MarketTests", ["Market"]),
    tests("MapEngineTests", ["Market", "MapEngine", numerics]),
    tests("MarketSimulatorTests", ["Market", "MapEngine", "MarketSimulator"]),
    tests(
      "MarketDataTests",
      ["Market", "MapEngine", "MarketData", "VenueEmulator", "CZip", "CZlib"] + network),
    tests(
      "LiveMapTests",
      ["Market", "MapEngine", "MarketData", "MarketSimulator", "LiveMap", "VenueEmulator"]),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["Terminal"], path: "Tests/TerminalProbe",
      swiftSettings: strict),
    tests("TerminalTests", ["Terminal", "CVTerm", "TerminalProbe"]),
    tests("PicturesTests", ["Terminal", "Pictures", "CCairo"]),
    tests(
      "MapUITests", ["Market", "MapEngine", "LiveMap", "Terminal", "MapUI", "Themes"],
      exclude: ["Golden"]),
    tests(
      "LodestoneTests",
      [
        "lodestone", "Market", "MapEngine", "MapUI", "Terminal", "LiveMap", "VenueEmulator",
        "VenueEmulatorServer",
      ]),
  ] + benchmarkTargets,
  swiftLanguageModes: [.v6]
)
