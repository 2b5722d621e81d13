import Records

/// One step of a compiled expression: an operation on the columns of earlier steps.
struct Node: Hashable, Sendable {
  enum Operation: Hashable, Sendable {
    /// The batch's column; `stride` 1 when it moves with the occurrence of `table`.
    case input(column: Int, moves: Bool)
    case integer(Int64)
    /// Without the point.
    case decimal(Int128)
    /// A literal by its bytes: `String` treats canonically equivalent texts as equal (神 U+FA19 and 神).
    case text(utf8: [UInt8])
    case null
    case add, subtract, multiply, negate
    case truncate, quotient, remainder, smaller, larger
    case equal, less, lessOrEqual
    case and, or, not
    case choose, coalesce, isNull
    case digits(width: Int)
    case number
    case concatenate
    case slice(from: Int, count: Int)
    case sliceAt
    case trim
    case replace
    case convert(WrittenForm)
    case dateText(DateNotation)
    case numberText
    case without, before
    case length
    case countText
    case hyphensForVowels
    case datePart(DatePart)
    case dateAt
    case isUnknown, isOpenEnd
    case code(table: String)
    /// The one legacy code of a standard code.
    case uncode(table: String)
    /// Arguments: the key.
    case lookup(table: String, column: String)
    /// Arguments: the key, and the day or year.
    case rate(table: String)
    case days, addDays, addMonths, lastDay, businessDay, age
    case share
    case occurrence
    case unscaled
    /// An integer, or a decimal, with so many digits more behind the point.
    case widen(digits: Int)
    /// Sum of the argument over all occurrences of a table.
    case sumOver(occurrences: Int)
  }

  enum DatePart: Hashable, Sendable { case year, month, day, fiscalYear }

  let operation: Operation
  let arguments: [Int]
  let type: ValueType
  /// The table whose occurrence the value depends on.
  let table: String?
  /// The strictest of the fields from which the value is computed.
  let privacy: Privacy

  /// Whether the value is the same in every row of every batch.
  var isConstant: Bool {
    switch operation {
    case .integer, .decimal, .text, .null: true
    default: false
    }
  }
}

/// Compiled expressions over one kind of batch: an immutable list of steps, equal ones only once, shared by all
/// expressions compiled into it. Each shard runs it with its own ``Machine``.
package struct Program: Sendable {
  let nodes: [Node]
  package let lookups: Lookups

  /// The columns of the batch that an expression reads; for items of a table those of the first occurrence.
  package func inputs(of compiled: Compiled) -> Set<Int> {
    var found: Set<Int> = []
    var open = [compiled.node]
    while let index = open.popLast() {
      if case .input(let column, _) = nodes[index].operation { found.insert(column) }
      open += nodes[index].arguments
    }
    return found
  }
}

extension Program {
  /// Like ``inputs(of:)``, without the columns that only decide which of several values it is.
  package func valueInputs(of compiled: Compiled) -> Set<Int> {
    var found: Set<Int> = []
    var open = [compiled.node]
    while let index = open.popLast() {
      let node = nodes[index]
      switch node.operation {
      case .input(let column, _): found.insert(column)
      case .choose: open += node.arguments.dropFirst()
      default: open += node.arguments.filter { nodes[$0].type != .flag }
      }
    }
    return found
  }
}

/// An expression within a ``Program``.
package struct Compiled: Hashable, Sendable {
  package let node: Int
  package let type: ValueType
  /// The table whose occurrence the value depends on; `nil` when it is the same for the whole record.
  package let table: String?
  /// The strictest of the fields from which the value is computed.
  package let privacy: Privacy
}
