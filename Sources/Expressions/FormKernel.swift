import Base
import Records

/// A way of writing Japanese text.
enum WrittenForm: Hashable, Sendable { case wide, narrow, katakana, hiragana }

/// The loops behind functions that write a text, a date or a number in another form.
extension Kernel {
  /// Characters as expressions count them; a position before the first, or a negative count, is a fault.
  static func slice(_ a: Column, _ from: Column, _ count: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      let state = max(a.states[row], from.states[row], count.states[row])
      if state != 0 {
        out.append(state: state)
        continue
      }
      let (start, length) = (from.integers[row], count.integers[row])
      guard start >= 1, length >= 0 else {
        out.append(state: Fault.overflow.rawValue)
        continue
      }
      let text = a.text(row)
      let end = start.addingReportingOverflow(length)
      var (character, first, last) = (Int64(0), text.count, text.count)
      for index in 0..<text.count where text[index] & 0xC0 != 0x80 {
        character += 1
        if character == start { first = index }
        if !end.overflow, character == end.partialValue { last = index; break }
      }
      out.append(UnsafeBufferPointer(rebasing: text[min(first, last)..<last]))
    }
  }

  /// Replaces all occurrences of a substring, from left to right; the empty substring occurs nowhere.
  static func replace(_ a: Column, _ piece: Column, _ by: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      let state = max(a.states[row], piece.states[row], by.states[row])
      if state != 0 {
        out.append(state: state)
        continue
      }
      let (text, part, other) = (a.text(row), piece.text(row), by.text(row))
      out.reserve(out.count + 1)
      out.reserveBytes(text.count * max(1, other.count + 1))
      var end = out.byteCount
      var at = 0
      while at < text.count {
        if !part.isEmpty, at + part.count <= text.count,
          compare(UnsafeBufferPointer(rebasing: text[at..<(at + part.count)]), part) == 0
        {
          for byte in other {
            out.bytes[end] = byte
            end += 1
          }
          at += part.count
        } else {
          out.bytes[end] = text[at]
          end += 1
          at += 1
        }
      }
      finish(out, end)
    }
  }

  @inline(__always)
  private static func finish(_ out: Column, _ end: Int) {
    out.ends[out.count] = end
    out.states[out.count] = 0
    out.commit(rows: out.count + 1)
  }

  static func convert(_ a: Column, _ form: WrittenForm, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      if a.states[row] != 0 {
        out.append(state: a.states[row])
        continue
      }
      let text = a.text(row)
      out.reserve(out.count + 1)
      out.reserveBytes(text.count * 3)
      var end = out.byteCount
      var at = 0
      while at < text.count {
        let (scalar, size) = scalar(text, at)
        at += size
        switch form {
        case .wide:
          let mark = at < text.count ? Self.scalar(text, at) : (0, 0)
          let (wide, isJoined) = Kana.wide(scalar, mark.0)
          put(wide, out, &end)
          if isJoined { at += mark.1 }
        case .narrow:
          let (narrow, mark) = Kana.narrow(scalar)
          put(narrow, out, &end)
          if mark != 0 { put(mark, out, &end) }
        case .katakana:
          let isKana = (0x3041...0x3096).contains(scalar) || scalar == 0x309D || scalar == 0x309E
          put(isKana ? scalar + 0x60 : scalar, out, &end)
        case .hiragana:
          let isKana = (0x30A1...0x30F6).contains(scalar) || scalar == 0x30FD || scalar == 0x30FE
          put(isKana ? scalar - 0x60 : scalar, out, &end)
        }
      }
      finish(out, end)
    }
  }

  /// A character of well-formed UTF-8, and its bytes.
  @inline(__always)
  private static func scalar(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt32, Int) {
    let first = text[at]
    if first < 0x80 { return (UInt32(first), 1) }
    let size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first) & (size == 4 ? 0x07 : size == 3 ? 0x0F : 0x1F)
    for index in 1..<size { value = value << 6 | UInt32(text[at + index] & 0x3F) }
    return (value, size)
  }

  @inline(__always)
  private static func put(_ scalar: UInt32, _ out: Column, _ end: inout Int) {
    func byte(_ value: UInt32) {
      out.bytes[end] = UInt8(truncatingIfNeeded: value)
      end += 1
    }
    if scalar < 0x80 { return byte(scalar) }
    if scalar < 0x800 {
      byte(0xC0 | scalar >> 6)
    } else {
      if scalar < 0x10000 {
        byte(0xE0 | scalar >> 12)
      } else {
        byte(0xF0 | scalar >> 18)
        byte(0x80 | scalar >> 12 & 0x3F)
      }
      byte(0x80 | scalar >> 6 & 0x3F)
    }
    byte(0x80 | scalar & 0x3F)
  }

  /// Dates in a form; one that the form cannot tell is a fault.
  static func text(_ a: Column, _ form: DateNotation, _ out: Column, _ rows: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: form.width) { buffer in
      for row in 0..<rows {
        if a.states[row] != 0 {
          out.append(state: a.states[row])
        } else if form.write(a.integers[row], to: buffer) {
          out.append(UnsafeBufferPointer(buffer))
        } else {
          out.append(state: Fault.date.rawValue)
        }
      }
    }
  }

  /// Numbers without zeros in front, decimals with all digits of their scale.
  static func text(_ a: Column, _ out: Column, _ rows: Int) {
    let scale = if case .decimal(let scale) = a.type { max(0, scale) } else { 0 }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 44 + scale) { buffer in
      for row in 0..<rows {
        if a.states[row] != 0 {
          out.append(state: a.states[row])
          continue
        }
        let value = a.type == .integer ? Int128(a.integers[row]) : a.wides[row]
        var rest = value.magnitude
        var at = buffer.count
        var digits = 0
        repeat {
          if digits == scale, scale > 0 {
            at -= 1
            buffer[at] = 0x2E
          }
          at -= 1
          buffer[at] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
          rest /= 10
          digits += 1
        } while rest > 0 || digits <= scale
        if value < 0 {
          at -= 1
          buffer[at] = 0x2D
        }
        out.append(UnsafeBufferPointer(rebasing: buffer[at...]))
      }
    }
  }
}

