/// Where the parts of the heatmap stand.
///
///     plot ............................. profile  ┤ prices
///     liquidated, a bar a column ............ what the highest is
///     times                                         UTC
///     ramp, or what the crosshair is at
///     what the marks mean
///
/// What gives way when a window gets narrower, in this order: the profile, below 70 columns; labels
/// of magnets, then those of breaks, where they would touch others; in each line what matters least,
/// by the ranks of its items. When it gets lower: the second row of what was liquidated, below 26 rows;
/// the first one, below 16; labels of the axis.
struct HeatmapLayout: Hashable {
  /// Columns of the plot.
  let plotX: Range<Int>
  /// Rows of the plot.
  let plotY: Range<Int>
  /// Columns of the profile; nil where there is no room.
  let profileX: Range<Int>?
  /// Columns of the axis of prices: a tick and the label.
  let axisX: Range<Int>
  /// Rows of what was liquidated: shorts, then longs; both in one row, or none, where there is no room
  /// for two; none where nothing was published.
  let tape: Range<Int>
  /// The row of times.
  let times: Int
  /// The row of the ramp, or of what the crosshair is at.
  let legend: Int
  /// The row that says what the marks mean.
  let key: Int

  /// The least columns with a profile.
  static let leastWithProfile = 70
  /// The least rows with one row of what was liquidated, and with two.
  static let leastWithTape = 16
  static let leastWithBothSides = 26

  /// The layout of an area, with room for prices of so many characters; `hasTape` says whether any
  /// liquidation was published.
  init(area: ViewArea, priceLength: Int, hasTape: Bool = false) {
    let axis = min(priceLength + 2, max(area.x.count / 3, 1))
    let axisStart = area.x.upperBound - axis
    let profile =
      area.x.count >= Self.leastWithProfile ? min(max(area.x.count / 8, 8), 26) : 0
    let plotEnd = axisStart - profile
    plotX = area.x.lowerBound..<max(plotEnd, area.x.lowerBound + 1)
    profileX = profile > 0 ? plotX.upperBound + 1..<axisStart : nil
    axisX = axisStart..<area.x.upperBound
    key = area.y.upperBound - 1
    legend = key - 1
    times = legend - 1
    let rows = area.y.count
    let taken =
      !hasTape || rows < Self.leastWithTape ? 0 : rows < Self.leastWithBothSides ? 1 : 2
    tape = times - taken..<times
    plotY = area.y.lowerBound..<max(tape.lowerBound, area.y.lowerBound + 1)
  }
}
