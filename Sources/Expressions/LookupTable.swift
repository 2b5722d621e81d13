import Base
import Records

/// A small table in which expressions look values up by their key (参照表): a code table, or another of the project's.
package struct LookupTable: Sendable {
  /// A value as the file has it.
  package enum Value: Hashable, Sendable {
    case integer(Int64)
    case wide(Int128)
    case text([UInt8])
    case null
  }

  package let name: String
  package let keys: [Field]
  package let columns: [Field]
  /// For each row the values of its key and of its columns.
  package private(set) var rows: [(key: [UInt8], values: [Value])] = []
  private var seen: Set<[UInt8]> = []

  package init(name: String, keys: [Field], columns: [Field]) {
    self.name = name
    self.keys = keys
    self.columns = columns
  }

  /// Adds a row.
  ///
  /// - Returns: false, and nothing is added, when there is a row with that key.
  package mutating func add(_ key: [Value], _ values: [Value]) -> Bool {
    var bytes: [UInt8] = []
    for value in key { Self.append(value, to: &bytes) }
    guard seen.insert(bytes).inserted else { return false }
    rows.append((bytes, values))
    return true
  }

  /// Keys are equal when their bytes are.
  static func append(_ value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .integer(let number): withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    case .wide(let number): withUnsafeBytes(of: number) { bytes += $0 }
    case .text(let text): text.withUnsafeBufferPointer { append($0, to: &bytes) }
    case .null: break
    }
  }

  @inline(__always)
  static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: text.count)) { bytes += $0 }
    bytes += text
  }
}

/// A table prepared for look-ups by bytes. One per shard.
final class LookupIndex {
  private let keys: [[UInt8]]
  private let columns: [String: Column]
  /// The key that is looked for.
  private var wanted: [UInt8] = []

  init(_ table: LookupTable) {
    let sorted = table.rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    keys = sorted.map(\.key)
    var columns: [String: Column] = [:]
    for (index, field) in table.columns.enumerated() {
      let column = Column(field.type)
      for row in sorted {
        switch row.values[index] {
        case .integer(let number): column.append(number)
        case .wide(let number): column.append(wide: number)
        case .text(let text): text.withUnsafeBufferPointer { column.append($0) }
        case .null: column.appendNull()
        }
      }
      columns[field.name] = column
    }
    self.columns = columns
  }

  /// Puts the values of `name` into `out`. A key that the table has not is the fault of codes that it has not.
  func look(_ name: String, _ arguments: [Column], _ out: Column, _ rows: Int) {
    let column = columns[name]
    for row in 0..<rows {
      let state = arguments.reduce(UInt8(0)) { max($0, $1.states[row]) }
      if state != 0 {
        out.append(state: state)
      } else if let column, let found = find(arguments, row) {
        out.append([found], of: column)
      } else {
        out.append(state: Fault.unmappedCode.rawValue)
      }
    }
  }

  private func find(_ arguments: [Column], _ row: Int) -> Int? {
    wanted.removeAll(keepingCapacity: true)
    for column in arguments {
      switch column.type {
      case .text: LookupTable.append(column.text(row), to: &wanted)
      case .decimal: LookupTable.append(.wide(column.wides[row]), to: &wanted)
      case .integer, .date, .flag: LookupTable.append(.integer(column.integers[row]), to: &wanted)
      }
    }
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle].lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == wanted ? low : nil
  }
}
