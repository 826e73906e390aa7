import Market

/// A position and the margin behind it: what a liquidation price is computed from.
///
/// Margin is in the currency that the contract settles in: the quote currency for a linear
/// contract, coins for an inverse one.
public struct MarginPosition: Hashable, Sendable {
  /// How a contract pays.
  public enum Contract: String, CaseIterable, Hashable, Sendable {
    /// Sized in coins, settled in the quote currency.
    case linear
    /// Sized in US dollars of face value, settled in coins.
    case inverse
  }

  /// What backs a position.
  public enum Mode: String, CaseIterable, Hashable, Sendable {
    /// The margin assigned to it alone.
    case isolated
    /// The whole account. The margin of the position is then what the account has left for it:
    /// the wallet, less the maintenance margins of all other positions, plus their unrealised
    /// profit and loss.
    case cross
  }

  /// Long or short.
  public let side: Side
  /// How the contract pays.
  public let contract: Contract
  /// The average price of the entry; or the mark price, when the margin is the one at that mark.
  public let entryPrice: Double
  /// Coins of a linear contract, face value in US dollars of an inverse one.
  public let size: Double
  /// What backs the position at the entry price, without `addedMargin`.
  public let margin: Double
  /// Margin that was added later, which Bybit's rule of 2026 scales by the closing fee.
  public let addedMargin: Double
  /// What backs the position.
  public let mode: Mode
  /// The leverage that the position was opened with; nil where only its margin is known.
  public let leverage: Double?

  /// A position opened with that leverage: its margin is its value over the leverage, and
  /// `addedMargin`. Numbers must be finite, and but for `addedMargin` above zero.
  public init(
    side: Side, contract: Contract = .linear, entryPrice: Double, size: Double, leverage: Double,
    addedMargin: Double = 0, mode: Mode = .isolated
  ) {
    self.side = side
    self.contract = contract
    self.entryPrice = entryPrice
    self.size = size
    self.leverage = leverage
    self.addedMargin = addedMargin
    self.mode = mode
    margin = Self.value(contract: contract, size: size, price: entryPrice) / leverage
  }

  /// A position with that whole margin. Numbers must be finite and above zero.
  public init(
    side: Side, contract: Contract = .linear, entryPrice: Double, size: Double, margin: Double,
    mode: Mode = .isolated
  ) {
    self.side = side
    self.contract = contract
    self.entryPrice = entryPrice
    self.size = size
    self.margin = margin
    self.mode = mode
    addedMargin = 0
    leverage = nil
  }

  /// The position's value at a price, in its settlement currency.
  public func value(at price: Double) -> Double {
    Self.value(contract: contract, size: size, price: price)
  }

  /// The leverage of the opening: as stated, else what isolated margin implies. Nil for cross
  /// margin, which may be less than the initial margin of the position.
  public var openingLeverage: Double? {
    leverage ?? (mode == .isolated ? value(at: entryPrice) / margin : nil)
  }

  /// What the holder has left at a price: the whole margin and the profit or loss since the entry.
  public func equity(at price: Double) -> Double {
    margin + addedMargin + profit(at: price)
  }

  /// Where the margin is used up to the last cent; nil where no price above zero does that.
  public var bankruptcyPrice: Double? {
    let backing = side.sign * (margin + addedMargin)
    switch contract {
    case .linear:
      let price = entryPrice - backing / size
      // A one-times long goes bankrupt at zero; rounding may leave it a hair above.
      return price > entryPrice * 1e-12 ? price : nil
    case .inverse:
      let coins = size / entryPrice
      let remaining = coins + backing
      return remaining > coins * 1e-12 ? size / remaining : nil
    }
  }

  /// Profit or loss since the entry.
  func profit(at price: Double) -> Double {
    switch contract {
    case .linear: side.sign * size * (price - entryPrice)
    case .inverse: side.sign * size * (1 / entryPrice - 1 / price)
    }
  }

  private static func value(contract: Contract, size: Double, price: Double) -> Double {
    switch contract {
    case .linear: size * price
    case .inverse: size / price
    }
  }
}
