import Records
import SQLite

/// Rows of one table as the pages of an SQLite database that has nothing else, built in memory: SQLite then takes them
/// over in one statement (`INSERT INTO … SELECT * …`), cell by cell, and nothing is bound.
///
/// The form is that of SQLite's file format 3 (sqlite.org/fileformat2.html): page 1 with the schema, page 2 the root of
/// the table, the leaves behind it. Nothing but this process ever reads it.
final class StagedPages {
  static let pageSize = 32_768
  /// A payload above this would not stay on its page.
  private static let largestPayload = pageSize - 35
  /// So many pages have a root that is one page, where each takes at most 15 bytes; far fewer are staged at once.
  static let mostPages = 32
  /// The pages before the first leaf.
  private static let firstLeaf = 2
  private static let leafHead = 8

  /// The table's statement as SQLite keeps it.
  private let name: String
  private let sql: String
  private let optional: [Bool]
  /// The pages, once there is a row, and the number of bytes for which there is room.
  private var memory: UnsafeMutableRawPointer?
  private var capacity = 0
  private(set) var pageCount = StagedPages.firstLeaf
  /// On the last leaf: the number of its cells, and where the last of them begins.
  private var cells = 0
  private var content = StagedPages.pageSize
  private(set) var rows = 0
  /// The number of the last row on each leaf that is full.
  private var lastRows: [Int] = []
  /// The head and the values of the row at work.
  private var head: UnsafeMutablePointer<UInt8>
  private var body: UnsafeMutablePointer<UInt8>
  private var bodyRoom = 4096

  /// - Parameters:
  ///   - sql: the statement that makes the table, as SQLite keeps it.
  ///   - optional: for each column whether it may be null.
  init(table name: String, sql: String, optional: [Bool]) {
    self.name = name
    self.sql = sql
    self.optional = optional
    // The longest varint of a length has nine bytes.
    head = .allocate(capacity: 9 * (optional.count + 2))
    body = .allocate(capacity: bodyRoom)
  }

  deinit {
    SQLiteMemory.free(memory)
    head.deallocate()
    body.deallocate()
  }

  private var byteCount: Int { pageCount * Self.pageSize }

  /// The pages; there is a row.
  private var pages: UnsafeMutableRawPointer {
    guard let memory else { preconditionFailure("pages without a row") }
    return memory
  }

  // MARK: rows

  /// Adds a row.
  ///
  /// - Returns: false, and nothing is added, for a row that does not fit on a page, or for which there is no memory.
  func add(_ columns: StagedColumns, _ row: Int) -> Bool {
    var (heading, length) = (0, 0)
    for index in columns.cells.indices {
      let cell = columns.cells[index]
      let state = cell.states[row]
      switch cell.form {
      case .integer where state == 0:
        let (type, width) = Self.type(cell.integers[row])
        head[heading] = type
        heading &+= 1
        put(cell.integers[row], width, at: length)
        length &+= width
      case .text where state == 0:
        let start = row == 0 ? 0 : cell.ends[row - 1]
        let count = cell.ends[row] - start
        heading = Self.varint(UInt64(truncatingIfNeeded: 2 &* count &+ 13), head, heading)
        reserve(length + count + 16, keeping: length)
        ColumnText.copy(cell.bytes + start, count, to: body + length)
        length &+= count
      case .date where state == 0 || !optional[index]:
        heading = Self.varint(UInt64(2 * StoredDate.length + 13), head, heading)
        reserve(length + StoredDate.length + 16, keeping: length)
        StoredDate.write(cell.integers[row], to: body + length)
        length &+= StoredDate.length
      case .decimal where state == 0:
        let room = StoredDecimal.room(scale: cell.scale)
        reserve(length + room + 16, keeping: length)
        let count = StoredDecimal.write(cell.wides[row], scale: cell.scale, to: body + length)
        heading = Self.varint(UInt64(truncatingIfNeeded: 2 &* count &+ 13), head, heading)
        length &+= count
      case .integer, .text, .date, .decimal:
        head[heading] = 0
        heading &+= 1
      }
    }
    return place(heading, length)
  }

  @inline(__always)
  private func reserve(_ bytes: Int, keeping used: Int) {
    if bytes > bodyRoom { grow(bytes, used) }
  }

  private func grow(_ bytes: Int, _ used: Int) {
    bodyRoom = 2 * bytes
    let new = UnsafeMutablePointer<UInt8>.allocate(capacity: bodyRoom)
    new.update(from: body, count: used)
    body.deallocate()
    body = new
  }

