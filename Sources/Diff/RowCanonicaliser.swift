import Base

/// Converts the values of one side to canonical rows and sort keys.
///
/// A canonical row has the columns of ``Terms`` in their order, separated by commas. A value with a comma, quotation
/// mark, line end or NUL is in quotation marks, and quotation marks in it are doubled; no other value is. So a line of
/// a plain CSV file with the same columns is already a canonical row. Values that are not texts begin with a NUL:
///
/// | bytes | value |
/// | --- | --- |
/// | `00` | null |
/// | `00 L` or `00 R`, and the text | what the left or right side could not read: equal to nothing on the other side |
/// | `00 T`, and the text | a text that is not what the column holds: equal to the same text on the other side |
/// | `00 N`, and the number | a number in a column that holds values of any kind |
/// | `00 B`, and `true` or `false` | the same for truth values |
///
/// A sort key has the order of its bytes: texts by their UTF-8, numbers by their value. In it, NUL is written `00 FF`,
/// null is `00 01`, the end of all columns but the last `00 02`.
package struct RowCanonicaliser: ~Copyable {
  private struct Plan {
    let source: Int
    let kind: ComparisonKind
    let forms: NormalForms
    let isFormed: Bool
    let isDeclared: Bool
    let isAccounting: Bool
  }

  private let side: Side
  private let plans: UnsafeMutableBufferPointer<Plan>
  private let key: UnsafeMutableBufferPointer<Plan>
  private var formed = ByteBuffer(capacity: 4096)
  /// The normal form of a text that is then read as another kind.
  private var normal: [UInt8] = []
  /// Values that this side could not read, by column.
  package private(set) var unreadable: [Int]

  package init(_ terms: Terms, _ side: Side) {
    self.side = side
    let plans = terms.columns.map { column in
      Plan(
        source: side == .left ? column.left : column.right, kind: column.kind, forms: column.forms,
        isFormed: !column.forms.isEmpty, isDeclared: column.isDeclared, isAccounting: column.isAccounting)
    }
    self.plans = Self.stored(plans)
    key = Self.stored(terms.key.map { plans[$0] })
    unreadable = Array(repeating: 0, count: plans.count)
    slack = 16 * (plans.count + 1)
  }

  deinit {
    plans.deallocate()
    key.deallocate()
  }

  private static func stored(_ plans: [Plan]) -> UnsafeMutableBufferPointer<Plan> {
    let stored = UnsafeMutableBufferPointer<Plan>.allocate(capacity: plans.count)
    _ = stored.initialize(from: plans)
    return stored
  }

  /// Appends the row's canonical bytes and its key to the output of `block`.
  package mutating func append(_ cells: borrowing CellRow, to block: RowBlock) {
    block.reserve(slack)
    let start = block.outputCount
    for index in 0..<plans.count {
      if index > 0 { Self.put(0x2C, block) }
      value(plans[index], cells, block, index)
    }
    let end = block.outputCount
    for index in 0..<key.count {
      part(key[index], cells, block)
      if index < key.count - 1 {
        Self.put(0, block)
        Self.put(2, block)
      }
    }
    block.append(RowSpan(start: start, end: end, keyStart: end, keyEnd: block.outputCount))
  }

  /// Room for single bytes that is always reserved: signs, tags and commas are written without a test.
  private let slack: Int

  @inline(__always)
  private static func put(_ byte: UInt8, _ block: RowBlock) {
    block.output[block.outputCount] = byte
    block.outputCount += 1
  }

  @inline(__always)
  private func put(_ bytes: UnsafeBufferPointer<UInt8>, _ block: RowBlock) {
    guard let base = bytes.baseAddress else { return }
    block.reserve(bytes.count + slack)
    (block.output + block.outputCount).update(from: base, count: bytes.count)
    block.outputCount += bytes.count
  }

  /// The canonical form of a value: its bytes, or that there are none.
  private enum Form {
    case null
    /// A value that the source could not read.
    case invalid
    /// A valid value of the source that is not of the column's kind.
    case unread
    /// A text, which may have to be quoted.
    case text(UnsafeBufferPointer<UInt8>)
    /// Digits, a date or a truth value: never quoted. `tag` is set in columns of any kind.
    case plain(UnsafeBufferPointer<UInt8>, tag: UInt8)
  }

  @inline(__always)
  private mutating func form(_ plan: Plan, _ cells: borrowing CellRow) -> Form {
    let cell = cells.cells[plan.source]
    let bytes = UnsafeBufferPointer(start: cell.base, count: cell.count)
    switch (cell.kind, plan.kind) {
    case (.null, _): return .null
    case (.invalid, _): return .invalid
    case (.text, .text), (.text, .any): return plan.isFormed ? .text(inForm(bytes, plan.forms)) : .text(bytes)
    case (_, .text): return .text(bytes)
    case (.integer, .number): return .plain(bytes, tag: 0)
    case (.integer, .any): return .plain(bytes, tag: 0x4E)
    case (.number, .number): return number(bytes, .machine, tag: 0)
    case (.text, .number):
      if plan.isFormed { return formedFirst(bytes, plan) }
      return number(bytes, plan.isAccounting ? .accounting : plan.isDeclared ? .lenient : .strict, tag: 0)
    case (.number, .any): return number(bytes, .machine, tag: 0x4E)
    case (.truth, .truth): return .plain(bytes, tag: 0)
    case (.truth, .any): return .plain(bytes, tag: 0x42)
    case (.date, .any): return .text(bytes)
    case (.date, .date): return DateForm.isEmpty(bytes) ? .null : .plain(bytes, tag: 0)
    case (.text, .date):
      if plan.isFormed { return formedFirst(bytes, plan) }
      return date(bytes, plan.isDeclared)
    case (.number, .date), (.integer, .date): return date(bytes, plan.isDeclared)
    case (.text, .truth), (.number, .truth), (.integer, .truth): return truth(bytes, plan.isDeclared)
    case (.date, .number), (.truth, .number), (.truth, .date), (.date, .truth): return .invalid
    }
  }

  /// Brings a text into its normal form, and reads the result.
  private mutating func formedFirst(_ bytes: UnsafeBufferPointer<UInt8>, _ plan: Plan) -> Form {
    normal.removeAll(keepingCapacity: true)
    normal.append(contentsOf: inForm(bytes, plan.forms))
    let text = normal
    return text.withUnsafeBufferPointer { text in
      guard text.count > 0 else { return .unread }
      return plan.kind == .date
        ? date(text, plan.isDeclared)
        : number(text, plan.isAccounting ? .accounting : plan.isDeclared ? .lenient : .strict, tag: 0)
    }
  }

  private mutating func room(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    formed.removeAll(for: count)
    return formed.base
  }

  private mutating func inForm(_ bytes: UnsafeBufferPointer<UInt8>, _ forms: NormalForms) -> UnsafeBufferPointer<UInt8>
  {
    let out = room(3 * bytes.count + 8)
    return UnsafeBufferPointer(start: out, count: forms.write(bytes, to: out))
  }

  @inline(__always)
  private mutating func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ reading: NumberForm.Reading, tag: UInt8
  ) -> Form {
    let out = room(NumberForm.room(bytes.count))
    guard let count = NumberForm.write(bytes, reading, to: out) else { return .unread }
    return .plain(UnsafeBufferPointer(start: out, count: count), tag: tag)
  }

  private mutating func date(_ bytes: UnsafeBufferPointer<UInt8>, _ isDeclared: Bool) -> Form {
    let out = room(DateForm.room)
    guard let count = DateForm.write(bytes, isDeclared: isDeclared, to: out) else { return .unread }
    return count == 0 ? .null : .plain(UnsafeBufferPointer(start: out, count: count), tag: 0)
  }

  private mutating func truth(_ bytes: UnsafeBufferPointer<UInt8>, _ isDeclared: Bool) -> Form {
    let text = String(decoding: bytes, as: UTF8.self)
    let words = isDeclared ? ["t": "true", "1": "true", "f": "false", "0": "false"] : [:]
    guard var word = words[text] ?? (text == "true" || text == "false" ? text : nil) else { return .unread }
    let out = room(8)
    return word.withUTF8 { letters in
      out.update(from: letters.baseAddress!, count: letters.count)
      return .plain(UnsafeBufferPointer(start: out, count: letters.count), tag: 0)
    }
  }

  // MARK: rows

  @inline(__always)
  private mutating func value(_ plan: Plan, _ cells: borrowing CellRow, _ block: RowBlock, _ index: Int) {
    switch form(plan, cells) {
    case .null: Self.put(0, block)
    case .text(let bytes): putText(bytes, block)
    case .plain(let bytes, let tag):
      if tag != 0 {
        Self.put(0, block)
        Self.put(tag, block)
      }
      put(bytes, block)
    case .invalid:
      unreadable[index] += 1
      Self.put(0, block)
      Self.put(side.mark, block)
      putText(cells.bytes(plan.source), block)
    case .unread:
      unreadable[index] += 1
      Self.put(0, block)
      Self.put(0x54, block)
      putText(cells.bytes(plan.source), block)
    }
  }

  @inline(__always)
  private func putText(_ bytes: UnsafeBufferPointer<UInt8>, _ block: RowBlock) {
    if Self.isPlain(bytes) { put(bytes, block) } else { putQuoted(bytes, block) }
  }

  /// Whether a text needs no quotation marks. Eight bytes at a time: most have none below the hyphen.
  @inline(__always)
  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    var index = 0
    while index + 8 <= bytes.count {
      let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      let low = (word &- 0x2D2D_2D2D_2D2D_2D2D) & ~word & 0x8080_8080_8080_8080
      if low != 0, !isPlain(base + index, 8) { return false }
      index += 8
    }
    return isPlain(base + index, bytes.count - index)
  }

  @inline(__always)
  private static func isPlain(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var isPlain = true
    for index in 0..<count {
      let byte = base[index]
      if byte <= 0x2C, byte == 0x2C || byte == 0x22 || byte == 10 || byte == 13 || byte == 0 { isPlain = false }
    }
    return isPlain
  }

  private func putQuoted(_ bytes: UnsafeBufferPointer<UInt8>, _ block: RowBlock) {
    block.reserve(2 * bytes.count + slack)
    Self.put(0x22, block)
    for byte in bytes {
      if byte == 0x22 { Self.put(0x22, block) }
      Self.put(byte, block)
    }
    Self.put(0x22, block)
  }

  // MARK: keys

  @inline(__always)
  private mutating func part(_ plan: Plan, _ cells: borrowing CellRow, _ block: RowBlock) {
    switch form(plan, cells) {
    case .null:
      Self.put(0, block)
      Self.put(1, block)
    case .text(let bytes): putKey(bytes, block)
    case .plain(let bytes, let tag):
      if tag != 0 {
        Self.put(0, block)
        Self.put(tag, block)
      }
      if plan.kind == .number || tag == 0x4E { putSortable(bytes, block) } else { put(bytes, block) }
    case .invalid:
      Self.put(0, block)
      Self.put(side.mark, block)
      putKey(cells.bytes(plan.source), block)
    case .unread:
      Self.put(0, block)
      Self.put(0x54, block)
      putKey(cells.bytes(plan.source), block)
    }
  }

  @inline(__always)
  private func putKey(_ bytes: UnsafeBufferPointer<UInt8>, _ block: RowBlock) {
    if bytes.contains(0) {
      block.reserve(2 * bytes.count + slack)
      for byte in bytes {
        Self.put(byte, block)
        if byte == 0 { Self.put(0xFF, block) }
      }
    } else {
      put(bytes, block)
    }
  }

  /// Writes digits so that the order of the bytes is the order of the numbers: the number of digits before the point,
  /// then all digits; for negative numbers everything inverted.
  private func putSortable(_ bytes: UnsafeBufferPointer<UInt8>, _ block: RowBlock) {
    if NumberForm.isWord(bytes) {
      // After all numbers.
      Self.put(0xFF, block)
      return put(bytes, block)
    }
    let isNegative = bytes.first == 45
    var whole = 0
    for byte in bytes.dropFirst(isNegative ? 1 : 0) {
      if byte == 46 { break }
      whole += 1
    }
    // Two bytes for the length: numbers may have some hundred digits. Never 0, which ends a part.
    let length = isNegative ? 0x7F7F - whole : 0x8080 + whole
    block.reserve(bytes.count + slack)
    Self.put(UInt8(truncatingIfNeeded: length >> 8), block)
    Self.put(UInt8(truncatingIfNeeded: length), block)
    for byte in bytes.dropFirst(isNegative ? 1 : 0) where byte != 46 { Self.put(isNegative ? 105 - byte : byte, block) }
    if isNegative { Self.put(0x7F, block) }
  }
}
