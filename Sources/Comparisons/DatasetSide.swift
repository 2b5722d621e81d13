import Datasets
import Base
import Diff
import Evidence

/// A dataset as one side of a comparison.
package struct DatasetSide: ComparedSide {
  private let dataset: any Dataset
  private let computed: ComputedColumns?
  /// Receives the number of rows read, from time to time.
  package var progress: (@Sendable (Int) -> Void)?

  package init(_ dataset: any Dataset, _ computed: ComputedColumns?) {
    self.dataset = dataset
    self.computed = computed
  }

  /// - Throws: the errors of opening the rows of the dataset: `file.…`, `dataset.…` or `target.…`.
  package func rows(_ terms: Terms, _ side: Side, again: Bool) throws(Diagnostic) -> any RowSource {
    if computed == nil, let rows = try dataset.canonicalRows(terms, side, again: again) { return counted(rows) }
    return canonicalised(try dataset.cells(), terms, side)
  }

  package var keepsRows: Bool { dataset.keepsRows }

  var unnamedBytes: [ComparisonEvidence.Bytes] {
    dataset.unnamedBytes.map { ComparisonEvidence.Bytes(first: $0.lowerBound + 1, last: $0.upperBound) }
  }

  /// - Throws: `file.changed` when the side's file has been written to since it was opened.
  func requireUnchanged() throws(Diagnostic) { try dataset.file?.requireUnchanged() }

  private func counted(_ rows: any RowSource) -> any RowSource {
    guard let progress else { return rows }
    return CountedRows(rows, progress)
  }

  private func canonicalised(_ cells: any CellSource, _ terms: Terms, _ side: Side) -> any RowSource {
    let source = computed.map { $0.source(cells) } ?? cells
    return counted(CanonicalisedRows(source, columns: dataset.columns.count + (computed?.count ?? 0), terms, side))
  }

  /// The rows by an index of the database; `nil` without one.
  private func indexed(_ terms: Terms, _ side: Side, checked: Bool) throws(Diagnostic) -> (any CellSource)? {
    let key = terms.key.map { terms.columns[$0] }
    let columns = key.map { (column: side == .left ? $0.left : $0.right, kind: $0.kind) }
    guard columns.allSatisfy({ $0.column < dataset.columns.count }), key.allSatisfy({ $0.forms.isEmpty }) else {
      return nil
    }
    return try dataset.cells(orderedBy: columns, checked: checked)
  }

  /// The order of an index, or those in which the first rows are.
  ///
  /// - Throws: the errors of opening and reading the rows.
  package func orders(_ terms: Terms, _ side: Side) throws(Diagnostic) -> [KeyOrder] {
    if try indexed(terms, side, checked: true) != nil { return [.bytes] }
    let block = RowBlock()
    guard try rows(terms, side, again: false).next(block) else { return KeyOrder.allCases }
    return KeyOrder.allCases.filter { $0.sequence(block, after: nil) != .disordered }
  }

  /// - Throws: the errors of opening the rows of the dataset.
  package func orderedRows(_ terms: Terms, _ side: Side, checked: Bool) throws(Diagnostic) -> any RowSource {
    if let cells = try indexed(terms, side, checked: checked || computed != nil) {
      return canonicalised(cells, terms, side)
    }
    return try rows(terms, side, again: !checked)
  }
}

/// Reports the number of rows read.
private final class CountedRows: RowSource {
  private let rows: any RowSource
  private let progress: @Sendable (Int) -> Void

  init(_ rows: any RowSource, _ progress: @escaping @Sendable (Int) -> Void) {
    self.rows = rows
    self.progress = progress
  }

  var unreadable: [Int] { rows.unreadable }
  var isChecked: Bool { rows.isChecked }
  var remarks: [Diagnostic] { rows.remarks }

  func next(_ block: RowBlock) throws(Diagnostic) -> Bool {
    guard try rows.next(block) else { return false }
    progress(block.count)
    return true
  }
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
