/// Random numbers that depend on nothing but a seed and a place: the same place always holds the
/// same number, in whichever order places are asked for.
struct Noise: Sendable {
  private let seed: UInt64

  /// Numbers of a seed and a name.
  init(seed: UInt64, name: String) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    self.seed = Noise.mixed(hash)
  }

  /// All 64 bits of a place.
  func bits(_ place: Int64, _ which: UInt64 = 0) -> UInt64 {
    Noise.mixed(
      seed &+ UInt64(bitPattern: place) &* 0x9E37_79B9_7F4A_7C15 &+ which &* 0xD1B5_4A32_D192_ED03)
  }

  /// Uniform in 0 ..< 1.
  func unit(_ place: Int64, _ which: UInt64 = 0) -> Double {
    Double(bits(place, which) >> 11) * 0x1p-53
  }

  /// A whole number of 0 ..< count.
  func below(_ count: Int64, _ place: Int64, _ which: UInt64 = 0) -> Int64 {
    Int64(bits(place, which) >> 33) % max(count, 1)
  }

  /// Nearly normal, of mean 0 and deviation 1.
  func normal(_ place: Int64, _ which: UInt64 = 0) -> Double {
    let bits = bits(place, which)
    var sum = 0.0
    for part in 0..<4 { sum += Double(bits >> (UInt64(part) * 16) & 0xFFFF) / 65_536 }
    return (sum - 2) * 1.732_050_8
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
