import Base

/// The values of one field for the rows of a batch: a typed array with a state per row, created once and refilled.
///
/// A column belongs to one shard and is not shared between threads. Storage grows to the largest batch it has held
/// and is kept. Loops take the pointers (`integers`, `wides`, `states`, `ends`, `bytes`) once and run over them;
/// a pointer is valid until the next call that appends or reserves.
///
/// - `integer`, `date` and `flag` columns use `integers`;
/// - `decimal` columns use `wides`, unscaled;
/// - `text` columns use `bytes`, the UTF-8 of all rows, and `ends[i]`, the offset at which row `i` ends.
///
/// It is public, since the bodies of package members are not inlined in other modules, and loops over cells need them so.
///
/// `states[i]` is 0 for a present value, 1 for null and a ``Fault`` for an invalid one. A row without a value has zero or
/// the empty text in its storage, so that equal rows have equal storage.
public final class Column {
  package let type: ValueType
  /// The mutable state, behind a pointer: properties of a class would be checked for exclusive access at every use.
  @usableFromInline
  struct Storage {
    @usableFromInline var count = 0
    var capacity = 0
    var byteCapacity = 0
    @usableFromInline var integers = UnsafeMutablePointer<Int64>.allocate(capacity: 0)
    @usableFromInline var wides = UnsafeMutablePointer<Int128>.allocate(capacity: 0)
    @usableFromInline var states = UnsafeMutablePointer<UInt8>.allocate(capacity: 0)
    @usableFromInline var ends = UnsafeMutablePointer<Int>.allocate(capacity: 0)
    @usableFromInline var bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: Column.slack)
  }

  /// The number of readable bytes beyond the last text: loops load eight at a time.
  public static let slack = 8

  @usableFromInline let storage: UnsafeMutablePointer<Storage>
  private let isText: Bool
  private let isWide: Bool

  @inlinable public var count: Int { storage.pointee.count }
  @inlinable public var integers: UnsafeMutablePointer<Int64> { storage.pointee.integers }
  @inlinable public var wides: UnsafeMutablePointer<Int128> { storage.pointee.wides }
  @inlinable public var states: UnsafeMutablePointer<UInt8> { storage.pointee.states }
  @inlinable public var ends: UnsafeMutablePointer<Int> { storage.pointee.ends }
  @inlinable public var bytes: UnsafeMutablePointer<UInt8> { storage.pointee.bytes }

  package init(_ type: ValueType) {
    self.type = type
    storage = .allocate(capacity: 1)
    storage.initialize(to: Storage())
    isText = type == .text
    isWide = if case .decimal = type { true } else { false }
  }

  deinit {
    integers.deallocate()
    wides.deallocate()
    states.deallocate()
    ends.deallocate()
    bytes.deallocate()
    storage.deallocate()
  }

  /// Removes the rows and keeps the storage.
  package func removeAll() { storage.pointee.count = 0 }

  /// Reserves room for `rows` rows in total; existing rows stay.
  package func reserve(_ rows: Int) {
    guard rows > storage.pointee.capacity else { return }
    let size = max(rows, storage.pointee.capacity * 2, 64)
    storage.pointee.states = Self.grown(states, count, size)
    if isText {
      storage.pointee.ends = Self.grown(ends, count, size)
    } else if isWide {
      storage.pointee.wides = Self.grown(wides, count, size)
    } else {
      storage.pointee.integers = Self.grown(integers, count, size)
    }
    storage.pointee.capacity = size
  }

  /// Reserves room for `more` bytes of text beyond the existing ones.
  package func reserveBytes(_ more: Int) {
    let need = byteCount + more
    guard need > storage.pointee.byteCapacity else { return }
    let size = max(need, storage.pointee.byteCapacity * 2, 1024)
    storage.pointee.bytes = Self.grown(bytes, byteCount, size + Self.slack)
    storage.pointee.byteCapacity = size
  }

  private static func grown<T>(_ old: UnsafeMutablePointer<T>, _ used: Int, _ size: Int) -> UnsafeMutablePointer<T> {
    let new = UnsafeMutablePointer<T>.allocate(capacity: size)
    new.update(from: old, count: used)
    old.deallocate()
    return new
  }

  /// The number of bytes of text in all rows.
  package var byteCount: Int { isText && count > 0 ? ends[count - 1] : 0 }

  /// The number of bytes of text in the first `rows` rows.
  package func bytes(_ rows: Int) -> Int { isText && rows > 0 ? ends[rows - 1] : 0 }

  /// The most bytes of a text in the first `rows` rows; a text has at least as many bytes as characters.
  package func longestText(_ rows: Int) -> Int {
    let ends = ends
    var (start, longest) = (0, 0)
    for row in 0..<rows {
      longest = max(longest, ends[row] &- start)
      start = ends[row]
    }
    return longest
  }

  /// Declares that the first `rows` rows have been written through the pointers. `rows` must have been reserved.
  package func commit(rows: Int) {
    precondition(rows <= storage.pointee.capacity, "rows written without room for them")
    storage.pointee.count = rows
  }

  // MARK: one row at a time

  package func append(_ value: Int64) {
    reserve(count + 1)
    integers[count] = value
    states[count] = 0
    storage.pointee.count += 1
  }

  package func append(wide value: Int128) {
    reserve(count + 1)
    wides[count] = value
    states[count] = 0
    storage.pointee.count += 1
  }

  package func append(_ text: UnsafeBufferPointer<UInt8>) {
    reserve(count + 1)
    reserveBytes(text.count)
    let start = byteCount
    if let base = text.baseAddress { (bytes + start).update(from: base, count: text.count) }
    ends[count] = start + text.count
    states[count] = 0
    storage.pointee.count += 1
  }

  package func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  package func appendNull() { append(state: 1) }

  /// Appends a row without a value: null (1) or invalid (a fault's raw value).
  package func append(state: UInt8) {
    reserve(count + 1)
    if isText {
      ends[count] = byteCount
    } else if isWide {
      wides[count] = 0
    } else {
      integers[count] = 0
    }
    states[count] = state
    storage.pointee.count += 1
  }

  /// Puts a row without a value in place of the last one.
  package func replaceLast(state: UInt8) {
    storage.pointee.count -= 1
    append(state: state)
  }

  /// The states of the first `rows` rows, joined bit by bit: 0 when all have values, at most 1 when none is invalid.
  @inlinable
  public func joinedStates(_ rows: Int) -> UInt8 {
    let states = states
    var joined: UInt8 = 0
    for row in 0..<rows { joined |= states[row] }
    return joined
  }

  /// Whether none of the first `rows` rows is null or invalid.
  @inlinable
  public func isClean(_ rows: Int) -> Bool { joinedStates(rows) == 0 }

  /// True for null and for invalid values.
  @inlinable public func isAbsent(_ row: Int) -> Bool { states[row] != 0 }

  package func fault(_ row: Int) -> Fault? { Fault(rawValue: states[row]) }

  /// The UTF-8 of a text row. Valid until the column is next changed.
  @inlinable
  public func text(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    let start = row == 0 ? 0 : ends[row - 1]
    return UnsafeBufferPointer(start: bytes + start, count: ends[row] - start)
  }

  /// The value of a row as text for people; `nil` when there is none. For samples and messages, not for loops.
  package func describe(_ row: Int) -> String? {
    if isAbsent(row) { return nil }
    switch type {
    case .integer: return String(integers[row])
    case .decimal(let scale): return ExactDecimal.text(wides[row], scale: scale)
    case .text: return String(decoding: text(row), as: UTF8.self)
    case .date: return CivilDate.text(integers[row])
    case .flag: return integers[row] != 0 ? "true" : "false"
    }
  }

  /// Appends rows of `other`, a column of the same type.
  package func append(_ rows: Range<Int>, of other: Column) {
    reserve(count + rows.count)
    (states + count).update(from: other.states + rows.lowerBound, count: rows.count)
    if isText {
      let from = rows.lowerBound == 0 ? 0 : other.ends[rows.lowerBound - 1]
      let length = rows.isEmpty ? 0 : other.ends[rows.upperBound - 1] - from
      let start = byteCount
      reserveBytes(length)
      (bytes + start).update(from: other.bytes + from, count: length)
      let (mine, theirs) = (ends + count - rows.lowerBound, other.ends)
      for row in rows { mine[row] = theirs[row] &- from &+ start }
    } else if isWide {
      (wides + count).update(from: other.wides + rows.lowerBound, count: rows.count)
    } else {
      (integers + count).update(from: other.integers + rows.lowerBound, count: rows.count)
    }
    storage.pointee.count += rows.count
  }

  /// Appends the rows of `other`, a column of the same type, whose numbers are in `rows`.
  package func append(_ rows: [Int], of other: Column) {
    reserve(count + rows.count)
    let (old, new) = (other.states, states + count)
    if isText {
      let theirs = other.ends
      var need = 0
      for row in rows { need += theirs[row] - (row == 0 ? 0 : theirs[row - 1]) }
      var writer = TextWriter(self, rows: rows.count, bytes: need)
      let from = other.bytes
      for row in rows {
        let start = row == 0 ? 0 : theirs[row - 1]
        writer.put(from + start, theirs[row] - start, state: old[row])
      }
      return writer.commit()
    }
    for (place, row) in rows.enumerated() { new[place] = old[row] }
    if isWide {
      let (from, to) = (other.wides, wides + count)
      for (place, row) in rows.enumerated() { to[place] = from[row] }
    } else {
      let (from, to) = (other.integers, integers + count)
      for (place, row) in rows.enumerated() { to[place] = from[row] }
    }
    storage.pointee.count += rows.count
  }

  /// Keeps only the rows whose numbers are in `rows`, in that order.
  func keep(_ rows: [Int]) {
    let copy = Column(type)
    copy.append(rows, of: self)
    removeAll()
    append(Array(rows.indices), of: copy)
  }
}
