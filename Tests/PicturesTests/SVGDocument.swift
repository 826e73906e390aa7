import Foundation
import FoundationXML

/// An SVG read back: its elements, its words, and the pixels of its sharp-edged paths.
final class SVGDocument: NSObject, XMLParserDelegate {
  struct Word {
    var column: Int
    var row: Int
    var text: String
    var length: Int
    var attributes: [String: String]
  }

  private(set) var elements: [String: Int] = [:]
  private(set) var root: [String: String] = [:]
  private(set) var title: String?
  private(set) var words: [Word] = []
  /// All attributes' values, to look for links.
  private(set) var values: [String] = []
  private var patterns: [String: (color: UInt32, path: String)] = [:]
  private var paths: [(fill: String, path: String)] = []
  private var pattern: String?
  private var isSharp = false
  private var characters = ""

  struct Malformed: Error {
    var line: Int
  }

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else { throw Malformed(line: parser.lineNumber) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    elements[name, default: 0] += 1
    values += attributes.values
    characters = ""
    switch name {
    case "svg": root = attributes
    case "g": isSharp = attributes["shape-rendering"] == "crispEdges"
    case "pattern": pattern = attributes["id"]
    case "path":
      let (fill, path) = (attributes["fill"] ?? "", attributes["d"] ?? "")
      if let pattern {
        patterns["url(#\(pattern))"] = (Self.color(fill), path)
      } else if isSharp {
        paths.append((fill, path))
      }
    case "text":
      let (x, y) = (Int(attributes["x"] ?? "") ?? -1, Int(attributes["y"] ?? "") ?? -1)
      words.append(
        Word(
          column: x % 16 == 0 ? x / 16 : -1, row: y / 32, text: "",
          length: Int(attributes["textLength"] ?? "") ?? 0, attributes: attributes))
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { characters += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    switch name {
    case "title": title = characters
    case "pattern": pattern = nil
    case "g": isSharp = false
    case "text": words[words.count - 1].text = characters
    default: break
    }
  }

  private static func color(_ hex: String) -> UInt32 {
    UInt32(hex.dropFirst(), radix: 16) ?? 1 << 24
  }

  /// The rectangles of a path made of `Mx yhwvhH..z` or `Mx yhwvhh..z` alone.
  private static func rectangles(_ path: String) -> [(x: Int, y: Int, width: Int, height: Int)] {
    path.split(separator: "z").compactMap { part in
      let numbers = part.split { !$0.isNumber }.compactMap { Int($0) }
      return numbers.count == 5 ? (numbers[0], numbers[1], numbers[2], numbers[3]) : nil
    }
  }

  /// The sharp-edged paths, painted one over the other, a unit a pixel; rows of colours.
  func painted(width: Int, height: Int) -> [[UInt32]] {
    var pixels = [[UInt32]](repeating: [UInt32](repeating: 1 << 24, count: width), count: height)
    for (fill, path) in paths {
      let tile = patterns[fill]
      let squares = tile.map { Self.rectangles($0.path) } ?? []
      let color = tile?.color ?? Self.color(fill)
      for area in Self.rectangles(path) {
        for y in area.y..<area.y + area.height {
          for x in area.x..<area.x + area.width {
            let isFilled =
              tile == nil
              || squares.contains {
                ($0.x..<$0.x + $0.width).contains(x % 8)
                  && ($0.y..<$0.y + $0.height).contains(y % 8)
              }
            if isFilled { pixels[y][x] = color }
          }
        }
      }
    }
    return pixels
  }
}
