import CZip

/// Zip archives of one table, as data.binance.vision ships them, unpacked by libzip.
enum ZipArchive {
  /// The bytes of the one file in the archive; its checksum is checked.
  static func unpack(
    _ content: [UInt8], file: String, prefix: Int?, sizeLimit: Int
  ) throws(FileError) -> [UInt8] {
    // libzip reads the archive in place, so everything happens while the bytes are pinned.
    let result = content.withUnsafeBytes { bytes in
      Result { () throws(FileError) in
        try unpack(pinned: bytes, file: file, prefix: prefix, sizeLimit: sizeLimit)
      }
    }
    return try result.get()
  }

  private static func unpack(
    pinned bytes: UnsafeRawBufferPointer, file: String, prefix: Int?, sizeLimit: Int
  ) throws(FileError) -> [UInt8] {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard
      let source = zip_source_buffer_create(bytes.baseAddress, UInt64(bytes.count), 0, &error)
    else { throw FileError.damaged(file: file, reason: message(&error)) }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      let reason = message(&error)
      zip_source_free(source)
      throw FileError.damaged(file: file, reason: "the zip archive can't be opened (\(reason))")
    }
    defer { zip_discard(archive) }

    let index = try onlyTable(in: archive, file: file)
    guard let entry = zip_fopen_index(archive, index, 0) else {
      throw FileError.damaged(
        file: file,
        reason: "the zip archive's file can't be opened (\(message(zip_get_error(archive))))")
    }
    defer { zip_fclose(entry) }

    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = zip_fread(entry, &chunk, UInt64(chunk.count))
      guard count >= 0 else {
        throw FileError.damaged(
          file: file,
          reason: "the zip archive's file is broken (\(message(zip_file_get_error(entry))))")
      }
      if count == 0 { return output }
      output += chunk[..<Int(count)]
      if let prefix, output.count >= prefix { return output }
      guard output.count <= sizeLimit else { throw TableBytes.tooLarge(file, limit: sizeLimit) }
    }
  }

  /// The index of the archive's one file; folders and what macOS adds to an archive don't count.
  private static func onlyTable(
    in archive: OpaquePointer, file: String
  ) throws(FileError) -> UInt64 {
    var found: [(index: UInt64, name: String)] = []
    for index in 0..<UInt64(max(0, zip_get_num_entries(archive, 0))) {
      guard let pointer = zip_get_name(archive, index, 0) else { continue }
      let name = String(cString: pointer)
      if name.hasSuffix("/") || name.hasPrefix("__MACOSX/") { continue }
      found.append((index, name))
    }
    guard let only = found.first else {
      throw FileError.notTable(file: file, reason: "the zip archive holds no file")
    }
    guard found.count == 1 else {
      throw FileError.notTable(
        file: file,
        reason: "the zip archive holds \(found.count) files rather than one: "
          + Printable.list(found.map(\.name)))
    }
    return only.index
  }

  private static func message(_ error: UnsafeMutablePointer<zip_error_t>?) -> String {
    guard let error, let text = zip_error_strerror(error) else { return "unknown reason" }
    return String(cString: text)
  }
}
