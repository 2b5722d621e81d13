import Base
import Diff
import Glibc
import Targets
import Records

/// A table or a query of a PostgreSQL database, read by COPY.
package struct PostgresDataset: Dataset {
  package let reference: String
  package let columns: [DatasetColumn]
  private let database: PostgresReference
  private let source: String
  private let forms: [PostgresForm]
  /// Whether the server can order a column's type by bytes.
  private let isCollatable: [Bool]

  /// - Throws: `target.reference`, `target.open`, `target.read`; `dataset.reference` without table and query, or with
  ///   both; `dataset.columns` for a query that gives two columns the same name.
  package init(_ text: String) throws(Diagnostic) {
    do throws(Diagnostic) { database = try PostgresReference(text) } catch {
      throw error.code == .targetReference ? Diagnostic(.datasetReference, at: error.place) : error
    }
    reference = database.text
    guard (database.table == nil) != (database.query == nil) else {
      throw Diagnostic(.datasetReference, at: Place(file: database.text))
    }
    if let table = database.table {
      let parts = table.split(separator: ".", maxSplits: 1).map { PostgresConnection.quoted(String($0)) }
      let schema = database.schema.map { PostgresConnection.quoted($0) + "." } ?? ""
      source = parts.count == 2 ? parts.joined(separator: ".") : schema + (parts.first ?? "")
    } else {
      source = DatasetReference.subquery(database.query ?? "") + " AS q"
    }
    let connection = try PostgresConnection(database, .read)
    let found: [PostgresConnection.Column]
    do throws(Diagnostic) { found = try connection.columns(of: "SELECT * FROM \(source)", reference) } catch {
      throw Diagnostic(.datasetQuery, at: Place(file: reference), error.facts.last ?? "")
    }
    forms = found.map { PostgresForm(type: $0.type) }
    isCollatable = found.map { [25, 1042, 1043].contains($0.type) }
    columns = zip(found, forms).map { DatasetColumn($0.name, $1.kind) }
    try DatasetColumn.requireDistinct(columns.map(\.name), in: reference)
  }

  package var keepsRows: Bool { true }

  /// - Throws: `target.open`, `target.read`.
  package func cells() throws(Diagnostic) -> any CellSource { try read("SELECT * FROM \(source)") }

  /// - Throws: `target.open`, `target.read`.
  package func cells(
    orderedBy key: [(column: Int, kind: ComparisonKind)], checked: Bool
  ) throws(Diagnostic) -> (any CellSource)? {
    guard key.allSatisfy({ $0.kind == columns[$0.column].kind && ($0.kind == .text || $0.kind == .number) }) else {
      return nil
    }
    guard key.allSatisfy({ $0.kind != .text || isCollatable[$0.column] }) else { return nil }
    let order = key.map {
      PostgresConnection.quoted(columns[$0.column].name) + ($0.kind == .text ? " COLLATE \"C\"" : "")
    }
    let sql = "SELECT * FROM \(source) ORDER BY \(order.joined(separator: ", "))"
    let connection = try PostgresConnection(database, .read)
    // Sorting costs the server more than bucket digests cost here; so does an index whose order differs from that of
    // the table.
    let plan = try connection.rows("EXPLAIN \(sql)", reference).compactMap { $0.first ?? nil }
    if plan.contains(where: { $0.contains("Sort") }) { return nil }
    if let table = database.table, let first = key.first, !(try isStored(connection, table, first.column)) {
      return nil
    }
    return try read(sql)
  }

  /// Whether the rows of the table are stored roughly in the order of a column, according to the server's statistics.
  private func isStored(_ connection: PostgresConnection, _ table: String, _ column: Int) throws(Diagnostic) -> Bool {
    let name = table.split(separator: ".").last.map(String.init) ?? table
    let sql =
      "SELECT abs(correlation) > 0.95 FROM pg_stats WHERE tablename = \(PostgresConnection.literal(name))"
      + " AND attname = \(PostgresConnection.literal(columns[column].name))"
    let known = try connection.rows(sql, reference)
    return known.allSatisfy { $0.first == "t" }
  }

  private func read(_ sql: String) throws(Diagnostic) -> PostgresCells {
    PostgresCells(try PostgresConnection(database, .read).copyOut(sql, reference), forms)
  }
}