  /// The serial type of a whole number, and the number of its bytes: 0 and 1 have none.
  @inline(__always)
  private static func type(_ value: Int64) -> (UInt8, Int) {
    if value == 0 || value == 1 { return (value == 0 ? 8 : 9, 0) }
    // The bits without the sign, and one for it.
    let bits = 65 - (value < 0 ? ~value : value).leadingZeroBitCount
    if bits <= 8 { return (1, 1) }
    if bits <= 16 { return (2, 2) }
    if bits <= 24 { return (3, 3) }
    if bits <= 32 { return (4, 4) }
    if bits <= 48 { return (5, 6) }
    return (6, 8)
  }

  @inline(__always)
  private func put(_ value: Int64, _ width: Int, at place: Int) {
    if width == 0 { return }
    reserve(place + 16, keeping: place)
    let shifted = value << Int64(64 - 8 * width)
    UnsafeMutableRawPointer(body + place).storeBytes(of: shifted.bigEndian, as: Int64.self)
  }

  /// Writes a number in as many groups of seven bits as it needs, the highest first.
  ///
  /// - Returns: the place behind it.
  @inline(__always)
  private static func varint(_ value: UInt64, _ out: UnsafeMutablePointer<UInt8>, _ place: Int) -> Int {
    if value < 0x80 {
      out[place] = UInt8(truncatingIfNeeded: value)
      return place &+ 1
    }
    let count = max(1, (70 - value.leadingZeroBitCount) / 7)
    var rest = value
    for index in stride(from: count - 1, through: 0, by: -1) {
      out[place &+ index] = UInt8(truncatingIfNeeded: rest & 0x7F) | (index == count - 1 ? 0 : 0x80)
      rest >>= 7
    }
    return place &+ count
  }

  /// Puts the row at work on the last leaf, or on a new one.
  private func place(_ heading: Int, _ length: Int) -> Bool {
    // The head begins with its own length, which counts.
    let own = heading + 1 < 0x80 ? 1 : heading + 2 < 0x4000 ? 2 : 3
    let payload = own + heading + length
    guard payload <= Self.largestPayload else { return false }
    let widest = 9 + 9 + payload
    if rows == 0 || content - widest < Self.leafHead + 2 * (cells + 1) {
      guard hasRoomForLeaf() else { return false }
      if rows > 0 { closeLeaf() }
      pageCount += 1
      (cells, content) = (0, Self.pageSize)
    }
    rows += 1
    var lead: (UInt64, UInt64, UInt64) = (0, 0, 0)
    withUnsafeMutableBytes(of: &lead) { bytes in
      guard let out = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      var count = Self.varint(UInt64(truncatingIfNeeded: payload), out, 0)
      count = Self.varint(UInt64(truncatingIfNeeded: rows), out, count)
      count = Self.varint(UInt64(truncatingIfNeeded: own + heading), out, count)
      content -= count - own + payload
      let cell = leaf + content
      cell.copyMemory(from: UnsafeRawPointer(out), byteCount: count)
      (cell + count).copyMemory(from: head, byteCount: heading)
      (cell + count + heading).copyMemory(from: body, byteCount: length)
    }
    Self.put(UInt16(truncatingIfNeeded: content), leaf + Self.leafHead + 2 * cells)
    cells += 1
    return true
  }

  private var leaf: UnsafeMutableRawPointer { pages + (pageCount - 1) * Self.pageSize }

  private func hasRoomForLeaf() -> Bool {
    guard byteCount + Self.pageSize > capacity else { return true }
    let larger = max(8 * Self.pageSize, 2 * capacity)
    guard let memory = SQLiteMemory.resized(memory, to: larger) else { return false }
    (self.memory, capacity) = (memory, larger)
    return true
  }

  private func closeLeaf() {
    Self.putHead(0x0D, cells, content, leaf)
    lastRows.append(rows)
  }

  // MARK: the database around them

  /// Completes the database and gives it away; it then begins anew. At least one row has been added, and there are at most
  /// ``mostPages``.
  func take() -> (pages: UnsafeMutableRawPointer, count: Int) {
    closeLeaf()
    if lastRows.count == 1 {
      // The only leaf is the root itself.
      (pages + Self.pageSize).copyMemory(from: leaf, byteCount: Self.pageSize)
      pageCount = Self.firstLeaf
    } else {
      putRoot()
    }
    putSchema()
    defer {
      (memory, capacity) = (nil, 0)
      pageCount = Self.firstLeaf
      (cells, content, rows) = (0, Self.pageSize, 0)
      lastRows.removeAll(keepingCapacity: true)
    }
    return (pages, byteCount)
  }

