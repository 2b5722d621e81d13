import Projects
import Base
import Decode
import Expressions
import Framing
import Records
import Targets

/// One legacy record and its processing by the definitions (追跡): its items byte by byte, its disposition, and the rows
/// made from it, each value beside its expression. The same as `run` does with a file, for one record.
package struct RecordTrace {
  /// A column of a row.
  package struct Value {
    package let column: TargetColumn
    /// The mapping's expression and its place.
    package let written: RowPlan.Written
    /// The items of the record that the expression reads.
    package let items: Set<String>
    /// The value as it is loaded, masked in a personal column, also when it is NULL; otherwise `nil` for NULL.
    package let value: String?
    /// The present value in the target, masked likewise; `nil` for NULL, and when there is no row.
    package var stored: String?
    /// Whether the target has the value; `nil` when there is no row to compare with.
    package var agrees: Bool?
  }

  /// The result of looking up a row in the target.
  package enum Stored {
    /// The largest number of rows with one key that are counted and compared.
    package static let limit = 1_000

    /// Not looked up.
    case unknown
    /// The number of rows with its key; `limit` may mean more.
    case rows(Int)
    /// The reason why the lookup failed.
    case unreadable(Diagnostic)
  }

  /// A row of the target made from the record. For a record that is not migrated: a row that would have been made,
  /// without values.
  package struct Row {
    package let table: TableSchema
    /// The index of the row plan within the kind, from 0.
    package let plan: Int
    /// Whether a personal item decides if there is such a row: its presence reveals something about the person.
    package let isPrivate: Bool
    /// The table (OCCURS) of the record when the row is made from one of its occurrences; `nil` for one row per record.
    package let each: String?
    package var values: [Value]
    /// The result of looking up the row's key in the target.
    package var stored: Stored
  }

  package let file: FilePlan
  /// The number of the record, from 1.
  package let record: Int
  /// The offset of the record's first byte in the file, from 0.
  package let offset: Int
  /// The length of the record in bytes.
  package let length: Int
  /// `nil` when the record has a kind that the definitions do not have; its items are then unknown.
  package let kind: FileKind?
  /// Its items. In a record with personal items FILLER is masked, too, unless it is blank.
  package let inspection: RecordInspection?
  package let disposition: Disposition
  package let rows: [Row]
  /// Every row plan of the kind, without values: the mapping as written.
  package let mapping: [Row]

  /// Reads a record. Costs the reading of one block of the file; for records of varying length, `source` has already
  /// found the places.
  ///
  /// - Parameters:
  ///   - target: the target in which the rows are looked up by their keys, if any.
  ///   - reveals: shows what is personal; numbers of persons (個人番号) never.
  /// - Throws: `record.absent`; `file.length`; the errors of reading the file. An unreadable target is reported with
  ///   each row.
  package init(
    _ number: Int, of file: FilePlan, in source: RecordFile, _ project: Project, target: (any Target)? = nil,
    reveals: Bool = false
  ) throws(Diagnostic) {
    guard number >= 1, number <= source.recordCount else {
      throw Diagnostic(.recordAbsent, at: Place(file: source.path, record: number), String(source.recordCount))
    }
    let buffer = BlockBuffer()
    let blockNumber = source.block(of: number - 1)
    let block = try source.read(blockNumber, into: buffer)
    let place = number - 1 - source.records(of: blockNumber).lowerBound
    self.file = file
    record = number
    offset = source.offset(of: number - 1)
    let start = block.starts[place]
    let isUniform = block.lengths == nil
    // A file that was opened for another layout has none of these records.
    guard !isUniform || source.recordLength == file.recordLength else {
      throw Diagnostic(
        .fileLength, at: Place(file: source.path, record: number), String(source.size % file.recordLength),
        String(file.recordLength), String(source.size))
    }
    length = block.lengths?[place] ?? source.recordLength
    let index = file.kind(of: block.base + start, length: length, columns: source.columns)
    guard let index else {
      (kind, inspection, disposition, rows, mapping) = (nil, nil, .rejected(field: "", .unknownKind), [], [])
      return
    }
    let kind = file.kinds[index]
    self.kind = kind
    let whole = try kind.planWithFiller()
    let one = (start: [start], length: [length])
    (inspection, disposition, rows, mapping) = one.start.withUnsafeBufferPointer { starts in
      one.length.withUnsafeBufferPointer { lengths in
        let single = RecordBlock(base: block.base, starts: starts, lengths: isUniform ? nil : lengths)
        let decoder = KindDecoder(
          whole, trimmed: file.format.form == .text, cells: file.format.cells, columns: source.columns)
        decoder.decode(single)
        let (disposition, rows, mapping) = Self.map(
          single, kind, file, source.columns, number, project, target
        ) { $0.isMasked(reveals: reveals) }
        let inspection = RecordInspection(kind.layout, decoder, single, row: 0, reveals: reveals)
        let hidesFiller = kind.plan.fields.contains { $0.privacy.isMasked(reveals: reveals) }
        return (hidesFiller ? inspection.withoutFiller : inspection, disposition, rows, mapping)
      }
    }
  }

  /// Traces a record that is in no file, with all its values: of a test, which holds no person's data.
  package init(bytes: [UInt8], of kind: FileKind, in file: FilePlan, _ project: Project) throws(Diagnostic) {
    (self.file, self.kind, record, offset, length) = (file, kind, 1, 0, bytes.count)
    inspection = nil
    let hasLayoutLength = file.format.cells == nil && bytes.count == file.recordLength
    (disposition, rows, mapping) = bytes.withUnsafeBufferPointer { buffer in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: 2) { numbers in
        (numbers[0], numbers[1]) = (0, bytes.count)
        guard let base = buffer.baseAddress else { return (.rejected(field: "", .cut), [], []) }
        let block = RecordBlock(
          base: base, starts: UnsafeBufferPointer(rebasing: numbers[..<1]),
          lengths: hasLayoutLength ? nil : UnsafeBufferPointer(rebasing: numbers[1...]))
        return Self.map(block, kind, file, [], 1, project, nil) { _ in false }
      }
    }
  }

  private static func map(
    _ block: RecordBlock, _ kind: FileKind, _ file: FilePlan, _ columns: [Int], _ number: Int, _ project: Project,
    _ target: (any Target)?, _ isHidden: (Privacy) -> Bool
  ) -> (Disposition, rows: [Row], mapping: [Row]) {
    let decoder = KindDecoder(
      kind.plan, trimmed: file.format.form == .text, cells: file.format.cells, columns: columns)
    decoder.decode(block)
    var disposition = Disposition.migrated
    if let found = decoder.faults().first {
      disposition = .rejected(field: kind.plan.fields[found.field].name, found.fault)
    } else if block.lengths != nil, decoder.excess(0, of: block) > 0 {
      disposition = .rejected(field: "", .excess)
    }
    guard kind.role == .data, let program = project.programs[.records(file: file.id, kind: kind.code)] else {
      return (disposition, [], [])
    }
    let items = kind.mapping.rows.map { plan in plan.values.map { kind.plan.names(program.inputs(of: $0)) } }
    let unmade = zip(kind.mapping.rows, items).enumerated().map { number, pair in
      let (plan, items) = pair
      let table = project.tables[plan.table]
      let values = table.columns.indices.map { place in
        Value(column: table.columns[place], written: plan.written[place], items: items[place], value: nil)
      }
      return Row(
        table: table, plan: number, isPrivate: (plan.condition?.privacy ?? .open) != .open, each: plan.each?.table,
        values: values, stored: .unknown)
    }
    let machine = Machine(program)
    machine.start(decoder.columns, rows: 1)
    // The whole mapping decides the record's disposition; each row plan is then executed alone, to assign the rows to
    // it.
    var dispositions = [disposition]
    let batches = project.tables.map { Batch($0.fields) }
    Mapper(kind.mapping, tables: project.tables)
      .map(machine, records: [number], dispositions: &dispositions, into: batches)
    guard dispositions[0] == .migrated else { return (dispositions[0], unmade, unmade) }
    var rows: [Row] = []
    for (number, plan) in kind.mapping.rows.enumerated() {
      for batch in batches { batch.removeAll() }
      var own = [Disposition.migrated]
      Mapper(MappingPlan(exclusions: [], rows: [plan]), tables: project.tables)
        .map(machine, records: [number], dispositions: &own, into: batches)
      let (table, batch) = (project.tables[plan.table], batches[plan.table])
      for row in 0..<batch.count {
        let values = table.columns.indices.map { place in
          Value(
            column: table.columns[place], written: plan.written[place], items: items[number][place],
            value: Self.shown(batch.columns[place], row, table.columns[place], isHidden))
        }
        var made = unmade[number]
        made.values = values
        if let target { look(in: target, for: &made, batch, row, isHidden) }
        rows.append(made)
      }
    }
    return (.migrated, rows, unmade)
  }

  private static func shown(
    _ values: Column, _ row: Int, _ column: TargetColumn, _ isHidden: (Privacy) -> Bool
  ) -> String? {
    // NULL reveals something about a person, too.
    if isHidden(column.privacy) { return Privacy.mask }
    return values.fault(row)?.code ?? values.describe(row)
  }

  /// Adds to each value of a row the value in the target under the row's key.
  private static func look(
    in target: any Target, for made: inout Row, _ batch: Batch, _ row: Int, _ isHidden: (Privacy) -> Bool
  ) {
    let table = made.table
    do throws(Diagnostic) {
      let reader = try target.reader(table, of: RowKey(batch, row: row, of: table))
      let found = Batch(table.fields)
      guard try reader.read(into: found, limit: Stored.limit) else {
        made.stored = .rows(0)
        return
      }
      made.stored = .rows(found.count)
      for (place, column) in table.columns.enumerated() {
        let (ours, theirs) = (batch.columns[place], found.columns[place])
        // Of several rows with the key, one that differs is shown.
        let other = (0..<found.count).first { !ours.isSame(row, as: theirs, $0) }
        made.values[place].stored = shown(theirs, other ?? 0, column, isHidden)
        made.values[place].agrees = other == nil
      }
    } catch { made.stored = .unreadable(error) }
  }
}

extension Column {
  /// Whether two values are equal to the byte; an unreadable value equals nothing.
  fileprivate func isSame(_ row: Int, as other: Column, _ otherRow: Int) -> Bool {
    guard fault(row) == nil, other.fault(otherRow) == nil else { return false }
    if isAbsent(row) || other.isAbsent(otherRow) { return isAbsent(row) == other.isAbsent(otherRow) }
    return switch type {
    case .integer, .date, .flag: integers[row] == other.integers[otherRow]
    case .decimal: wides[row] == other.wides[otherRow]
    case .text: text(row).elementsEqual(other.text(otherRow))
    }
  }
}
