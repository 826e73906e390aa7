import CZlib

/// Gzip streams, unpacked by zlib.
enum Gzip {
  /// The bytes that `content` packs, all members of it; the checksums are checked.
  static func unpack(
    _ content: [UInt8], file: String, prefix: Int?, sizeLimit: Int
  ) throws(FileError) -> [UInt8] {
    var stream = z_stream()
    // 15 bits of window, and 16 to ask for the gzip wrapper.
    guard
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      throw FileError.damaged(file: file, reason: "zlib won't start to unpack it")
    }
    defer { inflateEnd(&stream) }

    var output: [UInt8] = []
    if prefix == nil { output.reserveCapacity(min(content.count * 4, sizeLimit)) }
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    var consumed = 0
    while true {
      let step = inflateStep(&stream, content, from: consumed, into: &chunk)
      consumed += step.taken
      output += chunk[..<step.given]
      if let prefix, output.count >= prefix { return output }
      guard output.count <= sizeLimit else { throw TableBytes.tooLarge(file, limit: sizeLimit) }
      switch step.status {
      case Z_OK:
        continue
      case Z_STREAM_END:
        // Another member may follow; anything else after the end is padding.
        guard content[consumed...].starts(with: [0x1F, 0x8B]) else { return output }
        inflateReset(&stream)
      case Z_BUF_ERROR where consumed == content.count:
        throw FileError.damaged(file: file, reason: "the gzip stream ends early")
      default:
        let reason = stream.msg.map { String(cString: $0) } ?? "code \(step.status)"
        throw FileError.damaged(file: file, reason: "the gzip stream is broken (\(reason))")
      }
    }
  }

  /// One call of `inflate` from `content[start...]` into `chunk`, and how far it came.
  private static func inflateStep(
    _ stream: inout z_stream, _ content: [UInt8], from start: Int, into chunk: inout [UInt8]
  ) -> (status: Int32, taken: Int, given: Int) {
    content.withUnsafeBufferPointer { input in
      chunk.withUnsafeMutableBufferPointer { output in
        let available = min(input.count - start, 1 << 30)
        // zlib never writes to its input; its C type merely lacks the const.
        stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + start) }
        stream.avail_in = UInt32(available)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        let taken = available - Int(stream.avail_in)
        let given = output.count - Int(stream.avail_out)
        stream.next_in = nil
        stream.next_out = nil
        return (status, taken, given)
      }
    }
  }
}
