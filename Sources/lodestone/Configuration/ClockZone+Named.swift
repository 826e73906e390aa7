import Foundation
import MapUI
import Market

extension ClockZone {
  /// The time zone of a name: `UTC`, `local`, or one of the time zone database. Nil where there is
  /// none. Offsets are those from 2010 to 2045.
  init?(named name: String) {
    let zone: TimeZone
    switch name {
    case "UTC":
      self = .utc
      return
    case "local": zone = .current
    default:
      guard !name.isEmpty, let known = TimeZone(identifier: name) else { return nil }
      zone = known
    }
    let day = 86_400
    let first = 1_262_304_000
    let last = 2_366_841_600
    func offset(_ second: Int) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
    }
    func transition(_ second: Int) -> Transition {
      Transition(
        from: Timestamp(milliseconds: Int64(second) * 1_000),
        offset: .seconds(Int64(offset(second))))
    }
    var transitions = [transition(first)]
    // No zone changes its clocks twice within a week.
    for start in stride(from: first, to: last, by: 7 * day) {
      var before = start
      var after = start + 7 * day
      guard offset(before) != offset(after) else { continue }
      while after - before > 1 {
        let middle = (before + after) / 2
        if offset(middle) == offset(before) { before = middle } else { after = middle }
      }
      transitions.append(transition(after))
    }
    self.init(transitions: transitions)
  }
}
