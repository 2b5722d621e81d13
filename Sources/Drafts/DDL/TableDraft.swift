import Base

/// A column of the new system, as its DDL or its database describes it.
package struct ColumnDraft: Sendable, Hashable {
  package let name: String
  /// The type of the project's schema: `text(20)`, `integer`, `date` …
  package let type: ColumnType
  package var isOptional = true
  /// What people wrote about it.
  package var comment = ""
  /// What the schema cannot say of it: `VARCHAR2(20 BYTE)` holds bytes.
  package var doubt = ""
}

/// The type of a column in the project's schema.
package enum ColumnType: Sendable, Hashable {
  case integer
  case date
  /// At most so many characters; `nil` without a limit.
  case text(Int?)
  /// So many digits behind the point.
  case decimal(Int)
  /// At most so many digits, so many of them behind the point.
  case numeric(Int, Int)
  /// So many characters; the database fills shorter texts with blanks.
  case char(Int)
  case boolean
  case timestamp
  case time

  /// The text in a schema. A text without a limit is one of so many characters as no value has.
  package var words: String {
    switch self {
    case .integer: "integer"
    case .date: "date"
    case .text(let length): "text(\(length ?? 1_000_000))"
    case .decimal(let scale): "decimal(\(scale))"
    case .numeric(let digits, 0): "numeric(\(digits))"
    case .numeric(let digits, let scale): "numeric(\(digits),\(scale))"
    case .char(let length): "char(\(length))"
    case .boolean: "boolean"
    case .timestamp: "timestamp"
    case .time: "time"
    }
  }

  /// Whole numbers.
  var isWhole: Bool {
    switch self {
    case .integer: true
    case .numeric(let digits, 0): digits <= 18
    default: false
    }
  }

  /// Digits behind the point, of numbers that have a scale.
  var scale: Int? {
    switch self {
    case .decimal(let scale): scale
    case .numeric(let digits, let scale): scale > 0 || digits > 18 ? scale : nil
    default: nil
    }
  }

  /// The largest number of characters of a text; `nil` for one without a limit, and for other types.
  var length: Int? {
    switch self {
    case .text(let length): length
    case .char(let length): length
    default: nil
    }
  }

  var isText: Bool {
    switch self {
    case .text, .char: true
    default: false
    }
  }
}

/// A table of the new system.
package struct TableDraft: Sendable, Hashable {
  package struct Reference: Sendable, Hashable {
    package let columns: [String]
    package let table: String
    package let targets: [String]
  }

  package let name: String
  package var columns: [ColumnDraft] = []
  /// The columns of the primary key, else of the first unique constraint; empty when the DDL has neither.
  package var key: [String] = []
  package var unique: [[String]] = []
  package var references: [Reference] = []
  package var comment = ""

  func column(_ name: String) -> Int? {
    columns.firstIndex { $0.name == name } ?? columns.firstIndex { $0.name.lowercased() == name.lowercased() }
  }
}

/// The tables of the new system, and what of their description was not understood.
package struct SchemaDraft: Sendable {
  package var tables: [TableDraft] = []
  package var problems: [Diagnostic] = []

  func table(_ name: String) -> Int? {
    tables.firstIndex { $0.name == name } ?? tables.firstIndex { $0.name.lowercased() == name.lowercased() }
  }
}
