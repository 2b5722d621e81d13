import Datasets
import Comparisons
import Base
import Foundation
import SQLite

/// The outputs of both systems on a business day: for each job of a manifest the rows of its query, once as records of
/// the old system and once as the new system gives them.
///
/// A column of a query is on both sides under its name; `旧.NAME` is on the old side alone, `新.NAME` on the new one.
package struct DayOutputs {
  private let manifest: ParallelManifest
  private let day: String
  private let database: SQLiteConnection

  /// - Throws: `target.open`; `file.open`, `target.read` for the file of views.
  package init(_ manifest: ParallelManifest, day: String, target: String) throws {
    self.manifest = manifest
    self.day = day
    database = try SQLiteConnection.tables(target, .read)
    try database.execute("CREATE TEMP TABLE 対象 AS SELECT \(SQLiteConnection.literal(day)) AS 日", "temp")
    try database.execute(try DefinitionFile.read(manifest.resolved("sample/views.sql")).text(), "sample/views.sql")
  }

  /// Writes all outputs.
  ///
  /// - Parameter differing: ids of outputs whose first row has another value on the new side.
  /// - Returns: the number of rows by id.
  /// - Throws: `target.read` for a query that SQLite refuses; `city.output` for rows that have no such output;
  ///   `encode.…`, `workspace.write`, `output.write`.
  package func write(differing: Set<String>) throws -> [String: Int] {
    var rows: [String: Int] = [:]
    for job in manifest.jobs { rows[job.id] = try write(job, differs: differing.contains(job.id)) }
    return rows
  }

  private func write(_ job: ParallelManifest.Job, differs: Bool) throws -> Int {
    let name = "sample/\(job.id).sql"
    let rows = try database.prepare(try DefinitionFile.read(manifest.resolved(name)).text(), name)
    let columns = (0..<rows.width).map { OutputColumn(rows.name(of: $0), at: $0) }
    func open(_ reference: String) throws -> DatasetReference {
      let reference = try DatasetReference(manifest.reference(reference, of: job, day))
      try PrivateFile.makeFolder((reference.path as NSString).deletingLastPathComponent)
      return reference
    }
    let old = try MainframeOutput(try open(job.old), columns.filter(\.isOld))
    let new = try NewSystemOutput(try open(job.new), columns.filter(\.isNew))
    let spoiled = differs ? columns.last { $0.isNew && !job.key.contains($0.name) } : nil
    var count = 0
    while try rows.next() {
      count += 1
      let values = try columns.map { try OutputValue(rows[$0.index], of: $0.name, in: name) }
      try old.write(values)
      try new.write(count == 1 ? values.enumerated().map { $0 == spoiled?.index ? $1.spoiled : $1 } : values)
    }
    if differs, spoiled == nil || count == 0 {
      throw Diagnostic(.cityOutput, at: Place(file: name), job.id, "a row with a value beside its key")
    }
    try old.close()
    try new.close()
    return count
  }
}

extension SQLiteConnection {
  /// Opens the file of a target, or of an output.
  ///
  /// - Throws: `target.open`; later `target.read` when it was opened for reading, otherwise `target.write`.
  static func tables(_ path: String, _ mode: Mode) throws(Diagnostic) -> SQLiteConnection {
    try SQLiteConnection(path, mode) { refusal in
      guard let purpose = refusal.purpose else {
        return Diagnostic(.targetOpen, at: Place(file: refusal.path), refusal.reason)
      }
      let code = refusal.mode == .read ? DiagnosticCode.targetRead : .targetWrite
      return Diagnostic(code, at: Place(file: refusal.path), purpose, refusal.reason)
    }
  }
}

/// A column of a query.
struct OutputColumn {
  let name: String
  let index: Int
  let isOld: Bool
  let isNew: Bool

  init(_ title: String, at index: Int) {
    self.index = index
    isOld = !title.hasPrefix("新.")
    isNew = !title.hasPrefix("旧.")
    name = isOld && isNew ? title : String(title.dropFirst(2))
  }
}

/// A value of a query: a number as its digits, or a text.
enum OutputValue {
  case number(Int64)
  case text(String)

  /// - Throws: `city.output` for null and for a binary fraction: neither has a form in every output.
  init(_ cell: SQLiteCell, of column: String, in file: String) throws(Diagnostic) {
    if cell.kind == .integer {
      self = .number(cell.integer)
    } else if let text = cell.text {
      self = .text(text)
    } else {
      throw Diagnostic(.cityOutput, at: Place(file: file, field: column), "\(cell.kind)", "integer, text")
    }
  }

  var text: String {
    switch self {
    case .number(let number): String(number)
    case .text(let text): text
    }
  }

  /// Another value.
  var spoiled: OutputValue {
    switch self {
    case .number(let number): .number(number + 1)
    case .text(let text): .text(text + "＊")
    }
  }
}
