import MapEngine
import Market
import Terminal

/// A drag of the position that somebody asks about.
struct PositionDrag: Hashable, Sendable {
  /// The column that was pressed.
  var column: Int
  /// The entry at that moment.
  var entry: Double
  /// Whether the pointer has left that column.
  var hasMoved = false
}

/// The numbers of a position in steps, as the wheel changes them.
enum PositionSteps {
  /// A number the given count of steps further. A step is one of the digit `digits` places behind
  /// the first; what would come to nothing takes the next finer one.
  static func stepped(_ value: Double, by steps: Int, digits: Int) -> Double {
    guard value.isFinite, value > 0 else { return value }
    var unit = exponent(of: value) - digits
    var next = multiple(of: unit, near: value, plus: steps)
    while next <= 0 {
      unit -= 1
      next = multiple(of: unit, near: value, plus: steps)
    }
    return next
  }

  /// A number to so many digits.
  static func rounded(_ value: Double, digits: Int) -> Double {
    stepped(value, by: 0, digits: digits - 1)
  }

  /// The power of ten of a number's first digit.
  private static func exponent(of value: Double) -> Int {
    var exponent = 0
    while value >= power(exponent + 1), exponent < 300 { exponent += 1 }
    while value < power(exponent), exponent > -300 { exponent -= 1 }
    return exponent
  }

  private static func power(_ exponent: Int) -> Double {
    let size = (0..<abs(exponent)).reduce(1.0) { product, _ in product * 10 }
    return exponent < 0 ? 1 / size : size
  }

  private static func multiple(of unit: Int, near value: Double, plus steps: Int) -> Double {
    // Dividing by a whole power gives the number that its digits stand for.
    let size = power(abs(unit))
    let count = (unit < 0 ? value * size : value / size).rounded() + Double(steps)
    return unit < 0 ? count / size : count * size
  }
}

extension PositionPrompt {
  /// The columns of each field of the text, from its first character: side, entry, leverage, coins,
  /// venue.
  var fields: [Range<Int>] {
    var fields: [Range<Int>] = []
    var start = 0
    for (index, character) in text.enumerated() where ":@".contains(character) {
      fields.append(start..<index)
      start = index + 1
    }
    return fields + [start..<text.count]
  }

  /// Changes a field by steps: the side to the other one, numbers up or down. What is no number
  /// stays.
  mutating func step(field: Int, by steps: Int) {
    let fields = fields
    guard fields.indices.contains(field) else { return }
    let characters = Array(text)
    let old = String(characters[fields[field]])
    guard let new = Self.stepped(old, field: field, by: steps) else { return }
    let end = String(characters[fields[field].upperBound...])
    text = String(characters[..<fields[field].lowerBound]) + new + end
    error = nil
  }

  private static func stepped(_ old: String, field: Int, by steps: Int) -> String? {
    switch field {
    case 0:
      return Side(rawValue: old.lowercased()).map { ($0 == .long ? Side.short : .long).rawValue }
    case 2:
      let digits = old.hasSuffix("x") ? String(old.dropLast()) : old
      return Double(digits).map { "\(PositionWish.plain(max($0.rounded() + Double(steps), 1)))x" }
    case 1, 3:
      return Double(old).map {
        PositionWish.plain(PositionSteps.stepped($0, by: steps, digits: field == 1 ? 3 : 0))
      }
    default: return nil
    }
  }
}

extension AppState {
  /// What the wheel changes on the line of a position; an empty line begins at the price.
  mutating func turnPosition(field: Int?, by steps: Int) {
    guard var open = positionPrompt else { return }
    if open.text.isEmpty, let snapshot {
      let entry = PositionSteps.rounded(snapshot.price, digits: 4)
      open = PositionPrompt(text: "long:\(PositionWish.plain(entry)):10x:1")
    } else if let field {
      open.step(field: field, by: steps)
    }
    positionPrompt = open
  }

  /// Changes the leverage of the position that is drawn.
  mutating func turnLeverage(by steps: Int) {
    guard let wish = position else { return }
    let old = wish.position
    change(
      entry: old.entry, leverage: max(old.leverage.rounded() + Double(steps), 1), of: wish)
    tellPosition()
  }

  /// Begins a drag of the position that is drawn.
  mutating func holdPosition(at x: Int) {
    guard let position else { return }
    positionDrag = PositionDrag(column: x, entry: position.position.entry)
  }

  /// Moves the entry with the pointer, and so the liquidation price under it.
  mutating func dragPosition(to x: Int) {
    guard var drag = positionDrag, let wish = position,
      let scene = Scene(self, width: width, height: height)
    else { return }
    guard x != drag.column || drag.hasMoved else { return }
    drag.hasMoved = true
    positionDrag = drag
    let distance = Double(x - drag.column) * scene.scale.columnWidth
    let entry = LogPrice.price(LogPrice.log(drag.entry) + distance)
    change(
      entry: PositionSteps.rounded(entry, digits: 5), leverage: wish.position.leverage, of: wish)
  }

  /// Ends the drag; a click that moved nothing opens the line.
  mutating func releasePosition() {
    guard let drag = positionDrag else { return }
    positionDrag = nil
    if drag.hasMoved { tellPosition() } else { positionPrompt = PositionPrompt(position) }
  }

  private mutating func change(entry: Double, leverage: Double, of wish: PositionWish) {
    let old = wish.position
    let new = try? StatedPosition(
      side: old.side, entry: entry, leverage: leverage, quantity: old.quantity)
    // Numbers that are none change nothing.
    if let new { position = PositionWish(new, venue: wish.venue) }
  }

  private mutating func tellPosition() {
    message = positionCheck.map { Message(PositionText.sentences($0), ticks: 12) }
  }
}
