import Base
import Records

/// The loops behind days, months and rates. A date without a day (不詳, 無期限) has no day number: a fault.
extension Kernel {
  static func addDays(_ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    checked(a, b, out, rows) { date, days in
      guard let day = CivilDate.dayNumber(date), days.magnitude < 4_000_000 else { return nil }
      return CivilDate.date(dayNumber: day + days)
    }
  }

  /// The first open day on or after a date; a fault when a day in between is not in the calendar.
  static func businessDay(_ a: Column, _ calendar: OfficeCalendar, _ out: Column, _ rows: Int) {
    checked(a, a, out, rows, otherwise: .noRate) { date, _ in
      guard var day = CivilDate.dayNumber(date) else { return nil }
      while let date = CivilDate.date(dayNumber: day), let isClosed = calendar.isClosed(date, dayNumber: day) {
        if !isClosed { return date }
        day += 1
      }
      return nil
    }
  }

  static func days(_ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    checked(a, b, out, rows) { from, to in
      guard let first = CivilDate.dayNumber(from), let last = CivilDate.dayNumber(to) else { return nil }
      return last - first
    }
  }

  static func lastDay(_ a: Column, _ out: Column, _ rows: Int) {
    checked(a, a, out, rows) { date, _ in CivilDate.lastDay(date) }
  }

  static func addMonths(_ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    checked(a, b, out, rows) { date, months in
      guard CivilDate.dayNumber(date) != nil, months.magnitude < 120_000 else { return nil }
      let month = date / 10_000 * 12 + date / 100 % 100 - 1 + months
      guard month >= 12, let last = CivilDate.lastDay((month / 12) * 10_000 + (month % 12 + 1) * 100 + 1) else {
        return nil
      }
      return last / 100 * 100 + min(date % 100, last % 100)
    }
  }

  /// Completed years: one is complete on the birthday.
  static func age(_ birth: Column, _ date: Column, _ out: Column, _ rows: Int) {
    checked(birth, date, out, rows) { birth, date in
      guard CivilDate.dayNumber(birth) != nil, CivilDate.dayNumber(date) != nil else { return nil }
      return date / 10_000 - birth / 10_000 - (date % 10_000 < birth % 10_000 ? 1 : 0)
    }
  }

  /// Like `checked`; an impossible value is the fault of dates unless another is named.
  @inline(__always)
  private static func checked(
    _ a: Column, _ b: Column, _ out: Column, _ rows: Int, otherwise fault: Fault = .date,
    _ operation: (Int64, Int64) -> Int64?
  ) {
    for row in 0..<rows {
      let state = max(a.states[row], b.states[row])
      let value = state == 0 ? operation(a.integers[row], b.integers[row]) : 0
      out.states[row] = state != 0 ? state : value == nil ? fault.rawValue : 0
      out.integers[row] = value ?? 0
    }
    out.commit(rows: rows)
  }

  static func rate(_ index: RateIndex?, _ key: Column, _ at: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      let state = max(key.states[row], at.states[row])
      let value = state == 0 ? index?.find(key.text(row), at.integers[row]) : nil
      out.states[row] = state != 0 ? state : value == nil ? Fault.noRate.rawValue : 0
      out.integers[row] = value ?? 0
    }
    out.commit(rows: rows)
  }
}

/// A ``RateTable`` prepared for look-ups by bytes: keys sorted, the entries of a key in order of time.
final class RateIndex {
  private let keys: [[UInt8]]
  private let entries: [[RateTable.Entry]]

  init(_ table: RateTable) {
    let groups = Dictionary(grouping: table.entries, by: \.key).map { (Array($0.key.utf8), $0.value) }
      .sorted { $0.0.lexicographicallyPrecedes($1.0) }
    keys = groups.map(\.0)
    entries = groups.map { $0.1.sorted { $0.from < $1.from } }
  }

  func find(_ key: UnsafeBufferPointer<UInt8>, _ at: Int64) -> Int64? {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      let order = keys[middle].withUnsafeBufferPointer { Kernel.compare(key, $0) }
      if order == 0 { return entries[middle].last { $0.from <= at }.flatMap { at <= $0.to ? $0.value : nil } }
      if order < 0 { high = middle } else { low = middle + 1 }
    }
    return nil
  }
}
