import Decode
import Diff
import Evidence
import Expressions
import Records

/// A legacy file read through its copybook: a column for every elementary item and occurrence.
///
/// A value that is invalid is one that could not be read, with its bytes in hexadecimal; a file that ends within a record
/// or is damaged stops the reading.
package struct LegacyDataset: Dataset {
  package let reference: String
  package let columns: [DatasetColumn]
  private let plan: KindPlan
  private let places: [(field: Int, occurrence: Int)]
  private let condition: (program: Program, compiled: Compiled)?
  private let open: @Sendable () throws(Diagnostic) -> LegacyReader

  /// - Parameter condition: an expression that is true for the records that are meant.
  /// - Parameter open: opens the file anew; in strict policy.
  /// - Throws: `expression.…` for the condition.
  package init(
    _ plan: KindPlan, where condition: String?, reference: String,
    open: @escaping @Sendable () throws(Diagnostic) -> LegacyReader
  ) throws(Diagnostic) {
    self.reference = reference
    self.plan = plan
    self.open = open
    var columns: [DatasetColumn] = []
    var places: [(field: Int, occurrence: Int)] = []
    for (index, field) in plan.fields.enumerated() {
      let kind: ComparisonKind =
        switch field.codec.type {
        case .integer, .decimal: .number
        case .text: .text
        case .date: .date
        case .flag: .truth
        }
      for occurrence in field.offsets.indices {
        columns.append(DatasetColumn(field.title(occurrence), kind, privacy: field.privacy))
        places.append((index, occurrence))
      }
    }
    self.columns = columns
    self.places = places
    if let condition {
      var builder = ProgramBuilder(scope: plan.scope())
      let compiled = try builder.compile(condition, at: Place(file: "where"), type: .flag)
      self.condition = (builder.program, compiled)
    } else {
      self.condition = nil
    }
  }

  package func cells() throws(Diagnostic) -> any CellSource {
    LegacyCells(try open(), plan, places, condition.map { (Machine($0.program), $0.compiled) })
  }
}

/// The records of a legacy file, item by item.
final class LegacyCells: CellSource {
  private let reader: LegacyReader
  private let plan: KindPlan
  private let places: [(field: Int, occurrence: Int)]
  private let condition: (machine: Machine, compiled: Compiled)?
  private var block: RecordBlock?
  private var position = 0

  init(
    _ reader: LegacyReader, _ plan: KindPlan, _ places: [(field: Int, occurrence: Int)],
    _ condition: (machine: Machine, compiled: Compiled)?
  ) {
    self.reader = reader
    self.plan = plan
    self.places = places
    self.condition = condition
  }

  func next(_ row: inout CellRow) throws(Diagnostic) -> Bool {
    while true {
      if let block, position < block.count {
        defer { position += 1 }
        if let condition {
          // A record of which nobody can say whether it is meant is compared: its values show why.
          let truth = condition.machine.value(condition.compiled)
          if truth.states[position] == 1 || (truth.states[position] == 0 && truth.integers[position] == 0) { continue }
        }
        row.removeAll()
        for (index, place) in places.enumerated() { set(index, place, block, &row) }
        return true
      }
      try Interruption.check()
      guard let next = try reader.next() else { return false }
      (block, position) = (next, 0)
      condition?.machine.start(reader.decoder.columns, rows: next.count)
    }
  }

  private func set(
    _ index: Int, _ place: (field: Int, occurrence: Int), _ block: RecordBlock, _ row: inout CellRow
  ) {
    guard reader.decoder.has(place.field, place.occurrence, position) else { return row.setNull(index) }
    let column = reader.decoder.columns[plan.fields[place.field].column + place.occurrence]
    guard column.states[position] > 1 else { return row.set(index, column, position) }
    let bytes = reader.decoder.bytes(place.field, place.occurrence, position, of: block)
    row.set(index, .invalid, bytes.hasPrefix("X'") ? bytes : "X'\(bytes)'")
  }
}
