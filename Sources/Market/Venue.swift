/// A trading venue whose perpetual futures Lodestone knows the margin rules of.
public enum Venue: String, CaseIterable, Codable, Hashable, Sendable {
  case binance
  case bybit
  case okx
  case hyperliquid
  case gate
  /// The first venue of the built-in simulator. It trades nothing real.
  case simulatedA = "sim-a"
  /// The second venue of the built-in simulator. It trades nothing real.
  case simulatedB = "sim-b"

  /// Whether the venue exists only inside the simulator.
  public var isSimulated: Bool { self == .simulatedA || self == .simulatedB }

  /// The name as the venue itself writes it.
  public var displayName: String {
    switch self {
    case .binance: "Binance"
    case .bybit: "Bybit"
    case .okx: "OKX"
    case .hyperliquid: "Hyperliquid"
    case .gate: "Gate"
    case .simulatedA: "Sim A"
    case .simulatedB: "Sim B"
    }
  }

  /// The venues where real money trades.
  public static var real: [Venue] { allCases.filter { !$0.isSimulated } }
}
