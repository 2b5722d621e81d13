import Base
import Charset
import Copybook
import Records

/// Writes one kind of record, value by value, into a reused buffer.
///
/// ```swift
/// let encoder = try RecordEncoder(layout: layout, choosing: ["SN-BODY-10"], characters: jef)
/// let claim = try encoder.slot("SN-CHOTEI")
/// encoder.begin()                 // every number 0, every text spaces
/// try encoder.set(claim, 59_000)
/// file.write(encoder.bytes)
/// ```
///
/// Names are resolved once; afterwards a slot is an index. Setting a number allocates nothing and takes some
/// nanoseconds. One encoder belongs to one thread.
package final class RecordEncoder {
  /// The record: valid until the encoder is released; changes with every set.
  package let bytes: UnsafeMutableBufferPointer<UInt8>
  /// The elementary items in the order of the copybook; a slot index points into this.
  package let slots: [Slot]
  /// Bytes of a record.
  package var length: Int { bytes.count }

  private let file: String
  private let characters: CharacterSet
  private let fields: UnsafeMutablePointer<EncodeField>
  private let empty: UnsafeMutablePointer<UInt8>
  private let target: UnsafeMutablePointer<UInt8>

  /// A record of `layout` that uses the groups named in `chosen` in every set of redefinitions.
  ///
  /// Slots of two dimensions cannot be set by occurrence; no layout of the old system has them.
  /// - Parameter dialect: that of the layout.
  package init(
    layout: Layout, choosing chosen: Set<String>, characters: CharacterSet, dialect: Dialect = Dialect(.ibm)
  ) {
    file = layout.file
    self.characters = characters
    slots = layout.slots(choosing: chosen)
    let length = layout.length
    target = .allocate(capacity: max(length, 1))
    empty = .allocate(capacity: max(length, 1))
    fields = .allocate(capacity: max(slots.count, 1))
    empty.initialize(repeating: characters.singleSpace, count: max(length, 1))
    for (index, slot) in slots.enumerated() {
      let field = EncodeField(slot, characters, dialect)
      (fields + index).initialize(to: field)
      for occurrence in 0..<field.count { field.putEmpty(empty + field.offset + occurrence * field.stride, characters) }
    }
    target.initialize(from: empty, count: max(length, 1))
    bytes = UnsafeMutableBufferPointer(start: target, count: length)
  }

  deinit {
    target.deallocate()
    empty.deallocate()
    fields.deallocate()
  }

  /// The index of the slot with that name.
  ///
  /// - Throws: `encode.slot` when the record has none.
  package func slot(_ name: String) throws(Diagnostic) -> Int {
    guard let index = slots.firstIndex(where: { $0.name == name }) else {
      throw Diagnostic(.encodeSlot, at: Place(file: file, field: name), name)
    }
    return index
  }

  /// Starts a record: every number 0, every text spaces, every FILLER spaces.
  package func begin() { target.update(from: empty, count: bytes.count) }

  // MARK: numbers

  /// Writes an unscaled number: 1234 in `9(5)V9(2)` is 12.34.
  ///
  /// - Throws: `encode.overflow` when it has more digits than the picture, or is negative when the picture has no S.
  ///   The field is then unchanged.
  package func set(_ slot: Int, _ value: Int64) throws(Diagnostic) { try put(slot, 0, value) }

  /// Writes a number into one occurrence, counted from 0.
  ///
  /// - Throws: `encode.overflow`.
  package func set(_ slot: Int, _ occurrence: Int, _ value: Int64) throws(Diagnostic) {
    try put(slot, occurrence, value)
  }

  /// Writes a date `YYYYMMDD` as GYYMMDD of its own era; parts that are 00 stay 00, 0 is no date.
  ///
  /// - Throws: `encode.overflow`.
  package func set(_ slot: Int, date: Int64) throws(Diagnostic) { try put(slot, 0, date == 0 ? 0 : Era.packed(date)) }

  /// Writes a month `YYYYMM` as GYYMM of the era in which it ends.
  ///
  /// - Throws: `encode.overflow`.
  package func set(_ slot: Int, month: Int64) throws(Diagnostic) {
    try put(slot, 0, month == 0 ? 0 : Era.packed(month: month * 100))
  }

  /// Writes a fiscal year as GYY of the era in which it begins: 2019 is 431, 2020 is 502.
  ///
  /// - Throws: `encode.overflow`.
  package func set(_ slot: Int, fiscalYear: Int64) throws(Diagnostic) {
    try put(slot, 0, fiscalYear == 0 ? 0 : Era.packed(year: fiscalYear))
  }

  /// Writes an unscaled number of any size.
  ///
  /// - Throws: `encode.overflow`.
  package func set(_ slot: Int, _ occurrence: Int = 0, wide value: Int128) throws(Diagnostic) {
    let field = fields[slot]
    guard field.isNumber, field.range.contains(value), occurrence >= 0, occurrence < field.count else {
      throw overflow(slot)
    }
    field.put(value, target + field.offset + occurrence * field.stride)
  }

  /// Writes a number into COMP-1 or COMP-2.
  ///
  /// - Throws: `encode.overflow`.
  package func set(_ slot: Int, _ occurrence: Int = 0, float value: Double) throws(Diagnostic) {
    let field = fields[slot]
    guard field.isFloat, occurrence >= 0, occurrence < field.count else { throw overflow(slot) }
    let place = target + field.offset + occurrence * field.stride
    if field.form == .ieeeFloat {
      putIEEE(value, place, field.length, littleEndian: field.littleEndian)
    } else if !putHexadecimal(value, place, field.length) {
      throw overflow(slot)
    }
  }

  private func put(_ slot: Int, _ occurrence: Int, _ value: Int64) throws(Diagnostic) {
    let field = fields[slot]
    guard field.isNumber, field.range.contains(Int128(value)), occurrence >= 0, occurrence < field.count else {
      throw overflow(slot)
    }
    field.put(value, target + field.offset + occurrence * field.stride)
  }

  // MARK: text

  /// Writes UTF-8 text and pads it with spaces: kanji without shift codes into `N`, single bytes with shifted kanji
  /// into `X`.
  ///
  /// - Throws: `encode.overflow` when the text does not fit, `encode.character` when a character has no code.
  package func set(_ slot: Int, _ text: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    let field = fields[slot]
    guard !field.isNumber, !field.isFloat else { throw overflow(slot) }
    let place = target + field.offset
    field.putEmpty(place, characters)
    let form: TextForm = field.form == .double ? .double : .mixed
    let outcome = characters.encode(form, text, to: place, capacity: field.length)
    guard let fault = outcome.fault else { return }
    field.putEmpty(place, characters)
    if fault == .tooLong { throw overflow(slot) }
    throw Diagnostic(
      .encodeCharacter, at: Place(file: file, field: slots[slot].name), String(describing: fault.code),
      String(outcome.faultOffset))
  }

  /// Writes a string; for values that are set one at a time.
  package func set(_ slot: Int, _ text: String) throws(Diagnostic) {
    var fault: Diagnostic?
    var text = text
    text.withUTF8 { bytes in
      do throws(Diagnostic) { try set(slot, bytes) } catch { fault = error }
    }
    if let fault { throw fault }
  }

  /// Writes bytes that are already in the record's character set and leaves the rest of the field as it is; for words
  /// that were encoded once and are written often. Returns the number of bytes from the field's start that are used.
  ///
  /// - Throws: `encode.overflow` when they do not fit.
  @discardableResult
  package func set(_ slot: Int, encoded: UnsafeBufferPointer<UInt8>, at start: Int = 0) throws(Diagnostic) -> Int {
    let field = fields[slot]
    guard start >= 0, start + encoded.count <= field.length else { throw overflow(slot) }
    if let source = encoded.baseAddress { (target + field.offset + start).update(from: source, count: encoded.count) }
    return start + encoded.count
  }

  /// Writes one byte into a field of one or more bytes; for codes.
  package func set(_ slot: Int, _ occurrence: Int = 0, byte: UInt8, at start: Int = 0) {
    let field = fields[slot]
    precondition(start < field.length && occurrence < field.count)
    target[field.offset + occurrence * field.stride + start] = byte
  }

  /// The error for a value that does not fit; rarely executed.
  private func overflow(_ slot: Int) -> Diagnostic {
    let item = slots[slot].item
    let place = Place(file: file, offset: item.offset, field: item.name)
    return Diagnostic(.encodeOverflow, at: place, item.picture?.text ?? item.usage.rawValue, String(item.length))
  }
}
