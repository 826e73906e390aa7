/// What a host answered: any status, with the body as it came.
public struct HTTPResult: Hashable, Sendable {
  /// The HTTP status, e.g. 200 or 429.
  public let status: Int
  public let headers: [HTTPHeader]
  /// The body's bytes, decompressed.
  public let body: [UInt8]

  /// An answer.
  public init(status: Int, headers: [HTTPHeader], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The value of the first header of that name, whatever its case, without blanks around it.
  public func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    guard let found = headers.first(where: { $0.name.lowercased() == wanted }) else { return nil }
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    return String(found.value.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }

  /// The value of a header that is a whole number.
  func number(_ name: String) -> Int64? { header(name).flatMap { Int64($0) } }

  /// The first 200 bytes of the body for an error message, on one line and fit for a terminal.
  public var excerpt: String {
    let text = String(decoding: body.prefix(200), as: UTF8.self)
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return Printable.text(line)
  }
}
