import Base
import Diff
import Evidence
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
  /// Bytes of a record that are in no column (FILLER), from 1.
  var unnamedBytes: [ComparisonEvidence.Bytes] { get }

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
  package var unnamedBytes: [ComparisonEvidence.Bytes] { [] }
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

/// Rewrites the rows of a cell source as canonical rows.
final class CanonicalisedRows: RowSource {
  private struct State: ~Copyable {
    var canonicaliser: RowCanonicaliser
    var row: CellRow
  }

  private let source: any CellSource
  /// Held behind a pointer: properties of a class would be checked for exclusive access at every row.
  private let state: UnsafeMutablePointer<State>

  init(_ source: any CellSource, columns: Int, _ terms: Terms, _ side: Side) {
    self.source = source
    state = .allocate(capacity: 1)
    state.initialize(to: State(canonicaliser: RowCanonicaliser(terms, side), row: CellRow(columns)))
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  var unreadable: [Int] { state.pointee.canonicaliser.unreadable }
  var remarks: [Diagnostic] { source.remarks }
  var isChecked: Bool { source.isChecked }

  func next(_ block: RowBlock) throws(Diagnostic) -> Bool {
    try Interruption.check()
    block.removeAll()
    while block.outputCount < RowBlock.inputBytes, try source.next(&state.pointee.row) {
      state.pointee.canonicaliser.append(state.pointee.row, to: block)
    }
    return block.count > 0
  }
}
