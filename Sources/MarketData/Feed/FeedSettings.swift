import Market

/// Which venues are asked, where, and how they are reached.
public struct FeedSettings: Sendable {
  /// One venue's part of the settings.
  public struct VenueSettings: Hashable, Sendable {
    /// Where its REST interface is.
    public var rest: Endpoint
    /// Where its streams are.
    public var stream: Endpoint
    /// Whether it takes part.
    public var isEnabled: Bool

    /// A venue at those endpoints.
    public init(rest: Endpoint, stream: Endpoint, isEnabled: Bool = true) {
      self.rest = rest
      self.stream = stream
      self.isEnabled = isEnabled
    }
  }

  /// The venues that can take part.
  public var venues: [Venue: VenueSettings]
  /// Which proxy is used for what.
  public var proxies: ProxySettings
  /// Whose certificates are believed.
  public var trust: Trust
  /// The time.
  public var clock: TransportClock

  /// These venues, reached so.
  public init(
    venues: [Venue: VenueSettings], proxies: ProxySettings = .none, trust: Trust = .system,
    clock: TransportClock = .system
  ) {
    self.venues = venues
    self.proxies = proxies
    self.trust = trust
    self.clock = clock
  }
}
