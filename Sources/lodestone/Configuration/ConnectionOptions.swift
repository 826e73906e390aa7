import ArgumentParser
import Foundation
import Market
import MarketData

/// The configuration file, and what of it the arguments overrule.
///
/// The order is: arguments, then the environment, then the file, then the defaults.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The configuration instead of lodestone/config.toml below XDG_CONFIG_HOME or ~/.config.",
      valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "Which venues take part, whatever the configuration says: "
        + Venue.real.map(\.rawValue).joined(separator: ", ") + ".", valueName: "a,b"))
  var venues: String?

  @Option(
    help: ArgumentHelp(
      "The proxy for everything: http://, socks5:// or socks5h://. The default is what "
        + "HTTPS_PROXY, ALL_PROXY and NO_PROXY say.", valueName: "url"))
  var proxy: String?

  @Option(
    name: .customLong("rest-url"),
    help: ArgumentHelp(
      "The base of a venue's REST interface, for a mirror or a test net; may be repeated.",
      valueName: "venue=url"))
  var restURLs: [String] = []

  @Option(
    name: .customLong("stream-url"),
    help: ArgumentHelp(
      "The base of a venue's streams; may be repeated. http:// and ws:// are for loopback "
        + "addresses only.", valueName: "venue=url"))
  var streamURLs: [String] = []

  /// The configuration in force. Reads the file. What of it can't be used is in its `problems`;
  /// `themes` are the names that there are.
  func configuration(environment: [String: String], themes: [String]) throws -> Configuration {
    do {
      return try Configuration.load(path: config, environment: environment, themes: themes)
    } catch {
      throw CommandFailure(.usage, error.description)
    }
  }

  /// How venues are reached.
  func feedSettings(
    _ configuration: Configuration, environment: [String: String]
  ) throws -> FeedSettings {
    // A proxy or a host that was meant and can't be read is no reason to go to the venues past it.
    if let gravest = configuration.gravest { throw CommandFailure(.usage, "\(gravest)") }
    do {
      return FeedSettings(
        venues: try venueSettings(configuration), proxies: try proxies(configuration, environment),
        trust: try Trust(environment: environment))
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  private func venueSettings(
    _ configuration: Configuration
  ) throws -> [Venue: FeedSettings.VenueSettings] {
    let chosen = try venues.map(Self.chosen)
    let rest = try Self.endpoints(restURLs, kind: .rest, option: "--rest-url")
    let stream = try Self.endpoints(streamURLs, kind: .stream, option: "--stream-url")
    var settings: [Venue: FeedSettings.VenueSettings] = [:]
    for venue in Venue.real {
      let part = configuration.venues[venue] ?? Configuration.VenuePart()
      // The file's headers are for the file's host or the venue itself: one may be a secret that a
      // host named by an argument has no business with.
      guard let usual = try VenueBases.endpoints(of: venue, headers: part.headers) else { continue }
      settings[venue] = FeedSettings.VenueSettings(
        rest: rest[venue] ?? part.rest ?? usual.rest,
        stream: stream[venue] ?? part.stream ?? usual.stream,
        isEnabled: chosen?.contains(venue) ?? part.isEnabled ?? true)
    }
    return settings
  }

  private func proxies(
    _ configuration: Configuration, _ environment: [String: String]
  ) throws -> ProxySettings {
    if let proxy {
      do {
        return ProxySettings(explicit: try Proxy(proxy))
      } catch {
        throw Refusal("--proxy: \(error)")
      }
    }
    let names = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"]
    let isSet = names.contains { name in
      environment[name].map { !$0.isEmpty } ?? false
        || environment[name.lowercased()].map { !$0.isEmpty } ?? false
    }
    var environment = environment
    // The environment may name hosts that are reached directly without naming a proxy.
    if !isSet, let configured = configuration.proxy { environment["ALL_PROXY"] = configured }
    do {
      return try ProxySettings(environment: environment)
    } catch {
      throw Refusal("the environment's proxy: \(error)")
    }
  }

  private static func chosen(_ list: String) throws -> Set<Venue> {
    var chosen: Set<Venue> = []
    for word in list.split(separator: ",") {
      chosen.insert(try venue(String(word).trimmingCharacters(in: .whitespaces), "--venues"))
    }
    guard !chosen.isEmpty else { throw Refusal("--venues names no venue; write \(venueNames)") }
    return chosen
  }

  private static func endpoints(
    _ texts: [String], kind: Endpoint.Kind, option: String
  ) throws -> [Venue: Endpoint] {
    var endpoints: [Venue: Endpoint] = [:]
    for text in texts {
      let words = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard words.count == 2 else {
        throw Refusal("\(option) \"\(text)\" must be a venue, = and a URL")
      }
      do {
        endpoints[try venue(words[0], option)] = try Endpoint(words[1], kind: kind)
      } catch let error as EndpointError {
        throw Refusal("\(option) \(words[0]): \(error)")
      }
    }
    return endpoints
  }

  private static func venue(_ name: String, _ option: String) throws -> Venue {
    guard let venue = Venue(rawValue: name.lowercased()), !venue.isSimulated else {
      throw Refusal("\(option): \"\(name)\" is no venue; allowed are \(venueNames)")
    }
    return venue
  }

  private static var venueNames: String {
    ConfigurationReader.list(Venue.real.map(\.rawValue), "and")
  }
}
