import Charset
import Copybook
import Records

/// Writes the values of a column as the bytes of one item: the inverse of the item's codec. Holds no state.
package struct ColumnEncoder: Sendable {
  private enum Kind {
    case number, wide
    case date(DateNotation)
    case text(TextForm)
    case identifier
  }

  /// Bytes of the item.
  package let length: Int
  /// The type of the column.
  package let type: ValueType
  private let field: EncodeField
  private let characters: CharacterSet
  private let kind: Kind
  private let zone: UInt8
  private let isTrimmed: Bool
  private let range: ClosedRange<Int64>
  /// The codes of the printable characters of ASCII in a text of single bytes; 0 for those that are looked up one by one.
  private let plain: [UInt8]

  /// - Returns: `nil` for an item without an inverse: floating point, addresses.
  package init?(_ plan: FieldPlan, reading: Interpretation) {
    let item = plan.slot.item
    if reading.cells[item.title] != nil { return nil }
    let characters = reading.characters(of: item)
    length = item.length
    type = plan.codec.type
    field = EncodeField(plan.slot, characters, reading.dialect)
    self.characters = characters
    isTrimmed = reading.trimming != .none
    zone = characters.singleSpace == 0x20 ? 0x30 : 0xF0
    let low = max(field.range.lowerBound, Int128(Int64.min))
    let high = min(field.range.upperBound, Int128(Int64.max))
    range = Int64(low)...Int64(high)
    switch reading.meanings[item.title] {
    case .date(let form):
      // In text an era may be a digit or a letter, and no date zeros or spaces.
      guard field.isNumber else { return nil }
      kind = .date(form)
    case .identifier: kind = .identifier
    case .mixed: kind = .text(.mixed)
    case nil:
      switch field.form {
      case .single: kind = .text(.single)
      case .double: kind = .text(.double)
      case .packed, .packedUnsigned, .zoned, .binary: kind = plan.codec.type == .integer ? .number : .wide
      case .hexadecimalFloat, .ieeeFloat, .bytes: return nil
      }
    }
    plain = if case .text(.single) = kind { Self.plain(characters) } else { [] }
  }

  private static func plain(_ characters: CharacterSet) -> [UInt8] {
    (0..<128).map { byte in
      guard (0x20...0x7E).contains(byte) else { return 0 }
      let (codes, fault) = characters.encode(.single, String(UnicodeScalar(UInt8(byte))))
      return fault == nil && codes.count == 1 ? codes[0] : 0
    }
  }

  /// The bytes of an item without a value.
  package var empty: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      if let base = buffer.baseAddress { putEmpty(base) }
      count = length
    }
  }

  /// Writes the bytes of an item without a value: zero, or spaces.
  package func putEmpty(_ target: UnsafeMutablePointer<UInt8>) { field.putEmpty(target, characters) }

  /// Writes row after row, `stride` bytes apart, `length` bytes each. A value that the item cannot hold, an invalid
  /// value, a text with padding at its end, and a null other than of texts and era dates are written as X'FF'
  /// throughout, which no item holds.
  ///
  /// - Returns: the number of such rows.
  package func encode(_ column: Column, rows: Int, to target: UnsafeMutablePointer<UInt8>, stride: Int) -> Int {
    switch kind {
    case .number: return each(column, rows, target, stride) { put(column.integers[$0], $1) }
    case .wide: return each(column, rows, target, stride) { putWide(column.wides[$0], $1) }
    case .date(let form):
      return each(column, rows, target, stride, null: { put(0, $0) }) { put(form.written(column.integers[$0]), $1) }
    case .identifier: return each(column, rows, target, stride) { putDigits(column.text($0), $1) }
    case .text(let form): return putTexts(column, rows, form, target, stride)
    }
  }

  /// Texts, of which many are as the one before, and most of ASCII alone.
  private func putTexts(
    _ column: Column, _ rows: Int, _ form: TextForm, _ target: UnsafeMutablePointer<UInt8>, _ stride: Int
  ) -> Int {
    let (ends, bytes, states) = (column.ends, column.bytes, column.states)
    var before = 0
    return plain.withUnsafeBufferPointer { plain in
      each(
        column, rows, target, stride,
        null: {
          putEmpty($0)
          return true
        }
      ) { row, place in
        let start = row == 0 ? 0 : ends[row - 1]
        let length = ends[row] - start
        defer { before = start }
        if row > 0, states[row - 1] == 0, start - before == length,
          ColumnText.areEqual(bytes + before, bytes + start, length), (place - stride)[0] != 0xFF
        {
          place.update(from: place - stride, count: self.length)
          return true
        }
        if form == .single, put(bytes + start, length, plain, place) { return true }
        return putText(column.text(row), form, place)
      }
    }
  }

  /// - Returns: false for a text that must be looked at.
  @inline(__always)
  private func put(
    _ text: UnsafePointer<UInt8>, _ count: Int, _ plain: UnsafeBufferPointer<UInt8>,
    _ place: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    guard count <= length, count == 0 || text[count - 1] != 0x20 else { return false }
    var isPlain = true
    for index in 0..<count {
      let code = plain[Int(text[index] & 0x7F)]
      isPlain = isPlain && text[index] < 0x80 && code != 0
      place[index] = code
    }
    guard isPlain else { return false }
    (place + count).update(repeating: characters.singleSpace, count: length - count)
    return true
  }

  @inline(__always)
  private func each(
    _ column: Column, _ rows: Int, _ target: UnsafeMutablePointer<UInt8>, _ stride: Int,
    null: (UnsafeMutablePointer<UInt8>) -> Bool = { _ in false },
    put: (_ row: Int, _ place: UnsafeMutablePointer<UInt8>) -> Bool
  ) -> Int {
    var failed = 0
    let states = column.states
    for row in 0..<rows {
      let place = target + row * stride
      let done = states[row] == 0 ? put(row, place) : states[row] == 1 ? null(place) : false
      if !done {
        place.update(repeating: 0xFF, count: length)
        failed += 1
      }
    }
    return failed
  }

  @inline(__always)
  private func put(_ value: Int64, _ place: UnsafeMutablePointer<UInt8>) -> Bool {
    guard range.contains(value) else { return false }
    field.put(value, place)
    return true
  }

  private func putWide(_ value: Int128, _ place: UnsafeMutablePointer<UInt8>) -> Bool {
    guard field.range.contains(value) else { return false }
    field.put(value, place)
    return true
  }

  private func putDigits(_ text: UnsafeBufferPointer<UInt8>, _ place: UnsafeMutablePointer<UInt8>) -> Bool {
    guard text.count == length else { return false }
    var wrong: UInt8 = 0
    for index in 0..<length {
      let digit = text[index] ^ 0x30
      wrong |= digit > 9 ? 1 : 0
      place[index] = zone | digit
    }
    return wrong == 0
  }

  /// Padding is not value: the item's codec never gives a text that ends in it.
  private static func endsWithSpace(_ text: UnsafeBufferPointer<UInt8>, _ form: TextForm) -> Bool {
    guard let last = text.last else { return false }
    if form != .double { return last == 0x20 }
    return text.count >= 3 && last == 0x80 && text[text.count - 2] == 0x80 && text[text.count - 3] == 0xE3
  }

  private func putText(
    _ text: UnsafeBufferPointer<UInt8>, _ form: TextForm, _ place: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    if isTrimmed, Self.endsWithSpace(text, form) { return false }
    putEmpty(place)
    let outcome = characters.encode(form, text, to: place, capacity: length)
    return outcome.fault == nil && (form == .single || isWhatIsRead(place, outcome.written, form, text))
  }

  /// Two texts may have one code: a character, and the same with a variation sequence. Only one of them results from
  /// reading the code.
  private func isWhatIsRead(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ form: TextForm, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count * 8 + 16) { buffer in
      guard let target = buffer.baseAddress else { return false }
      let outcome = characters.decode(form, bytes, count, to: target)
      return outcome.fault == nil && outcome.written == text.count
        && (0..<text.count).allSatisfy { target[$0] == text[$0] }
    }
  }
}
