import Pipeline
import Projects
import Base
import Diff
import Records
import Targets

/// A table that a project's mapping computes from the legacy files: `PROJECT.yaml:SUBSYSTEM.TABLE`.
package struct ProjectDataset: Dataset {
  package let reference: String
  package let columns: [DatasetColumn]
  private let project: Project
  private let table: Int
  private let data: String

  /// - Parameter name: the subsystem and the table, with or without the part of its name up to the first `_`.
  /// - Throws: `dataset.project` when the project has no such table.
  package init(_ project: Project, _ name: String, data: String, reference: String) throws(Diagnostic) {
    self.reference = reference
    self.project = project
    self.data = data
    var known: [(name: String, table: Int)] = []
    for file in project.files {
      for table in Set(file.kinds.flatMap { $0.mapping.rows.map(\.table) }).sorted() {
        known.append(("\(file.subsystem).\(project.tables[table].name)", table))
      }
    }
    let found = known.first { entry in
      entry.name == name
        || entry.name.split(separator: "_", maxSplits: 1).last.map { rest in
          name == "\(entry.name.prefix { $0 != "." }).\(rest)"
        } == true
    }
    guard let found else {
      let names = known.map(\.name).joined(separator: ", ")
      throw Diagnostic(.datasetProject, at: Place(file: project.path), name, names)
    }
    table = found.table
    columns = project.tables[table].columns.map { column in
      let kind: ComparisonKind =
        switch column.type {
        case .integer, .decimal: .number
        case .text: .text
        case .date: .date
        case .flag: .truth
        }
      return DatasetColumn(column.name, kind, privacy: column.privacy)
    }
  }

  /// - Throws: the errors of opening the legacy file: `file.…`, `frame.…`.
  package func cells() throws(Diagnostic) -> any CellSource {
    MappedCells(MappedRows(project, table: table, data: data), project.tables[table], reference)
  }
}

/// The rows of a mapping, value by value, in the form of targets: a required date without a value is `0000-00-00`.
final class MappedCells: CellSource {
  private let rows: MappedRows
  private let columns: [TargetColumn]
  private let reference: String
  private var batch: Batch?
  private var position = 0

  init(_ rows: MappedRows, _ table: TableSchema, _ reference: String) {
    self.rows = rows
    self.reference = reference
    columns = table.columns
  }

  var remarks: [Diagnostic] {
    let place = Place(file: reference)
    return (rows.rejected == 0 ? [] : [Diagnostic(.datasetRejected, at: place, String(rows.rejected))])
      + (rows.excluded == 0 ? [] : [Diagnostic(.datasetExcluded, at: place, String(rows.excluded))])
      + rows.oddities.map { Diagnostic(.datasetOdd, at: place, $0.oddity.code, String($0.count)) }
  }

  func next(_ row: inout CellRow) throws(Diagnostic) -> Bool {
    while true {
      if let batch, position < batch.count {
        row.removeAll()
        for (index, column) in columns.enumerated() {
          if column.type == .date, !column.optional, batch.columns[index].states[position] == 1 {
            row.set(index, .date, "0000-00-00")
          } else if column.form == .padded, batch.columns[index].states[position] == 0 {
            row.set(index, .text, column.value(of: batch.columns[index].text(position)))
          } else {
            row.set(index, batch.columns[index], position)
          }
        }
        position += 1
        return true
      }
      guard let next = try rows.next() else { return false }
      (batch, position) = (next, 0)
    }
  }
}
