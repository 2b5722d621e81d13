import Records

/// The loops behind texts and codes.
extension Kernel {
  static func fill(_ out: Column, _ value: String, _ rows: Int) {
    var value = value
    value.withUTF8 { bytes in
      for _ in 0..<rows { out.append(bytes) }
    }
  }

  static func digits(_ a: Column, _ width: Int, _ out: Column, _ rows: Int) {
    out.reserveBytes(rows * width)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: width) { digits in
      for row in 0..<rows {
        if a.states[row] != 0 {
          out.append(state: a.states[row])
          continue
        }
        var rest = a.integers[row]
        for index in stride(from: width - 1, through: 0, by: -1) {
          digits[index] = 48 + UInt8(truncatingIfNeeded: abs(rest % 10))
          rest /= 10
        }
        if rest != 0 || a.integers[row] < 0 {
          out.append(state: Fault.overflow.rawValue)
        } else {
          out.append(UnsafeBufferPointer(digits))
        }
      }
    }
  }

  static func number(_ a: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      if a.states[row] != 0 {
        out.append(state: a.states[row])
        continue
      }
      let text = a.text(row)
      var value: Int64 = 0
      var valid = !text.isEmpty && text.count <= 18
      for byte in text {
        valid = valid && byte >= 48 && byte <= 57
        value = value &* 10 &+ Int64(byte & 15)
      }
      if valid { out.append(value) } else { out.append(state: Fault.notANumber.rawValue) }
    }
  }

  static func concatenate(_ a: Column, _ b: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      let state = max(a.states[row], b.states[row])
      if state != 0 {
        out.append(state: state)
        continue
      }
      let (left, right) = (a.text(row), b.text(row))
      out.reserve(out.count + 1)
      out.reserveBytes(left.count + right.count)
      let start = out.byteCount
      if let base = left.baseAddress { (out.bytes + start).update(from: base, count: left.count) }
      if let base = right.baseAddress { (out.bytes + start + left.count).update(from: base, count: right.count) }
      out.ends[out.count] = start + left.count + right.count
      out.states[out.count] = 0
      out.commit(rows: out.count + 1)
    }
  }

  /// Characters are Unicode scalars: a byte that does not continue a scalar begins one.
  static func slice(_ a: Column, _ from: Int, _ count: Int, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      if a.states[row] != 0 {
        out.append(state: a.states[row])
        continue
      }
      let text = a.text(row)
      var (character, first, last) = (0, text.count, text.count)
      for index in 0..<text.count where text[index] & 0xC0 != 0x80 {
        character += 1
        if character == from { first = index }
        if character == from + count { last = index; break }
      }
      out.append(UnsafeBufferPointer(rebasing: text[min(first, last)..<last]))
    }
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
    for row in 0..<rows {
      if a.states[row] != 0 {
        out.append(state: a.states[row])
        continue
      }
      let text = a.text(row)
      var end = text.count
      while end > 0 {
        if text[end - 1] == 0x20 {
          end -= 1
        } else if end >= 3, text[end - 3] == 0xE3, text[end - 2] == 0x80, text[end - 1] == 0x80 {
          end -= 3
        } else {
          break
        }
      }
      out.append(UnsafeBufferPointer(rebasing: text[0..<end]))
    }
  }

  static func code(_ index: CodeIndex?, _ a: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      if a.states[row] != 0 {
        out.append(state: a.states[row])
      } else if let index, let found = index.find(a.text(row)) {
        out.append(found)
      } else {
        out.append(state: Fault.unmappedCode.rawValue)
      }
    }
  }
}

/// A conversion of codes prepared for look-ups by bytes, without a `String` per row. Codes are sorted; a look-up is a
/// binary search.
final class CodeIndex {
  private let keys: [[UInt8]]
  private let values: Column

  init(_ mapping: [String: String]) {
    let sorted = mapping.map { (Array($0.key.utf8), $0.value) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }
    keys = sorted.map(\.0)
    values = Column(.text)
    for (_, value) in sorted { values.append(value) }
  }

  func find(_ code: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      let order = keys[middle].withUnsafeBufferPointer { Kernel.compare(code, $0) }
      if order == 0 { return values.text(middle) }
      if order < 0 { high = middle } else { low = middle + 1 }
    }
    return nil
  }
}
