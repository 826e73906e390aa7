/// The different texts of a table's symbol column, which mostly repeats the one before.
struct SymbolColumn {
  private(set) var names: [String] = []
  private var places: [String: Int] = [:]
  private var last: (text: ArraySlice<UInt8>, index: Int)?

  mutating func index(of text: ArraySlice<UInt8>) -> Int {
    if let last, last.text.elementsEqual(text) { return last.index }
    let name = String(decoding: text, as: UTF8.self)
    let index = places[name] ?? names.count
    if index == names.count {
      names.append(name)
      places[name] = index
    }
    last = (text, index)
    return index
  }
}
