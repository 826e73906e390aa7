import Terminal

/// Writes a drawing as SVG.
struct SVGWriter {
  /// The document.
  private(set) var text = ""

  private static let fonts =
    "'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', 'Noto Sans Mono', monospace"
  /// At this size a character of the first fonts is as wide as a cell, in units.
  private static let fontSize = "26.57"
  /// Units from a cell's top to the line on which its characters stand.
  private static let baseline = 25

  /// The document of a drawing.
  init(_ drawing: Drawing, title: String?) {
    // A unit is half a pixel, as large as characters usually are.
    let size = "width=\"\(drawing.width / 2)\" height=\"\(drawing.height / 2)\""
    let box = "viewBox=\"0 0 \(drawing.width) \(drawing.height)\""
    line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    line("<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) \(box) role=\"img\">")
    if let title { line("<title>\(Self.escaped(title))</title>") }
    define(drawing.patches)
    line("<g shape-rendering=\"crispEdges\">")
    line("<path fill=\"\(drawing.ground.hex)\" d=\"M0 0h\(drawing.width)v\(drawing.height)H0z\"/>")
    fill(drawing.grounds)
    fill(drawing.blocks)
    for patch in drawing.patches {
      let paint = "url(#\(Self.name(patch.shade, patch.area.color)))"
      line("<path fill=\"\(paint)\" d=\"\(Self.path(patch.area))\"/>")
    }
    line("</g>")
    draw(drawing.figures)
    write(drawing.words)
    line("</svg>")
  }

  private mutating func line(_ words: String) {
    text += words
    text += "\n"
  }

  // MARK: - Shapes

  /// Blocks of one colour as one path; they come ordered by colour.
  private mutating func fill(_ blocks: [Drawing.Block]) {
    var start = 0
    while start < blocks.count {
      let color = blocks[start].color
      var end = start
      var path = ""
      while end < blocks.count, blocks[end].color == color {
        path += Self.path(blocks[end])
        end += 1
      }
      line("<path fill=\"\(color.hex)\" d=\"\(path)\"/>")
      start = end
    }
  }

  private static func path(_ block: Drawing.Block) -> String {
    let (x, y) = (block.x, block.y)
    return "M\(x.lowerBound) \(y.lowerBound)h\(x.count)v\(y.count)H\(x.lowerBound)z"
  }

  /// A pattern for each shade of each colour.
  private mutating func define(_ patches: [Drawing.Patch]) {
    var defined: Set<String> = []
    var patterns: [String] = []
    for patch in patches {
      let name = Self.name(patch.shade, patch.area.color)
      guard defined.insert(name).inserted else { continue }
      let side = Shade.side
      let squares = patch.shade.squares.map { square in
        "M\(square.column * side) \(square.row * side)h\(side)v\(side)h-\(side)z"
      }
      patterns.append(
        "<pattern id=\"\(name)\" width=\"\(Shade.period)\" height=\"\(Shade.period)\" "
          + "patternUnits=\"userSpaceOnUse\"><path fill=\"\(patch.area.color.hex)\" "
          + "d=\"\(squares.joined())\"/></pattern>")
    }
    guard !patterns.isEmpty else { return }
    line("<defs>")
    for pattern in patterns { line(pattern) }
    line("</defs>")
  }

  private static func name(_ shade: Shade, _ color: RGB) -> String {
    "shade\(shade.rawValue)-\(color.hex.dropFirst())"
  }

  /// Figures that follow each other in one colour, as one path.
  private mutating func draw(_ figures: [Drawing.Figure]) {
    var start = 0
    while start < figures.count {
      let color = figures[start].color
      var end = start
      var path = ""
      while end < figures.count, figures[end].color == color {
        path += Self.path(figures[end])
        end += 1
      }
      line("<path fill=\"\(color.hex)\" fill-rule=\"evenodd\" d=\"\(path)\"/>")
      start = end
    }
  }

  private static func path(_ figure: Drawing.Figure) -> String {
    func at(_ x: Double, _ y: Double) -> String {
      "\(number(Double(figure.x) + x)) \(number(Double(figure.y) + y))"
    }
    switch figure.shape {
    case .rectangle, .shade: return ""
    case .outline(let outlines):
      return outlines.map { "M" + $0.map { at($0.x, $0.y) }.joined(separator: "L") + "z" }.joined()
    case .dot(let middle, let radius):
      let (size, across) = (number(radius), number(2 * radius))
      return "M\(at(middle.x - radius, middle.y))a\(size) \(size) 0 1 0 \(across) 0"
        + "a\(size) \(size) 0 1 0 -\(across) 0z"
    case .quarterRing(let middle, let from):
      let (inner, outer) = (Shape.ring.inner, Shape.ring.outer)
      func on(_ radius: Double, _ angle: Int) -> String {
        let way = Self.way(angle)
        return at(middle.x + radius * way.x, middle.y + radius * way.y)
      }
      return "M\(on(outer, from))A\(number(outer)) \(number(outer)) 0 0 1 \(on(outer, from + 90))"
        + "L\(on(inner, from + 90))A\(number(inner)) \(number(inner)) 0 0 0 \(on(inner, from))z"
    }
  }

  /// The direction of a multiple of 90 degrees, clockwise from the right, since y runs downwards.
  private static func way(_ angle: Int) -> (x: Double, y: Double) {
    switch angle % 360 {
    case 0: (1, 0)
    case 90: (0, 1)
    case 180: (-1, 0)
    default: (0, -1)
    }
  }

  /// A number with at most two decimals, without a needless `.0`.
  private static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (hundredths / 100, abs(hundredths % 100))
    guard rest != 0 else { return "\(whole)" }
    let sign = hundredths < 0 && whole == 0 ? "-" : ""
    let decimals = rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0" : "") + "\(rest)"
    return "\(sign)\(whole).\(decimals)"
  }

  // MARK: - Words

  private mutating func write(_ words: [Drawing.Word]) {
    guard !words.isEmpty else { return }
    line("<g font-family=\"\(Self.fonts)\" font-size=\"\(Self.fontSize)\">")
    for word in words {
      var looks = "fill=\"\(word.color.hex)\""
      if word.isBold { looks += " font-weight=\"bold\"" }
      if word.isItalic { looks += " font-style=\"italic\"" }
      let x = word.column * Shape.width
      let y = word.row * Shape.height + Self.baseline
      // Whatever the font, the characters take the columns that they have on the screen.
      let length = word.text.count * Shape.width
      var characters = String.UnicodeScalarView()
      characters.append(contentsOf: word.text)
      line(
        "<text x=\"\(x)\" y=\"\(y)\" textLength=\"\(length)\" "
          + "lengthAdjust=\"spacingAndGlyphs\" \(looks)>\(Self.escaped(String(characters)))</text>")
    }
    line("</g>")
  }

  /// Text as XML takes it; what XML forbids becomes a question mark.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      default:
        let isForbidden =
          scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value)
          || scalar.properties.isNoncharacterCodePoint
        result.append(isForbidden ? "?" : scalar)
      }
    }
    return String(result)
  }
}
