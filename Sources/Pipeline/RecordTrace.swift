import Copybook
import Decode
import Evidence
import Expressions
import Framing
import Mapping
import Records
import Targets

/// One legacy record and what the definitions make of it (追跡): its items byte by byte, its disposition, and the rows that it
/// becomes, each value beside the expression that made it. What `run` does with a file, done with one record.
package struct RecordTrace {
  /// A column of a row.
  package struct Value {
    package let column: TargetColumn
    /// The mapping's expression, and where it is written.
    package let written: RowPlan.Written
    /// The record's items that the expression reads.
    package let items: Set<String>
    /// As it is loaded, masked where the column is personal; `nil` for NULL.
    package let value: String?
  }

  /// A row of the target that the record becomes, or of a record that does not go over: would have become, without values.
  package struct Row {
    package let table: TableSchema
    /// The table (OCCURS) of the record one of whose occurrences the row is; `nil` for one row a record.
    package let each: String?
    package let values: [Value]
  }

  package let file: FilePlan
  /// From 1.
  package let record: Int
  /// Of the record's first byte, from 0.
  package let offset: Int
  /// Bytes of the record.
  package let length: Int
  /// `nil` where the record says a kind that the definitions do not have: nobody knows its items then.
  package let kind: FileKind?
  package let inspection: RecordInspection?
  package let disposition: Disposition
  package let rows: [Row]

  /// Reads a record. Costs a block of the file; of a file of varying records `source` has found the places before.
  ///
  /// - Throws: `record.absent`; what reading the file throws.
  package init(
    _ number: Int, of file: FilePlan, in source: RecordFile, _ project: Project
  ) throws(Diagnostic) {
    guard number >= 1, number <= source.recordCount else {
      throw Diagnostic(.recordAbsent, at: Place(file: source.path, record: number), String(source.recordCount))
    }
    let buffer = BlockBuffer()
    let block = try source.read((number - 1) / RecordFile.recordsPerBlock, into: buffer)
    let place = (number - 1) % RecordFile.recordsPerBlock
    self.file = file
    record = number
    offset = source.offset(of: number - 1)
    let start = block.starts[place]
    length = block.lengths?[place] ?? file.recordLength
    let isUniform = block.lengths == nil
    let index = length >= file.kindOffset + file.kindLength ? file.kind(of: block.base + start) : nil
    guard let index else {
      (kind, inspection, disposition, rows) = (nil, nil, .rejected(field: "", .unknownKind), [])
      return
    }
    let kind = file.kinds[index]
    self.kind = kind
    let whole = try kind.planWithFiller()
    let one = (start: [start], length: [length])
    (inspection, disposition, rows) = one.start.withUnsafeBufferPointer { starts in
      one.length.withUnsafeBufferPointer { lengths in
        let single = RecordBlock(base: block.base, starts: starts, lengths: isUniform ? nil : lengths)
        let decoder = KindDecoder(whole)
        decoder.decode(single)
        let (disposition, rows) = Self.map(single, kind, file, number, project)
        return (RecordInspection(kind.layout, decoder, single, row: 0), disposition, rows)
      }
    }
  }

  private static func map(
    _ block: RecordBlock, _ kind: FileKind, _ file: FilePlan, _ number: Int, _ project: Project
  ) -> (Disposition, [Row]) {
    let decoder = KindDecoder(kind.plan)
    decoder.decode(block)
    var disposition = Disposition.migrated
    if let found = decoder.faults().first {
      disposition = .rejected(field: kind.plan.fields[found.field].name, found.fault)
    } else if block.lengths != nil, decoder.excess(0, of: block) > 0 {
      disposition = .rejected(field: "", .excess)
    }
    guard kind.role == .data, let program = project.programs[.records(file: file.id, kind: kind.code)] else {
      return (disposition, [])
    }
    let items = kind.mapping.rows.map { plan in plan.values.map { kind.plan.names(program.inputs(of: $0)) } }
    let unmade = zip(kind.mapping.rows, items).map { plan, items in
      let table = project.tables[plan.table]
      let values = table.columns.indices.map { place in
        Value(column: table.columns[place], written: plan.written[place], items: items[place], value: nil)
      }
      return Row(table: table, each: plan.each?.table, values: values)
    }
    let machine = Machine(program)
    machine.start(decoder.columns, rows: 1)
    // The whole mapping decides what becomes of the record; one plan of rows after the other tells which rows are whose.
    var dispositions = [disposition]
    let batches = project.tables.map { Batch($0.fields) }
    Mapper(kind.mapping, tables: project.tables)
      .map(machine, records: [number], dispositions: &dispositions, into: batches)
    guard dispositions[0] == .migrated else { return (dispositions[0], unmade) }
    var rows: [Row] = []
    for (plan, items) in zip(kind.mapping.rows, items) {
      for batch in batches { batch.removeAll() }
      var own = [Disposition.migrated]
      Mapper(MappingPlan(exclusions: [], rows: [plan]), tables: project.tables)
        .map(machine, records: [number], dispositions: &own, into: batches)
      let (table, batch) = (project.tables[plan.table], batches[plan.table])
      for row in 0..<batch.count {
        let values = zip(table.columns, batch.columns).enumerated().map { place, pair in
          let (column, values) = pair
          let shown = column.privacy == .open ? values.describe(row) : values.isAbsent(row) ? nil : Privacy.mask
          return Value(column: column, written: plan.written[place], items: items[place], value: shown)
        }
        rows.append(Row(table: table, each: plan.each?.table, values: values))
      }
    }
    return (.migrated, rows)
  }
}

extension FileKind {
  /// The plan with FILLER, for showing a record whole.
  func planWithFiller() throws(Diagnostic) -> KindPlan {
    try KindPlan.compile(
      title: plan.title, layout: layout, choosing: chosen, reading: reading, keepsFiller: true,
      slides: reading.dialect.slidesAfterTables)
  }
}

extension KindPlan {
  /// The items whose columns these are.
  func names(_ columns: Set<Int>) -> Set<String> {
    Set(fields.filter { field in columns.contains { field.columns.contains($0) } }.map(\.name))
  }
}

extension FieldPlan {
  /// The kind's columns that the item's occurrences are decoded to.
  fileprivate var columns: Range<Int> { column..<column + offsets.count }
}

extension FilePlan {
  /// Opens the file in the folder of a run's data, to trace records of it.
  ///
  /// - Throws: as `RecordFile`.
  package func source(in folder: String) throws(Diagnostic) -> RecordFile {
    try RecordFile(path: folder + "/" + data, format: format, recordLength: recordLength)
  }
}
