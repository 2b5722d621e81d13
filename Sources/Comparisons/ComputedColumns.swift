import Datasets
import Base
import Diff
import Expressions
import Records

/// Columns that are not in a dataset but computed from it by the expressions of a column map.
///
/// Expressions see texts as texts, dates as dates and numbers as whole numbers unless the map's `reads` declares
/// another type (`integer`, `decimal(2)`, `date`, `text`).
package struct ComputedColumns: Sendable {
  private let inputs: [(source: Int, type: ValueType)]
  private let program: Program
  private let outputs: [Compiled]
  private let width: Int

  package var count: Int { outputs.count }

  /// - Parameter reads: the types that the map declares, by column.
  /// - Throws: `expression.…` at the place in the map.
  package init(
    _ expressions: [(text: String, place: Place)], over columns: [DatasetColumn], reads: [String: ValueType],
    title: String
  ) throws(Diagnostic) {
    width = columns.count
    var entries: [String: Scope.Entry] = [:]
    var types: [ValueType] = []
    for (index, column) in columns.enumerated() {
      let usual: ValueType = column.kind == .number ? .integer : column.kind == .date ? .date : .text
      types.append(reads[column.name] ?? usual)
      entries[column.name] = Scope.Entry(type: types[index], column: index, privacy: column.privacy)
    }
    var builder = ProgramBuilder(scope: Scope(title: title, entries: entries))
    var outputs: [Compiled] = []
    for expression in expressions { outputs.append(try builder.compile(expression.text, at: expression.place)) }
    program = builder.program
    self.outputs = outputs
    inputs = types.enumerated().map { (source: $0.offset, type: $0.element) }
  }

  /// The dataset's columns that the expressions use.
  package var inputColumns: Set<Int> { outputs.reduce(into: []) { $0.formUnion(program.inputs(of: $1)) } }

  /// The kind and privacy of each computed column.
  package var columns: [(kind: ComparisonKind, privacy: Privacy)] {
    outputs.map { output in
      let kind: ComparisonKind =
        switch output.type {
        case .integer, .decimal: .number
        case .text: .text
        case .date: .date
        case .flag: .truth
        }
      return (kind, output.privacy)
    }
  }

  /// The rows of `cells` with the computed columns after their columns.
  func source(_ cells: any CellSource) -> any CellSource { ComputedCells(cells, width, inputs, program, outputs) }
}

/// Computes columns for some hundred rows at a time.
final class ComputedCells: CellSource {
  private static let rows = 256

  private let source: any CellSource
  private let width: Int
  private let inputs: [(source: Int, type: ValueType)]
  private let outputs: [Compiled]
  private let machine: Machine
  private let columns: [Column]
  private var given: CellRow
  /// The values of the current rows as the source gave them: place and length in `bytes`, row by row.
  private var values: [(start: Int, count: Int, kind: CellKind)] = []
  private var bytes: [UInt8] = []
  private var results: [Column] = []
  private var held = 0
  private var position = 0

  init(
    _ source: any CellSource, _ width: Int, _ inputs: [(source: Int, type: ValueType)], _ program: Program,
    _ outputs: [Compiled]
  ) {
    self.source = source
    self.width = width
    self.inputs = inputs
    self.outputs = outputs
    machine = Machine(program)
    columns = inputs.map { Column($0.type) }
    given = CellRow(width)
  }

  var remarks: [Diagnostic] { source.remarks }

  func next(_ row: inout CellRow) throws(Diagnostic) -> Bool {
    if position == held {
      try refill()
      guard held > 0 else { return false }
    }
    row.removeAll()
    for index in 0..<width {
      let value = values[position * width + index]
      let out = row.room(value.count)
      bytes.withUnsafeBufferPointer {
        if value.count > 0 { out.update(from: $0.baseAddress! + value.start, count: value.count) }
      }
      row.take(index, value.kind, value.count)
    }
    for (index, column) in results.enumerated() { row.set(width + index, column, position) }
    position += 1
    return true
  }

  private func refill() throws(Diagnostic) {
    values.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    columns.forEach { $0.removeAll() }
    (held, position) = (0, 0)
    while held < Self.rows, try source.next(&given) {
      for index in 0..<width {
        let cell = given.cells[index]
        values.append((bytes.count, cell.count, cell.kind))
        bytes.append(contentsOf: given.bytes(index))
      }
      for (index, input) in inputs.enumerated() { append(input.source, input.type, to: columns[index]) }
      held += 1
    }
    guard held > 0 else { return }
    machine.start(columns, rows: held)
    results = outputs.map { machine.value($0) }
  }

  /// Appends a value as the type that expressions see; a value of another type becomes an invalid value.
  private func append(_ source: Int, _ type: ValueType, to column: Column) {
    let cell = given.cells[source]
    let bytes = given.bytes(source)
    if cell.kind == .null { return column.appendNull() }
    if cell.kind == .invalid { return column.append(state: Fault.unreadable.rawValue) }
    let text = String(decoding: bytes, as: UTF8.self)
    switch (type, cell.kind) {
    case (.text, _): return column.append(bytes)
    case (.integer, .number), (.integer, .integer), (.integer, .text):
      if let value = Int64(text) { return column.append(value) }
    case (.decimal(let scale), .number), (.decimal(let scale), .integer), (.decimal(let scale), .text):
      if let value = Self.unscaled(text, scale) { return column.append(wide: value) }
    case (.date, .date), (.date, .text):
      if let value = CivilDate.parse(text), CivilDate.isDate(value) { return column.append(value) }
    default: break
    }
    column.append(state: Fault.unreadable.rawValue)
  }

  private static func unscaled(_ text: String, _ scale: Int) -> Int128? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    // Without a digit it is no number: an empty text is not 0.
    guard parts[0].contains(where: \.isNumber), fraction.count <= scale, fraction.allSatisfy(\.isNumber) else {
      return nil
    }
    return Int128(String(parts[0]) + fraction + String(repeating: "0", count: scale - fraction.count))
  }
}
