/// Splits recorded bytes into messages: one message, or one a line.
public enum MessageSplitter {
  /// The messages in the bytes; none where there is only white space.
  ///
  /// Bytes that are one JSON value as a whole are one message, whatever line breaks it holds; a list
  /// of messages is one too, which decoders take apart. Otherwise each line is a message as soon as
  /// one of them is a JSON object or list by itself; bytes of which no line is (a page of HTML, a
  /// message cut off) are one message.
  public static func messages(_ bytes: [UInt8]) -> [[UInt8]] {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).filter { line in
      line.contains { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }
    }
    guard lines.count > 1 else { return lines.isEmpty ? [] : [bytes] }
    if isWhole(bytes) { return [bytes] }
    let messages = lines.map(Array.init)
    return messages.contains(where: isWhole) ? messages : [bytes]
  }

  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    switch try? JSONReader.value(bytes) {  // What isn't JSON is no whole message.
    case .object?, .array?: true
    default: false
    }
  }
}
