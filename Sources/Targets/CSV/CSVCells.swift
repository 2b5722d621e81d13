import Base
import Charset
import Framing
import Records
import SQLite

/// Cells as the values that `SQLiteReader` takes them for.
///
/// The empty cell without quotes is NULL, or the one that `null` names; `""` is the empty text. Where the column is no text,
/// both are NULL. What is no value of the column's type is stored as a text that is none of any type: `unreadable`.
final class CSVCells {
  private let table: TableSchema
  private let notation: CSVNotation
  /// The texts of one row, which stay until its statement has run.
  private var buffer = ByteBuffer()
  /// Bytes for the digits of one value.
  private static let room = 256
  private static let lost: [UInt8] = [0xEF, 0xBF, 0xBD]

  init(_ table: TableSchema, _ notation: CSVNotation) {
    self.table = table
    self.notation = notation
  }

  /// Begins a row of so many bytes.
  func begin(_ length: Int) {
    buffer.removeAll(for: 5 * length + (Self.room + 16) * table.columns.count)
  }

  func bind(_ cell: CellSyntax.Cell, of record: UnsafePointer<UInt8>, _ index: Int, _ statement: SQLiteStatement) {
    let column = table.columns[index]
    let parameter = index + 1
    let start = buffer.end
    // The raw bytes without doubled quotes, and behind them the text.
    var isSecond = false
    for at in cell.bytes {
      isSecond = cell.hasDoubledQuotes && record[at] == 0x22 && !isSecond
      if isSecond { continue }
      buffer.end[0] = record[at]
      buffer.count += 1
    }
    let raw = UnsafeBufferPointer(start: start, count: buffer.end - start)
    if !cell.isQuoted, notation.null.map({ raw.elementsEqual($0) }) ?? raw.isEmpty {
      return bindNull(column, parameter, statement)
    }
    let outcome = notation.charset.decode(.mixed, start, raw.count, to: buffer.end)
    if outcome.fault != nil { return bindLost(parameter, statement) }
    let text = UnsafeBufferPointer(start: UnsafePointer(buffer.end), count: outcome.written)
    buffer.count += outcome.written
    if column.type == .text, column.form == .plain || column.form == .padded {
      return statement.bind(parameter, lying: text.baseAddress!, count: text.count)
    }
    let trimmed = Self.trimmed(text)
    if text.isEmpty { return bindNull(column, parameter, statement) }
    switch column.type {
    case .integer:
      guard let number = Self.integer(trimmed) else { return bindLost(parameter, statement) }
      statement.bind(parameter, number)
    case .flag:
      guard let isTrue = Self.flag(trimmed) else { return bindLost(parameter, statement) }
      statement.bind(parameter, isTrue ? 1 : 0)
    case .decimal(let scale):
      let digits = trimmed.first == 0x2B ? UnsafeBufferPointer(rebasing: trimmed.dropFirst()) : trimmed
      guard digits.first != 0x2D || trimmed.first == 0x2D,
        let value = StoredDecimal.read(digits, scale: scale, .any)
      else { return bindLost(parameter, statement) }
      bind(StoredDecimal.write(value, scale: scale, to: buffer.end), parameter, statement)
    case .date:
      guard let date = date(trimmed) else { return bindLost(parameter, statement) }
      if date == 0 { return bindNull(column, parameter, statement) }
      StoredDate.write(date, to: buffer.end)
      bind(StoredDate.length, parameter, statement)
    case .text:
      guard let count = moment(trimmed, hasDate: column.form == .timestamp) else {
        return bindLost(parameter, statement)
      }
      bind(count, parameter, statement)
    }
  }

  /// Binds the `count` bytes that were written behind the others.
  private func bind(_ count: Int, _ parameter: Int, _ statement: SQLiteStatement) {
    statement.bind(parameter, lying: buffer.end, count: count)
    buffer.count += count
  }

  /// A date without a value is 0000-00-00 where the column may not be null.
  private func bindNull(_ column: TargetColumn, _ parameter: Int, _ statement: SQLiteStatement) {
    guard column.type == .date, !column.optional else { return statement.bindNull(parameter) }
    StoredDate.write(0, to: buffer.end)
    bind(StoredDate.length, parameter, statement)
  }

  private func bindLost(_ parameter: Int, _ statement: SQLiteStatement) {
    (buffer.end).update(from: Self.lost, count: Self.lost.count)
    bind(Self.lost.count, parameter, statement)
  }

  // MARK: values

  private static func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (0, text.count)
    while start < end, text[start] == 0x20 { start += 1 }
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    return UnsafeBufferPointer(rebasing: text[start..<end])
  }

  private static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    let isNegative = text.first == 0x2D
    let digits = isNegative || text.first == 0x2B ? text.dropFirst() : text[...]
    if digits.isEmpty { return nil }
    var value: Int64 = 0
    for byte in digits {
      let digit = byte &- 0x30
      let tenfold = value.multipliedReportingOverflow(by: 10)
      let next =
        isNegative
        ? tenfold.partialValue.subtractingReportingOverflow(Int64(digit))
        : tenfold.partialValue.addingReportingOverflow(Int64(digit))
      if digit > 9 || tenfold.overflow || next.overflow { return nil }
      value = next.partialValue
    }
    return value
  }

  /// In small and in capital letters.
  private static func flag(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    func says(_ word: StaticString) -> Bool {
      text.count == word.utf8CodeUnitCount
        && text.indices.allSatisfy { at in
          let isCapital = (0x41...0x5A).contains(text[at])
          return (isCapital ? text[at] | 0x20 : text[at]) == word.utf8Start[at]
        }
    }
    if says("1") || says("true") || says("t") { return true }
    return says("0") || says("false") || says("f") ? false : nil
  }

  /// 0 for no date.
  private func date(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let form = notation.date else {
      return text.elementsEqual("infinity".utf8) ? CivilDate.noEnd : StoredDate.read(text)
    }
    guard text.count <= form.width else { return nil }
    switch form.read(text: text) {
    case .date(let date), .alias(let date): return date
    case .noEnd: return CivilDate.noEnd
    case .empty: return 0
    case .impossible, .lunar: return nil
    }
  }

  /// Writes a moment as columns hold it: `T` between date and time is a space, zeros at the end of a fraction go.
  ///
  /// - Returns: the number of bytes; `nil` when the date is none. What else is wrong the column judges.
  private func moment(_ text: UnsafeBufferPointer<UInt8>, hasDate: Bool) -> Int? {
    var (time, written) = (text, 0)
    if hasDate {
      guard let gap = text.firstIndex(where: { $0 == 0x20 || $0 == 0x54 }),
        let date = date(UnsafeBufferPointer(rebasing: text[..<gap]))
      else { return nil }
      StoredDate.write(date, to: buffer.end)
      buffer.end[StoredDate.length] = 0x20
      written = StoredDate.length + 1
      time = UnsafeBufferPointer(rebasing: text[(gap + 1)...])
    }
    guard !time.isEmpty, time.count < 32 else { return nil }
    if let point = time.firstIndex(of: 0x2E), point < time.count - 1 {
      while time.last == 0x30 { time = UnsafeBufferPointer(rebasing: time.dropLast()) }
      if time.last == 0x2E { time = UnsafeBufferPointer(rebasing: time.dropLast()) }
    }
    for byte in time {
      buffer.end[written] = byte
      written += 1
    }
    return written
  }
}
