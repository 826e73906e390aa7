import Foundation
import Glibc

/// A client that sees every byte: a plain socket to a port of this machine.
final class WireClient {
  enum Ended: Error { case beforeAnswer, amidBody, amidFrame, betweenFrames }

  struct Frame {
    let opcode: UInt8
    let isLast: Bool
    let text: String
  }

  private let socket: Int32
  private var bytes: [UInt8] = []

  init(port: Int) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Ended.beforeAnswer }
  }

  func close() { _ = Glibc.close(socket) }

  /// A whole answer, head and body.
  func get(_ path: String) throws -> String {
    write("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    return try answer()
  }

  func upgrade(_ path: String) throws -> String {
    write(
      "GET \(path) HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
    return try answer()
  }

  func send(text: String) {
    let payload = Array(text.utf8)
    let mask: [UInt8] = [1, 2, 3, 4]
    let masked = payload.enumerated().map { $0.element ^ mask[$0.offset & 3] }
    let length: [UInt8] =
      payload.count < 126
      ? [0x80 | UInt8(payload.count)]
      : [0xFE, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    write([0x81] + length + mask + masked)
  }

  func frame() throws -> Frame {
    let head = try take(2, orElse: .betweenFrames)
    var count = Int(head[1] & 127)
    if count == 126 {
      count = try take(2, orElse: .amidFrame).reduce(0) { $0 << 8 | Int($1) }
    } else if count == 127 {
      count = try take(8, orElse: .amidFrame).reduce(0) { $0 << 8 | Int($1) }
    }
    let payload = try take(count, orElse: .amidFrame)
    return Frame(
      opcode: head[0] & 15, isLast: head[0] & 0x80 != 0,
      text: String(decoding: payload, as: UTF8.self))
  }

  private func answer() throws -> String {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
      head += try take(1, orElse: .beforeAnswer)
    }
    let text = String(decoding: head, as: UTF8.self)
    let line = text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length") }
    let count = line.flatMap { Int($0.drop { !$0.isNumber }) } ?? 0
    return text + String(decoding: try take(count, orElse: .amidBody), as: UTF8.self)
  }

  private func take(_ count: Int, orElse ended: Ended) throws -> [UInt8] {
    while bytes.count < count {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let read = recv(socket, &buffer, buffer.count, 0)
      guard read > 0 else { throw ended }
      bytes += buffer.prefix(read)
    }
    defer { bytes.removeFirst(count) }
    return Array(bytes.prefix(count))
  }

  private func write(_ text: String) { write(Array(text.utf8)) }

  private func write(_ bytes: [UInt8]) {
    _ = Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }
}
