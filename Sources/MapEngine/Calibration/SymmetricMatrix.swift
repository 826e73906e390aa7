/// A symmetric positive definite matrix of a few dozen rows, and what a fit asks of it.
struct SymmetricMatrix: Hashable, Sendable {
  /// The number of rows.
  let count: Int
  /// Row by row; both triangles are held.
  private(set) var values: [Double]

  /// A matrix of zeros.
  init(count: Int) {
    self.count = count
    values = [Double](repeating: 0, count: count * count)
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * count + column] }
    set { values[row * count + column] = newValue }
  }

  /// Adds another matrix of the same size.
  mutating func add(_ other: SymmetricMatrix) {
    for index in values.indices { values[index] += other.values[index] }
  }

  /// The first rows and columns.
  func leading(_ size: Int) -> SymmetricMatrix {
    var result = SymmetricMatrix(count: size)
    for row in 0..<size { for column in 0..<size { result[row, column] = self[row, column] } }
    return result
  }

  /// The product with a vector.
  func times(_ vector: [Double]) -> [Double] {
    (0..<count).map { row in
      var sum = 0.0
      for column in 0..<count { sum += values[row * count + column] * vector[column] }
      return sum
    }
  }

  /// The lower triangle L of the matrix = L L^T, row by row; nil where it isn't positive definite.
  func cholesky() -> [Double]? {
    var lower = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0...row {
        var sum = values[row * count + column]
        for k in 0..<column { sum -= lower[row * count + k] * lower[column * count + k] }
        if row == column {
          guard sum > 0 else { return nil }
          lower[row * count + row] = sum.squareRoot()
        } else {
          lower[row * count + column] = sum / lower[column * count + column]
        }
      }
    }
    return lower
  }

  /// The solution of matrix x = `vector`; nil where the matrix isn't positive definite.
  func solve(_ vector: [Double]) -> [Double]? {
    cholesky().map { Self.solve($0, count: count, vector) }
  }

  /// The inverse; nil where the matrix isn't positive definite.
  func inverse() -> SymmetricMatrix? {
    guard let lower = cholesky() else { return nil }
    var result = SymmetricMatrix(count: count)
    for column in 0..<count {
      var unit = [Double](repeating: 0, count: count)
      unit[column] = 1
      let solved = Self.solve(lower, count: count, unit)
      for row in 0..<count { result[row, column] = solved[row] }
    }
    return result
  }

  private static func solve(_ lower: [Double], count: Int, _ vector: [Double]) -> [Double] {
    var x = vector
    for row in 0..<count {
      for k in 0..<row { x[row] -= lower[row * count + k] * x[k] }
      x[row] /= lower[row * count + row]
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      for k in stride(from: row + 1, to: count, by: 1) { x[row] -= lower[k * count + row] * x[k] }
      x[row] /= lower[row * count + row]
    }
    return x
  }
}
