import Records

/// The loops behind texts and codes.
extension Kernel {
  static func digits(_ a: Column, _ width: Int, _ out: Column, _ rows: Int) {
    let (states, values) = (a.states, a.integers)
    var writer = TextWriter(out, rows: rows, bytes: rows * width)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: width + Column.slack) { digits in
      guard let base = digits.baseAddress else { return }
      digits.update(repeating: 0)
      for row in 0..<rows {
        if states[row] != 0 {
          writer.put(state: states[row])
          continue
        }
        var rest = values[row].magnitude
        for index in stride(from: width - 1, through: 0, by: -1) {
          let (tens, digit) = rest.quotientAndRemainder(dividingBy: 10)
          digits[index] = 48 + UInt8(truncatingIfNeeded: digit)
          rest = tens
        }
        if rest != 0 || values[row] < 0 {
          writer.put(state: Fault.overflow.rawValue)
        } else {
          writer.put(base, width)
        }
      }
    }
    writer.commit()
  }

  static func number(_ a: Column, _ out: Column, _ rows: Int) {
    let (bytes, ends) = (a.bytes, a.ends)
    let (states, results, values) = (a.states, out.states, out.integers)
    var start = 0
    for row in 0..<rows {
      let length = ends[row] - start
      var value: Int64 = 0
      var valid = length > 0 && length <= 18
      for index in start..<ends[row] {
        valid = valid && bytes[index] &- 48 < 10
        value = value &* 10 &+ Int64(bytes[index] & 15)
      }
      start = ends[row]
      let state = states[row] != 0 ? states[row] : valid ? 0 : Fault.notANumber.rawValue
      results[row] = state
      values[row] = state == 0 ? value : 0
    }
    out.commit(rows: rows)
  }

  static func concatenate(_ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    let (s, t) = (a.states, b.states)
    let (p, q) = (a.bytes, b.bytes)
    let (e, f) = (a.ends, b.ends)
    var writer = TextWriter(out, rows: rows, bytes: a.bytes(rows) + b.bytes(rows))
    var (left, right) = (0, 0)
    for row in 0..<rows {
      let state = max(s[row], t[row])
      if state == 0 {
        writer.put(p + left, e[row] - left, and: q + right, f[row] - right)
      } else {
        writer.put(state: state)
      }
      (left, right) = (e[row], f[row])
    }
    writer.commit()
  }

  /// Characters are Unicode scalars: a byte that does not continue a scalar begins one.
  static func slice(_ a: Column, _ from: Int, _ count: Int, _ out: Column, _ rows: Int) {
    let (states, bytes, ends) = (a.states, a.bytes, a.ends)
    var writer = TextWriter(out, rows: rows, bytes: a.bytes(rows))
    var start = 0
    for row in 0..<rows {
      let text = bytes + start
      let length = ends[row] - start
      start = ends[row]
      if states[row] != 0 {
        writer.put(state: states[row])
        continue
      }
      var (character, first, last) = (0, length, length)
      for index in 0..<length where text[index] & 0xC0 != 0x80 {
        character += 1
        if character == from { first = index }
        if character == from + count { last = index; break }
      }
      first = min(first, last)
      writer.put(text + first, last - first)
    }
    writer.commit()
  }

  static func length(_ a: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      var characters: Int64 = 0
      for byte in a.text(row) where byte & 0xC0 != 0x80 { characters += 1 }
      out.integers[row] = characters
      out.states[row] = a.states[row]
    }
    out.commit(rows: rows)
  }

  /// The number of occurrences of a substring in a text; 0 for the empty substring.
  static func count(_ a: Column, _ piece: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      let state = max(a.states[row], piece.states[row])
      out.states[row] = state
      out.integers[row] = 0
      if state != 0 { continue }
      let (text, part) = (a.text(row), piece.text(row))
      var (at, found) = (0, Int64(0))
      while !part.isEmpty, at + part.count <= text.count {
        if compare(UnsafeBufferPointer(rebasing: text[at..<(at + part.count)]), part) == 0 {
          found += 1
          at += part.count
        } else {
          at += 1
        }
      }
      out.integers[row] = found
    }
    out.commit(rows: rows)
  }

  /// A text up to the first occurrence of a substring; all of it when the substring does not occur.
  static func before(_ a: Column, _ piece: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      let state = max(a.states[row], piece.states[row])
      if state != 0 {
        out.append(state: state)
        continue
      }
      let (text, part) = (a.text(row), piece.text(row))
      var end = text.count
      for at in 0...max(0, text.count - part.count)
      where !part.isEmpty && at + part.count <= text.count
        && compare(UnsafeBufferPointer(rebasing: text[at..<(at + part.count)]), part) == 0
      {
        end = at
        break
      }
      out.append(UnsafeBufferPointer(rebasing: text[0..<end]))
    }
  }

  /// A text without all occurrences of a substring, from left to right.
  static func without(_ a: Column, _ piece: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      let state = max(a.states[row], piece.states[row])
      if state != 0 {
        out.append(state: state)
        continue
      }
      let (text, part) = (a.text(row), piece.text(row))
      out.reserve(out.count + 1)
      out.reserveBytes(text.count)
      let start = out.byteCount
      var (at, end) = (0, start)
      while at < text.count {
        if !part.isEmpty, at + part.count <= text.count,
          compare(UnsafeBufferPointer(rebasing: text[at..<(at + part.count)]), part) == 0
        {
          at += part.count
        } else {
          out.bytes[end] = text[at]
          end += 1
          at += 1
        }
      }
      out.ends[out.count] = end
      out.states[out.count] = 0
      out.commit(rows: out.count + 1)
    }
  }

  static func trim(_ a: Column, _ out: Column, _ rows: Int) {
    let (states, bytes, ends) = (a.states, a.bytes, a.ends)
    var writer = TextWriter(out, rows: rows, bytes: a.bytes(rows))
    var start = 0
    for row in 0..<rows {
      let text = bytes + start
      var end = ends[row] - start
      start = ends[row]
      while end > 0 {
        if text[end - 1] == 0x20 {
          end -= 1
        } else if end >= 3, text[end - 3] == 0xE3, text[end - 2] == 0x80, text[end - 1] == 0x80 {
          end -= 3
        } else {
          break
        }
      }
      writer.put(text, end, state: states[row])
    }
    writer.commit()
  }

  static func code(_ index: CodeIndex?, _ a: Column, _ out: Column, _ rows: Int) {
    let (states, bytes, ends) = (a.states, a.bytes, a.ends)
    var writer = TextWriter(out, rows: rows, bytes: rows * (index?.longest ?? 0))
    var start = 0
    for row in 0..<rows {
      let text = bytes + start
      let length = ends[row] - start
      start = ends[row]
      if states[row] != 0 {
        writer.put(state: states[row])
      } else if let found = index?.find(text, length) {
        writer.put(found.text, found.length)
      } else {
        writer.put(state: Fault.unmappedCode.rawValue)
      }
    }
    writer.commit()
  }
}

