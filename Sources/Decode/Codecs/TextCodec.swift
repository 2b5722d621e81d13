import Charset
import Records

/// Characters: X, A and N items, mixed items with shift codes, and edited pictures, as UTF-8.
package struct TextCodec: FieldCodec {
  package let type = ValueType.text
  private let form: TextForm
  private let length: Int
  private let characters: CharacterSet
  private let trimming: Trimming
  private let lowValuesAreNull: Bool

  /// The padding that is removed. It is padding, not value: the standard's texts have no trailing spaces. In mixed text
  /// only the padding on the right is removed.
  package enum Trimming: String, Hashable, Sendable, CaseIterable { case none, right, both }

  /// - Parameter lowValuesAreNull: a text of X'00' alone has no value, and X'00' at its end is padding; both are
  ///   counted.
  package init(
    form: TextForm, length: Int, characters: CharacterSet, trimming: Trimming, lowValuesAreNull: Bool = false
  ) {
    self.lowValuesAreNull = lowValuesAreNull
    self.form = form
    self.length = length
    self.characters = characters
    self.trimming = trimming
  }

  /// Whether no value has a blank at its end.
  var isTrimmed: Bool { trimming != .none }

  /// Whether shift codes in the item are a fault that the meaning `mixed` would remove.
  var mayBeMixed: Bool { form == .single && characters.hasShiftCodes }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    guard let starts = block.starts.baseAddress else { return }
    let (first, rows) = (column.count, block.count)
    column.reserve(first + rows)
    column.reserveBytes(rows * (length * 4) + 8)
    let fields = TextFields(base: block.base + offset, starts: starts, count: rows, length: length)
    let isPlain = trimming == .right && !lowValuesAreNull
    var row = 0
    while row < rows {
      if isPlain {
        let done = characters.decodePlain(
          form, fields, from: row, to: column.bytes, end: column.byteCount, ends: column.ends + first)
        (column.states + (first + row)).update(repeating: 0, count: done.rows - row)
        column.commit(rows: first + done.rows)
        row = done.rows
        if row == rows { return }
      }
      decodeOne(block.base + block.starts[row] + offset, column, &oddities)
      row += 1
    }
  }

  /// A text that needs further tests, or has a form without fixed width.
  private func decodeOne(_ field: UnsafePointer<UInt8>, _ column: Column, _ oddities: inout OddityCount) {
    if lowValuesAreNull, length > 0, field[0] == 0, (1..<length).allSatisfy({ field[$0] == 0 }) {
      oddities[.blank] += 1
      return column.appendNull()
    }
    var (start, end) = trimmed(field)
    if lowValuesAreNull, trimming != .none, end > start, field[end - 1] == 0 {
      oddities[.blank] += 1
      let padding = form == .single ? characters.singleSpace : 0
      while end > start, field[end - 1] == 0 || field[end - 1] == padding { end -= 1 }
      if form == .double { end += (end - start) % 2 }
    }
    column.reserveBytes((end - start) * 4 + 8)
    let used = column.byteCount
    let target = column.bytes + used
    let outcome = characters.decode(form, field + start, end - start, to: target)
    if let fault = outcome.fault { return column.append(state: Self.fault(fault).rawValue) }
    Self.count(outcome.notes, into: &oddities)
    let row = column.count
    column.reserve(row + 1)
    column.ends[row] = used + trimmed(target, outcome.written)
    column.states[row] = 0
    column.commit(rows: row + 1)
  }

  /// The codec for the bytes that are left of an item at a record's early end.
  func shortened(to length: Int) -> TextCodec {
    TextCodec(
      form: form, length: length, characters: characters, trimming: trimming, lowValuesAreNull: lowValuesAreNull)
  }

  /// The part of the field that is not padding, as byte offsets.
  @inline(__always)
  private func trimmed(_ field: UnsafePointer<UInt8>) -> (Int, Int) {
    var (start, end) = (0, length)
    if trimming == .none || form == .mixed { return (start, end) }
    if form == .double, let (high, low) = characters.doubleSpace {
      while end >= 2, field[end - 1] == low, field[end - 2] == high { end -= 2 }
      if trimming == .both { while start + 2 <= end, field[start] == high, field[start + 1] == low { start += 2 } }
    } else {
      let space = characters.singleSpace
      while end > 0, field[end - 1] == space { end -= 1 }
      if trimming == .both { while start < end, field[start] == space { start += 1 } }
    }
    return (start, end)
  }

  /// The length of decoded mixed text without its padding. It cannot be removed before decoding, since X'40' could be
  /// half a character.
  @inline(__always)
  private func trimmed(_ text: UnsafeMutablePointer<UInt8>, _ written: Int) -> Int {
    guard form == .mixed, trimming != .none else { return written }
    var end = written
    while end > 0, text[end - 1] == 0x20 { end -= 1 }
    return end
  }

  private static func fault(_ fault: TextFault) -> Fault {
    switch fault {
    case .oddLength: .oddLength
    case .strayShift: .strayShift
    case .gaijiUnmapped: .unmappedGaiji
    case .gaijiUnidentified: .unidentifiedGaiji
    case .noUnicode: .noUnicode
    case .replaced: .replaced
    default: .undefinedCode
    }
  }

  @inline(__always)
  private static func count(_ notes: TextNotes, into oddities: inout OddityCount) {
    if notes.isEmpty { return }
    oddities[.control] += notes.hasControls ? 1 : 0
    oddities[.openShift] += notes.openShift ? 1 : 0
    oddities[.jisSpace] += Int(notes.alternateSpaces)
    oddities[.gaijiMatch] += Int(notes.gaijiMatches)
    oddities[.glyphDifference] += Int(notes.glyphDifferences)
    oddities[.reduction] += Int(notes.reductions)
  }
}
