/// The bytes of a table, taken out of whatever wraps them.
enum TableBytes {
  /// The most that a table may hold once unpacked: room for ten years of one-minute candles
  /// twenty times over, and an end to archives that unpack without one.
  static let sizeLimit = 2 << 30

  /// The text within `content`: a gzip stream, a zip archive of one table, or the text itself.
  /// They are told apart by their first bytes, not by name.
  ///
  /// With a `prefix` only about so many bytes of the text are unpacked, and what lies beyond is
  /// neither read nor checked. Throws `empty`, `damaged` or `notTable`, which name `file`.
  static func unpack(
    _ content: [UInt8], file: String, prefix: Int? = nil, sizeLimit: Int = sizeLimit
  ) throws(FileError) -> [UInt8] {
    guard !content.isEmpty else { throw FileError.empty(file: file) }
    let text: [UInt8]
    if content.starts(with: [0x1F, 0x8B]) {
      text = try Gzip.unpack(content, file: file, prefix: prefix, sizeLimit: sizeLimit)
    } else if content.starts(with: [0x50, 0x4B]) {
      text = try ZipArchive.unpack(content, file: file, prefix: prefix, sizeLimit: sizeLimit)
    } else {
      text = content
    }
    guard !text.isEmpty else { throw FileError.empty(file: file) }
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      throw FileError.notTable(file: file, reason: "it is UTF-16 text; save it as UTF-8")
    }
    if text.prefix(4_096).contains(0) {
      throw FileError.notTable(file: file, reason: "it holds binary data, not text")
    }
    return text
  }

  /// The error of a table that outgrows `limit`.
  static func tooLarge(_ file: String, limit: Int) -> FileError {
    FileError.notTable(file: file, reason: "it is larger than \(limit >> 20) MiB")
  }
}
