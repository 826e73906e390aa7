import MapEngine
import Market

/// A map and all that is said with it, byte for byte: the bit patterns of every number.
func canonicalBytes(
  of events: [MarketEvent], instrument: Instrument, asOf: Timestamp, timeframe: Timeframe
) throws -> [UInt8] {
  var history = MarketHistory()
  history.append(events)
  let request = MapRequest(
    instrument: instrument, timeframe: timeframe, bins: 80, asOf: asOf)
  let source = MapSource(name: "live", isSimulated: false)
  let snapshot = try MapBuilder(request: request, history: history, source: source).snapshot()
  var bytes: [UInt8] = []
  func put(_ value: Double?) {
    let pattern = value.map(\.bitPattern) ?? 0x7FF8_DEAD_0000_0000
    withUnsafeBytes(of: pattern.littleEndian) { bytes += $0 }
  }
  for venue in snapshot.map.venues { bytes += Array(venue.rawValue.utf8) }
  for cell in snapshot.map.cells { put(cell) }
  for total in snapshot.map.binTotals { put(total) }
  put(snapshot.map.price)
  let reading = snapshot.reading
  put(reading.atr)
  for cluster in reading.magnets + [reading.nearestLong, reading.nearestShort].compactMap({ $0 }) {
    bytes.append(cluster.side == .long ? 1 : 2)
    let numbers = [
      cluster.price, cluster.low, cluster.high, cluster.usd, cluster.density,
      cluster.distancePercent,
    ]
    for number in numbers + cluster.layers + cluster.venues { put(number) }
    put(cluster.distanceATR)
  }
  let fuel = reading.fuel
  for number in [fuel.whole, fuel.within1ATR, fuel.within2ATR, fuel.within5ATR] { put(number) }
  bytes += Array("\(reading.bias)".utf8)
  bytes += Array("\(snapshot.data) \(snapshot.asOf)".utf8)
  return bytes
}
