import Base
import Records

/// Dates, months and years of the old system: packed numbers with an era digit (GYYMMDD, GYYMM, GYY).
///
/// 0 is null, all nines is 無期限; a value in an era that had ended is read and counted (`decode.date.alias`).
package struct EraCodec: FieldCodec {
  package enum Precision: Hashable, Sendable { case date, month, year }

  package let type: ValueType
  private let precision: Precision
  private let packed: PackedCodec

  /// - Parameter digits: 7 for a date, 5 for a month, 3 for a year; the picture's.
  package init(_ precision: Precision) {
    self.precision = precision
    type = precision == .year ? .integer : .date
    let digits = precision == .date ? 7 : precision == .month ? 5 : 3
    packed = PackedCodec(digits: digits, scale: 0, signed: false)
  }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    let first = column.count
    packed.decode(block, at: offset, into: column, oddities: &oddities)
    let (values, states) = (column.integers, column.states)
    for row in first..<column.count where states[row] == 0 {
      if precision == .date, let plain = Self.plainDate(values[row]) {
        values[row] = plain
        continue
      }
      let reading: Era.Reading
      switch precision {
      case .date: reading = Era.date(values[row])
      case .month: reading = Era.month(values[row])
      case .year: reading = Era.year(values[row])
      }
      switch reading {
      case .date(let date): values[row] = date
      case .alias(let date):
        values[row] = date
        oddities[.eraAlias] += 1
      case .noEnd: values[row] = CivilDate.noEnd
      case .empty:
        values[row] = 0
        states[row] = 1
      case .impossible, .lunar:
        values[row] = 0
        states[row] = (reading == .lunar ? Fault.lunar : .date).rawValue
      }
    }
  }

  /// The date when it is well inside 昭和 or 平成 and its day is 1–28, which needs no calendar; otherwise `nil`.
  @inline(__always)
  private static func plainDate(_ packed: Int64) -> Int64? {
    let (era, month, day) = (packed / 10_000, packed / 100 % 100, packed % 100)
    guard month >= 1, month <= 12, day >= 1, day <= 28 else { return nil }
    if era >= 402, era <= 430 { return packed - 4_000_000 + 1988_00_00 }
    if era >= 302, era <= 363 { return packed - 3_000_000 + 1925_00_00 }
    return nil
  }
}
