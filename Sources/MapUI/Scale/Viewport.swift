import MapEngine

/// Which stretch of the map the screen shows, in log distance from the price, so that it stays
/// in its place relative to the price when the next snapshot has another price or another grid.
public struct Viewport: Hashable, Sendable {
  /// Log distance from the price to the middle of the stretch; negative below the price.
  public var centre: Double
  /// Log width of the stretch; nil for the whole map, whatever its range is.
  public var span: Double?

  /// A stretch of that middle and width.
  public init(centre: Double, span: Double?) {
    self.centre = centre
    self.span = span
  }

  /// The whole map.
  public static let whole = Viewport(centre: 0, span: nil)
}

/// How a stretch of the map falls onto columns of the screen. All columns are equally wide in
/// log price and their edges lie at whole multiples of that width from the price, so that panning
/// moves bars without reshaping them. The price has a column of its own.
struct ColumnScale: Hashable {
  /// The least width of a column in bins: a bin is never spread over more than four columns,
  /// since the map knows nothing finer.
  static let leastBins = 0.25

  /// The grid of the map.
  let grid: PriceGrid
  /// Columns on the screen, the price's own among them where it is in sight.
  let width: Int
  /// Width of a column, in bins of the grid.
  let binsPerColumn: Double
  /// The step, counted in columns from the price, that the leftmost column shows.
  let first: Int
  /// The screen's column of the price; nil where it is out of sight.
  let priceColumn: Int?
  /// Whether the whole map is in sight.
  let isWhole: Bool

  /// The columns that show `viewport`, moved and widened as far as the grid demands.
  init(grid: PriceGrid, viewport: Viewport, width: Int) {
    self.grid = grid
    self.width = max(width, 3)
    let sides = self.width - 1
    let below = Double(grid.anchor)
    let above = Double(grid.count - grid.anchor)
    let leftShare = (Double(sides) * below / Double(grid.count)).rounded()
    let left = min(max(Int(leftShare), 1), sides - 1)
    let whole = max(below / Double(left), above / Double(sides - left))
    let wanted = (viewport.span ?? .infinity) / grid.binWidth / Double(sides)
    guard wanted < whole * 0.999, whole > Self.leastBins else {
      binsPerColumn = whole
      first = -left
      priceColumn = left
      isWhole = true
      return
    }
    let bins = max(wanted, Self.leastBins)
    let lowest = -Int((below / bins - 1e-9).rounded(.up))
    let highest = Int((above / bins - 1e-9).rounded(.up))
    let middle = viewport.centre / grid.binWidth / bins
    var start = Int(min(max((middle - Double(sides) / 2).rounded(), -1e6), 1e6))
    start = max(min(start, highest - sides), lowest)
    if start > 0 { start = max(min(start, highest - self.width), 0) }
    binsPerColumn = bins
    first = start
    priceColumn = start <= 0 && -start < self.width ? -start : nil
    isWhole = false
  }

  /// Steps in sight, the price's own column left out.
  var steps: Range<Int> { first..<first + (priceColumn == nil ? width : width - 1) }

  /// Log width of a column.
  var columnWidth: Double { binsPerColumn * grid.binWidth }

  /// Log width of the stretch in sight.
  var span: Double { columnWidth * Double(width - 1) }

  /// Log distance from the price to the middle of the stretch in sight.
  var centre: Double { (Double(first) + Double(width - 1) / 2) * columnWidth }

  /// The step that a screen column shows; nil for the price's own column.
  func step(ofColumn column: Int) -> Int? {
    guard let priceColumn else { return first + column }
    return column == priceColumn ? nil : first + column - (column > priceColumn ? 1 : 0)
  }

  /// The screen column of a step; may lie outside of the screen.
  func column(ofStep step: Int) -> Int {
    guard priceColumn != nil else { return step - first }
    return step - first + (step >= 0 ? 1 : 0)
  }

  /// The step that holds a log distance; nil at the price itself.
  func step(ofDistance distance: Double) -> Int? {
    distance == 0
      ? nil : Int(min(max((distance / columnWidth).rounded(.down), -1e9), 1e9))
  }

  /// The screen column that holds a log distance; nil where it is out of sight.
  func column(ofDistance distance: Double) -> Int? {
    guard let step = step(ofDistance: distance) else { return priceColumn }
    let column = column(ofStep: step)
    return column >= 0 && column < width ? column : nil
  }

  /// The screen column of a price; nil where it is out of sight.
  func column(ofPrice price: Double) -> Int? {
    price == grid.price ? priceColumn : column(ofDistance: distance(ofPrice: price))
  }

  /// Log distance of a price from the map's own.
  func distance(ofPrice price: Double) -> Double {
    (grid.position(of: price) - Double(grid.anchor)) * grid.binWidth
  }

  /// The lower edge of a step in bins from the bottom of the grid.
  func position(ofStep step: Int) -> Double {
    Double(grid.anchor) + Double(step) * binsPerColumn
  }

  /// The price at the lower edge of a step.
  func price(ofStep step: Int) -> Double {
    step == 0 ? grid.price : grid.price(at: position(ofStep: step))
  }
}
