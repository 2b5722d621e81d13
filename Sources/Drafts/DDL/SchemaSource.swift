import Base
import SQLite
import Targets

/// The tables of the new system, from DDL text or from the database itself.
enum SchemaSource {
  /// A reference without its password.
  static func shown(_ reference: String) -> String {
    PostgresReference.names(reference) ? ((try? PostgresReference(reference))?.text ?? "postgres://…") : reference
  }

  /// - Parameter reference: a file of DDL, `sqlite:PATH`, or `postgres://…`.
  /// - Throws: the errors of reading and connecting.
  static func read(_ reference: String) throws(Diagnostic) -> SchemaDraft {
    if PostgresReference.names(reference) { return try postgres(reference) }
    if reference.hasPrefix("sqlite:") { return try sqlite(String(reference.dropFirst(7))) }
    let file = try DefinitionFile.read(reference)
    return DDLReader.read(try file.text(), file: reference)
  }

  /// SQLite keeps the statements as they were written, with their comments.
  private static func sqlite(_ path: String) throws(Diagnostic) -> SchemaDraft {
    let database = try SQLiteConnection(path, .read) { refusal in
      Diagnostic(.targetOpen, at: Place(file: "sqlite:" + path), refusal.reason)
    }
    let statements = try database.texts(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC, rowid",
      "sqlite_schema")
    var schema = DDLReader.read(statements.map { $0 + "\n;" }.joined(separator: "\n"), file: "sqlite:" + path)
    schema.tables.removeAll { $0.name == StoredTable.checkpoint.name }
    return schema
  }

  private static func postgres(_ reference: String) throws(Diagnostic) -> SchemaDraft {
    let database = try PostgresConnection(reference, .read)
    let rows = try database.rows(
      """
      SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, col_description(c.oid, a.attnum),
             obj_description(c.oid, 'pg_class')
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
       WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND pg_table_is_visible(c.oid)
         AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
       ORDER BY c.oid, a.attnum
      """, "pg_catalog")
    var schema = SchemaDraft()
    for row in rows {
      guard let table = row[0], let column = row[1], let words = row[2], table != StoredTable.checkpoint.name else {
        continue
      }
      if schema.tables.last?.name != table {
        schema.tables.append(TableDraft(name: table, comment: row[5] ?? ""))
      }
      var cursor = SQLCursor(SQLToken.tokens(of: words))
      guard let (type, doubt) = SQLTypes.take(&cursor) else {
        schema.problems.append(
          Diagnostic(.draftStatement, at: Place(file: database.reference.text), "\(table).\(column) \(words)"))
        continue
      }
      schema.tables[schema.tables.count - 1].columns.append(
        ColumnDraft(name: column, type: type, isOptional: row[3] != "t", comment: row[4] ?? "", doubt: doubt))
    }
    let keys = try database.rows(
      """
      SELECT c.relname, k.contype, f.relname,
             (SELECT string_agg(a.attname, chr(1) ORDER BY p.n) FROM unnest(k.conkey) WITH ORDINALITY p(num, n)
                JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.num),
             (SELECT string_agg(a.attname, chr(1) ORDER BY p.n) FROM unnest(k.confkey) WITH ORDINALITY p(num, n)
                JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.num)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_class f ON f.oid = k.confrelid
       WHERE k.contype IN ('p', 'u', 'f') AND pg_table_is_visible(c.oid) ORDER BY k.conname
      """, "pg_constraint")
    for key in keys {
      guard let name = key[0], let table = schema.table(name) else { continue }
      let columns = (key[3] ?? "").split(separator: "\u{1}").map(String.init)
      switch key[1] {
      case "p": schema.tables[table].key = columns
      case "u": schema.tables[table].unique.append(columns)
      default:
        let targets = (key[4] ?? "").split(separator: "\u{1}").map(String.init)
        schema.tables[table].references.append(.init(columns: columns, table: key[2] ?? "", targets: targets))
      }
    }
    for index in schema.tables.indices where schema.tables[index].key.isEmpty {
      schema.tables[index].key = schema.tables[index].unique.first ?? []
    }
    return schema
  }
}
