import Base
import Copybook
import Expressions
import Framing
import Records

/// Decodes blocks of one kind into columns it owns. One per shard.
package final class KindDecoder {
  package let plan: KindPlan
  package let columns: [Column]
  package private(set) var oddities = OddityCount()
  /// The oddities before the current block.
  private var odditiesBefore = OddityCount()
  private let unfolder: Unfolder?
  private let cells: CellPlaces?
  /// Whether records lose the spaces at their end, as in text files.
  private let isTrimmed: Bool
  private let machine: Machine
  /// `chosen[rule * rows + row]`: whether a record has the rule's group.
  private var chosen: [Bool] = []
  private var rows = 0
  /// Created on first use.
  private(set) lazy var unheld = UnheldBytes(plan)

  /// - Parameters:
  ///   - trimmed: records have lost the spaces at their end, as in text files.
  ///   - syntax: how cells are written, when the plan is of delimited records.
  ///   - columns: the column of the file for each item; empty for the layout's order.
  package init(_ plan: KindPlan, trimmed: Bool = false, cells syntax: CellSyntax? = nil, columns: [Int] = []) {
    self.plan = plan
    cells = syntax.map { CellPlaces($0, width: plan.cellCount ?? 0, columns: columns) }
    isTrimmed = trimmed
    unfolder = plan.unfolding.map(Unfolder.init)
    machine = Machine(plan.rules.program)
    self.columns = plan.types.map(Column.init)
  }

  /// Fills the columns with the block's records; earlier values are removed.
  ///
  /// In a record shorter than its layout, items beyond its end are null, a text that the end cuts keeps its remaining
  /// part, and any other item that the end cuts is the fault `cut`. Occurrences beyond those of a table are null.
  /// Occurrences that a varying table has by its count, but that the record lacks, are the fault `cut` in every item.
  /// An item of a group that its rule does not choose is null.
  package func decode(_ block: RecordBlock) {
    rows = block.count
    odditiesBefore = oddities
    if let cells {
      cells.find(block, layoutLength: plan.length)
      for field in plan.fields {
        let column = columns[field.column]
        column.removeAll()
        if let codec = field.codec as? any CellCodec {
          codec.decode(cells.base, cells.cells(of: field.cell), rows, column, &oddities)
        }
      }
    } else if !plan.isPlain || block.lengths != nil {
      decodeUneven(unfolder?.unfold(block, layoutLength: plan.length) ?? block)
    } else {
      for field in plan.fields {
        for (occurrence, offset) in field.offsets.enumerated() {
          let column = columns[field.column + occurrence]
          column.removeAll()
          field.codec.decode(block, at: offset, into: column, oddities: &oddities)
        }
      }
    }
  }

  /// Counts oddities found in the block after decoding.
  package func add(_ oddity: Oddity, _ count: Int) { oddities[oddity] += count }

  /// Removes the counts of the current block, which will be decoded again in another shape.
  func forget() { oddities = odditiesBefore }

  /// Whether record `row` of the block has the group; true for a group without a rule.
  package func has(group rule: Int, _ row: Int) -> Bool { chosen[rule * rows + row] }

  /// Whether record `row` of the block has that occurrence of a field's tables.
  package func has(_ field: Int, _ occurrence: Int, _ row: Int) -> Bool {
    guard let unfolder, !plan.fields[field].guards.isEmpty else { return true }
    return plan.fields[field].guards[occurrence].allSatisfy {
      unfolder.counts[$0.table * rows + row] > $0.index || ($0.index == 0 && unfolder.isWrong($0.table, row))
    }
  }

  /// The number of bytes of record `row` of the block beyond its items; negative when it has fewer. Bytes that belong
  /// only to an unchosen group count, unless they are blank.
  package func excess(_ row: Int, of block: RecordBlock) -> Int {
    if let cells { return cells.excess[row] }
    if let unfolder { return unfolder.excess[row] }
    guard let length = block.lengths?[row] else { return 0 }
    guard length > plan.ownLength, length <= plan.length else { return length - plan.length }
    let rest = Blank.rest(block.base + block.starts[row], from: plan.ownLength, to: length, space: plan.space)
    return rest > 0 ? rest : length - plan.length
  }

  /// The records of the block just decoded with every item in its one place: unchanged, or stretched.
  package func placed(_ block: RecordBlock) -> RecordBlock { unfolder?.stretched ?? block }

  /// Four values that no remaining length of a record has: the length is unknown, and a text is empty by its length
  /// item.
  private static let wrongTable = Int.min
  private static let emptyText = Int.min + 1
  /// The record is shorter than its count requires.
  private static let cutTable = Int.min + 2
  /// The record lacks the occurrence or the group.
  private static let absent = Int.min + 3

  private func decodeUneven(_ block: RecordBlock) {
    let shortest = unfolder == nil ? block.lengths?.min() ?? plan.length : 0
    for field in plan.fields where field.groups.isEmpty { decode(field, block, shortest) }
    for field in plan.varying where plan.fields[field].groups.isEmpty { mark(plan.fields[field]) }
    guard !plan.rules.isEmpty else { return }
    let before = oddities
    for field in plan.guides { decode(field, block, shortest) }
    // They are decoded once more, for the records that have them.
    oddities = before
    chosen = plan.rules.choose(machine, columns, rows: rows)
    for field in plan.fields where !field.groups.isEmpty { decode(field, block, shortest) }
    for field in plan.varying where !plan.fields[field].groups.isEmpty { mark(plan.fields[field]) }
  }

  /// Fills the flags that show which occurrences of a field's table each record has.
  private func mark(_ field: FieldPlan) {
    guard let unfolder, let presence = field.presence else { return }
    for (occurrence, guards) in field.guards.enumerated() {
      let column = columns[presence + occurrence]
      column.removeAll()
      for row in 0..<rows {
        if field.groups.contains(where: { !chosen[$0 * rows + row] }) {
          column.append(0)
        } else if guards.contains(where: { $0.index == 0 && unfolder.isWrong($0.table, row) }) {
          column.append(state: Fault.occurrences.rawValue)
        } else {
          column.append(guards.allSatisfy { unfolder.counts[$0.table * rows + row] > $0.index } ? 1 : 0)
        }
      }
    }
  }

  /// - Parameter shortest: the number of bytes that every record has.
  private func decode(_ field: FieldPlan, _ block: RecordBlock, _ shortest: Int) {
    for (occurrence, offset) in field.offsets.enumerated() {
      let column = columns[field.column + occurrence]
      column.removeAll()
      if field.groups.isEmpty, field.lengthField == nil, offset + field.slot.item.length <= shortest {
        field.codec.decode(block, at: offset, into: column, oddities: &oddities)
      } else {
        decode(field, offset, block, column) { extent(field, occurrence, offset, block, $0) }
      }
    }
  }

  /// The value of a text's length item; a value that is invalid or exceeds the text's room is wrong.
  private func length(_ length: Int, _ occurrence: Int, _ row: Int, of field: FieldPlan) -> Int {
    let column = columns[plan.fields[length].column + occurrence]
    guard column.states[row] == 0, let bytes = Int(exactly: column.integers[row]), bytes >= 0,
      bytes <= field.slot.item.length
    else { return Self.wrongTable }
    return bytes == 0 ? Self.emptyText : bytes
  }

  /// The number of bytes of a text that are value, by its length item; all of them when the length item has no possible
  /// value.
  func used(_ field: FieldPlan, _ occurrence: Int, _ row: Int) -> Int {
    guard let item = field.lengthField else { return field.slot.item.length }
    let bytes = length(item, occurrence, row, of: field)
    return bytes == Self.emptyText ? 0 : bytes == Self.wrongTable ? field.slot.item.length : bytes
  }

  /// The number of bytes of an item that are value.
  private func extent(_ field: FieldPlan, _ occurrence: Int, _ offset: Int, _ block: RecordBlock, _ row: Int) -> Int {
    let left = left(field, occurrence, offset, block, row)
    if left <= Self.absent { return left }
    let wanted = field.lengthField.map { length($0, occurrence, row, of: field) } ?? field.slot.item.length
    // Spaces that a text file has lost are not damage.
    if field.presence != nil, left < wanted, !(isTrimmed && field.codec.type == .text) { return Self.cutTable }
    return field.lengthField != nil && left > 0 ? min(left, wanted) : left
  }

  /// The number of bytes that a record has from an item's first byte on.
  private func left(_ field: FieldPlan, _ occurrence: Int, _ offset: Int, _ block: RecordBlock, _ row: Int) -> Int {
    for rule in field.groups where !chosen[rule * rows + row] { return Self.absent }
    guard let unfolder else { return (block.lengths?[row] ?? Int.max) - offset }
    if offset >= unfolder.lost[field.area * rows + row] { return Self.wrongTable }
    for condition in field.guards.isEmpty ? [] : field.guards[occurrence] {
      // The number of occurrences is unknown: the first one reports it.
      if condition.index == 0, unfolder.isWrong(condition.table, row) { return Self.wrongTable }
      if unfolder.counts[condition.table * rows + row] <= condition.index { return Self.absent }
    }
    let end = unfolder.ends[field.area * rows + row]
    return end == Int.max ? Int.max : end - offset
  }

  /// Decodes one item that may be absent or cut; `left` gives the number of its bytes in a row. Consecutive rows that
  /// have all of them are decoded together.
  private func decode(_ field: FieldPlan, _ offset: Int, _ block: RecordBlock, _ column: Column, left: (Int) -> Int) {
    let length = field.slot.item.length
    var row = 0
    while row < block.count {
      let first = row
      while row < block.count, left(row) >= length { row += 1 }
      if row > first {
        let starts = UnsafeBufferPointer(rebasing: block.starts[first..<row])
        field.codec.decode(
          RecordBlock(base: block.base, starts: starts), at: offset, into: column, oddities: &oddities)
        continue
      }
      let rest = left(row)
      if rest == Self.wrongTable {
        column.append(state: Fault.occurrences.rawValue)
      } else if rest == Self.cutTable {
        column.append(state: Fault.cut.rawValue)
      } else if rest == Self.emptyText {
        column.append("")
      } else if rest <= 0 {
        column.appendNull()
      } else if let text = field.codec as? TextCodec {
        let starts = UnsafeBufferPointer(rebasing: block.starts[row..<row + 1])
        text.shortened(to: rest).decode(
          RecordBlock(base: block.base, starts: starts), at: offset, into: column, oddities: &oddities)
      } else {
        column.append(state: Fault.cut.rawValue)
      }
      row += 1
    }
  }

  /// The offset of a value in its record, from 0; for a block of one record. The place in the layout when the record
  /// lacks it.
  package func position(_ field: Int, _ occurrence: Int) -> Int {
    if let cells { return cells.place(plan.fields[field].cell, 0).source }
    let offset = plan.fields[field].offsets[occurrence]
    return unfolder?.source(of: offset) ?? offset
  }

  /// The bytes of a value of the block just decoded, as hex; fewer than the item has when the record ends within it.
  package func bytes(_ field: Int, _ occurrence: Int, _ row: Int, of block: RecordBlock) -> String {
    let place = plan.fields[field]
    if let cells {
      let cell = cells.place(place.cell, row)
      return Hex.text(UnsafeBufferPointer(start: block.base + block.starts[row] + cell.source, count: cell.length))
    }
    let offset = place.offsets[occurrence]
    guard let unfolder else {
      let count = min(place.slot.item.length, (block.lengths?[row] ?? Int.max) - offset)
      return Hex.text(UnsafeBufferPointer(start: block.base + block.starts[row] + offset, count: max(0, count)))
    }
    let end = min(unfolder.ends[place.area * rows + row], unfolder.lost[place.area * rows + row])
    let isThere = has(field, occurrence, row) && !place.guards[occurrence].contains { unfolder.isWrong($0.table, row) }
    return Hex.text(unfolder.bytes(row, offset, isThere ? max(0, min(place.slot.item.length, end - offset)) : 0))
  }

  /// The faults of the records just decoded: record index within the block, field index, occurrence and fault, in
  /// record order. Empty for a clean block, at the cost of one scan of the states.
  package func faults() -> [(record: Int, field: Int, occurrence: Int, fault: Fault)] {
    var found: [(record: Int, field: Int, occurrence: Int, fault: Fault)] = []
    for (index, field) in plan.fields.enumerated() {
      for occurrence in field.offsets.indices {
        let column = columns[field.column + occurrence]
        let states = UnsafeBufferPointer(start: column.states, count: column.count)
        var worst: UInt8 = 0
        for state in states { worst = max(worst, state) }
        guard worst > 1 else { continue }
        for row in 0..<column.count {
          if let fault = column.fault(row) { found.append((row, index, occurrence, fault)) }
        }
      }
    }
    return found.sorted { ($0.record, $0.field, $0.occurrence) < ($1.record, $1.field, $1.occurrence) }
  }
}
