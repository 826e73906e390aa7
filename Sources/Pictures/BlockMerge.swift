import Terminal

/// Joins rectangles of one colour that touch: fewer of them, and no seam where a viewer scales the
/// picture by a crooked factor.
enum BlockMerge {
  /// The same area in fewer rectangles, ordered by colour, row and column. Rectangles may overlap
  /// only where they have the same colour.
  static func merged(_ blocks: [Drawing.Block]) -> [Drawing.Block] {
    let rows = joined(
      blocks.sorted { level($0) < level($1) },
      when: { $0.y == $1.y && $1.x.lowerBound <= $0.x.upperBound },
      by: { $0.x = $0.x.lowerBound..<max($0.x.upperBound, $1.x.upperBound) })
    let whole = joined(
      rows.sorted { upright($0) < upright($1) },
      when: { $0.x == $1.x && $1.y.lowerBound <= $0.y.upperBound },
      by: { $0.y = $0.y.lowerBound..<max($0.y.upperBound, $1.y.upperBound) })
    return whole.sorted { place($0) < place($1) }
  }

  private static func joined(
    _ blocks: [Drawing.Block], when touches: (Drawing.Block, Drawing.Block) -> Bool,
    by join: (inout Drawing.Block, Drawing.Block) -> Void
  ) -> [Drawing.Block] {
    var result: [Drawing.Block] = []
    for block in blocks {
      if let last = result.last, last.color == block.color, touches(last, block) {
        join(&result[result.count - 1], block)
      } else {
        result.append(block)
      }
    }
    return result
  }

  private static func level(_ block: Drawing.Block) -> (UInt32, Int, Int, Int, Int) {
    let (x, y) = (block.x, block.y)
    return (block.color.number, y.lowerBound, y.upperBound, x.lowerBound, x.upperBound)
  }

  private static func upright(_ block: Drawing.Block) -> (UInt32, Int, Int, Int, Int) {
    let (x, y) = (block.x, block.y)
    return (block.color.number, x.lowerBound, x.upperBound, y.lowerBound, y.upperBound)
  }

  private static func place(_ block: Drawing.Block) -> (UInt32, Int, Int, Int, Int) {
    let (x, y) = (block.x, block.y)
    return (block.color.number, y.lowerBound, x.lowerBound, y.upperBound, x.upperBound)
  }
}
