/// An expression as written, with the character offset of each part for messages.
indirect enum Expression {
  case integer(Int64, at: Int)
  /// Digits without the point, and how many stand behind it.
  case decimal(Int128, scale: Int, at: Int)
  case text(String, at: Int)
  /// `true`, `false`, `null`.
  case keyword(String, at: Int)
  /// A field, or with `[n]` one occurrence (from 1) of a table item.
  case name(String, occurrence: Int?, at: Int)
  case call(String, [Expression], at: Int)
  case unary(String, Expression, at: Int)
  case binary(String, Expression, Expression, at: Int)

  var offset: Int {
    switch self {
    case .integer(_, let at), .decimal(_, _, let at), .text(_, let at), .keyword(_, let at), .name(_, _, let at),
      .call(_, _, let at),
      .unary(_, _, let at), .binary(_, _, _, let at):
      at
    }
  }
}
