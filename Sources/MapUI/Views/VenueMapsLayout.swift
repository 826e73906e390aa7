/// Where the rows of the venues' maps stand above the axis that they share with the map. Where the
/// window is low the row of sides goes first, then bars down to a row each, then whole venues from
/// the last one up: those that aren't shown are counted.
struct VenueMapsLayout: Hashable {
  /// A row in its place.
  struct Place: Hashable {
    /// The line of words.
    let heading: Int
    /// The rows of its bars; empty where there are none.
    let bars: Range<Int>
  }

  /// Whose side is where, and the price; nil where there is no room.
  let sides: Int?
  /// The rows that are shown, from the sum down.
  let places: [Place]
  /// The line that says how many venues are left out; nil where none is.
  let rest: Int?

  /// A layout between two rows of the screen for rows that have bars or not.
  init(y: Range<Int>, hasBars: [Bool]) {
    func least(_ count: Int) -> Int {
      hasBars.prefix(count).reduce(0) { $0 + ($1 ? 2 : 1) }
    }
    sides = y.count > least(hasBars.count) + 2 ? y.lowerBound : nil
    let top = y.lowerBound + (sides == nil ? 0 : 1)
    let room = max(y.upperBound - top, 0)
    var shown = hasBars.count
    while shown > 0, least(shown) + (shown < hasBars.count ? 1 : 0) > room { shown -= 1 }
    let isCut = shown < hasBars.count && room > 0
    rest = isCut ? y.upperBound - 1 : nil
    let barred = hasBars.prefix(shown).count { $0 }
    let free = max(room - shown - (isCut ? 1 : 0), 0)
    let each = barred > 0 ? free / barred : 0
    // The sum takes what doesn't divide.
    var more = barred > 0 ? free % barred : 0
    var row = top
    var places: [Place] = []
    for has in hasBars.prefix(shown) {
      let count = has ? each + more : 0
      if has { more = 0 }
      places.append(Place(heading: row, bars: row + 1..<row + 1 + count))
      row += 1 + count
    }
    self.places = places
  }
}
