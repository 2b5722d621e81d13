import Base
import Decode
import Expressions
import Pipeline
import Projects
import Records
import Targets

/// Rows of a table and the records of which they were made, side by side by their key: what a suggestion is judged by.
///
/// Rows are chosen by a hash of their key, so that both sides choose the same ones. Memory grows with the rows kept.
struct AlignedRows {
  /// One way in which records of a kind become rows of the table.
  struct Way {
    let file: FilePlan
    let kind: FileKind
    let row: RowPlan
    let number: Int
  }

  let table: TableSchema
  /// Of each kept row, the values of its columns as texts; `nil` for null.
  private(set) var values: [[String?]] = []
  private var numbers: [String: Int] = [:]
  private var keys: [String] = []
  /// Of so many rows one is kept.
  private(set) var step: UInt64 = 1
  /// All rows that were read.
  private(set) var total = 0

  private static let separator = "\u{1F}"

  /// Reads a table once.
  ///
  /// - Parameter limit: about so many rows are kept.
  /// - Throws: the errors of reading the target; the user's interruption.
  init(_ table: TableSchema, _ target: any Target, limit: Int) throws(Diagnostic) {
    self.table = table
    let reader = try target.reader(table)
    let batch = Batch(table.fields)
    while try reader.read(into: batch, limit: 512) {
      try Interruption.check()
      for row in 0..<batch.count {
        total += 1
        let key = table.key.map { batch.columns[$0].describe(row) ?? "–" }.joined(separator: Self.separator)
        // Of a key that is there twice nobody knows which row a record made.
        if isChosen(key), numbers[key] == nil { add(key, batch.columns.map { $0.describe(row) }) }
      }
      if values.count > limit { thin() }
    }
  }

  private func isChosen(_ key: String) -> Bool {
    var text = key
    return text.withUTF8 { UInt64(truncatingIfNeeded: XXH3.hash128(UnsafeRawBufferPointer($0))) } % step == 0
  }

  private mutating func add(_ key: String, _ row: [String?]) {
    numbers[key] = values.count
    keys.append(key)
    values.append(row)
  }

  private mutating func thin() {
    step *= 2
    let (all, names) = (values, keys)
    (values, keys, numbers) = ([], [], [:])
    for (row, key) in zip(all, names) where isChosen(key) { add(key, row) }
  }

  /// Reads the records of a way once, and calls `body` for each that has made a kept row: its row in the block, its
  /// occurrence and the kept row's number.
  ///
  /// - Throws: the errors of reading the file, and the user's interruption.
  func read(
    _ way: Way, _ project: Project, data: String,
    _ begin: (ItemReading.Block) -> Void, _ body: (_ row: Int, _ occurrence: Int, _ number: Int) -> Void
  ) throws(Diagnostic) {
    guard let program = project.programs[.records(file: way.file.id, kind: way.kind.code)] else { return }
    let machine = Machine(program)
    try ItemReading(project, data: data).read(way.file) { (block) throws(Diagnostic) in
      guard block.kind.code == way.kind.code else { return }
      machine.start(block.columns, rows: block.records.count)
      begin(block)
      for occurrence in 0..<(way.row.each?.count ?? 1) {
        machine.move(to: occurrence)
        let condition = way.row.condition.map { machine.value($0) }
        let columns = table.key.map { machine.value(way.row.values[$0]) }
        for row in block.records.indices {
          if let condition, condition.isAbsent(row) || condition.integers[row] == 0 { continue }
          let key = columns.map { $0.describe(row) ?? "–" }.joined(separator: Self.separator)
          if let number = numbers[key] { body(row, occurrence, number) }
        }
      }
    }
  }
}
