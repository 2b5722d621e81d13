import Datasets
import Base
import Foundation
import SQLite

/// An output of the new system: CSV, NDJSON or a table of an SQLite file, by the reference.
final class NewSystemOutput {
  private enum Form {
    case csv(OutputFile)
    case ndjson(OutputFile)
    case table(SQLiteStatement, SQLiteConnection)
  }

  private let columns: [OutputColumn]
  private let form: Form

  /// - Throws: `city.output` for another form of reference; `workspace.write`, `target.write`.
  init(_ reference: DatasetReference, _ columns: [OutputColumn]) throws(Diagnostic) {
    self.columns = columns
    switch reference.form {
    case .csv:
      let file = try OutputFile(reference.path)
      form = .csv(file)
      try file.write(columns.map { DelimitedText.field($0.name) }.joined(separator: ",") + "\n")
    case .ndjson: form = .ndjson(try OutputFile(reference.path))
    case .sqlite:
      let table = reference.parameters["table"] ?? ""
      let database = try SQLiteConnection.tables(reference.path, .create)
      let name = SQLiteConnection.quoted(table)
      let names = columns.map { SQLiteConnection.quoted($0.name) }.joined(separator: ", ")
      let marks = columns.map { _ in "?" }.joined(separator: ", ")
      try database.execute("DROP TABLE IF EXISTS \(name); CREATE TABLE \(name) (\(names)); BEGIN", table)
      form = .table(try database.prepare("INSERT INTO \(name) VALUES (\(marks))", table), database)
    default:
      throw Diagnostic(.cityOutput, at: Place(file: reference.path), reference.form.rawValue, "csv, ndjson, sqlite")
    }
  }

  func write(_ row: [OutputValue]) throws(Diagnostic) {
    switch form {
    case .csv(let file):
      try file.write(columns.map { DelimitedText.field(row[$0.index].text) }.joined(separator: ",") + "\n")
    case .ndjson(let file):
      let pairs = columns.map { ($0.name, Self.json(row[$0.index])) }
      try file.write(JSONValue.object(Dictionary(uniqueKeysWithValues: pairs)).canonical + "\n")
    case .table(let insert, _):
      insert.bind(
        columns.map {
          switch row[$0.index] {
          case .number(let number): .integer(number)
          case .text(let text): .text(text)
          }
        })
      try insert.run()
    }
  }

  func close() throws(Diagnostic) {
    switch form {
    case .csv(let file), .ndjson(let file): try file.close()
    case .table(_, let database): try database.execute("COMMIT", "COMMIT")
    }
  }

  private static func json(_ value: OutputValue) -> JSONValue {
    switch value {
    case .number(let number): .integer(Int(number))
    case .text(let text): .text(text)
    }
  }
}
