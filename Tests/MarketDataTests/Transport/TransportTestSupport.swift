import Foundation
import Market
import Testing
import VenueEmulator

@testable import MarketData

/// Trust in the tests' own authority, read from a file as `SSL_CERT_FILE` would be.
func testTrust() throws -> Trust {
  let file = FileManager.default.temporaryDirectory
    .appending(path: "lodestone-\(UUID().uuidString).pem")
  try EmulatorCertificates.authority.write(to: file, atomically: true, encoding: .utf8)
  defer { try? FileManager.default.removeItem(at: file) }
  return try Trust(environment: ["SSL_CERT_FILE": file.path()])
}

/// The cause of the `TransportError` that the work fails with.
func cause<T>(_ work: () async throws -> T) async -> TransportError.Cause? {
  do {
    _ = try await work()
    return nil
  } catch {
    return (error as? TransportError)?.cause
  }
}

/// A tiny HTTP CONNECT proxy or SOCKS5 proxy that joins each client with the port of the test's server.
func proxyServer(to port: Int, socks: Bool, asked: @escaping @Sendable (String) -> Void)
  async throws
  -> TestServer
{
  try await TestServer { peer, bytes in
    if socks {
      if bytes.first == 5, bytes.count == 3 {
        peer.send([5, 0])
        return 3
      }
      guard bytes.count > 6, bytes[0] == 5, bytes[1] == 1, bytes[3] == 3,
        bytes.count >= 7 + Int(bytes[4])
      else { return 0 }
      let count = 7 + Int(bytes[4])
      asked(String(decoding: bytes[5..<(count - 2)], as: UTF8.self))
      peer.join(port, greeting: [5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
      return count
    }
    guard let head = requestHead(bytes) else { return 0 }
    asked(head.text)
    peer.join(port, greeting: Array("HTTP/1.1 200 Connection established\r\n\r\n".utf8))
    return head.count
  }
}
