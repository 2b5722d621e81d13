import Base
import Charset
import Glibc
import Records
import SQLite
import Synchronization

/// The new system's tables as exports in a folder (移行先のCSV): one CSV or TSV file a table, named after it. It can only
/// be read.
///
/// A table is brought into the order of its key in a scratch database of SQLite, which is on the disk without a name.
package final class CSVTarget: Target {
  package let folder: String
  package let reference: String
  let notation: CSVNotation
  /// Tables of which single rows are looked up, each in its scratch database, which is used under the lock alone.
  private struct Held: @unchecked Sendable { var tables: [String: SQLiteConnection] = [:] }
  private let held = Mutex(Held())

  /// - Parameter reference: `csv:DIR`, with `?charset=…&null=…&date=…`.
  /// - Throws: `target.open` for what is no folder; `dataset.parameter`; `option.value`.
  package init(_ reference: String) throws(Diagnostic) {
    self.reference = reference
    let body = reference.dropFirst(4)
    let mark = body.firstIndex(of: "?") ?? body.endIndex
    folder = String(body[..<mark])
    notation = try CSVNotation(body[mark...].dropFirst(), of: folder)
    _ = try names()
  }

  package var takesRows: Bool { false }

  /// What it is, in words of `doctor`.
  package var summary: Bilingual {
    get throws(Diagnostic) {
      let (count, charset) = (try files().count, notation.charset.name)
      return Bilingual("CSV・TSV \(count)ファイル（\(charset)）、読むだけ", "\(count) CSV or TSV files (\(charset)), only read")
    }
  }

  // MARK: files

  private func names() throws(Diagnostic) -> [String] {
    guard let open = opendir(folder) else {
      throw Diagnostic(.targetOpen, at: Place(file: folder), String(cString: strerror(errno)))
    }
    defer { closedir(open) }
    var names: [String] = []
    while let entry = readdir(open) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private func files() throws(Diagnostic) -> [CSVFile] { try names().compactMap { CSVFile($0, in: folder) } }

  /// The file of a table.
  ///
  /// - Throws: `target.table` without one, `target.twice` when there are several.
  private func file(of table: TableSchema) throws(Diagnostic) -> CSVFile {
    let found = try files().filter { $0.table == table.name }
    guard let first = found.first else {
      throw Diagnostic(.targetTable, at: Place(file: folder), table.name, "–")
    }
    guard found.count == 1 else {
      let list = found.map(\.name).joined(separator: ", ")
      throw Diagnostic(.targetTwice, at: Place(file: folder), table.name, list)
    }
    return first
  }

  /// Files that are no tables, and folders, are told by their names.
  ///
  /// - Throws: the errors of reading the lines of names.
  package func inventory(beside tables: [TableSchema]) throws(Diagnostic) -> [StoredTable] {
    var found: [StoredTable] = []
    for name in try names() {
      if let file = CSVFile(name, in: folder) {
        found.append(StoredTable(file.table, try file.columns(notation)))
      } else {
        found.append(StoredTable(name, []))
      }
    }
    return found
  }

  // MARK: rows

  /// - Throws: `target.readonly`.
  package func prepare(_ tables: [TableSchema], resuming: Bool) throws(Diagnostic) { throw readOnly }

  /// - Throws: `target.readonly`.
  package func loader(_ tables: [TableSchema]) throws(Diagnostic) -> any TargetLoader { throw readOnly }

  private var readOnly: Diagnostic { Diagnostic(.targetReadonly, at: Place(file: reference)) }

  /// The rows are read with the first batch, not before.
  ///
  /// - Throws: `target.table`, `target.twice`; the errors of reading the line of names.
  package func reader(_ table: TableSchema) throws(Diagnostic) -> any TargetReader {
    let file = try file(of: table)
    let places = try file.places(of: table, notation)
    return CSVReader(table) { [notation] () throws(Diagnostic) in
      try CSVScratch.fill(table, file, places, notation)
    }
  }

  /// The first look-up in a table reads all of it.
  ///
  /// - Throws: the errors of ``reader(_:)``, and of reading the file.
  package func reader(_ table: TableSchema, of key: RowKey) throws(Diagnostic) -> any TargetReader {
    let file = try file(of: table)
    let places = try file.places(of: table, notation)
    nonisolated(unsafe) var rows: [Batch] = []
    try held.withLock { (held) throws(Diagnostic) in
      let known = held.tables[table.name]
      let database =
        if let known { known } else { try CSVScratch.fill(table, file, places, notation) }
      if known == nil {
        try database.execute(SQLiteTarget.createIndex(table), table.name)
        held.tables[table.name] = database
      }
      let reader = try SQLiteReader(database, table, of: key)
      var batch = Batch(table.fields)
      while try reader.read(into: batch, limit: 64) {
        rows.append(batch)
        batch = Batch(table.fields)
      }
    }
    return HeldReader(rows)
  }
}

/// Reads a table that is brought into order when its first rows are wanted.
private final class CSVReader: TargetReader {
  private let table: TableSchema
  private let fill: () throws(Diagnostic) -> SQLiteConnection
  private var rows: SQLiteReader?

  init(_ table: TableSchema, _ fill: @escaping () throws(Diagnostic) -> SQLiteConnection) {
    self.table = table
    self.fill = fill
  }

  func read(into batch: Batch, limit: Int) throws(Diagnostic) -> Bool {
    let reader = if let rows { rows } else { try SQLiteReader(fill(), table) }
    rows = reader
    return try reader.read(into: batch, limit: limit)
  }
}

/// The few rows of one key.
private final class HeldReader: TargetReader {
  private var rows: [(batch: Batch, row: Int)]

  init(_ batches: [Batch]) {
    rows = batches.flatMap { batch in (0..<batch.count).map { (batch, $0) } }
  }

  func read(into batch: Batch, limit: Int) throws(Diagnostic) -> Bool {
    batch.removeAll()
    for (source, row) in rows.prefix(limit) {
      for (column, held) in zip(batch.columns, source.columns) { column.append([row], of: held) }
    }
    rows.removeFirst(min(limit, rows.count))
    return batch.count > 0
  }
}
