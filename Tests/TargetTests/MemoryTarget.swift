import Base
import Records
import Synchronization
import Targets

/// The new system's tables in memory, row by row as plain values: the contract of a target in its simplest form. For
/// tests.
package final class MemoryTarget: Target {
  enum Value: Hashable, Sendable {
    case null
    case integer(Int64)
    case decimal(Int128)
    case text([UInt8])
  }

  struct Table: Sendable {
    let schema: TableSchema
    var rows: [[Value]] = []
  }

  struct State: Sendable {
    var tables: [String: Table] = [:]
    var checkpoints: [String: Checkpoint] = [:]
  }

  let state = Mutex(State())
  package let reference = "memory:"

  package init() {}

  package func prepare(_ tables: [TableSchema], resuming: Bool) throws(Diagnostic) {
    let occupied = state.withLock { state in
      for table in tables where state.tables[table.name] == nil { state.tables[table.name] = Table(schema: table) }
      if resuming, !state.checkpoints.isEmpty { return nil as String? }
      return tables.first { state.tables[$0.name]?.rows.isEmpty == false }?.name
    }
    if let occupied { throw Diagnostic(.targetOccupied, at: Place(file: reference), occupied) }
  }

  package func loader(_ tables: [TableSchema]) throws(Diagnostic) -> any TargetLoader {
    MemoryLoader(self, tables)
  }

  package func reader(_ table: TableSchema) throws(Diagnostic) -> any TargetReader {
    guard let stored = state.withLock({ $0.tables[table.name] }) else {
      throw Diagnostic(.targetTable, at: Place(file: reference), table.name, "–")
    }
    var places: [Int] = []
    for column in table.columns {
      guard let place = stored.schema.columns.firstIndex(where: { $0.name == column.name }) else {
        throw Diagnostic(.targetTable, at: Place(file: reference), table.name, column.name)
      }
      places.append(place)
    }
    return MemoryReader(table, stored.rows.map { row in places.map { row[$0] } })
  }

  package func inventory(beside tables: [TableSchema]) throws(Diagnostic) -> [StoredTable] {
    state.withLock { state in
      state.tables.values.map { StoredTable($0.schema.name, $0.schema.columns.map(\.name)) }
    }
  }

  package func reader(_ table: TableSchema, of key: RowKey) throws(Diagnostic) -> any TargetReader {
    let all = try reader(table)
    let (batch, found) = (Batch(table.fields), Batch(table.fields))
    while try all.read(into: batch, limit: 512) {
      for row in 0..<batch.count where RowKey(batch, row: row, of: table) == key {
        for (column, value) in zip(found.columns, batch.columns) { column.append([row], of: value) }
      }
    }
    let rows = (0..<found.count).map { row in found.columns.map { Self.value($0, row) } }
    return MemoryReader(table, rows)
  }

  private static func value(_ column: Column, _ row: Int) -> Value {
    if column.isAbsent(row) { return .null }
    switch column.type {
    case .integer, .date, .flag: return .integer(column.integers[row])
    case .decimal: return .decimal(column.wides[row])
    case .text: return .text(Array(column.text(row)))
    }
  }
}

/// Keeps loaded rows separate until they are committed.
private final class MemoryLoader: TargetLoader {
  private let target: MemoryTarget
  private let tables: [TableSchema]
  private var pending: [(table: Int, row: [MemoryTarget.Value])] = []
  let checkpoints: [String: Checkpoint]

  init(_ target: MemoryTarget, _ tables: [TableSchema]) {
    self.target = target
    self.tables = tables
    checkpoints = target.state.withLock { $0.checkpoints }
  }

  func load(_ batch: Batch, into table: Int) throws(Diagnostic) {
    for row in 0..<batch.count {
      let values = batch.columns.map { Self.value($0, row) }
      for (column, value) in zip(tables[table].columns, values) where value == .null && !column.optional {
        guard column.type == .date else {
          throw Diagnostic(.targetWrite, at: Place(file: target.reference), tables[table].name, "null: \(column.name)")
        }
      }
      pending.append((table, values))
    }
  }

  private static func value(_ column: Column, _ row: Int) -> MemoryTarget.Value {
    if column.isAbsent(row) { return .null }
    return switch column.type {
    case .integer, .flag, .date: .integer(column.integers[row])
    case .decimal: .decimal(column.wides[row])
    case .text: .text(Array(column.text(row)))
    }
  }

  func commit(_ checkpoint: Checkpoint) {
    target.state.withLock { state in
      for (table, row) in pending { state.tables[tables[table].name]?.rows.append(row) }
      state.checkpoints[checkpoint.file] = checkpoint
    }
    pending = []
  }

  func finish() {}
}

private final class MemoryReader: TargetReader {
  private let rows: [[MemoryTarget.Value]]
  private var next = 0

  init(_ table: TableSchema, _ rows: [[MemoryTarget.Value]]) {
    self.rows = rows.sorted { left, right in
      for key in table.key where left[key] != right[key] {
        return Self.precedes(left[key], right[key], table.columns[key].type)
      }
      return false
    }
  }

  /// Null first, numbers by value, texts by their bytes, and decimals by the bytes of their text, as in SQLite.
  private static func precedes(_ left: MemoryTarget.Value, _ right: MemoryTarget.Value, _ type: ValueType) -> Bool {
    switch (left, right) {
    case (.null, _): return true
    case (.integer(let left), .integer(let right)): return left < right
    case (.text(let left), .text(let right)): return left.lexicographicallyPrecedes(right)
    case (.decimal(let left), .decimal(let right)):
      guard case .decimal(let scale) = type else { return left < right }
      let texts = [left, right].map { ExactDecimal.text($0, scale: scale).utf8 }
      return texts[0].lexicographicallyPrecedes(texts[1])
    default: return false
    }
  }

  func read(into batch: Batch, limit: Int) -> Bool {
    batch.removeAll()
    for row in rows[next..<min(rows.count, next + limit)] {
      for (column, value) in zip(batch.columns, row) {
        switch value {
        case .null: column.appendNull()
        case .integer(let value): column.append(value)
        case .decimal(let value): column.append(wide: value)
        case .text(let bytes): bytes.withUnsafeBufferPointer { column.append($0) }
        }
      }
    }
    next += batch.count
    return batch.count > 0
  }
}
