import Base
import Records

/// The loops behind numbers, dates and flags: each takes whole columns and fills `out` with `rows` rows.
///
/// The state of a row is the worst of its arguments': a fault outweighs null, null outweighs a value.
enum Kernel {
  static func fill(_ out: Column, _ value: Int64, _ rows: Int) {
    for row in 0..<rows {
      out.integers[row] = value
      out.states[row] = 0
    }
    out.commit(rows: rows)
  }

  @inline(__always)
  static func plain(_ a: Column, _ b: Column, _ out: Column, _ rows: Int, _ operation: (Int64, Int64) -> Int64) {
    let (x, y, z) = (a.integers, b.integers, out.integers)
    let (s, t, u) = (a.states, b.states, out.states)
    for row in 0..<rows {
      let state = max(s[row], t[row])
      u[row] = state
      z[row] = state == 0 ? operation(x[row], y[row]) : 0
    }
    out.commit(rows: rows)
  }

  @inline(__always)
  static func checked(
    _ a: Column, _ b: Column, _ out: Column, _ rows: Int, _ operation: (Int64, Int64) -> (Int64, Bool)
  ) {
    let (x, y, z) = (a.integers, b.integers, out.integers)
    let (s, t, u) = (a.states, b.states, out.states)
    for row in 0..<rows {
      let state = max(s[row], t[row])
      guard state == 0 else {
        u[row] = state
        z[row] = 0
        continue
      }
      let (value, overflow) = operation(x[row], y[row])
      u[row] = overflow ? Fault.overflow.rawValue : 0
      z[row] = overflow ? 0 : value
    }
    out.commit(rows: rows)
  }

  static func accumulate(_ column: Column, into out: Column, rows: Int) {
    for row in 0..<rows {
      let (sum, overflow) = out.integers[row].addingReportingOverflow(column.integers[row])
      out.integers[row] = overflow ? 0 : sum
      // A null occurrence adds nothing; a fault spoils the sum.
      let state = column.states[row] == 1 ? 0 : column.states[row]
      out.states[row] = max(out.states[row], state, overflow ? Fault.overflow.rawValue : 0)
    }
  }

  /// Equality, for every type. Null equals null; a fault on either side is a fault.
  static func equal(_ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    let (s, t) = (a.states, b.states)
    for row in 0..<rows {
      let state = max(s[row], t[row])
      guard state <= 1 else {
        out.states[row] = state
        out.integers[row] = 0
        continue
      }
      out.states[row] = 0
      out.integers[row] = s[row] == t[row] && same(a, b, row) ? 1 : 0
    }
    out.commit(rows: rows)
  }

  @inline(__always)
  private static func same(_ a: Column, _ b: Column, _ row: Int) -> Bool {
    switch a.type {
    case .text: compare(a.text(row), b.text(row)) == 0
    case .decimal: a.wides[row] == b.wides[row]
    default: a.integers[row] == b.integers[row]
    }
  }

  /// Less (or equal); false when either side is null.
  static func order(_ a: Column, _ b: Column, _ out: Column, _ rows: Int, orEqual: Bool) {
    let isText = a.type == .text
    let isWide = if case .decimal = a.type { true } else { false }
    for row in 0..<rows {
      let state = max(a.states[row], b.states[row])
      out.states[row] = state <= 1 ? 0 : state
      guard state == 0 else {
        out.integers[row] = 0
        continue
      }
      let order =
        isText
        ? compare(a.text(row), b.text(row))
        : isWide
          ? (a.wides[row] < b.wides[row] ? -1 : a.wides[row] == b.wides[row] ? 0 : 1)
          : a.integers[row] < b.integers[row] ? -1 : a.integers[row] == b.integers[row] ? 0 : 1
      out.integers[row] = order < 0 || (orEqual && order == 0) ? 1 : 0
    }
    out.commit(rows: rows)
  }

  /// Order of two texts by their bytes: negative, zero or positive.
  @inline(__always)
  static func compare(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
    let shared = min(a.count, b.count)
    for index in 0..<shared where a[index] != b[index] { return Int(a[index]) - Int(b[index]) }
    return a.count - b.count
  }

  static func isNull(_ a: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      out.integers[row] = a.states[row] == 1 ? 1 : 0
      out.states[row] = a.states[row] > 1 ? a.states[row] : 0
    }
    out.commit(rows: rows)
  }

  static func choose(_ test: Column, _ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      if test.states[row] != 0 {
        out.append(state: test.states[row])
      } else {
        copy(test.integers[row] != 0 ? a : b, row, out)
      }
    }
  }

  static func coalesce(_ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows { copy(a.states[row] == 1 ? b : a, row, out) }
  }

  @inline(__always)
  private static func copy(_ column: Column, _ row: Int, _ out: Column) {
    if column.states[row] != 0 {
      out.append(state: column.states[row])
    } else if column.type == .text {
      out.append(column.text(row))
    } else if case .decimal = column.type {
      out.append(wide: column.wides[row])
    } else {
      out.append(column.integers[row])
    }
  }

  static func datePart(_ part: Node.DatePart, _ a: Column, _ out: Column, _ rows: Int) {
    switch part {
    case .year: plain(a, a, out, rows) { date, _ in date / 10_000 }
    case .month: plain(a, a, out, rows) { date, _ in date / 100 % 100 }
    case .day: plain(a, a, out, rows) { date, _ in date % 100 }
    case .fiscalYear: plain(a, a, out, rows) { date, _ in CivilDate.fiscalYear(date) }
    }
  }

  static func date(_ year: Column, _ month: Column, _ day: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      let state = max(year.states[row], month.states[row], day.states[row])
      let parts = (Int(year.integers[row]), Int(month.integers[row]), Int(day.integers[row]))
      let exists = (1...9999).contains(parts.0) && CivilDate.exists(year: parts.0, month: parts.1, day: parts.2)
      out.states[row] = state != 0 ? state : exists ? 0 : Fault.date.rawValue
      out.integers[row] = state == 0 && exists ? CivilDate.number(year: parts.0, month: parts.1, day: parts.2) : 0
    }
    out.commit(rows: rows)
  }

  static func unscaled(_ a: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      let value = Int64(exactly: a.wides[row])
      out.integers[row] = value ?? 0
      out.states[row] = value == nil ? Fault.overflow.rawValue : a.states[row]
    }
    out.commit(rows: rows)
  }

  /// The same numbers with more digits behind the point; one of more than 38 digits is a fault.
  static func widen(_ a: Column, _ digits: Int, _ out: Column, _ rows: Int) {
    let power = (0..<digits).reduce(Int128(1)) { product, _ in product * 10 }
    // 10^38 − 1: what a column of decimals holds.
    let limit = (0..<38).reduce(Int128(1)) { product, _ in product * 10 } - 1
    let isWhole = a.type == .integer
    for row in 0..<rows {
      guard a.states[row] == 0 else {
        out.append(state: a.states[row])
        continue
      }
      let (value, isOver) = (isWhole ? Int128(a.integers[row]) : a.wides[row]).multipliedReportingOverflow(by: power)
      if isOver || value.magnitude > limit.magnitude {
        out.append(state: Fault.overflow.rawValue)
      } else {
        out.append(wide: value)
      }
    }
  }
}
