import Base
import Records

/// Reads a table in key order, row by row from the server. A value stored under a type that cannot hold the schema's
/// values is the fault `unreadable`.
final class PostgresReader: TargetReader {
  private let rows: PostgresCopyOut
  private let forms: [StoredForm]
  private let schema: [TargetColumn]
  private var isAtEnd = false

  /// - Parameter wanted: only the rows with this key.
  init(_ connection: PostgresConnection, _ table: TableSchema, of wanted: RowKey? = nil) throws(Diagnostic) {
    let forms = try Self.forms(connection, table)
    let isUTF8 = connection.encoding == "UTF8"
    let order = table.key.map { forms[$0].order(table.columns[$0].name, isUTF8: isUTF8) }.joined(separator: ", ")
    let tests = wanted.map { " WHERE \(Self.tests($0, table))" } ?? ""
    rows = try connection.copyOut("\(Self.select(table))\(tests) ORDER BY \(order)", table.name)
    self.forms = forms
    schema = table.columns
  }

  /// Literals without a type take the type of the column.
  private static func tests(_ key: RowKey, _ table: TableSchema) -> String {
    zip(table.key, key.values).map { index, value in
      let quoted = PostgresConnection.quoted(table.columns[index].name)
      let name = table.columns[index].form == .padded ? "rtrim(\(quoted), ' ')" : quoted
      return switch value {
      case .null: "\(name) IS NULL"
      case .integer(let number): "\(name) = '\(number)'"
      case .text(let text): "\(name) = \(PostgresConnection.literal(text))"
      }
    }.joined(separator: " AND ")
  }

  private static func select(_ table: TableSchema) -> String {
    let names = table.columns.map { PostgresConnection.quoted($0.name) }.joined(separator: ", ")
    return "SELECT \(names) FROM \(PostgresConnection.quoted(table.name))"
  }

  /// The stored form of each column of the table.
  ///
  /// - Throws: `target.read`; `target.table` when the table or one of its columns is missing.
  static func forms(_ connection: PostgresConnection, _ table: TableSchema) throws(Diagnostic) -> [StoredForm] {
    let name = PostgresConnection.literal(PostgresConnection.quoted(table.name))
    let found = Set(
      try connection.rows(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(\(name)) AND attnum > 0 AND NOT attisdropped",
        table.name
      ).compactMap { $0[0] })
    let place = Place(file: connection.reference.text)
    if found.isEmpty { throw Diagnostic(.targetTable, at: place, table.name, "–") }
    for column in table.columns where !found.contains(column.name) {
      throw Diagnostic(.targetTable, at: place, table.name, column.name)
    }
    let columns = try connection.columns(of: select(table), table.name)
    return zip(table.columns, columns).map { StoredForm($0, type: $1.type) }
  }

  func read(into batch: Batch, limit: Int) throws(Diagnostic) -> Bool {
    batch.removeAll()
    for column in batch.columns { column.reserve(limit) }
    var count = 0
    while count < limit, !isAtEnd {
      guard let row = try rows.next() else {
        isAtEnd = true
        break
      }
      append(row, batch.columns)
      count += 1
    }
    return count > 0
  }

  private func append(_ row: UnsafeBufferPointer<UInt8>, _ columns: [Column]) {
    var start = 0
    for index in 0..<forms.count {
      var end = start
      while end < row.count, row[end] != UInt8(ascii: "\t") { end += 1 }
      forms[index].append(
        UnsafeBufferPointer(rebasing: row[start..<end]), to: columns[index], isOptional: schema[index].optional)
      schema[index].judge(columns[index])
      start = end + 1
    }
  }
}
