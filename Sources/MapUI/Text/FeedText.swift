import Market

/// The state of a venue's feed in a sign and in words. The sign tells states apart without colour.
enum FeedText {
  /// A character for the state.
  static func sign(_ feed: FeedState) -> String {
    guard feed.isEnabled else { return "–" }
    return switch feed.status.health {
    case .live, .complete: "●"
    case .catchingUp: "◐"
    case .partial: "◍"
    case .stale: "○"
    case .refused: "×"
    }
  }

  /// What can be said of the state, from the longest wording to the shortest.
  static func words(_ feed: FeedState) -> [String] {
    guard feed.isEnabled else { return ["off"] }
    switch feed.status.health {
    case .live: return ["live"]
    case .complete: return ["complete"]
    case .catchingUp:
      guard let progress = feed.status.progress else { return ["catching up"] }
      guard progress > 0 else { return ["connecting"] }
      let percent = percent(progress)
      return [
        "catching up \(bar(progress, width: 12)) \(percent)",
        "\(bar(progress, width: 8)) \(percent)",
        percent,
      ]
    case .partial(let reason): return shortened("partial: \(reason)") + ["partial"]
    case .stale where feed.status.progress == 0:
      return shortened("no answer: \(feed.status.obstacle ?? "not yet")") + ["no answer"]
    case .stale(let since):
      let time = ClockText.time(since)
      let plain = ["STALE since \(time)", "STALE \(time.prefix(8))", "STALE"]
      guard let obstacle = feed.status.obstacle else { return plain }
      return shortened("\(plain[0]): \(obstacle)") + plain
    case .refused(let reason): return shortened("refused: \(reason)") + ["refused"]
    }
  }

  /// A sentence, and its beginnings where it is long.
  private static func shortened(_ text: String) -> [String] {
    let beginnings = [64, 40].flatMap { Wrap.lines(text, width: $0, limit: 1) }
    return [text] + beginnings.filter { $0 != text }
  }

  /// The venue's name in three letters.
  static func code(_ venue: Venue) -> String { String(venue.displayName.prefix(3)) }

  /// How much of something is done, as a bar.
  static func bar(_ share: Double, width: Int) -> String {
    let full = Int((min(max(share, 0), 1) * Double(width)).rounded(.down))
    return String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
  }

  private static func percent(_ share: Double) -> String {
    // 100 % would say that all is in, which the state itself says.
    let percent = min(max(share, 0), 0.99) * 100
    return NumberText.padded(NumberText.decimal(percent.rounded(.down), places: 0), 2) + "%"
  }
}