/// The server's text form of a type (`pg_type`).
enum PostgresForm {
  case integer, number, truth, date, text
  /// `character(n)`: spaces at the end are padding and not part of the value (SQL).
  case padded

  init(type: UInt32) {
    switch type {
    case 20, 21, 23: self = .integer
    case 1700, 700, 701, 26: self = .number
    case 16: self = .truth
    case 1082: self = .date
    case 1042: self = .padded
    default: self = .text
    }
  }

  var kind: ComparisonKind {
    switch self {
    case .integer, .number: .number
    case .truth: .truth
    case .date: .date
    case .text, .padded: .text
    }
  }
}

/// The rows of a COPY, value by value.
final class PostgresCells: CellSource {
  private let copy: PostgresCopyOut
  private let forms: [PostgresForm]
  private static let truths: (StaticString, StaticString) = ("true", "false")

  init(_ copy: PostgresCopyOut, _ forms: [PostgresForm]) {
    self.copy = copy
    self.forms = forms
  }

  func next(_ row: inout CellRow) throws(Diagnostic) -> Bool {
    guard let line = try copy.next() else { return false }
    row.removeAll()
    guard let base = line.baseAddress else { return true }
    let hasEscapes = memchr(base, 0x5C, line.count) != nil
    var position = 0
    for index in 0..<forms.count {
      let stop = memchr(base + position, 9, line.count - position)
      let end = stop.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - base } ?? line.count
      let field = UnsafeBufferPointer(start: base + position, count: end - position)
      position = end + 1
      if hasEscapes, field.contains(0x5C) {
        if field.count == 2, field[1] == 0x4E { row.setNull(index) } else { unescape(field, index, &row) }
      } else {
        set(field, index, &row)
      }
    }
    return true
  }

  @inline(__always)
  private func set(_ field: UnsafeBufferPointer<UInt8>, _ index: Int, _ row: inout CellRow) {
    switch forms[index] {
    case .integer: row.set(index, .integer, field)
    case .number: row.set(index, .number, field)
    case .text: row.set(index, Self.kind(field), field)
    case .padded: row.set(index, Self.kind(field), Self.unpadded(field))
    // A date without ten digits (infinity, years beyond 9999 or BC) is read as a text.
    case .date: row.set(index, field.count == 10 && field[4] == 45 ? .date : .text, field)
    case .truth:
      let word = field.first == 0x74 ? Self.truths.0 : Self.truths.1
      row.set(index, .truth, UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
  }

  private static func unpadded(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var count = field.count
    while count > 0, field[count - 1] == 32 { count -= 1 }
    return UnsafeBufferPointer(rebasing: field[..<count])
  }

  /// Decodes COPY's text form: a backslash and a letter for control characters, two backslashes for one.
  private func unescape(_ field: UnsafeBufferPointer<UInt8>, _ index: Int, _ row: inout CellRow) {
    let out = row.room(field.count)
    var (written, place) = (0, 0)
    while place < field.count {
      var byte = field[place]
      if byte == 0x5C, place + 1 < field.count {
        place += 1
        byte =
          switch field[place] {
          case 0x62: 8
          case 0x66: 12
          case 0x6E: 10
          case 0x72: 13
          case 0x74: 9
          case 0x76: 11
          default: field[place]
          }
      }
      out[written] = byte
      written += 1
      place += 1
    }
    let bytes = UnsafeBufferPointer(start: UnsafePointer(out), count: written)
    let kind = Self.kind(bytes)
    if forms[index] == .padded { while written > 0, out[written - 1] == 32 { written -= 1 } }
    row.take(index, kind, written)
  }

  /// A text with U+FFFD, in which a program has lost a character, is not a text.
  @inline(__always)
  private static func kind(_ bytes: UnsafeBufferPointer<UInt8>) -> CellKind {
    guard let base = bytes.baseAddress, memchr(base, 0xEF, bytes.count) != nil else { return .text }
    return WellFormedUTF8.firstMalformed(base, bytes.count) == nil ? .text : .invalid
  }
}
