/// A table or index of the ledger's database, with its definition as SQLite keeps it.
struct LedgerPart: Hashable {
  let name: String
  /// `TABLE` or `INDEX`.
  let type: String
  /// The text behind `CREATE TABLE` or `CREATE INDEX`.
  let definition: String

  /// All parts of a ledger.
  static func all(_ schemas: [RegisterSchema]) -> [LedgerPart] { entries + schemas.map(table) }

  /// The entries, and the index by record.
  static let entries = [
    LedgerPart(
      name: "entry", type: "TABLE",
      definition: """
        entry (
          number INTEGER PRIMARY KEY, register TEXT NOT NULL, record TEXT NOT NULL, text TEXT NOT NULL, digest TEXT NOT NULL)
        """),
    LedgerPart(name: "entry_record", type: "INDEX", definition: "entry_record ON entry (register, record)"),
  ]

  /// The table of a register.
  static func table(_ schema: RegisterSchema) -> LedgerPart {
    let columns = schema.fields.map { "\"\($0.name)\" \($0.kind == .integer ? "INTEGER" : "TEXT")" }
    return LedgerPart(
      name: schema.name, type: "TABLE",
      definition: """
        "\(schema.name)" (
          id TEXT PRIMARY KEY NOT NULL, revision INTEGER NOT NULL, \(columns.joined(separator: ", "))) WITHOUT ROWID
        """)
  }
}
