extension CellGrid {
  /// The frame cut, or filled up with blanks, to a size.
  func fitted(to size: TerminalSize) -> CellGrid {
    guard width != size.width || height != size.height else { return self }
    var fitted = CellGrid(width: size.width, height: size.height)
    for y in 0..<min(height, fitted.height) {
      for x in 0..<min(width, fitted.width) { fitted[x, y] = self[x, y] }
    }
    return fitted
  }
}

extension Unicode.Scalar {
  /// The scalar, or a question mark where it is a control character, which would move a
  /// terminal's cursor or worse.
  var printable: Unicode.Scalar {
    switch value {
    case 0..<0x20, 0x7f..<0xa0: "?"
    default: self
    }
  }
}
