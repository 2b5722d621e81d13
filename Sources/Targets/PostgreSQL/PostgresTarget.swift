import Base
import Records

/// The new system's tables in a PostgreSQL database, in the schema that the reference names.
package struct PostgresTarget: ProbedTarget {
  private let place: PostgresReference
  package var reference: String { place.text }

  /// - Throws: `target.reference`, `library.missing`.
  package init(_ reference: String) throws(Diagnostic) { place = try PostgresReference(reference) }

  /// All or nothing: tables created for an occupied target are rolled back.
  ///
  /// - Throws: `target.open`, `target.write`, `target.read`, `target.occupied`; `target.name` for a name that is too
  ///   long.
  package func prepare(_ tables: [TableSchema], resuming: Bool) throws(Diagnostic) {
    let connection = try PostgresConnection(place, .write)
    try checkNames(tables)
    try connection.execute("BEGIN", "begin")
    if let schema = place.schema, try isMissing(schema, connection) {
      try connection.execute("CREATE SCHEMA \(PostgresConnection.quoted(schema))", schema)
    }
    try connection.execute(Self.checkpointTable, "checkpoint")
    for table in tables { try connection.execute(Self.createTable(table), table.name) }
    let known = try connection.rows("SELECT 1 FROM totsugo_checkpoint LIMIT 1", "checkpoint")
    if !resuming || known.isEmpty {
      for table in tables
      where try !connection.rows("SELECT 1 FROM \(PostgresConnection.quoted(table.name)) LIMIT 1", table.name).isEmpty {
        throw Diagnostic(.targetOccupied, at: Place(file: reference), table.name)
      }
    }
    try connection.execute("COMMIT", "commit")
  }

  /// The server silently shortens longer names.
  private func checkNames(_ tables: [TableSchema]) throws(Diagnostic) {
    for table in tables {
      for name in ["key_" + table.name] + table.columns.map(\.name) where name.utf8.count > 63 {
        throw Diagnostic(.targetName, at: Place(file: reference), table.name, name, String(name.utf8.count))
      }
    }
  }

  /// Checked first, since CREATE SCHEMA IF NOT EXISTS needs a right that the loading role may lack.
  private func isMissing(_ schema: String, _ connection: PostgresConnection) throws(Diagnostic) -> Bool {
    try connection.rows(
      "SELECT 1 FROM pg_namespace WHERE nspname = \(PostgresConnection.literal(schema))", schema
    ).isEmpty
  }

  /// - Throws: `target.open`, also when another session is loading; `target.write`, `target.read`; `library.missing`.
  package func loader(_ tables: [TableSchema]) throws(Diagnostic) -> any TargetLoader {
    try PostgresLoader(PostgresConnection(place, .write), tables)
  }

  /// - Throws: `target.open`, `target.read`, `target.table`; `library.missing`.
  package func reader(_ table: TableSchema) throws(Diagnostic) -> any TargetReader {
    try PostgresReader(PostgresConnection(place, .read), table)
  }

  /// - Throws: `target.open`, `target.read`, `target.table`; `library.missing`.
  package func reader(_ table: TableSchema, of key: RowKey) throws(Diagnostic) -> any TargetReader {
    try PostgresReader(PostgresConnection(place, .read), table, of: key)
  }

  /// The tables of the namespaces in which the server finds these tables.
  ///
  /// - Throws: `target.open`, `target.read`.
  package func inventory(beside tables: [TableSchema]) throws(Diagnostic) -> [StoredTable] {
    let names = tables.map { "to_regclass(\(PostgresConnection.literal(PostgresConnection.quoted($0.name))))" }
    guard !names.isEmpty else { return [] }
    let rows = try PostgresConnection(place, .read).rows(
      """
      SELECT t.relname, a.attname FROM pg_class AS t JOIN pg_attribute AS a ON a.attrelid = t.oid
      WHERE t.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT t.relispartition AND a.attnum > 0 AND NOT a.attisdropped
        AND t.relnamespace IN (SELECT relnamespace FROM pg_class WHERE oid IN (\(names.joined(separator: ", "))))
      ORDER BY t.relname, a.attnum
      """, "pg_class")
    return StoredTable.gathered(rows.map { ($0[0] ?? "", $0[1] ?? "") }).filter { $0 != StoredTable.checkpoint }
  }

  package func version() throws(Diagnostic) -> String {
    let connection = try PostgresConnection(place, .read)
    let found = try connection.rows("SHOW server_version", "server_version")
    return "PostgreSQL \(found.first?.first.flatMap(\.self) ?? "") (\(connection.encoding))"
  }

  package func probe() throws(Diagnostic) {
    let connection = try PostgresConnection(place, .write)
    try connection.execute("BEGIN", "totsugo_probe")
    if let schema = place.schema, try isMissing(schema, connection) {
      try connection.execute("CREATE SCHEMA \(PostgresConnection.quoted(schema))", schema)
    }
    try connection.execute(
      "CREATE TABLE totsugo_probe (n bigint); INSERT INTO totsugo_probe VALUES (1)", "totsugo_probe")
    _ = try connection.rows("SELECT n FROM totsugo_probe", "totsugo_probe")
    try connection.execute("DROP TABLE totsugo_probe", "totsugo_probe")
    try connection.execute("ROLLBACK", "totsugo_probe")
  }

  private static let checkpointTable = """
    CREATE TABLE IF NOT EXISTS totsugo_checkpoint (
      file text COLLATE "C" PRIMARY KEY, records bigint NOT NULL, identity text NOT NULL)
    """

  /// The statement that creates a table: numbers `bigint` and `numeric`, texts and dates `text` in byte order. A date
  /// has no calendar type, since parts of it may be unknown; an empty one is `0000-00-00`.
  package static func createTable(_ table: TableSchema) -> String {
    let columns = table.columns.map { column in
      let type =
        switch column.type {
        case .integer: column.digits.map { "numeric(\($0))" } ?? "bigint"
        case .decimal(let scale):
          "numeric(\(column.digits ?? max(38, scale) + max(0, -scale)), \(max(0, scale)))"
        case .flag: "boolean"
        case .text where column.form == .timestamp: "timestamp"
        case .text where column.form == .time: "time"
        case .text where column.form == .padded: "character(\(column.length ?? 1)) COLLATE \"C\""
        case .text, .date: "text COLLATE \"C\""
        }
      return "  \(PostgresConnection.quoted(column.name)) \(type)\(column.optional ? "" : " NOT NULL")"
    }
    return
      "CREATE TABLE IF NOT EXISTS \(PostgresConnection.quoted(table.name)) (\n\(columns.joined(separator: ",\n"))\n)"
  }
}