/// A conversion of codes prepared for look-ups by bytes, without a `String` per row. Codes of up to seven bytes, nearly
/// all, are found in a table of words; longer ones by a binary search.
final class CodeIndex {
  /// The codes as words with their length in the highest byte, or `none`; a power of two of them, half empty.
  private let words: UnsafeMutableBufferPointer<UInt64>
  /// For each word the number of its value.
  private let numbers: UnsafeMutableBufferPointer<Int32>
  private let long: [(code: [UInt8], number: Int)]
  private let values = Column(.text)
  /// The most bytes of a value.
  let longest: Int

  /// No code: the length would be 255.
  private static let none = UInt64.max

  init(_ mapping: [String: String]) {
    let sorted = mapping.map { (Array($0.key.utf8), $0.value) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }
    for (_, value) in sorted { values.append(value) }
    longest = sorted.map { $0.1.utf8.count }.max() ?? 0
    long = sorted.enumerated().filter { $1.0.count > 7 }.map { ($1.0, $0) }
    var size = 4
    while size < 2 * sorted.count { size *= 2 }
    words = .allocate(capacity: size)
    words.initialize(repeating: Self.none)
    numbers = .allocate(capacity: size)
    numbers.initialize(repeating: 0)
    for (number, (code, _)) in sorted.enumerated() where code.count <= 7 {
      var word = UInt64(code.count) << 56
      for (place, byte) in code.enumerated() { word |= UInt64(byte) << (8 * UInt64(place)) }
      var place = self.place(word)
      while words[place] != Self.none { place = (place + 1) & (size - 1) }
      (words[place], numbers[place]) = (word, Int32(number))
    }
  }

  deinit {
    words.deallocate()
    numbers.deallocate()
  }

  @inline(__always)
  private func place(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 32) & (words.count - 1)
  }

  /// The value of a code, in a column; `nil` when the conversion does not list the code.
  @inline(__always)
  func find(_ code: UnsafePointer<UInt8>, _ length: Int) -> (text: UnsafePointer<UInt8>, length: Int)? {
    if length > 7 { return findLong(UnsafeBufferPointer(start: code, count: length)) }
    let word = ColumnText.word(code, length) | UInt64(truncatingIfNeeded: length) << 56
    var place = place(word)
    while words[place] != word {
      if words[place] == Self.none { return nil }
      place = (place + 1) & (words.count - 1)
    }
    return value(Int(numbers[place]))
  }

  @inline(__always)
  private func value(_ number: Int) -> (text: UnsafePointer<UInt8>, length: Int) {
    let start = number == 0 ? 0 : values.ends[number - 1]
    return (UnsafePointer(values.bytes + start), values.ends[number] - start)
  }

  private func findLong(_ code: UnsafeBufferPointer<UInt8>) -> (text: UnsafePointer<UInt8>, length: Int)? {
    var (low, high) = (0, long.count)
    while low < high {
      let middle = (low + high) / 2
      let order = long[middle].code.withUnsafeBufferPointer { Kernel.compare(code, $0) }
      if order == 0 { return value(long[middle].number) }
      if order < 0 { high = middle } else { low = middle + 1 }
    }
    return nil
  }
}
