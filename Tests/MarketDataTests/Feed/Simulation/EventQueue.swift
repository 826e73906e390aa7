import Market

/// Events in order of their time; those of one moment in the order in which they were put.
struct EventQueue<Event> {
  private struct Entry {
    let time: Timestamp
    let number: Int
    let event: Event
  }

  private var heap: [Entry] = []
  private var count = 0

  var next: Timestamp? { heap.first?.time }

  mutating func put(_ event: Event, at time: Timestamp) {
    heap.append(Entry(time: time, number: count, event: event))
    count += 1
    var place = heap.count - 1
    while place > 0, isBefore(place, (place - 1) / 2) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func take() -> (time: Timestamp, event: Event)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.time, first.event)
  }

  private mutating func sink() {
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if isBefore(child, least) { least = child }
      }
      if least == place { return }
      heap.swapAt(place, least)
      place = least
    }
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    (heap[left].time, heap[left].number) < (heap[right].time, heap[right].number)
  }
}
