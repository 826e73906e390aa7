/// Spoils JSON text as venues have been seen to, deterministically.
enum Corruption {
  /// The text under a fault of contents; the same text for any other fault.
  static func spoiled(_ text: String, by fault: Fault, noise: Noise, place: Int64) -> String {
    switch fault {
    case .truncatedJSON:
      return String(decoding: text.utf8.prefix(text.utf8.count / 2), as: UTF8.self)
    case .unknownFields: return withUnknownFields(text)
    case .emptyNumbers: return replacingOne(text, noise, place) { _ in "\"\"" }
    case .wrongTypes:
      let values = ["{}", "[\"x\"]", "true", "\"abc\""]
      let value = values[Int(noise.below(Int64(values.count), place, 5))]
      return replacingOne(text, noise, place) { _ in value }
    case .scientificNotation: return replacingAll(text) { "\"" + scientific($0) + "\"" }
    case .bareNumbers: return replacingAll(text) { $0 }
    default: return text
    }
  }

  /// Fields of no meaning in the first object, or more columns in the first row.
  private static func withUnknownFields(_ text: String) -> String {
    if text.hasPrefix("[["), let end = text.firstIndex(of: "]") {
      return text[..<end] + ",\"0.5\",{\"new\":[]}" + text[end...]
    }
    guard let brace = text.firstIndex(of: "{") else { return text }
    let rest = text[text.index(after: brace)...]
    let fields = "\"zzNew\":{\"a\":[1,null,\"x\"],\"b\":false},\"zzFlag\":true"
    return text[...brace] + fields + (rest.hasPrefix("}") ? "" : ",") + rest
  }

  /// `1234.5` as `1.2345E+3`: the same number digit for digit.
  static func scientific(_ number: String) -> String {
    let isNegative = number.hasPrefix("-")
    let bare = isNegative ? number.dropFirst() : number[...]
    let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
    let digits = Array(parts.joined().utf8)
    guard let first = digits.firstIndex(where: { $0 != 0x30 }) else { return number }
    let exponent = parts[0].utf8.count - 1 - first
    let lead = String(decoding: digits[first...first], as: UTF8.self)
    let tail = String(decoding: digits[(first + 1)...], as: UTF8.self)
    let sign = exponent < 0 ? "-" : "+"
    return (isNegative ? "-" : "") + lead + (tail.isEmpty ? "" : "." + tail)
      + "E\(sign)\(abs(exponent))"
  }

  private static func replacingAll(_ text: String, _ make: (String) -> String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 64)
    var copied = 0
    for range in numbers(bytes) {
      result += bytes[copied..<range.lowerBound]
      let number = bytes[(range.lowerBound + 1)..<(range.upperBound - 1)]
      result += Array(make(String(decoding: number, as: UTF8.self)).utf8)
      copied = range.upperBound
    }
    return String(decoding: result + bytes[copied...], as: UTF8.self)
  }

  private static func replacingOne(
    _ text: String, _ noise: Noise, _ place: Int64, _ make: (String) -> String
  ) -> String {
    let bytes = Array(text.utf8)
    let found = numbers(bytes)
    guard !found.isEmpty else { return text }
    // In a row of a table the first numbers are the prices: one of those.
    let isTable =
      bytes.firstRange(of: Array("[[".utf8)) != nil
      || bytes.firstRange(of: Array("],[".utf8)) != nil
    let count = isTable ? min(found.count, 4) : found.count
    let range = found[Int(noise.below(Int64(count), place, 6))]
    let number = bytes[(range.lowerBound + 1)..<(range.upperBound - 1)]
    let value = Array(make(String(decoding: number, as: UTF8.self)).utf8)
    return String(
      decoding: bytes[..<range.lowerBound] + value + bytes[range.upperBound...], as: UTF8.self)
  }

  /// Where decimal numbers stand in quotes, quotes included. Whole numbers are left alone: most
  /// are times.
  private static func numbers(_ bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] == 0x22 else {
        place += 1
        continue
      }
      let begin = place
      place += 1
      var isNumber = true
      var points = 0
      while place < bytes.count, bytes[place] != 0x22 {
        let byte = bytes[place]
        if byte == 0x2E { points += 1 }
        let isSign = byte == 0x2D && place == begin + 1
        if !(0x30...0x39).contains(byte), byte != 0x2E, !isSign { isNumber = false }
        place += 1
      }
      place += 1
      let isName = place < bytes.count && bytes[place] == 0x3A
      if isNumber, points == 1, place - begin > 3, !isName, place <= bytes.count {
        found.append(begin..<place)
      }
    }
    return found
  }
}
