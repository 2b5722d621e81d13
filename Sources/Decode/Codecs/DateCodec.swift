import Base
import Records

/// Dates, months and years of the old system in numbers: `YYYYMMDD`, a day of the year, an era digit (GYYMMDD) …
///
/// 0 is null, all nines is 無期限; a value in an era that had ended is read and counted (`decode.date.alias`).
package struct DateCodec: FieldCodec {
  package let type: ValueType
  private let form: DateNotation
  private let number: any FieldCodec

  /// - Parameter number: reads the number of all digits; an unsigned item with as many as the form.
  package init(_ form: DateNotation, _ number: any FieldCodec) {
    self.form = form
    self.number = number
    type = form.type
  }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    let first = column.count
    number.decode(block, at: offset, into: column, oddities: &oddities)
    let (values, states) = (column.integers, column.states)
    let isEraDate = form == .eraDate
    for row in first..<column.count where states[row] == 0 {
      if isEraDate, let plain = Self.plainDate(values[row]) {
        values[row] = plain
        continue
      }
      switch form.read(values[row]) {
      case .date(let date): values[row] = date
      case .alias(let date):
        values[row] = date
        oddities[.eraAlias] += 1
      case .noEnd: values[row] = CivilDate.noEnd
      case .empty:
        values[row] = 0
        states[row] = 1
      case .impossible, .lunar:
        let isLunar = form.read(values[row]) == .lunar
        values[row] = 0
        states[row] = (isLunar ? Fault.lunar : .date).rawValue
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
