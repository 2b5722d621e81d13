import Base
import Framing
import Records
import SQLite

/// The rows of an export in a database that only this process sees: values as `SQLiteTarget` stores them.
enum CSVScratch {
  /// Reads the whole file. SQLite keeps what does not fit into 16 MiB in a file without a name, in the folder for
  /// temporary files.
  ///
  /// - Parameter places: see `CSVFile.places`.
  /// - Throws: the errors of reading; `dataset.fields` for a line with more or fewer cells than the first, `dataset.quote`;
  ///   `target.read` when the disk is full; the user's interruption.
  static func fill(
    _ table: TableSchema, _ file: CSVFile, _ places: [Int?], _ notation: CSVNotation
  ) throws(Diagnostic) -> SQLiteConnection {
    let path = file.path
    let database = try SQLiteConnection("", .create) { refusal in
      Diagnostic(.targetRead, at: Place(file: path), refusal.purpose ?? "scratch", refusal.reason)
    }
    try database.execute("PRAGMA cache_size=-16384; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", "settings")
    let names = table.columns.map { SQLiteConnection.quoted($0.name) }.joined(separator: ", ")
    try database.execute("CREATE TABLE \(SQLiteConnection.quoted(table.name)) (\(names))", table.name)
    let holders = Array(repeating: "?", count: table.columns.count).joined(separator: ",")
    let insert = try database.prepare(
      "INSERT INTO \(SQLiteConnection.quoted(table.name)) VALUES (\(holders))", table.name)
    let transaction = try SQLiteTransaction(.writing, database)
    let cells = CSVCells(table, notation)
    let (syntax, reader) = (file.syntax(notation), try file.reader(notation))
    while let block = try reader.next() {
      try Interruption.check()
      for row in 0..<block.count {
        let (record, length) = (block.base + block.starts[row], block.lengths?[row] ?? 0)
        let place = Place(file: path, line: reader.line(of: row))
        var (start, count) = (0, 0)
        cells.begin(length)
        // A line without a byte is no cell at all, unless a row is one cell.
        if length > 0 || places.count == 1 {
          repeat {
            let cell = syntax.next(record, length, &start)
            if cell.isBroken { throw Diagnostic(.datasetQuote, at: place) }
            if count < places.count, let column = places[count] { cells.bind(cell, of: record, column, insert) }
            count += 1
          } while start <= length
        }
        guard count == places.count else {
          throw Diagnostic(.datasetFields, at: place, String(count), String(places.count))
        }
        try insert.run()
      }
    }
    try transaction.commit()
    return database
  }
}
