import Market

/// The shares of one venue as its facts come in: learned anew at a steady pace, from what was
/// published by then.
///
/// A fit looks at 45 days, so it costs more than the bar it would be made for, and a bar hardly
/// moves it. It is made at whole multiples of the pace since 1970 (midnight, UTC, for a day), so
/// that which shares a moment is drawn with depends on the moment alone.
struct RunningShares: Sendable {
  /// Where the shares come from.
  let learning: ShareLearning
  /// The time between two fits.
  let pace: Span
  /// The shares as of the last fit.
  private(set) var fit: ShareFit
  /// What the last fit learned from ended here; nil before the first.
  private var learnedAt: Timestamp?

  /// The pace of a running market.
  static let standardPace = Span.days(1)

  /// The prior's shares, until something is learned.
  init(
    _ learning: ShareLearning, components: [LeverageComponent],
    pace: Span = RunningShares.standardPace
  ) {
    precondition(pace.milliseconds > 0, "a pace goes on")
    self.learning = learning
    self.pace = pace
    fit = ShareFit(prior: components)
  }

  /// Goes on to a moment.
  ///
  /// - Parameters:
  ///   - book: what crossed; it may have taken intervals up to the moment, of which only those
  ///     before the fit's own end are learned from.
  ///   - published: what the venue published, in order of time.
  mutating func advance(to moment: Timestamp, book: CalibratedBook, published: [PublishedSize]) {
    let end: Timestamp
    switch learning {
    case .none: return
    case .frozen(let limit) where limit <= moment: end = limit
    case .live, .frozen:
      let steps = moment.milliseconds.quotientRoundedDown(by: pace.milliseconds)
      end = Timestamp(milliseconds: steps * pace.milliseconds)
    }
    guard end != learnedAt else { return }
    learnedAt = end
    fit = learning.fit(book, published: published, asOf: end, from: fit)
  }
}
