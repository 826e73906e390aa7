import MapEngine
import Market

extension FiredAlert {
  /// The alert as one JSON object: a line of `lodestone alerts --format json`, and what a webhook is
  /// told. `time` is in milliseconds since 1970; what isn't known is null.
  var json: String {
    var line = JSONLine()
    line.add("time", time.milliseconds)
    line.add("instrument", instrument.symbol)
    line.add("kind", rule.condition.kind)
    line.add("rule", rule.description)
    line.add("sentence", sentence)
    line.add("basis", basis.rawValue)
    line.add("simulated", isSimulated)
    line.add("price", price)
    line.add("side", side?.rawValue)
    line.add("level", level)
    line.add("usd", usd)
    line.add("venues", venues.map(\.rawValue))
    return line.text
  }

  /// The alert as a line to read.
  var text: String {
    "\(time)  \(isSimulated ? "SIMULATED  " : "")\(rule.condition.kind): \(sentence)"
  }
}
