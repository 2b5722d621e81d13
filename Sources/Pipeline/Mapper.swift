import Projects
import Expressions
import Records
import Targets

/// The disposition of a record.
package enum Disposition: Hashable, Sendable {
  case migrated
  /// The index of the exclusion rule.
  case excluded(Int)
  /// The column (of the target) or field and the fault.
  case rejected(field: String, Fault)
}

/// Maps the blocks of one kind. There is one per shard.
package final class Mapper {
  private let plan: MappingPlan
  private let tables: [TableSchema]
  /// The records of the block of which the row at work is made.
  private var selected: [Int] = []

  package init(_ plan: MappingPlan, tables: [TableSchema]) {
    self.plan = plan
    self.tables = tables
  }

  /// Appends the rows of the block with which `machine` was started to the batches of their tables.
  ///
  /// - Parameter dispositions: one per record; records already rejected by decoding stay so. On return every record has
  ///   its disposition, and only migrated ones have rows: a record is migrated completely or not at all.
  /// - Parameter records: the number of each record, kept beside its rows.
  /// - Returns: the number of migrated records that made no row.
  @discardableResult
  package func map(
    _ machine: Machine, records: [Int], dispositions: inout [Disposition], into batches: [Batch]
  ) -> Int {
    exclude(machine, &dispositions)
    let starts = plan.rows.map { batches[$0.table].count }
    var hasRow = plan.alwaysMakesRow ? [] : [Bool](repeating: false, count: dispositions.count)
    var rejected = false
    for row in plan.rows {
      for occurrence in 0..<(row.each?.count ?? 1) {
        if row.each != nil { machine.move(to: occurrence) }
        rejected = append(row, machine, records, &dispositions, &hasRow, batches[row.table]) || rejected
      }
    }
    if rejected {
      let refused = Set(zip(records, dispositions).filter { $0.1 != .migrated }.map(\.0))
      for (row, start) in zip(plan.rows, starts) { batches[row.table].remove(records: refused, from: start) }
    }
    return hasRow.indices.count { !hasRow[$0] && dispositions[$0] == .migrated }
  }

  /// Appends the rows that records would make if nothing were wrong with them, whatever their disposition. Values that
  /// cannot be computed are faults in the batches, and so is a row whose condition cannot.
  package func draft(_ machine: Machine, records: [Int], into batches: [Batch]) {
    for row in plan.rows {
      let batch = batches[row.table]
      for occurrence in 0..<(row.each?.count ?? 1) {
        if row.each != nil { machine.move(to: occurrence) }
        let condition = row.condition.map { machine.value($0) }
        let selected = records.indices.filter { record in
          condition.map { $0.fault(record) != nil || (!$0.isAbsent(record) && $0.integers[record] != 0) } ?? true
        }
        guard !selected.isEmpty else { continue }
        for (index, value) in row.values.enumerated() {
          batch.columns[index].append(selected, of: machine.value(value))
        }
        for record in selected { batch.records.append(records[record]) }
      }
    }
  }

  private func exclude(_ machine: Machine, _ dispositions: inout [Disposition]) {
    for (rule, exclusion) in plan.exclusions.enumerated() {
      let test = machine.value(exclusion.condition)
      let (states, values) = (test.states, test.integers)
      for row in dispositions.indices where states[row] != 0 || values[row] != 0 {
        guard dispositions[row] == .migrated else { continue }
        if let fault = test.fault(row) {
          dispositions[row] = .rejected(field: exclusion.id, fault)
        } else if values[row] != 0 {
          dispositions[row] = .excluded(rule)
        }
      }
    }
  }

  /// - Returns: true when a record was rejected.
  private func append(
    _ plan: RowPlan, _ machine: Machine, _ records: [Int], _ dispositions: inout [Disposition], _ hasRow: inout [Bool],
    _ batch: Batch
  ) -> Bool {
    var rejected = select(plan, machine, &dispositions)
    guard let first = selected.first, let last = selected.last else { return rejected }
    let all = last - first == selected.count - 1 ? first..<last + 1 : nil
    for (index, value) in plan.values.enumerated() {
      let column = machine.value(value)
      if tables[plan.table].columns[index].mayRefuse(column, last + 1) {
        rejected = refuse(plan.table, index, column, &dispositions) || rejected
      }
      if let all {
        batch.columns[index].append(all, of: column)
      } else {
        batch.columns[index].append(selected, of: column)
      }
    }
    for row in selected { batch.records.append(records[row]) }
    if !hasRow.isEmpty { for row in selected { hasRow[row] = true } }
    return rejected
  }

  /// Puts the records of which the plan makes a row into `selected`.
  ///
  /// - Returns: true when a record was rejected, since its condition cannot be judged.
  private func select(_ plan: RowPlan, _ machine: Machine, _ dispositions: inout [Disposition]) -> Bool {
    let condition = plan.condition.map { machine.value($0) }
    var rejected = false
    selected.removeAll(keepingCapacity: true)
    for row in dispositions.indices {
      if let condition, condition.states[row] == 0, condition.integers[row] == 0 { continue }
      guard dispositions[row] == .migrated else { continue }
      if let fault = condition?.fault(row) {
        dispositions[row] = .rejected(field: tables[plan.table].name, fault)
        rejected = true
      } else if condition?.states[row] ?? 0 == 0 {
        selected.append(row)
      }
    }
    return rejected
  }

  /// Rejects the selected records whose value a column of the table cannot hold.
  ///
  /// - Returns: true when there is one.
  private func refuse(_ table: Int, _ index: Int, _ column: Column, _ dispositions: inout [Disposition]) -> Bool {
    let schema = tables[table].columns[index]
    var rejected = false
    for row in selected {
      if let fault = schema.fault(column, row), dispositions[row] == .migrated {
        dispositions[row] = .rejected(field: "\(tables[table].name).\(schema.name)", fault)
        rejected = true
      }
    }
    return rejected
  }
}
