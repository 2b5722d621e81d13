import Base
import Records
import SQLite

/// Appends rows of SQLite to the columns of a batch, without a call per cell that could be one per row.
///
/// Values of the type that a column has are written where they belong. All others, and those that must be looked at more
/// closely, are appended one at a time.
final class SQLiteRows: SQLiteRowFunction {
  private struct Place {
    enum Form { case integer, text, date, other }

    let form: Form
    let column: Unmanaged<Column>
    var states: UnsafeMutablePointer<UInt8>
    var integers: UnsafeMutablePointer<Int64>
    var ends: UnsafeMutablePointer<Int>
    var bytes: UnsafeMutablePointer<UInt8>
    /// The number of bytes so far, and the number of bytes for which there is room.
    var end = 0
    var room = 0

    init(_ column: Column, _ description: TargetColumn) {
      self.column = Unmanaged.passUnretained(column)
      let isPlain = description.digits == nil && description.form == .plain
      switch column.type {
      case .integer where isPlain: form = .integer
      case .text where isPlain: form = .text
      case .date where isPlain: form = .date
      default: form = .other
      }
      (states, integers, ends, bytes) = (column.states, column.integers, column.ends, column.bytes)
    }
  }

  private let table: TableSchema
  private let places: UnsafeMutableBufferPointer<Place>
  private var batch: Batch?
  private var row = 0

  init(_ table: TableSchema) {
    self.table = table
    places = .allocate(capacity: table.columns.count)
  }

  deinit { places.deallocate() }

  /// Begins to fill a batch, which has no rows, with at most `limit`.
  func begin(_ batch: Batch, limit: Int) {
    self.batch = batch
    row = 0
    for (index, column) in batch.columns.enumerated() {
      column.reserve(limit)
      let room = column.type == .text ? limit * 16 : 0
      column.reserveBytes(room)
      places.initializeElement(at: index, to: Place(column, table.columns[index]))
      places[index].room = room
    }
  }

  /// Ends a row.
  func next() { row += 1 }

  /// Ends the batch.
  func end() {
    for index in places.indices where places[index].form != .other {
      places[index].column._withUnsafeGuaranteedRef { $0.commit(rows: row) }
    }
    batch = nil
  }

  func take(_ cells: SQLiteRowCells, first: Int) {
    let row = row
    for index in 0..<cells.count {
      let cell = cells[index]
      guard let place = places.baseAddress.map({ $0 + first + index }) else { return }
      switch (place.pointee.form, cell.kind) {
      case (.integer, .integer): put(cell.integer, 0, row, place)
      case (.integer, .null): put(0, 1, row, place)
      case (.text, .text):
        if !put(cell.bytes, row, place) { append(cell, first + index) }
      case (.text, .null):
        place.pointee.ends[row] = place.pointee.end
        place.pointee.states[row] = 1
      case (.date, .text):
        if let date = StoredDate.read(cell.bytes) {
          put(date, date == 0 ? 1 : 0, row, place)
        } else {
          append(cell, first + index)
        }
      default: append(cell, first + index)
      }
    }
  }

  @inline(__always)
  private func put(_ value: Int64, _ state: UInt8, _ row: Int, _ place: UnsafeMutablePointer<Place>) {
    place.pointee.integers[row] = value
    place.pointee.states[row] = state
  }

  /// - Returns: false, and nothing is appended, for a text that must be looked at, or for which there is no room.
  @inline(__always)
  private func put(_ text: UnsafeBufferPointer<UInt8>, _ row: Int, _ place: UnsafeMutablePointer<Place>) -> Bool {
    let end = place.pointee.end + text.count
    guard end <= place.pointee.room else { return false }
    if let base = text.baseAddress {
      let joined = Self.copy(base, text.count, to: place.pointee.bytes + place.pointee.end)
      if joined & 0x8080_8080_8080_8080 != 0, WellFormedUTF8.firstMalformed(base, text.count) != nil { return false }
    }
    place.pointee.end = end
    place.pointee.ends[row] = end
    place.pointee.states[row] = 0
    return true
  }

  /// Copies bytes behind which nothing may be read.
  ///
  /// - Returns: all bytes, joined bit by bit.
  @inline(__always)
  private static func copy(
    _ text: UnsafePointer<UInt8>, _ count: Int, to out: UnsafeMutablePointer<UInt8>
  ) -> UInt64 {
    let (from, to) = (UnsafeRawPointer(text), UnsafeMutableRawPointer(out))
    var joined: UInt64 = 0
    if count >= 8 {
      var offset = 0
      while offset < count {
        // The last eight overlap those before.
        let place = min(offset, count - 8)
        let word = from.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        joined |= word
        to.storeBytes(of: word, toByteOffset: place, as: UInt64.self)
        offset += 8
      }
    } else if count >= 4 {
      let (low, high) = (
        from.loadUnaligned(as: UInt32.self), from.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      )
      joined = UInt64(low | high)
      to.storeBytes(of: low, as: UInt32.self)
      to.storeBytes(of: high, toByteOffset: count - 4, as: UInt32.self)
    } else {
      for index in 0..<count {
        joined |= UInt64(text[index])
        out[index] = text[index]
      }
    }
    return joined
  }

  /// Appends one value, of whatever type.
  private func append(_ cell: SQLiteCell, _ index: Int) {
    guard let column = batch?.columns[index] else { return }
    let description = table.columns[index]
    column.commit(rows: row)
    switch (column.type, cell.kind) {
    // An empty date is 0000-00-00 when the column may not be null.
    case (_, .null) where column.type != .date || description.optional: column.appendNull()
    case (.integer, .integer): column.append(cell.integer)
    case (.flag, .integer) where cell.integer == 0 || cell.integer == 1: column.append(cell.integer)
    case (.text, .text): column.append(checked: description.value(of: cell.bytes))
    case (.date, .text): column.append(storedDate: cell.bytes)
    case (.decimal(let scale), .text): column.append(storedDecimal: cell.bytes, scale: scale, .exact)
    // A numeric column stores 12.5 as REAL: its shortest digits are the stored number.
    case (.decimal(let scale), .real): column.append(storedDecimal: "\(cell.real)", scale: scale)
    case (.decimal(let scale), .integer): column.append(storedDecimal: "\(cell.integer)", scale: scale)
    default: column.append(state: Fault.unreadable.rawValue)
    }
    description.judge(column)
    var place = Place(column, description)
    place.end = column.byteCount
    place.room = max(places[index].room, place.end)
    places[index] = place
    // Room for as many more as were expected of all.
    if place.form == .text, place.end + 1024 > place.room {
      column.reserveBytes(place.room)
      places[index].bytes = column.bytes
      places[index].room = place.end + place.room
    }
  }
}
