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
    if areClean(a, b, rows) {
      u.update(repeating: 0, count: rows)
      for row in 0..<rows { z[row] = operation(x[row], y[row]) }
    } else {
      for row in 0..<rows {
        let state = max(s[row], t[row])
        u[row] = state
        z[row] = state == 0 ? operation(x[row], y[row]) : 0
      }
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

  /// Whether every row of both columns has a value.
  @inline(__always)
  static func areClean(_ a: Column, _ b: Column, _ rows: Int) -> Bool {
    a.isClean(rows) && (a === b || b.isClean(rows))
  }

  /// Equality, for every type. Null equals null; a fault on either side is a fault.
  static func equal(_ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    let z = out.integers
    switch a.type {
    case .text:
      let (p, q) = (a.bytes, b.bytes)
      let (e, f) = (a.ends, b.ends)
      var (left, right) = (0, 0)
      for row in 0..<rows {
        let (length, other) = (e[row] - left, f[row] - right)
        z[row] = length == other && ColumnText.areEqual(p + left, q + right, length) ? 1 : 0
        (left, right) = (e[row], f[row])
      }
    case .decimal:
      let (x, y) = (a.wides, b.wides)
      for row in 0..<rows { z[row] = x[row] == y[row] ? 1 : 0 }
    case .integer, .date, .flag:
      let (x, y) = (a.integers, b.integers)
      for row in 0..<rows { z[row] = x[row] == y[row] ? 1 : 0 }
    }
    judgeEquality(a, b, out, rows)
  }

  /// Equality of texts with one text that is never null. `text` has ``Column/slack`` readable bytes behind it.
  static func equal(_ a: Column, to text: UnsafeBufferPointer<UInt8>, _ out: Column, _ rows: Int) {
    let (p, e, z) = (a.bytes, a.ends, out.integers)
    let states = a.states
    let wanted = text.count
    var start = 0
    if wanted <= 8 {
      let word = text.baseAddress.map { ColumnText.word($0, wanted) } ?? 0
      let mask = ColumnText.mask(wanted)
      for row in 0..<rows {
        let end = e[row]
        let found = UnsafeRawPointer(p + start).loadUnaligned(as: UInt64.self).littleEndian & mask
        z[row] = end &- start == wanted && found == word && states[row] == 0 ? 1 : 0
        start = end
      }
    } else if let base = text.baseAddress {
      for row in 0..<rows {
        let end = e[row]
        z[row] = end &- start == wanted && ColumnText.areEqual(p + start, base, wanted) && states[row] == 0 ? 1 : 0
        start = end
      }
    }
    judge(a, out, rows)
  }

  /// Sets the states of a comparison that is a fault where its argument is.
  private static func judge(_ a: Column, _ out: Column, _ rows: Int) {
    let (s, u, z) = (a.states, out.states, out.integers)
    u.update(repeating: 0, count: rows)
    if !a.isClean(rows) {
      for row in 0..<rows where s[row] > 1 { (u[row], z[row]) = (s[row], 0) }
    }
    out.commit(rows: rows)
  }

  private static func judgeEquality(_ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    let (s, t) = (a.states, b.states)
    let (u, z) = (out.states, out.integers)
    u.update(repeating: 0, count: rows)
    if !areClean(a, b, rows) {
      for row in 0..<rows {
        let state = max(s[row], t[row])
        // A row without a value has the storage of zero or of the empty text.
        if s[row] != t[row] { z[row] = 0 }
        if state > 1 { (u[row], z[row]) = (state, 0) }
      }
    }
    out.commit(rows: rows)
  }

  /// Less (or equal); false when either side is null.
  static func order(_ a: Column, _ b: Column, _ out: Column, _ rows: Int, orEqual: Bool) {
    let z = out.integers
    let (s, t, u) = (a.states, b.states, out.states)
    switch a.type {
    case .text:
      for row in 0..<rows {
        let order = compare(a.text(row), b.text(row))
        z[row] = order < 0 || (orEqual && order == 0) ? 1 : 0
      }
    case .decimal:
      let (x, y) = (a.wides, b.wides)
      for row in 0..<rows { z[row] = x[row] < y[row] || (orEqual && x[row] == y[row]) ? 1 : 0 }
    case .integer, .date, .flag:
      let (x, y) = (a.integers, b.integers)
      if orEqual {
        for row in 0..<rows { z[row] = x[row] <= y[row] ? 1 : 0 }
      } else {
        for row in 0..<rows { z[row] = x[row] < y[row] ? 1 : 0 }
      }
    }
    u.update(repeating: 0, count: rows)
    if !areClean(a, b, rows) {
      for row in 0..<rows {
        let state = max(s[row], t[row])
        if state != 0 { (u[row], z[row]) = (state > 1 ? state : 0, 0) }
      }
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
    let (s, u, z) = (a.states, out.states, out.integers)
    for row in 0..<rows {
      z[row] = s[row] == 1 ? 1 : 0
      u[row] = s[row] > 1 ? s[row] : 0
    }
    out.commit(rows: rows)
  }

  static func choose(_ test: Column, _ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    let (states, values) = (test.states, test.integers)
    pick(a, b, out, rows) { states[$0] != 0 ? .neither(states[$0]) : values[$0] != 0 ? .first : .second }
  }

  static func coalesce(_ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    let states = a.states
    pick(a, b, out, rows) { states[$0] == 1 ? .second : .first }
  }

  /// Which of two columns a row's value comes from.
  private enum Choice { case first, second, neither(UInt8) }

  /// Copies each row from one of two columns.
  @inline(__always)
  private static func pick(_ a: Column, _ b: Column, _ out: Column, _ rows: Int, _ choice: (Int) -> Choice) {
    let (s, t, u) = (a.states, b.states, out.states)
    switch a.type {
    case .text:
      let (p, q) = (a.bytes, b.bytes)
      let (e, f) = (a.ends, b.ends)
      var writer = TextWriter(out, rows: rows, bytes: a.bytes(rows) + b.bytes(rows))
      for row in 0..<rows {
        switch choice(row) {
        case .neither(let state): writer.put(state: state)
        case .first:
          let start = row == 0 ? 0 : e[row - 1]
          writer.put(p + start, e[row] - start, state: s[row])
        case .second:
          let start = row == 0 ? 0 : f[row - 1]
          writer.put(q + start, f[row] - start, state: t[row])
        }
      }
      return writer.commit()
    case .decimal:
      let (x, y, z) = (a.wides, b.wides, out.wides)
      for row in 0..<rows {
        switch choice(row) {
        case .neither(let state): (u[row], z[row]) = (state, 0)
        case .first: (u[row], z[row]) = (s[row], x[row])
        case .second: (u[row], z[row]) = (t[row], y[row])
        }
      }
    case .integer, .date, .flag:
      let (x, y, z) = (a.integers, b.integers, out.integers)
      for row in 0..<rows {
        switch choice(row) {
        case .neither(let state): (u[row], z[row]) = (state, 0)
        case .first: (u[row], z[row]) = (s[row], x[row])
        case .second: (u[row], z[row]) = (t[row], y[row])
        }
      }
    }
    out.commit(rows: rows)
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
