/// A seeded stream of random numbers: xoshiro256** (Blackman and Vigna 2018), whose state is
/// filled by splitmix64. The same seed and name give the same numbers on every run.
struct RandomStream: Sendable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// The stream of that name under that seed; streams of different names are unrelated.
  init(seed: UInt64, name: String) {
    var state = RandomStream.derivedSeed(seed, name)
    s0 = RandomStream.splitmix(&state)
    s1 = RandomStream.splitmix(&state)
    s2 = RandomStream.splitmix(&state)
    s3 = RandomStream.splitmix(&state)
  }

  /// A seed that depends on every bit of `seed` and every byte of `name` (FNV-1a, then mixed).
  static func derivedSeed(_ seed: UInt64, _ name: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    var state = seed
    let mixed = splitmix(&state)
    state = mixed ^ hash
    return splitmix(&state)
  }

  private static func splitmix(_ state: inout UInt64) -> UInt64 {
    state = state &+ 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// The next 64 random bits.
  mutating func next() -> UInt64 {
    let product = s1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << 45) | (s3 >> 19)
    return result
  }

  /// A number from 0 (included) to 1 (excluded), evenly spread.
  mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A nearly normal number of mean 0 and standard deviation 1: the sum of four uniform ones out
  /// of one draw. It stays within ±3.47: the fat tails of the market come from its volatility,
  /// its jumps and its cascades, and no trader has an absurd size or holding time.
  mutating func normal() -> Double {
    let bits = next()
    let sum = (bits & 0xffff) &+ ((bits >> 16) & 0xffff) &+ ((bits >> 32) & 0xffff) &+ (bits >> 48)
    return (Double(sum) - 131_070) * 2.642_898_9e-5
  }
}
