import NIOSSL

/// Whom the transport believes: the system's certificate authorities and those of one more file.
///
/// There is no switch that turns the checks off.
public struct Trust: Sendable {
  /// The file of extra authorities, in PEM.
  public let extraFile: String?
  private let extra: [NIOSSLCertificate]

  /// The system's authorities alone.
  public static let system = Trust()

  private init() {
    extraFile = nil
    extra = []
  }

  /// The system's authorities and those of a PEM file.
  /// - Throws: a `TrustError` where the file can't be read or holds no certificate.
  public init(extraFile path: String) throws(TrustError) {
    do {
      extra = try NIOSSLCertificate.fromPEMFile(path)
    } catch {
      throw TrustError(path: path)
    }
    guard !extra.isEmpty else { throw TrustError(path: path) }
    extraFile = path
  }

  /// The system's authorities and those of the file that `SSL_CERT_FILE` names, if it does.
  /// - Throws: a `TrustError` where the file can't be read or holds no certificate.
  public init(environment: [String: String]) throws(TrustError) {
    guard let path = environment["SSL_CERT_FILE"], !path.isEmpty else {
      self.init()
      return
    }
    try self.init(extraFile: path)
  }

  /// TLS as a client, with the peer's certificate and name always checked.
  var configuration: TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.certificateVerification = .fullVerification
    configuration.applicationProtocols = ["http/1.1"]
    if !extra.isEmpty { configuration.additionalTrustRoots = [.certificates(extra)] }
    return configuration
  }
}

/// Why a file of certificate authorities can't be used.
public struct TrustError: Error, Hashable, Sendable, CustomStringConvertible {
  public let path: String

  public var description: String {
    "\(Printable.quoted(path)) (SSL_CERT_FILE) can't be read as certificates in PEM form"
  }
}