  private func putRoot() {
    let root = pages + Self.pageSize
    root.initializeMemory(as: UInt8.self, repeating: 0, count: Self.pageSize)
    var content = Self.pageSize
    for (index, last) in lastRows.dropLast().enumerated() {
      var bytes = [UInt8](repeating: 0, count: 9)
      let count = bytes.withUnsafeMutableBufferPointer { out in
        out.baseAddress.map { Self.varint(UInt64(last), $0, 0) } ?? 0
      }
      content -= 4 + count
      Self.put(UInt32(Self.firstLeaf + index + 1), root + content)
      (root + content + 4).copyMemory(from: bytes, byteCount: count)
      Self.put(UInt16(content), root + 12 + 2 * index)
    }
    Self.putHead(0x05, lastRows.count - 1, content, root)
    Self.put(UInt32(Self.firstLeaf + lastRows.count), root + 8)
  }

  private func putSchema() {
    let page = pages
    page.initializeMemory(as: UInt8.self, repeating: 0, count: Self.pageSize)
    page.copyMemory(from: Array("SQLite format 3\0".utf8), byteCount: 16)
    Self.put(UInt16(Self.pageSize), page + 16)
    page.storeBytes(of: 0x2020_4000_0101, toByteOffset: 18, as: UInt64.self)
    Self.put(UInt32(1), page + 24)
    Self.put(UInt32(pageCount), page + 28)
    Self.put(UInt32(1), page + 40)
    Self.put(UInt32(4), page + 44)
    Self.put(UInt32(1), page + 56)
    Self.put(UInt32(1), page + 92)
    Self.put(UInt32(3_040_000), page + 96)
    let texts = ["table", name, name].map { Array($0.utf8) }
    let statement = Array(sql.utf8)
    var head: [UInt8] = []
    func add(_ number: Int) {
      var bytes = [UInt8](repeating: 0, count: 9)
      let count = bytes.withUnsafeMutableBufferPointer { out in
        out.baseAddress.map { Self.varint(UInt64(number), $0, 0) } ?? 0
      }
      head += bytes.prefix(count)
    }
    for text in texts { add(2 * text.count + 13) }
    head.append(1)
    add(2 * statement.count + 13)
    let heading = head
    head = []
    add(heading.count + 1)
    let payload = head + heading + texts.flatMap(\.self) + [2] + statement
    head = []
    add(payload.count)
    let cell = head + [1] + payload
    let content = Self.pageSize - cell.count
    (page + content).copyMemory(from: cell, byteCount: cell.count)
    Self.putHead(0x0D, 1, content, page + 100)
    Self.put(UInt16(content), page + 108)
  }

  /// Whether the statement fits on the first page.
  var fits: Bool { sql.utf8.count + 2 * name.utf8.count + 200 < Self.pageSize - 200 }

  private static func putHead(_ kind: UInt8, _ cells: Int, _ content: Int, _ page: UnsafeMutableRawPointer) {
    page.storeBytes(of: kind, as: UInt8.self)
    put(UInt16(0), page + 1)
    put(UInt16(cells), page + 3)
    put(UInt16(content), page + 5)
    page.storeBytes(of: 0, toByteOffset: 7, as: UInt8.self)
  }

  @inline(__always)
  private static func put<Number: FixedWidthInteger>(_ number: Number, _ place: UnsafeMutableRawPointer) {
    place.storeBytes(of: number.bigEndian, as: Number.self)
  }
}

/// The columns of a batch whose rows are staged, without the objects around them.
struct StagedColumns {
  struct Cell {
    enum Form { case integer, text, date, decimal }

    let form: Form
    let scale: Int
    let states: UnsafeMutablePointer<UInt8>
    let integers: UnsafeMutablePointer<Int64>
    let wides: UnsafeMutablePointer<Int128>
    let ends: UnsafeMutablePointer<Int>
    let bytes: UnsafeMutablePointer<UInt8>

    init(_ column: Column) {
      switch column.type {
      case .integer, .flag: (form, scale) = (.integer, 0)
      case .text: (form, scale) = (.text, 0)
      case .date: (form, scale) = (.date, 0)
      case .decimal(let digits): (form, scale) = (.decimal, digits)
      }
      (states, integers, wides) = (column.states, column.integers, column.wides)
      (ends, bytes) = (column.ends, column.bytes)
    }
  }

  let cells: [Cell]

  init(_ batch: Batch) { cells = batch.columns.map(Cell.init) }
}
