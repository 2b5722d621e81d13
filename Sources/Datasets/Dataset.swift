import Base
import Diff
import Records

/// A column of a dataset.
package struct DatasetColumn: Hashable, Sendable {
  package let name: String
  /// The kind of all its values, as far as the dataset declares it: `text` for delimited files, `any` when values
  /// differ.
  package let kind: ComparisonKind
  package let privacy: Privacy

  package init(_ name: String, _ kind: ComparisonKind, privacy: Privacy = .open) {
    self.name = name
    self.kind = kind
    self.privacy = privacy
  }
}

extension DatasetColumn {
  /// - Throws: `dataset.columns` for a name that is empty or occurs twice.
  package static func requireDistinct(_ names: [String], in file: String) throws(Diagnostic) {
    var known: Set<String> = []
    for (index, name) in names.enumerated() where name.isEmpty || !known.insert(name).inserted {
      throw Diagnostic(.datasetColumns, at: Place(file: file), String(index + 1), name)
    }
  }
}

/// Rows that a reference names: a file, a table, a query, a mapped file of a project.
package protocol Dataset: Sendable {
  /// The reference that the user gave, without secrets.
  var reference: String { get }
  var columns: [DatasetColumn] { get }
  /// The file, when there is a single one: opened once for all readings.
  var file: SourceFile? { get }
  /// Bytes of a record that are in no column (FILLER), from 0.
  var unnamedBytes: [Range<Int>] { get }

  /// Reads all rows, in the cheapest order, values in the order of `columns`. May be called again, and gives the same
  /// rows.
  ///
  /// - Throws: the errors of reading the source: `file.…`, `dataset.…` or `target.…`.
  func cells() throws(Diagnostic) -> any CellSource

  /// The same rows in the order of some columns, by an index; `nil` when that would need sorting.
  ///
  /// The order is that of sort keys (`RowCanonicaliser`): numbers by value, texts byte by byte.
  ///
  /// - Parameter checked: whether texts must be checked to be UTF-8.
  func cells(
    orderedBy key: [(column: Int, kind: ComparisonKind)], checked: Bool
  ) throws(Diagnostic) -> (any CellSource)?

  /// Whether reading the rows again costs more than keeping them on disk, or might give other rows.
  var keepsRows: Bool { get }

  /// Rows that need no rewriting, when the dataset has them: its bytes are canonical.
  ///
  /// - Parameter again: whether all rows were read before: then their bytes are not checked again.
  /// - Throws: the errors of reading the source.
  func canonicalRows(_ terms: Terms, _ side: Side, again: Bool) throws(Diagnostic) -> (any RowSource)?
}

extension Dataset {
  package var file: SourceFile? { nil }
  package var unnamedBytes: [Range<Int>] { [] }
  package var keepsRows: Bool { false }
  package func cells(
    orderedBy key: [(column: Int, kind: ComparisonKind)], checked: Bool
  ) throws(Diagnostic) -> (any CellSource)? { nil }
  package func canonicalRows(_ terms: Terms, _ side: Side, again: Bool) throws(Diagnostic) -> (any RowSource)? { nil }
}

/// A source of rows as values.
package protocol CellSource: AnyObject {
  /// Reads the next row into `row`; false after the last one.
  ///
  /// - Throws: the errors of reading the source.
  func next(_ row: inout CellRow) throws(Diagnostic) -> Bool
  /// Remarks on a source that could be read.
  var remarks: [Diagnostic] { get }
  /// Whether all texts were found to be UTF-8.
  var isChecked: Bool { get }
}

extension CellSource {
  package var isChecked: Bool { true }
  package var remarks: [Diagnostic] { [] }
}

extension CellRow {
  /// Sets a value from row `row` of a typed column.
  package mutating func set(_ index: Int, _ column: Column, _ row: Int) {
    switch column.states[row] {
    case 0: break
    case 1: return setNull(index)
    default: return set(index, .invalid, "")
    }
    switch column.type {
    case .integer: set(index, integer: column.integers[row])
    case .decimal(let scale): set(index, .number, ExactDecimal.text(column.wides[row], scale: scale))
    case .text: set(index, .text, column.text(row))
    case .date:
      let out = room(10)
      var rest = column.integers[row]
      for position in [9, 8, 6, 5, 3, 2, 1, 0] {
        out[position] = 48 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      (out[4], out[7]) = (45, 45)
      take(index, .date, 10)
    case .flag: set(index, .truth, column.integers[row] != 0 ? "true" : "false")
    }
  }
}
