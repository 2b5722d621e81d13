import Base
import Records

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

  /// The text in a schema. A text without a limit is one of so many characters as no value has.
  package var words: String {
    switch self {
    case .integer: "integer"
    case .date: "date"
    case .text(let length): "text(\(length ?? 1_000_000))"
    case .decimal(let scale): "decimal(\(scale))"
    }
  }

  /// The type of its values in expressions.
  package var values: ValueType {
    switch self {
    case .integer: .integer
    case .date: .date
    case .text: .text
    case .decimal(let scale): .decimal(scale: scale)
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