/// Half-width and full-width forms (半角, 全角).
enum Kana {
  /// The full-width characters of U+FF61 to U+FF9F, in their order.
  private static let full: [UInt32] =
    "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜".unicodeScalars.map(\.value)

  private static let (voiced, semivoiced): (UInt32, UInt32) = (0xFF9E, 0xFF9F)
  private static let vu: UInt32 = 0x30F4

  /// The character in full width, and whether the next one, a mark, is joined with it.
  static func wide(_ scalar: UInt32, _ next: UInt32) -> (UInt32, Bool) {
    if scalar == 0x20 { return (0x3000, false) }
    if (0x21...0x7E).contains(scalar) { return (scalar + 0xFEE0, false) }
    guard (0xFF61...0xFF9F).contains(scalar) else { return (scalar, false) }
    let kana = full[Int(scalar - 0xFF61)]
    if next == voiced {
      if kana == 0x30A6 { return (vu, true) }
      if canBeVoiced(kana) { return (kana + 1, true) }
    }
    if next == semivoiced, (0x30CF...0x30DB).contains(kana) { return (kana + 2, true) }
    return (kana, false)
  }

  /// カ to ト, and ハ to ホ: the voiced kana is the next character.
  private static func canBeVoiced(_ kana: UInt32) -> Bool {
    switch kana {
    case 0x30AB...0x30C1: kana % 2 == 1
    case 0x30C4, 0x30C6, 0x30C8: true
    case 0x30CF...0x30DB: kana % 3 == 0x30CF % 3
    default: false
    }
  }

  /// The character in half width, and its mark, 0 without one.
  static func narrow(_ scalar: UInt32) -> (UInt32, UInt32) {
    if scalar == 0x3000 { return (0x20, 0) }
    if (0xFF01...0xFF5E).contains(scalar) { return (scalar - 0xFEE0, 0) }
    if let plain = half(scalar) { return (plain, 0) }
    if scalar == vu { return (0xFF73, voiced) }
    if scalar > 0x30A0, canBeVoiced(scalar - 1), let plain = half(scalar - 1) { return (plain, voiced) }
    if (0x30D1...0x30DD).contains(scalar), let plain = half(scalar - 2) { return (plain, semivoiced) }
    return (scalar, 0)
  }

  private static func half(_ scalar: UInt32) -> UInt32? {
    guard (0x3001...0x30FC).contains(scalar) else { return nil }
    return full.firstIndex(of: scalar).map { 0xFF61 + UInt32($0) }
  }
}
